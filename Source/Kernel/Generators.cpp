#include "Kernel/Generators.h"

#include "Kernel/Random.h"

#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

/** A one-pole low-pass: the crossovers between the bands of a hall. */
class OnePole
{
public:
    OnePole (double cutoffHz, double sampleRate)
        : coefficient (1.0 - std::exp (-2.0 * std::numbers::pi * cutoffHz / sampleRate))
    {
    }

    double process (double x) noexcept { return state += coefficient * (x - state); }

private:
    double coefficient, state = 0.0;
};

/** The factor from one sample to the next of a decay by 60 dB in a time. */
double decayFactor (double t60, double sampleRate) { return std::exp (-std::log (1000.0) / (t60 * sampleRate)); }

} // namespace

Kernel generate (const NoiseHall& hall)
{
    const auto numFrames = static_cast<size_t> (std::lround (hall.lengthInSeconds * hall.sampleRate));
    const double low = decayFactor (hall.lowDecay, hall.sampleRate);
    const double mid = decayFactor (hall.midDecay, hall.sampleRate);
    const double high = decayFactor (hall.highDecay, hall.sampleRate);
    const double rise = decayFactor (hall.buildUp, hall.sampleRate);

    std::vector<std::vector<double>> channels (2, std::vector<double> (numFrames));
    double energy = 0.0;

    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        Random random (hall.seed * channels.size() + channel);
        OnePole lowCrossover (250.0, hall.sampleRate), highCrossover (4000.0, hall.sampleRate);
        double lowGain = 1.0, midGain = 1.0, highGain = 1.0, missing = 1.0;

        for (auto& sample : channels[channel])
        {
            const double noise = random.bipolar();
            const double belowLow = lowCrossover.process (noise), belowHigh = highCrossover.process (noise);
            sample = lowGain * belowLow + midGain * (belowHigh - belowLow) + highGain * (noise - belowHigh);
            sample *= 1.0 - missing;
            energy += sample * sample / static_cast<double> (channels.size());
            lowGain *= low;
            midGain *= mid;
            highGain *= high;
            missing *= rise;
        }
    }

    const double scale = 1.0 / std::sqrt (energy * hall.sampleRate / 48000.0);
    Kernel kernel { {}, hall.sampleRate, Routing::stereo, "Hall" };

    for (const auto& channel : channels)
    {
        auto& path = kernel.paths.emplace_back();
        path.reserve (numFrames);

        for (const double sample : channel)
            path.push_back (static_cast<float> (sample * scale));
    }

    return kernel;
}

Kernel defaultKernel()
{
    auto kernel = generate (NoiseHall {});
    kernel.name = "Concert Hall";
    return kernel;
}

} // namespace faltwerk
