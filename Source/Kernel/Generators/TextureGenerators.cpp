#include "Kernel/Generators/TextureGenerators.h"

#include "Kernel/Generators/GeneratorSupport.h"
#include "Kernel/Random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <span>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;
constexpr double decayInDb = 80.0;       // at the end of what rings
constexpr double lowestFrequency = 30.0; // Hz
constexpr double fadeInSeconds = 0.05;

/** Returns the notes of a chord, in semitones above its root. */
std::span<const double> notesOf (size_t chord)
{
    static const std::array<std::vector<double>, 6> chords {
        { { 0, 12, 24 }, { 0, 7, 12, 19 }, { 0, 7, 12, 16 }, { 0, 7, 12, 15 }, { 0, 5, 7, 12 }, { 0, 7, 10, 15 } }
    };
    return chords[std::min (chord, chords.size() - 1)];
}

Kernel finished (std::vector<Signal> channels, double sampleRate, std::string name)
{
    for (auto& channel : channels)
    {
        removeLows (channel, lowestFrequency, sampleRate);
        fadeOut (channel, std::min (framesFor (fadeInSeconds, sampleRate), channel.size() / 4));
    }

    return kernelOfUnitEnergy (std::move (channels), sampleRate, std::move (name));
}

std::vector<Signal> emptyChannels (double lengthInSeconds, double sampleRate)
{
    return std::vector<Signal> (2, Signal (std::max<size_t> (2, framesFor (lengthInSeconds, sampleRate))));
}

/** Adds a damped tone that starts softly. */
void addTone (Signal& signal, double frequency, double decay, double gain, double phase, double sampleRate)
{
    const auto turn = std::polar (decayFactor (decay, sampleRate), 2.0 * pi * frequency / sampleRate);
    const double attack = decayFactor (0.012, sampleRate);
    constexpr double negligible = 1e-20; // beside 1; beyond it come denormals, which some processors are slow with
    auto state = std::polar (gain, phase);
    double missing = 1.0;

    for (auto& sample : signal)
    {
        missing = missing > negligible ? missing * attack : 0.0;
        sample += state.real() * (1.0 - missing);
        state *= turn;
    }
}

/** Adds a tone under a bell; a part of it may lie behind the end. */
void addGrain (Signal& signal, size_t start, size_t length, double angle, double gain, double phase)
{
    const auto turn = std::polar (1.0, angle), bellTurn = std::polar (1.0, 2.0 * pi / static_cast<double> (length));
    auto state = std::polar (gain, phase), bell = bellTurn;

    for (size_t n = start; n < std::min (start + length, signal.size()); ++n)
    {
        signal[n] += state.real() * (0.5 - 0.5 * bell.real());
        state *= turn;
        bell *= bellTurn;
    }
}

} // namespace

Kernel generate (const Resonator& p)
{
    auto channels = emptyChannels (p.decay * decayInDb / 60.0, p.sampleRate);
    Random random (p.seed);

    for (const double note : notesOf (p.chord))
        for (size_t partial = 1; partial <= p.numPartials; ++partial)
        {
            const auto k = static_cast<double> (partial);
            const double frequency = p.root * std::exp2 (note / 12.0) * k
                                     * std::sqrt ((1.0 + p.inharmonicity * k * k) / (1.0 + p.inharmonicity));
            const double gain = std::pow (k, p.brightness * 0.05 * std::log2 (10.0)) * (0.6 + 0.4 * random.uniform());

            // Low partials have nearly the same phase in both channels, so that they stay in mono.
            const double common = 2.0 * pi * random.uniform(), apart = pi * std::min (1.0, frequency / 1500.0);

            for (const size_t channel : { 0u, 1u })
            {
                const double cents = (channel == 0 ? 0.5 : -0.5) * p.detune + random.bipolar();
                const double phase = common + apart * random.bipolar();

                if (const double detuned = frequency * std::exp2 (cents / 1200.0); detuned < 0.45 * p.sampleRate)
                    addTone (channels[channel], detuned, p.decay / std::pow (k, p.damping), gain, phase, p.sampleRate);
            }
        }

    return finished (std::move (channels), p.sampleRate, "Resonator");
}

Kernel generate (const Swell& p)
{
    auto channels = emptyChannels (p.rise + p.release, p.sampleRate);
    const double top = p.rise * p.sampleRate;

    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        auto& signal = channels[channel];
        Random random (2 * p.seed + channel);
        double first = 0.0, second = 0.0;

        for (size_t n = 0; n < signal.size(); ++n)
        {
            const double x = std::min (1.0, static_cast<double> (n) / top);
            const double after = std::max (0.0, (static_cast<double> (n) - top) / (p.release * p.sampleRate));
            const double cutoff = p.darkest * std::pow (p.brightest / p.darkest, x);
            const double coefficient = 1.0 - std::exp (-2.0 * pi * cutoff / p.sampleRate);

            // What two low-passes leave of the noise's power is taken out, so that only the range makes it rise.
            const double pole = 1.0 - coefficient;
            const double power = std::pow (coefficient, 4.0) * (1.0 + pole * pole) / std::pow (1.0 - pole * pole, 3.0);
            const double level = std::pow (10.0, 0.05 * p.range * (x - 1.0)) / std::sqrt (power);
            const double release = 0.5 + 0.5 * std::cos (pi * std::min (1.0, after));
            first += coefficient * (random.bipolar() - first);
            second += coefficient * (first - second);
            signal[n] = second * level * release;
        }

        // No click at the start either, where the range is small.
        const size_t fade = std::min (framesFor (0.02, p.sampleRate), signal.size() / 4);

        for (size_t n = 0; n < fade; ++n)
            signal[n] *= 0.5 - 0.5 * std::cos (pi * static_cast<double> (n) / static_cast<double> (fade));
    }

    return finished (std::move (channels), p.sampleRate, "Swell");
}

Kernel generate (const Grains& p)
{
    auto channels = emptyChannels (p.lengthInSeconds, p.sampleRate);
    Random random (p.seed);
    const size_t length = std::max<size_t> (4, framesFor (p.grainLength * 1e-3, p.sampleRate));
    const double last = p.lengthInSeconds - p.grainLength * 1e-3, lowest = std::min (p.lowest, p.highest);

    for (double time = 0.0; time <= std::max (0.0, last);)
    {
        const double x = time / p.lengthInSeconds;
        const double gain = std::pow (10.0, 0.05 * p.change * x) * (0.5 + 0.5 * random.uniform());
        const double frequency = lowest * std::pow (p.highest / lowest, random.uniform());
        const double phase = 2.0 * pi * random.uniform(), place = 0.5 * pi * random.uniform();
        const auto start = framesFor (time, p.sampleRate);

        if (frequency < 0.45 * p.sampleRate)
        {
            const double angle = 2.0 * pi * frequency / p.sampleRate;
            addGrain (channels[0], start, length, angle, gain * std::cos (place), phase);
            addGrain (channels[1], start, length, angle, gain * std::sin (place), phase);
        }

        time += (0.5 + random.uniform()) / (p.firstDensity * std::pow (p.lastDensity / p.firstDensity, x));
    }

    return finished (std::move (channels), p.sampleRate, "Grains");
}

std::string problemWith (const Grains& p)
{
    if (p.lowest < 0.45 * p.sampleRate)
        return {};

    return "all of its tones would lie above what its sample rate can hold. Lower the lowest one or raise the sample "
           "rate.";
}

} // namespace faltwerk
