#include "Convolution/Signal/ToneFilter.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Fourier.h"
#include "Support/Oracle.h"

#include <cmath>
#include <complex>
#include <numbers>
#include <random>

using namespace faltwerk;

namespace
{

using Kind = ToneBand::Kind;
using std::numbers::pi;

constexpr Kind kinds[] = { Kind::lowCut, Kind::lowShelf, Kind::highShelf, Kind::highCut };

struct Stereo
{
    std::vector<float> left, right;
};

/** Returns the magnitude of the analogue filter by the textbook formula at s = j f / f0, in dB. */
double analogueDb (const ToneBand& band, double frequency)
{
    const std::complex<double> s (0.0, frequency / static_cast<double> (band.frequency));
    const double a = std::pow (10.0, static_cast<double> (band.gainDb) / 40.0), root = std::sqrt (a),
                 q = static_cast<double> (band.q), butterworth = std::numbers::sqrt2;
    std::complex<double> h;

    switch (band.kind)
    {
        case Kind::lowCut:
            h = s * s / (s * s + butterworth * s + 1.0);
            break;
        case Kind::lowShelf:
            h = a * (s * s + root / q * s + a) / (a * s * s + root / q * s + 1.0);
            break;
        case Kind::highShelf:
            h = a * (a * s * s + root / q * s + 1.0) / (s * s + root / q * s + a);
            break;
        case Kind::highCut:
            h = 1.0 / (s * s + butterworth * s + 1.0);
            break;
    }

    return 20.0 * std::log10 (std::abs (h));
}

ToneSection sectionOf (const ToneBand& band, double sampleRate)
{
    return toneSection (band.kind, sampleRate, static_cast<double> (band.frequency), static_cast<double> (band.gainDb),
                        static_cast<double> (band.q), 1.0);
}

/** Returns the magnitude of a section in dB, from its state equations at z = e^{jw}. */
double sectionDb (const ToneSection& c, double w)
{
    // z s1 = p s1 - q s2 + q x,  z s2 = q s1 + (1 - r) s2 + r x
    const auto z = std::polar (1.0, w);
    const auto determinant = (z - c.p) * (z - 1.0 + c.r) + c.q * c.q;
    const auto s1 = (c.q * (z - 1.0 + c.r) - c.q * c.r) / determinant, s2 = (c.r * (z - c.p) + c.q * c.q) / determinant;
    return 20.0 * std::log10 (std::abs (c.d + c.c1 * s1 + c.c2 * s2));
}

/** Returns the largest error of a band up to 0.9 of half the sample rate, in dB. */
double worstError (const ToneBand& band, double sampleRate)
{
    const auto section = sectionOf (band, sampleRate);
    double worst = 0.0;

    for (int n = 0; n <= 60; ++n)
    {
        const double frequency = 0.45 * sampleRate * std::pow (2.0, -n / 5.0);
        const double error =
            std::abs (sectionDb (section, 2.0 * pi * frequency / sampleRate) - analogueDb (band, frequency));
        worst = error <= worst ? worst : error; // also if it is NaN
    }

    return worst;
}

Stereo run (ToneFilter& filter,
            Stereo sound,
            const test::Cutting& cutting,
            const std::function<ToneControls (size_t)>& controlsAt,
            size_t interval)
{
    const size_t length = sound.left.size();

    for (size_t from = 0; from < length; from += interval)
        test::cut (
            std::min (interval, length - from), cutting,
            [&] (size_t position, size_t size)
            {
                float* channels[] = { sound.left.data() + from + position, sound.right.data() + from + position };
                filter.process (channels, size, controlsAt (from));
            });

    return sound;
}

/** Returns random settings for a seed, some of them extreme. */
ToneControls randomControls (uint64_t seed)
{
    std::mt19937_64 engine (seed);
    const auto uniform = [&engine] (double from, double to)
    { return static_cast<float> (std::uniform_real_distribution<double> (from, to) (engine)); };
    ToneControls controls;

    for (auto& band : controls.bands)
    {
        band.on = uniform (0, 1) > 0.3f;
        band.frequency = uniform (0, 1) > 0.3f ? 20.0f * std::pow (1000.0f, uniform (0, 1)) : 20000.0f;
        band.gainDb = uniform (0, 1) > 0.3f ? uniform (-24, 24) : 0.0f;
        band.q = 0.1f * std::pow (40.0f, uniform (0, 1));
    }

    return controls;
}

std::vector<float> sine (size_t length, double frequency, double sampleRate)
{
    std::vector<float> x (length);

    for (size_t n = 0; n < length; ++n)
        x[n] = static_cast<float> (0.5 * std::sin (2.0 * pi * frequency * static_cast<double> (n) / sampleRate));

    return x;
}

} // namespace

