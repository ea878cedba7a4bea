#include "Kernel/Generators/GeneratorSupport.h"

#include <algorithm>
#include <cstdio>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr size_t longestHalf = 32; // frames of an impulse to each side

bool isWhole (double position) { return std::abs (position - std::round (position)) < 1e-6; }

} // namespace

double besselI0 (double x)
{
    double sum = 1.0, term = 1.0;

    for (double k = 1.0; term > 1e-17 * sum; ++k)
        sum += term *= (x / (2.0 * k)) * (x / (2.0 * k));

    return sum;
}

size_t framesForImpulse (double position)
{
    return isWhole (position) ? static_cast<size_t> (std::llround (position)) + 1
                              : static_cast<size_t> (position) + longestHalf + 2;
}

void addImpulse (Signal& signal, double position, double gain)
{
    if (isWhole (position))
    {
        signal[static_cast<size_t> (std::llround (position))] += gain;
        return;
    }

    constexpr double beta = 8.0;
    const auto before = static_cast<size_t> (position);
    const size_t half = std::min (longestHalf, before);
    const double fraction = position - static_cast<double> (before);

    if (half == 0) // no room in front of it
    {
        signal[0] += gain * (1.0 - fraction);
        signal[1] += gain * fraction;
        return;
    }

    const double edge = static_cast<double> (half) + 1.0;
    std::vector<double> taps (2 * half + 1);
    double sum = 0.0;

    for (size_t n = 0; n < taps.size(); ++n)
    {
        const double x = static_cast<double> (before - half + n) - position;
        const double window = besselI0 (beta * std::sqrt (std::max (0.0, 1.0 - x * x / (edge * edge))));
        sum += taps[n] = window * std::sin (std::numbers::pi * x) / (std::numbers::pi * x);
    }

    for (size_t n = 0; n < taps.size(); ++n)
        signal[before - half + n] += gain * taps[n] / sum;
}

void fadeOut (Signal& signal, size_t numFrames)
{
    numFrames = std::min (numFrames, signal.size());

    for (size_t n = 0; n < numFrames; ++n)
    {
        const double x = (static_cast<double> (n) + 0.5) / static_cast<double> (numFrames);
        signal[signal.size() - 1 - n] *= 0.5 - 0.5 * std::cos (std::numbers::pi * x);
    }
}

void removeLows (Signal& signal, double cutoffHz, double sampleRate)
{
    const double w = std::tan (std::numbers::pi * std::min (cutoffHz / sampleRate, 0.49));
    const double norm = 1.0 / (1.0 + std::numbers::sqrt2 * w + w * w);
    const double a1 = 2.0 * (w * w - 1.0) * norm, a2 = (1.0 - std::numbers::sqrt2 * w + w * w) * norm;
    double x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0;

    for (auto& sample : signal)
    {
        const double x = sample;
        sample = norm * (x - 2.0 * x1 + x2) - a1 * y1 - a2 * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = sample;
    }
}

Kernel kernelOf (const std::vector<Signal>& channels, double sampleRate, std::string name)
{
    const auto routing = channels.size() == 1   ? Routing::mono
                         : channels.size() == 2 ? Routing::stereo
                                                : Routing::trueStereo;
    Kernel kernel { {}, sampleRate, routing, std::move (name) };

    for (const auto& channel : channels)
    {
        auto& path = kernel.paths.emplace_back (channel.size());
        std::transform (channel.begin(), channel.end(), path.begin(), [] (double x) { return static_cast<float> (x); });
    }

    return kernel;
}

Kernel kernelOfUnitEnergy (std::vector<Signal> channels, double sampleRate, std::string name)
{
    double energy = 0.0;

    const double numOutputs = channels.size() == 4 ? 2.0 : static_cast<double> (channels.size());

    for (const auto& channel : channels)
        for (const double sample : channel)
            energy += sample * sample / numOutputs;

    const double scale = energy > 0.0 ? 1.0 / std::sqrt (energy * sampleRate / 48000.0) : 0.0;

    for (auto& channel : channels)
        for (auto& sample : channel)
            sample *= scale;

    return kernelOf (channels, sampleRate, std::move (name));
}

std::string problemWithLength (double lengthInFrames, size_t longest)
{
    if (lengthInFrames <= static_cast<double> (longest))
        return {};

    char text[160];
    std::snprintf (text, sizeof text,
                   "it would be %.0f frames long, and at most %zu are possible. Make it shorter or lower its "
                   "sample rate.",
                   lengthInFrames, longest);
    return text;
}

} // namespace faltwerk
