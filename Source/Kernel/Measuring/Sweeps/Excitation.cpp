#include "Kernel/Measuring/Sweeps/Excitation.h"

#include "Kernel/Edits/Resampling.h"
#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

double rise (double x) { return x < 1.0 ? 0.5 - 0.5 * std::cos (std::numbers::pi * x) : 1.0; }

/** The band that a signal excites, by its energies in sixths of an octave. */
struct Band
{
    static constexpr int perOctave = 6;
    static constexpr double lowest = 5.0; // Hz

    Band (const std::vector<float>& samples, double sampleRate)
    {
        Fourier fourier (Fourier::sizeFor (samples.size()));
        const auto spectrum = fourier.spectrumOf (samples);
        const double binWidth = sampleRate / static_cast<double> (fourier.size());

        for (int n = 0; frequencyOf (n + 1) < highestSweepEnd * sampleRate; ++n)
        {
            const auto first = static_cast<size_t> (std::ceil (frequencyOf (n) / binWidth)),
                       last = static_cast<size_t> (std::ceil (frequencyOf (n + 1) / binWidth));
            double energy = 0.0;

            for (size_t k = first; k < last; ++k)
                energy += static_cast<double> (std::norm (spectrum[k]));

            // The width of what holds no bin is that of its neighbour.
            energies.push_back (first < last || energies.empty() ? energy : energies.back());
        }
    }

    static double frequencyOf (int n) { return lowest * std::exp2 (static_cast<double> (n) / perOctave); }

    /** Goes from the loudest band in a direction, to the last that is no more than 15 dB below any in the octave
        before. */
    int edge (int step) const
    {
        const int size = static_cast<int> (energies.size());
        int place = static_cast<int> (std::max_element (energies.begin(), energies.end()) - energies.begin());

        for (;; place += step)
        {
            double highest = 0.0;
            const int next = place + step;

            if (next < 0 || next >= size)
                return place;

            for (int n = 0; n < perOctave; ++n)
                if (const int before = place - n * step; before >= 0 && before < size)
                    highest = std::max (highest, energies[static_cast<size_t> (before)]);

            if (energies[static_cast<size_t> (next)] < highest / std::pow (10.0, 1.5))
                return place;
        }
    }

    std::vector<double> energies;
};

std::vector<float> atRate (const Sound& sound, double sampleRate)
{
    if (sound.sampleRate == sampleRate || sound.sampleRate == 0.0)
        return sound.channels.front();

    Kernel signal { { sound.channels.front() }, sound.sampleRate, Routing::mono, {} };
    auto samples = resampled (std::move (signal), sampleRate).paths.front();

    for (float& x : samples) // a kernel keeps its response, a sound its level
        x = static_cast<float> (x * sampleRate / sound.sampleRate);

    return samples;
}

} // namespace

double Excitation::bandAt (double frequency) const noexcept
{
    if (frequency <= low || frequency >= high)
        return 0.0;

    return rise (2.0 * std::log2 (frequency / low)) * rise (12.0 * std::log2 (high / frequency));
}

Excitation excitationOf (const Sweep& sweep, double sampleRate)
{
    return { makeSine (sweep, sampleRate),
             sampleRate,
             sweep.leadIn,
             sweep.from,
             std::min (sweep.to, highestSweepEnd * sampleRate),
             sweep };
}

Excitation excitationOf (const Sound& sound, double sampleRate)
{
    Excitation result;
    result.sampleRate = sampleRate;
    auto samples = atRate (sound, sampleRate);
    float peak = 0.0f;

    for (const float x : samples)
        peak = std::max (peak, std::abs (x));

    const auto isHeard = [peak] (float x) { return std::abs (x) > 1e-4f * peak; };
    const auto first = std::find_if (samples.begin(), samples.end(), isHeard);
    const auto last = std::find_if (samples.rbegin(), samples.rend(), isHeard).base();

    if (first >= last)
        return result;

    result.leadIn = static_cast<double> (first - samples.begin()) / sampleRate;
    result.samples.assign (first, last);
    const Band band (result.samples, sampleRate);
    result.low = Band::frequencyOf (band.edge (-1));
    result.high = std::min (Band::frequencyOf (band.edge (1) + 1), highestSweepEnd * sampleRate);
    return result;
}

} // namespace faltwerk