TEST_CASE ("Tone bands follow their analogue models up to 0.9 of half the sample rate", "[engine]")
{
    // The bounds are the errors of the design's polynomials on a denser grid, with a small margin.
    for (const double rate : { 44100.0, 48000.0, 88200.0, 96000.0, 192000.0 })
    {
        for (int step = 0; step <= 20; ++step)
        {
            const auto frequency = static_cast<float> (20.0 * std::pow (1000.0, step / 20.0));
            CAPTURE (rate, frequency);
            CHECK (worstError ({ Kind::lowCut, true, frequency }, rate) < 0.15);
            CHECK (worstError ({ Kind::highCut, true, frequency }, rate) < 0.15);

            for (const float gainDb : { -24.0f, -9.0f, -1.0f, 3.0f, 15.0f, 24.0f })
            {
                for (const float q : { 0.1f, 0.3f, 0.7071f, 1.0f, 2.0f, 4.0f })
                {
                    // Two resonances near half the sample rate are more than a second order can follow.
                    const bool sharp = q > 1.0f;
                    const double highest =
                        static_cast<double> (frequency) * std::pow (10.0, std::abs (static_cast<double> (gainDb)) / 80);
                    const double tolerance = ! sharp || highest < 0.06 * rate ? 0.5 : 4.5;
                    CAPTURE (gainDb, q);
                    CHECK (worstError ({ Kind::lowShelf, true, frequency, gainDb, q }, rate) < tolerance);
                    CHECK (worstError ({ Kind::highShelf, true, frequency, gainDb, q }, rate) < tolerance);
                }
            }
        }
    }
}

TEST_CASE ("The response of a tone band for pictures equals the textbook formula", "[engine]")
{
    for (const auto kind : kinds)
        for (const float gainDb : { -24.0f, 5.0f })
            for (const double frequency : { 20.0, 300.0, 990.0, 5000.0, 20000.0 })
            {
                const ToneBand band { kind, true, 1000.0f, gainDb, 1.5f };
                CHECK (toneGainDb (band, frequency) == Approx (analogueDb (band, frequency)).margin (1e-9));
            }

    CHECK (toneGainDb ({ Kind::lowCut, false, 1000.0f }, 20.0) == 0.0);
}

TEST_CASE ("Tone cuts at or above half the sample rate stay stable and sensible", "[engine]")
{
    for (const double rate : { 8000.0, 22050.0, 32000.0 })
        for (const auto kind : kinds)
            for (const float gainDb : { -24.0f, 0.0f, 24.0f })
                for (const float q : { 0.1f, 1.0f, 4.0f })
                    for (const float frequency : { 3900.0f, 4000.0f, 11025.0f, 16000.0f, 20000.0f })
                    {
                        const ToneBand band { kind, true, frequency, gainDb, q };
                        CAPTURE (rate, static_cast<int> (kind), gainDb, q, frequency);

                        // At low frequencies it is exact, and nowhere is it louder than the analogue filter can be.
                        const auto section = sectionOf (band, rate);
                        CHECK (sectionDb (section, 2.0 * pi * 200.0 / rate)
                               == Approx (analogueDb (band, 200.0)).margin (0.3));

                        for (double w = 0.05; w < pi; w += 0.05)
                            REQUIRE (sectionDb (section, w) < 24.0 + 14.0);
                    }
}

