#include "Kernel/Generators/NoiseGenerators.h"

#include "Kernel/Fourier.h"
#include "Kernel/Generators/GeneratorSupport.h"
#include "Kernel/Random.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double lowestFrequency = 20.0; // Hz: nothing below it, and no offset
constexpr double fadeInSeconds = 0.05;   // at the end
constexpr double spreadInSeconds = 0.05; // of the filters between the bands of a hall

/** A one-pole low-pass: the crossovers between the bands of a hall of version 1. */
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

/** Returns a stream of random numbers for each channel. */
Random randomFor (uint64_t seed, size_t channel) { return Random (seed * 2 + channel); }

/** Ends of the channels of one length, and their level. */
Kernel finished (std::vector<Signal> channels, double sampleRate, std::string name)
{
    for (auto& channel : channels)
        fadeOut (channel, std::min (framesFor (fadeInSeconds, sampleRate), channel.size() / 4));

    return kernelOfUnitEnergy (std::move (channels), sampleRate, std::move (name));
}

template <typename Noise>
std::vector<Signal> emptyChannels (const Noise& p, size_t numChannels)
{
    return std::vector<Signal> (numChannels,
                                Signal (std::max<size_t> (1, framesFor (p.lengthInSeconds, p.sampleRate))));
}

Kernel generateFirstVersion (const NoiseHall& p)
{
    const double low = decayFactor (p.lowDecay, p.sampleRate), mid = decayFactor (p.midDecay, p.sampleRate);
    const double high = decayFactor (p.highDecay, p.sampleRate), rise = decayFactor (p.buildUp, p.sampleRate);
    auto channels = emptyChannels (p, 2);

    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        auto random = randomFor (p.seed, channel);
        OnePole lowCrossover (250.0, p.sampleRate), highCrossover (4000.0, p.sampleRate);
        double lowGain = 1.0, midGain = 1.0, highGain = 1.0, missing = 1.0;

        for (auto& sample : channels[channel])
        {
            const double noise = random.bipolar();
            const double belowLow = lowCrossover.process (noise), belowHigh = highCrossover.process (noise);
            sample = lowGain * belowLow + midGain * (belowHigh - belowLow) + highGain * (noise - belowHigh);
            sample *= 1.0 - missing;
            lowGain *= low;
            midGain *= mid;
            highGain *= high;
            missing *= rise;
        }

        removeLows (channels[channel], lowestFrequency, p.sampleRate);
    }

    return finished (std::move (channels), p.sampleRate, "Noise Hall");
}

/** Returns the share of a band of the hall at a frequency. The crossovers are far from the octaves of 125 Hz, 1 kHz and
    8 kHz, whose filters have skirts through which a longer decay would be heard. */
double shareOf (size_t band, double frequency)
{
    constexpr double crossovers[] = { 354.0, 2828.0 }, halfWidth = 0.125; // Hz, octaves
    const auto above = [&] (double crossover)
    {
        const double octaves = std::clamp (std::log2 (std::max (frequency, 1.0) / crossover) / halfWidth, -1.0, 1.0);
        return 0.5 + 0.5 * std::sin (0.5 * std::numbers::pi * octaves);
    };
    const double low = 1.0 - above (crossovers[0]), high = above (crossovers[1]);
    return band == 0 ? low : band == 1 ? 1.0 - low - high : high;
}

} // namespace

Kernel generate (const ExponentialNoise& p)
{
    const double factor = decayFactor (p.decay, p.sampleRate), rise = decayFactor (p.buildUp, p.sampleRate);
    auto channels = emptyChannels (p, p.numChannels);

    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        auto random = randomFor (p.seed, channel);
        double gain = 1.0, missing = 1.0;

        for (auto& sample : channels[channel])
        {
            missing *= rise;
            sample = random.bipolar() * gain * (1.0 - missing);
            gain *= factor;
        }

        removeLows (channels[channel], lowestFrequency, p.sampleRate);
    }

    return finished (std::move (channels), p.sampleRate, "Noise");
}

Kernel generate (const VelvetNoise& p)
{
    const double period = std::max (1.0, p.sampleRate / p.density);
    const double decayPerFrame = std::log (1000.0) / (p.decay * p.sampleRate);
    auto channels = emptyChannels (p, p.numChannels);

    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        auto random = randomFor (p.seed, channel);
        auto& signal = channels[channel];

        for (double start = 0.0;; start += period)
        {
            const auto frame = static_cast<size_t> (start + random.uniform() * (period - 1.0));
            const double sign = random.uniform() < 0.5 ? -1.0 : 1.0;

            if (frame >= signal.size())
                break;

            signal[frame] = sign * std::exp (-decayPerFrame * static_cast<double> (frame));
        }
    }

    return finished (std::move (channels), p.sampleRate, "Velvet Noise");
}

Kernel generate (const NoiseHall& p)
{
    if (p.version == 1)
        return generateFirstVersion (p);

    auto channels = emptyChannels (p, 2);
    const size_t numFrames = channels.front().size();
    const double rise = decayFactor (p.buildUp, p.sampleRate);
    Fourier fourier (Fourier::sizeFor (numFrames + framesFor (spreadInSeconds, p.sampleRate)));
    std::vector<Fourier::Complex> values (fourier.size()), sum (fourier.size());

    // One noise for all bands, whose weights then add up to it without gaps.
    std::vector<Fourier::Complex> noise (numFrames);
    auto left = randomFor (p.seed, 0), right = randomFor (p.seed, 1);
    double missing = 1.0;

    for (auto& frame : noise)
    {
        missing *= rise;
        const double density = 1.0 - missing;
        const double toLeft = left.bipolar() * density, toRight = right.bipolar() * density;
        frame = { static_cast<float> (toLeft), static_cast<float> (toRight) };
    }

    const double decays[] = { p.lowDecay, p.midDecay, p.highDecay };

    for (size_t band = 0; band < std::size (decays); ++band)
    {
        const double factor = decayFactor (decays[band], p.sampleRate);
        double gain = 1.0;

        for (size_t n = 0; n < numFrames; ++n, gain *= factor)
            values[n] = static_cast<float> (gain) * noise[n];

        std::fill (values.begin() + static_cast<std::ptrdiff_t> (numFrames), values.end(), Fourier::Complex {});
        fourier.forward (values);

        for (size_t k = 0; k < values.size(); ++k)
        {
            const auto bin = static_cast<double> (std::min (k, values.size() - k));
            sum[k] += static_cast<float> (shareOf (band, bin * p.sampleRate / static_cast<double> (values.size())))
                      * values[k];
        }
    }

    fourier.inverse (sum);

    for (size_t n = 0; n < numFrames; ++n)
    {
        channels[0][n] = static_cast<double> (sum[n].real());
        channels[1][n] = static_cast<double> (sum[n].imag());
    }

    for (auto& channel : channels)
        removeLows (channel, lowestFrequency, p.sampleRate);

    return finished (std::move (channels), p.sampleRate, "Noise Hall");
}

std::string problemWith (const ExponentialNoise& p) { return problemWithLength (p.lengthInSeconds * p.sampleRate); }
std::string problemWith (const VelvetNoise& p) { return problemWithLength (p.lengthInSeconds * p.sampleRate); }
std::string problemWith (const NoiseHall& p) { return problemWithLength (p.lengthInSeconds * p.sampleRate); }

} // namespace faltwerk
