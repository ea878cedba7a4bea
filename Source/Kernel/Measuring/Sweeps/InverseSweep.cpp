#include "Kernel/Measuring/Sweeps/InverseSweep.h"

#include "Kernel/Fourier.h"
#include "Kernel/Measuring/Sweeps/Excitation.h"
#include "Kernel/Measuring/Sweeps/SweepDivision.h"

#include <algorithm>

namespace faltwerk
{

InverseSweep inverseOf (const Sweep& sweep)
{
    const auto excitation = excitationOf (sweep, sweep.sampleRate);
    const size_t before = excitation.lengthInFrames();

    // Behind time 0, the filter of the band rings for some periods of its lowest frequency.
    const auto behind = static_cast<size_t> (10.0 / sweep.from * sweep.sampleRate);
    Fourier fourier (std::min (Fourier::sizeFor (2 * before + behind), longestRecordingInFrames));
    const SweepDivision division (excitation, fourier);
    const float impulse[] = { 1.0f };
    const auto circle = division.withLeastPhase (division.quotientOf (impulse));
    InverseSweep inverse;

    for (size_t n = 0; n < before + std::min (behind, fourier.size() - before); ++n)
        inverse.samples.push_back (circle[(n + fourier.size() - before) % fourier.size()]);

    inverse.zero = sweep.leadIn + static_cast<double> (before) / sweep.sampleRate;
    return inverse;
}

} // namespace faltwerk