TEST_CASE ("The tone filter has the gain of its bands' responses at low frequencies and high rates too", "[engine]")
{
    ToneControls controls;
    controls.bands = { { { Kind::lowCut, true, 40.0f },
                         { Kind::lowShelf, true, 120.0f, 9.0f, 1.0f },
                         { Kind::highShelf, true, 6000.0f, -12.0f, 0.5f },
                         { Kind::highCut, true, 15000.0f } } };

    for (const double rate : { 44100.0, 192000.0 })
    {
        Stereo impulse { std::vector<float> (65536), std::vector<float> (65536) };
        impulse.left[0] = 1.0f;
        impulse.right[5] = -2.0f;
        ToneFilter filter (rate, 2);
        const auto y = run (
            filter, impulse, test::cuttings()[4], [&] (size_t) { return controls; }, 65536);

        for (const double frequency : { 20.0, 40.0, 100.0, 1000.0, 5000.0, 12000.0, 19000.0 })
        {
            std::complex<double> left, right;
            double expected = 0.0;
            const double w = 2.0 * pi * frequency / rate;

            for (size_t n = 0; n < y.left.size(); ++n)
            {
                left += static_cast<double> (y.left[n]) * std::polar (1.0, -w * static_cast<double> (n));
                right += static_cast<double> (y.right[n]) * std::polar (1.0, -w * static_cast<double> (n));
            }

            for (const auto& band : controls.bands)
                expected += sectionDb (sectionOf (band, rate), w);

            // The ramps keep frequencies as floats. With the rounding of samples the error is 0.001 dB.
            CAPTURE (rate, frequency);
            CHECK (20.0 * std::log10 (std::abs (left)) == Approx (expected).margin (0.001));
            CHECK (20.0 * std::log10 (std::abs (right) / 2.0) == Approx (expected).margin (0.001));
        }
    }
}

TEST_CASE ("The state of a tone filter never grows while its coefficients move", "[engine]")
{
    // Sections never increase the norm of the state, nor do coefficients between those of any two sections.
    std::mt19937 engine (7);
    std::uniform_real_distribution<double> uniform (0.0, 1.0);
    const auto random = [&]
    {
        return toneSection (kinds[engine() % 4], 48000.0, 20.0 * std::pow (1000.0, uniform (engine)),
                            48.0 * uniform (engine) - 24.0, 0.1 * std::pow (40.0, uniform (engine)), 1.0);
    };

    for (int n = 0; n < 20000; ++n)
    {
        const auto a = random(), b = random();
        const double t = uniform (engine), angle = 2.0 * pi * uniform (engine);
        const double p = a.p + t * (b.p - a.p), q = a.q + t * (b.q - a.q), r = a.r + t * (b.r - a.r);
        const double s1 = std::cos (angle), s2 = std::sin (angle);
        REQUIRE (std::hypot (p * s1 - q * s2, q * s1 + (1.0 - r) * s2) < 1.0 + 1e-12);
    }

    // Noise through the fastest changes of all controls stays below the gain of four bands of 24 dB.
    const auto x = test::noise (400000, 1);
    ToneFilter filter (48000.0, 2);
    const auto y = run (
        filter, { x, x }, test::cuttings()[4], [] (size_t position) { return randomControls (position + 1); }, 64);
    float largest = 0.0f;

    for (const float sample : y.left)
        largest = sample <= largest && sample >= -largest ? largest : std::abs (sample);

    CHECK (largest < 400.0f);

    // With steady controls the state decays.
    std::vector<float> silence (480000);
    const auto rest = run (
        filter, { silence, silence }, test::cuttings()[4], [] (size_t) { return randomControls (3); }, 480000);
    CHECK (std::abs (rest.left.back()) < 1e-9f);
}

TEST_CASE ("The division into callbacks changes no bit while every tone band moves and is switched", "[engine]")
{
    const auto left = test::noise (20000, 2), right = test::noise (20000, 3);
    Stereo reference;

    for (const auto& cutting : test::cuttings())
    {
        CAPTURE (cutting.name);
        ToneFilter filter (48000.0, 2);
        const auto y = run (
            filter, { left, right }, cutting, [] (size_t position) { return randomControls (position / 1733); }, 1733);

        if (reference.left.empty())
            reference = y;

        CHECK (test::differingBits (y.left, reference.left) == "");
        CHECK (test::differingBits (y.right, reference.right) == "");
    }

    // A channel's output does not depend on other channels.
    ToneFilter mono (48000.0, 1);
    auto alone = left;
    const auto cutting = test::cuttings()[6];

    for (size_t from = 0; from < left.size(); from += 1733)
        test::cut (std::min<size_t> (1733, left.size() - from), cutting,
                   [&] (size_t position, size_t size)
                   {
                       float* channels[] = { alone.data() + from + position };
                       mono.process (channels, size, randomControls (from / 1733));
                   });

    CHECK (test::differingBits (alone, reference.left) == "");
}

