#include "Convolution/Signal/ToneFilter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace faltwerk
{

namespace
{

/** Rounds to a float and limits it to the largest one, so that finite input gives finite output. */
float toFloat (double sample) noexcept
{
    constexpr double largest = std::numeric_limits<float>::max();
    return static_cast<float> (std::clamp (sample, -largest, largest));
}

} // namespace

ToneFilter::ToneFilter (double rate, size_t channels)
    : sampleRate (rate)
    , numChannels (channels)
    , states ((channels + 1) / 2)
{
    const Ramp ramp (stepsIn (0.020, sampleRate, gridSize));

    for (auto& band : bands)
    {
        band.octave = band.sharpness = band.share = ramp;
        band.gainDb = SmoothRamp (2 * stepsIn (0.030, sampleRate, gridSize));
    }
}

void ToneFilter::process (float* const* channels, size_t numFrames, const ToneControls& controls) noexcept
{
    if (allRest && controls == applied)
    {
        inStep = (inStep + numFrames) % gridSize;
        return;
    }

    for (size_t done = 0; done < numFrames;)
    {
        if (inStep == 0)
            beginStep (controls);

        const size_t size = std::min (numFrames - done, gridSize - inStep);

        for (size_t pair = 0; pair < states.size() && ! allRest; ++pair)
        {
            float* const first = channels[2 * pair] + done;
            float* const second = 2 * pair + 1 < numChannels ? channels[2 * pair + 1] + done : first;

            for (size_t n = 0; n < size; ++n)
                sound[n] = { static_cast<double> (first[n]), static_cast<double> (second[n]) };

            for (size_t band = 0; band < numBands; ++band)
                if (! bands[band].rests)
                    run (band, states[pair][band], size);

            for (size_t n = 0; n < size; ++n)
            {
                second[n] = toFloat (sound[n][1]);
                first[n] = toFloat (sound[n][0]);
            }
        }

        inStep = (inStep + size) % gridSize;
        done += size;
    }
}

void ToneFilter::beginStep (const ToneControls& controls) noexcept
{
    allRest = true;

    for (size_t n = 0; n < numBands; ++n)
    {
        const bool rested = bands[n].rests;
        beginStep (bands[n], controls.bands[n]);
        allRest = allRest && bands[n].rests;

        if (bands[n].rests && ! rested)
            for (auto& state : states)
                state[n] = {};
    }

    applied = controls;
    begun = true;
}

void ToneFilter::beginStep (Band& band, const ToneBand& wanted) const noexcept
{
    const auto section = [&] (auto&& value)
    {
        return toneSection (wanted.kind, sampleRate, std::exp2 (static_cast<double> (value (band.octave))),
                            static_cast<double> (value (band.gainDb)),
                            std::exp2 (static_cast<double> (value (band.sharpness))),
                            static_cast<double> (value (band.share)));
    };
    const auto now = [] (const auto& ramp) { return ramp.value(); };
    const auto next = [] (const auto& ramp) { return ramp.next(); };

    if (! std::isnan (wanted.frequency))
        band.octave.setTarget (std::log2 (std::clamp (wanted.frequency, 20.0f, 20000.0f)));

    if (! std::isnan (wanted.gainDb))
        band.gainDb.setTarget (wanted.isShelf() ? std::clamp (wanted.gainDb, -24.0f, 24.0f) : 0.0f);

    if (! std::isnan (wanted.q))
        band.sharpness.setTarget (std::log2 (std::clamp (wanted.q, 0.1f, 4.0f)));

    band.share.setTarget (wanted.on ? 1.0f : 0.0f);

    // A band that is off jumps to its settings.
    const bool isOff = band.share.next() == 0.0f, isFlat = wanted.isShelf() && band.gainDb.next() == 0.0f;

    const auto advance = [&] (auto& ramp, bool discarded)
    {
        if (! begun || (band.rests && discarded))
            ramp.jump();

        ramp.advance();
    };

    advance (band.octave, isOff || isFlat);
    advance (band.sharpness, isOff || isFlat);
    advance (band.gainDb, isOff);
    advance (band.share, isFlat);

    const bool rested = band.rests;
    band.rests = (now (band.share) == 0.0f && next (band.share) == 0.0f)
                 || (wanted.isShelf() && band.gainDb.isSteady() && now (band.gainDb) == 0.0f);

    if (band.rests)
        return;

    band.begin = rested ? section (now) : band.end;
    band.moves =
        ! (band.octave.isSteady() && band.gainDb.isSteady() && band.sharpness.isSteady() && band.share.isSteady());
    band.end = band.moves ? section (next) : band.begin;
}

void ToneFilter::run (size_t index, State& state, size_t numFrames) noexcept
{
    const auto& band = bands[index];
    Pair s1 = state.s1, s2 = state.s2;

    const auto advance = [&s1, &s2] (const ToneSection& c, Pair& sample)
    {
        for (size_t lane = 0; lane < sample.size(); ++lane)
        {
            const double x = sample[lane], e = x - s2[lane], first = s1[lane];
            sample[lane] = (c.d * x + c.c1 * first) + c.c2 * s2[lane];
            s1[lane] = c.p * first + c.q * e;
            s2[lane] = (s2[lane] + c.q * first) + c.r * e;
        }
    };

    if (! band.moves)
    {
        for (size_t n = 0; n < numFrames; ++n)
            advance (band.begin, sound[n]);
    }
    else
    {
        const auto &a = band.begin, &b = band.end;

        for (size_t n = 0; n < numFrames; ++n)
        {
            const double t = static_cast<double> (inStep + n) / static_cast<double> (gridSize);
            advance ({ a.p + t * (b.p - a.p), a.q + t * (b.q - a.q), a.r + t * (b.r - a.r), a.d + t * (b.d - a.d),
                       a.c1 + t * (b.c1 - a.c1), a.c2 + t * (b.c2 - a.c2) },
                     sound[n]);
        }
    }

    state = { s1, s2 };
}

void ToneFilter::reset() noexcept
{
    for (auto& state : states)
        state = {};
}

} // namespace faltwerk
