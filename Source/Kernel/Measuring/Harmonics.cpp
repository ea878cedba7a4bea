#include "Kernel/Measuring/Harmonics.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

void HarmonicSums::add (const CircularResponse& response,
                        const RecordingDivision& division,
                        long long arrival,
                        double noise,
                        long long end)
{
    if (! division.excitation().law)
        return;

    // Distortion rings into what is before the first sound; at the end of the recording it does not.
    const long long rest = std::max ((end - arrival) / 20, 1LL);
    const double floor = std::min (noise, response.energyBetween (end - rest, end) / static_cast<double> (rest));
    const auto ahead = static_cast<long long> (division.aheadOfHarmonic (2));

    for (const int k : { 2, 3 })
    {
        const long long first = arrival - static_cast<long long> (division.aheadOfHarmonic (k)) - ahead / 10,
                        last = arrival - (k == 3 ? ahead + ahead / 10 : ahead / 2);
        energies[k - 2] += response.energyBetween (first, last);
        noises[k - 2] += floor * static_cast<double> (last - first);
    }

    whole += response.energyBetween (arrival, end);
}

Harmonics HarmonicSums::result() const
{
    if (! (whole > 0.0))
        return {};

    const auto inDb = [this] (double energy) { return 10.0 * std::log10 (energy / whole + 1e-15); };
    return { inDb (energies[0]), inDb (energies[1]), energies[0] > 4.0 * noises[0] || energies[1] > 4.0 * noises[1] };
}

} // namespace faltwerk