TEST_CASE ("A shelf whose gain jumps over its whole range distorts a low sine hardly more than its highest gain does",
           "[engine]")
{
    constexpr double rate = 48000.0;
    const auto x = sine (96000, 100.0, rate);
    const auto sharpestBend = [&] (Kind kind, const std::function<float (size_t)>& gainAt, const test::Cutting& cutting)
    {
        ToneFilter filter (rate, 2);
        const auto controlsAt = [&] (size_t position)
        {
            ToneControls controls;
            controls[kind].gainDb = gainAt (position);
            return controls;
        };
        const auto y = run (filter, { x, x }, cutting, controlsAt, 64).left;
        double sharpest = 0.0;

        for (size_t n = 12000; n < y.size(); ++n) // after the onset of the sine
            sharpest = std::max (sharpest, std::abs (static_cast<double> (y[n]) - 2.0 * static_cast<double> (y[n - 1])
                                                     + static_cast<double> (y[n - 2])));

        return sharpest;
    };

    for (const auto kind : { Kind::lowShelf, Kind::highShelf })
    {
        for (const size_t size : test::Sizes { 64, 512 })
        {
            const auto cutting = test::cuttings()[size == 64 ? 3 : 7];
            const double steady = sharpestBend (
                kind, [] (size_t) { return 24.0f; }, cutting);

            // Jumps at all phases of the sine, and jumps during a ramp.
            for (const size_t interval : test::Sizes { 9024, 2496 })
            {
                const double jumping = sharpestBend (
                    kind, [&] (size_t position) { return position / interval % 2 == 0 ? -24.0f : 24.0f; }, cutting);
                CAPTURE (static_cast<int> (kind), size, interval, steady, jumping);
                CHECK (jumping < 2.0 * steady);
            }
        }
    }
}

TEST_CASE ("A tone knob that moves adds no energy above 3 kHz to a low sine", "[engine]")
{
    constexpr double rate = 48000.0;
    const auto x = sine (65536, 220.0, rate);
    using Turn = std::function<void (ToneControls&)>;

    ToneControls from;
    from[Kind::lowCut] = { Kind::lowCut, true, 100.0f };
    from[Kind::lowShelf] = { Kind::lowShelf, true, 200.0f, 3.0f, 0.7071f };
    from[Kind::highShelf] = { Kind::highShelf, true, 2000.0f, -3.0f, 0.7071f };
    from[Kind::highCut] = { Kind::highCut, true, 10000.0f };

    const std::pair<const char*, Turn> turns[] = {
        { "nothing", [] (ToneControls&) {} },
        { "low cut off", [] (ToneControls& c) { c[Kind::lowCut].on = false; } },
        { "low cut up", [] (ToneControls& c) { c[Kind::lowCut].frequency = 400.0f; } },
        { "low shelf up", [] (ToneControls& c) { c[Kind::lowShelf].gainDb = 12.0f; } },
        { "low shelf flat", [] (ToneControls& c) { c[Kind::lowShelf].gainDb = 0.0f; } },
        { "low shelf away", [] (ToneControls& c) { c[Kind::lowShelf].frequency = 2000.0f; } },
        { "low shelf sharp", [] (ToneControls& c) { c[Kind::lowShelf].q = 4.0f; } },
        { "high shelf up", [] (ToneControls& c) { c[Kind::highShelf].gainDb = 12.0f; } },
        { "high shelf near", [] (ToneControls& c) { c[Kind::highShelf].frequency = 300.0f; } },
        { "high cut down", [] (ToneControls& c) { c[Kind::highCut].frequency = 500.0f; } },
        { "high cut off", [] (ToneControls& c) { c[Kind::highCut].on = false; } },
    };

    for (const auto& [name, turn] : turns)
    {
        ToneFilter filter (rate, 2);
        auto to = from;
        turn (to);
        const auto y = run (
            filter, { x, x }, test::cuttings()[3], [&] (size_t position) { return position < 32768 ? from : to; },
            32768);

        // After the filter's onset, faded at both ends.
        std::vector<float> part (y.left.begin() + 20000, y.left.begin() + 20000 + 32768);

        for (size_t n = 0; n < part.size(); ++n)
        {
            const double position = (static_cast<double> (n) + 0.5) / static_cast<double> (part.size());
            const double window = 0.35875 - 0.48829 * std::cos (2 * pi * position)
                                  + 0.14128 * std::cos (4 * pi * position) - 0.01168 * std::cos (6 * pi * position);
            part[n] = static_cast<float> (static_cast<double> (part[n]) * window);
        }

        const double all = test::energyWithin (part, rate, [] (double) { return 1.0; }),
                     above = test::energyWithin (part, rate, [] (double f) { return f > 3000.0 ? 1.0 : 0.0; });
        CAPTURE (name);
        CHECK (10.0 * std::log10 (above / all) < -80.0);
    }
}

