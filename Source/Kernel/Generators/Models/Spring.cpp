#include "Kernel/Generators/Models/Spring.h"

#include "Kernel/Fourier.h"
#include "Kernel/Generators/GeneratorSupport.h"
#include "Kernel/Random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;
constexpr double decayInDb = 85.0;       // at the end
constexpr double lowestFrequency = 90.0; // Hz: of the transducers
constexpr double fadeInSeconds = 0.05;
constexpr size_t longestSize = 1u << 22;

/** One spring, by what a wave meets on one round. */
class Winding
{
public:
    Winding (const Spring& p, size_t number, Random& random)
    {
        constexpr std::array delays { 1.0, 0.817, 1.236 };
        constexpr std::array transitions { 1.0, 1.08, 0.93 };
        const double tightness = std::exp2 (p.tension * 0.006);
        delay = p.delay * 1e-3 * delays[number] / tightness * (1.0 + 0.02 * random.bipolar());
        transition = p.transition * transitions[number] * tightness * (1.0 + 0.02 * random.bipolar());
        lossPerSecond = std::log (1000.0) / p.decay;
        damping = p.damping;

        for (auto& [time, depth, phase] : unevenness)
        {
            time = 0.0005 + 0.0055 * random.uniform();
            depth = 0.55 * p.roughness * random.uniform();
            phase = 2.0 * pi * random.uniform();
        }
    }

    /** Returns the response at a frequency: half a round, and all echoes a round later each. */
    std::complex<double> response (double frequency) const
    {
        const double x = frequency / transition;

        if (x >= 1.0)
            return 0.0;

        // Closed form: 2 pi times the integral of the group delay over frequency.
        double phase = 2.0 * pi * delay * transition * std::asin (x);

        for (const auto& [time, depth, offset] : unevenness)
            phase += depth * x * std::sin (2.0 * pi * frequency * time + offset);

        // What is longer on its way loses more, and nothing is left at the transition itself.
        const double groupDelay = delay / std::sqrt (1.0 - x * x);
        const double loss = groupDelay * lossPerSecond * (1.0 + 2.0 * damping * x) + 2.5 * damping * std::pow (x, 8);
        const std::complex<double> exponent { -loss, -phase };
        const double edge = std::clamp ((1.0 - x) / 0.25, 0.0, 1.0);
        return (0.5 - 0.5 * std::cos (pi * edge)) * std::exp (0.5 * exponent) / (1.0 + std::exp (exponent));
    }

private:
    struct Ripple
    {
        double time, depth, phase; // s, radians, radians
    };

    double delay, transition, lossPerSecond, damping;
    std::array<Ripple, 16> unevenness {};
};

/** Returns the springs of a channel, summed in the time domain. */
Signal tank (const Spring& p, uint64_t seed)
{
    Random random (seed);
    std::vector<Winding> windings;

    for (size_t n = 0; n < std::clamp<size_t> (p.numSprings, 1, 3); ++n)
        windings.emplace_back (p, n, random);

    const double lengthInSeconds = p.decay * decayInDb / 60.0 + 2.0 * p.delay * 1e-3;
    const size_t numFrames = framesFor (lengthInSeconds, p.sampleRate);
    Fourier fourier (std::min (longestSize, Fourier::sizeFor (numFrames + numFrames / 4)));
    std::vector<std::complex<float>> bins (fourier.size() / 2 + 1);

    for (size_t k = 1; k < bins.size(); ++k)
    {
        const double frequency = p.sampleRate * static_cast<double> (k) / static_cast<double> (fourier.size());
        std::complex<double> sum;

        for (const auto& winding : windings)
            sum += winding.response (frequency);

        bins[k] = std::complex<float> (sum);
    }

    const auto samples = fourier.signalOf (bins);
    Signal signal (samples.begin(),
                   samples.begin() + static_cast<std::ptrdiff_t> (std::min (numFrames, samples.size())));
    removeLows (signal, lowestFrequency, p.sampleRate);
    fadeOut (signal, std::min (framesFor (fadeInSeconds, p.sampleRate), signal.size() / 4));
    return signal;
}

} // namespace

Kernel generate (const Spring& p)
{
    auto left = tank (p, 2 * p.seed), right = tank (p, 2 * p.seed + 1);
    const double own = std::sqrt (0.5 + 0.5 * p.width), other = std::sqrt (0.5 - 0.5 * p.width);

    for (size_t n = 0; n < left.size(); ++n)
    {
        const double l = left[n], r = right[n];
        left[n] = own * l + other * r;
        right[n] = own * r + other * l;
    }

    return kernelOfUnitEnergy ({ std::move (left), std::move (right) }, p.sampleRate, "Spring");
}

} // namespace faltwerk
