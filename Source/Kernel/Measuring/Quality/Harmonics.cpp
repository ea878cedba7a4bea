#include "Kernel/Measuring/Quality/Harmonics.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

/** Returns the energy above 600 Hz: below, the thump with which a bent curve moves when a sweep begins would count as a
    harmonic. */
double energyIn (const CircularResponse& response, long long first, long long last, double sampleRate)
{
    const double coefficient = 1.0 - std::exp (-2.0 * std::numbers::pi * 600.0 / sampleRate);
    double low = 0.0, lower = 0.0, energy = 0.0;

    for (auto n = first; n < last; ++n)
    {
        const double x = static_cast<double> (response[n]);
        low += coefficient * (x - low);
        lower += coefficient * (x - low - lower);
        energy += (x - low - lower) * (x - low - lower);
    }

    return energy;
}

} // namespace

void HarmonicSums::add (const CircularResponse& response,
                        const RecordingDivision& division,
                        long long arrival,
                        double noise,
                        long long end)
{
    if (! division.excitation().law)
        return;

    const double rate = division.excitation().sampleRate;

    // Distortion rings into what is before the first sound; at the end of the recording it does not.
    const long long rest = std::max ((end - arrival) / 20, 1LL);
    const double floor = std::min (noise, energyIn (response, end - rest, end, rate) / static_cast<double> (rest));
    const auto ahead = static_cast<long long> (division.aheadOfHarmonic (2));

    for (const int k : { 2, 3 })
    {
        const long long first = arrival - static_cast<long long> (division.aheadOfHarmonic (k)) - ahead / 10,
                        last = arrival - (k == 3 ? ahead + ahead / 10 : ahead / 2);
        energies[k - 2] += energyIn (response, first, last, rate);
        noises[k - 2] += floor * static_cast<double> (last - first);
    }

    whole += energyIn (response, arrival, end, rate);
}

Harmonics HarmonicSums::result() const
{
    if (! (whole > 0.0))
        return {};

    const auto inDb = [this] (double energy) { return 10.0 * std::log10 (energy / whole + 1e-15); };
    return { inDb (energies[0]), inDb (energies[1]), energies[0] > 4.0 * noises[0] || energies[1] > 4.0 * noises[1] };
}

} // namespace faltwerk