TEST_CASE ("A tone filter at rest changes no bit and a band that is off leaves no trace", "[engine]")
{
    const auto x = test::noise (48000, 4);
    const test::Cutting cutting = test::cuttings()[5];
    ToneFilter filter (48000.0, 2);
    CHECK (test::differingBits (run (
                                    filter, { x, x }, cutting, [] (size_t) { return ToneControls(); }, 48000)
                                    .left,
                                x)
           == "");

    // A band that is switched on and off again has no effect 60 ms and a step of the grid later.
    ToneControls on;
    on[Kind::lowCut] = { Kind::lowCut, true, 300.0f };
    on[Kind::lowShelf].gainDb = -6.0f;
    on[Kind::highShelf].gainDb = 6.0f;
    on[Kind::highCut] = { Kind::highCut, true, 3000.0f };
    ToneFilter switched (48000.0, 2);
    const auto y = run (
        switched, { x, x }, cutting, [&] (size_t position) { return position == 16000 ? on : ToneControls(); }, 16000);
    const auto part = [] (const std::vector<float>& signal, size_t from, size_t to)
    { return std::span (signal).subspan (from, to - from); };
    CHECK (test::differingBits (part (y.left, 0, 16000), part (x, 0, 16000)) == "");
    CHECK (test::differingBits (part (y.left, 16001, 16064), part (x, 16001, 16064)) != "");
    CHECK (test::differingBits (part (y.left, 34976, 48000), part (x, 34976, 48000)) == "");
}

TEST_CASE ("A tone band that is switched on equals a new one whatever its settings were before", "[engine]")
{
    const auto x = test::noise (9600, 9);
    const test::Cutting cutting = test::cuttings()[5];

    for (const auto kind : kinds)
    {
        CAPTURE (static_cast<int> (kind));
        ToneControls before, after;
        before[kind] = { kind, true, 50.0f, 12.0f, 3.0f };
        after[kind] = { kind, true, 3000.0f, -6.0f, 0.5f };
        auto beforeOff = before, afterOff = after;
        beforeOff[kind].on = afterOff[kind].on = false;
        ToneFilter used (48000.0, 2), fresh (48000.0, 2);
        const auto of = [&] (ToneFilter& filter, const ToneControls& first, const ToneControls& second)
        {
            return run (
                filter, { x, x }, cutting,
                [&] (size_t position) { return position == 0      ? first
                                               : position == 3200 ? second
                                                                  : after; }, 3200);
        };
        const auto a = of (used, before, beforeOff), b = of (fresh, afterOff, afterOff);
        CHECK (a.left[100] != b.left[100]);
        CHECK (test::differingBits (std::span (a.left).subspan (6400), std::span (b.left).subspan (6400)) == "");
    }
}

TEST_CASE ("Reset clears the state of the tone filter", "[engine]")
{
    ToneControls controls;
    controls[Kind::lowCut] = { Kind::lowCut, true, 30.0f };
    const std::vector<float> silence (640);
    const auto always = [&] (size_t) { return controls; };
    ToneFilter filter (48000.0, 2);
    run (filter, { test::noise (640, 5), test::noise (640, 6) }, test::cuttings()[3], always, 640);
    CHECK (run (filter, { silence, silence }, test::cuttings()[3], always, 640).left != silence);
    filter.reset();
    CHECK (run (filter, { silence, silence }, test::cuttings()[3], always, 640).left == silence);
}

TEST_CASE ("The tone filter allocates nothing while it runs", "[engine][realtime]")
{
    ToneFilter filter (48000.0, 2);
    std::vector<float> left (512, 0.1f), right (512, 0.1f);
    float* channels[] = { left.data(), right.data() };
    ToneControls controls[2];
    controls[1] = randomControls (1);
    const test::AllocationGuard guard;

    for (size_t n = 0; n < 100; ++n)
        filter.process (channels, 512, controls[n / 10 % 2]);

    CHECK (guard.count() == 0);
}
