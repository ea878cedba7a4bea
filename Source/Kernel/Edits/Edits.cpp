#include "Kernel/Edits/Edits.h"

#include "Kernel/Analysis/Decay/Decay.h"
#include "Kernel/Edits/Resampling.h"
#include "Kernel/InParallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <utility>

namespace faltwerk
{

namespace
{

double rateOf (const Kernel& kernel) { return kernel.sampleRate > 0.0 ? kernel.sampleRate : 48000.0; }

size_t framesIn (double seconds, double rate)
{
    return static_cast<size_t> (std::llround (std::clamp (seconds * rate, 0.0, 1e12)));
}

/** Changes of level are worked out on a grid of this many frames, and are lines in dB between. */
constexpr size_t gridStep = 32;

/** Where a decay has ended, in dB below its beginning: the floats of a recording do not reach so far down. */
constexpr double lowestFall = 200.0;

/** How a kernel fell before it was reversed or stretched: on the time axis of the kernel as it is now. */
struct OriginalDecay
{
    double rate = 0.0;                                // dB/s
    double crossing = 0.0, onset = 0.0, length = 0.0; // s
    bool hasNoise = false, backwards = false;

    /** Returns the time since the onset, as the kernel fell. */
    double timeAt (double seconds) const noexcept
    {
        return std::max (0.0, (backwards ? length - seconds : seconds) - onset);
    }
};

/** Fills gains that are lines in dB between the points of the grid. */
template <typename GainDbAt>
void fill (std::vector<float>& gains, double rate, GainDbAt&& gainDbAt)
{
    constexpr double perDecibel = std::numbers::ln10 / 20.0;
    double level = gainDbAt (0.0);

    for (size_t first = 0; first < gains.size(); first += gridStep)
    {
        const double next = gainDbAt (static_cast<double> (first + gridStep) / rate);
        const double ratio = std::exp ((next - level) * perDecibel / static_cast<double> (gridStep));
        double gain = std::exp (level * perDecibel);
        const size_t last = std::min (gains.size(), first + gridStep);

        for (size_t n = first; n < last; ++n, gain *= ratio)
            gains[n] = static_cast<float> (gain);

        level = next;
    }
}

/** A raised cosine over a fade's frames: 0 before the first, 1 after the last. */
template <typename Apply>
void fade (size_t length, Apply&& apply)
{
    // A turning pointer: a cosine for each sample would take longer than all other edits together.
    const double step = std::numbers::pi / static_cast<double> (length);
    std::complex<double> pointer = std::polar (1.0, 0.5 * step);
    const auto turn = std::polar (1.0, step);

    for (size_t n = 0; n < length; ++n, pointer *= turn)
        apply (n, static_cast<float> (0.5 - 0.5 * pointer.real()));
}

/** Returns the frames from..to - 1, with room for a delay, and at 48 kHz if there is no rate. */
Kernel trimmed (const Kernel& source, size_t from, size_t to, size_t room)
{
    Kernel kernel { {}, rateOf (source), source.routing, source.name, source.numMatrixInputs };

    for (const auto& path : source.paths)
    {
        auto& part = kernel.paths.emplace_back();
        part.reserve (to - from + room);
        part.assign (path.begin() + static_cast<std::ptrdiff_t> (from),
                     path.begin() + static_cast<std::ptrdiff_t> (to));
    }

    return kernel;
}

/** Resamples as if the kernel had been recorded at another rate, which keeps the level in band. */
void stretch (Kernel& kernel, double factor)
{
    const double rate = kernel.sampleRate;
    kernel = resampled (std::move (kernel), rate * factor, ResamplingQuality::high);
    kernel.sampleRate = rate;
}

/** Multiplies the kernel by all gains that change over time. */
void shape (Kernel& kernel, const Edits& edits, const OriginalDecay& original)
{
    const double rate = kernel.sampleRate;
    const size_t length = kernel.lengthInFrames();
    std::vector<float> gains (length, 1.0f);
    const bool decays = edits.decay != 1.0 && original.rate > 0.0;

    if (decays || ! edits.nodes.empty())
    {
        const NodeCurve nodes (edits.nodes);

        // A longer decay would lift the noise: where decay and noise are mixed, what the decay alone would be is left.
        const double change = decays ? original.rate * (1.0 - 1.0 / edits.decay) : 0.0;
        const double cleaning = original.hasNoise ? std::clamp (4.0 * (edits.decay - 1.0), 0.0, 1.0) : 0.0;

        // Nor is anything lifted that has fallen below all sound: a click has silence behind it.
        const double longest = change > 0.0 ? lowestFall / original.rate : std::numeric_limits<double>::max();

        fill (gains, rate,
              [&] (double seconds)
              {
                  const double t = original.timeAt (seconds),
                               level = nodes.gainDbAt (seconds) + change * std::min (t, longest);

                  if (cleaning == 0.0)
                      return level;

                  return level
                         - cleaning * 10.0
                               * std::log10 (1.0 + std::pow (10.0, original.rate * (t - original.crossing) / 10.0));
              });
    }

    if (const size_t attack = std::min (framesIn (edits.attack, rate), length); attack > 0)
    {
        for (size_t n = 0; n < attack; ++n)
        {
            const float rest = 1.0f - (static_cast<float> (n) + 0.5f) / static_cast<float> (attack);
            gains[n] *= 1.0f - rest * rest;
        }
    }

    fade (std::min (framesIn (edits.fadeIn, rate), length), [&] (size_t n, float gain) { gains[n] *= gain; });
    fade (std::min (framesIn (edits.fadeOut, rate), length),
          [&] (size_t n, float gain) { gains[length - 1 - n] *= gain; });

    for (auto& path : kernel.paths)
        for (size_t n = 0; n < length; ++n)
            path[n] *= gains[n];
}

/** Scales the difference of each pair of paths that leads from one input to left and right. */
void widen (Kernel& kernel, double width)
{
    if (kernel.routing != Routing::stereo && kernel.routing != Routing::trueStereo)
        return;

    const auto own = static_cast<float> (0.5 + 0.5 * width), other = static_cast<float> (0.5 - 0.5 * width);

    for (size_t path = 0; path + 1 < kernel.paths.size(); path += 2)
    {
        auto &left = kernel.paths[path], &right = kernel.paths[path + 1];

        for (size_t n = 0; n < left.size(); ++n)
        {
            const float l = left[n], r = right[n];
            left[n] = own * l + other * r;
            right[n] = own * r + other * l;
        }
    }
}

/** Lets what lies above 2 kHz fall faster: four equal low-passes in a row leave the rest, which is -6 dB at 2 kHz and
    -25 dB an octave above. */
void damp (Kernel& kernel, double damping, const OriginalDecay& original)
{
    if (! (original.rate > 0.0))
        return;

    const double rate = kernel.sampleRate;
    const double pole = 2000.0 / std::sqrt (std::sqrt (2.0) - 1.0); // (1 + (f / pole)^2)^2 = 2 at 2 kHz
    const auto coefficient = static_cast<float> (1.0 - std::exp (-2.0 * std::numbers::pi * pole / rate));
    const double extra = original.rate * (1.0 / (1.0 - 0.9 * damping) - 1.0);
    std::vector<float> gains (kernel.lengthInFrames());
    fill (gains, rate, [&] (double seconds) { return -extra * original.timeAt (seconds); });

    inParallel (kernel.paths.size(),
                [&] (size_t index)
                {
                    auto& path = kernel.paths[index];
                    std::array<float, 4> low {};

                    for (size_t n = 0; n < path.size(); ++n)
                    {
                        float below = path[n];

                        for (auto& state : low)
                            below = state += coefficient * (below - state);

                        path[n] = below + gains[n] * (path[n] - below);
                    }
                });
}

/** Returns how the trimmed kernel falls; a kernel without decay falls by 60 dB until a millionth of its energy is
    left. */
OriginalDecay originalDecayOf (const Kernel& kernel, const Edits& edits)
{
    if (edits.decay == 1.0 && edits.damping == 0.0)
        return {};

    const auto slope = measureDecaySlope (kernel);
    OriginalDecay original;
    original.rate = slope.rate / edits.stretch;
    original.onset = slope.onset * edits.stretch;
    original.crossing = slope.crossing * edits.stretch;
    original.length = kernel.lengthInSeconds() * edits.stretch;
    original.hasNoise = slope.hasNoise;
    original.backwards = edits.reverse;
    return original;
}

} // namespace

Outcome<EditResult> edited (const Kernel& source, const Edits& edits)
{
    const auto fail = [&source] (const std::string& what)
    { return Outcome<EditResult>::failure ("'" + source.name + "' cannot be edited so: " + what); };

    const double rate = rateOf (source);
    const size_t first = std::min (framesIn (edits.start, rate), source.lengthInFrames());
    const size_t last =
        edits.end ? std::min (framesIn (*edits.end, rate), source.lengthInFrames()) : source.lengthInFrames();

    if (first >= last)
        return fail ("nothing is left between its start and its end. Move them apart.");

    const size_t preDelay = framesIn (edits.preDelay, rate);

    if (static_cast<double> (last - first) * edits.stretch + static_cast<double> (preDelay)
        > static_cast<double> (longestKernelInFrames))
        return fail ("it would have more than " + std::to_string (longestKernelInFrames)
                     + " frames (60 s at 192 kHz). Stretch or delay it less.");

    auto kernel = trimmed (source, first, last, preDelay);
    const auto original = originalDecayOf (kernel, edits);

    if (edits.reverse)
        for (auto& path : kernel.paths)
            std::reverse (path.begin(), path.end());

    if (edits.stretch != 1.0)
        stretch (kernel, edits.stretch);

    if (edits.attack > 0.0 || edits.decay != 1.0 || ! edits.nodes.empty() || edits.fadeIn > 0.0 || edits.fadeOut > 0.0)
        shape (kernel, edits, original);

    if (edits.width != 1.0)
        widen (kernel, edits.width);

    if (edits.damping > 0.0)
        damp (kernel, edits.damping, original);

    const double normalising = normalisingGain (kernel, edits.normalise);
    const auto gain = static_cast<float> (std::pow (10.0, edits.gainDb / 20.0) * normalising);

    for (auto& path : kernel.paths)
    {
        if (gain != 1.0f)
            for (auto& sample : path)
                sample *= gain;

        path.insert (path.begin(), preDelay, 0.0f);
    }

    kernel.sampleRate = source.sampleRate;
    return EditResult { std::move (kernel), normalising };
}

} // namespace faltwerk
