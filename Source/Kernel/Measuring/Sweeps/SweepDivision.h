#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Fourier.h"
#include "Kernel/Measuring/Sweeps/Excitation.h"

#include <span>
#include <vector>

namespace faltwerk
{

using Spectrum = std::vector<Fourier::Complex>; // bins 0..N / 2

/** Divides spectra of recordings by that of what was played. What is more than 50 dB below the spectrum around it is
    not part of the signal, and would only lift noise: there the division is bounded (O. Kirkeby, P. A. Nelson, Digital
    filter design for inversion problems in sound reproduction, J. Audio Eng. Soc. 47, 1999).
    [not audio; one thread at a time, since the transform has buffers] */
class SweepDivision
{
public:
    /** Throws Cancelled.
        @param transform  outlives the division; its size holds excitation and recording */
    SweepDivision (const Excitation&, Fourier& transform, const IsCancelled& = {});

    /** Returns the system's spectrum, beyond the band too, where it means nothing. */
    Spectrum quotientOf (std::span<const float> recording) const;

    /** Returns the response in the band, once without phase and once with the band's least phase, so that nothing comes
        before the onset; N samples, of which the last ones stand for negative times. */
    std::vector<float> withoutPhase (const Spectrum& quotient) const;
    std::vector<float> withLeastPhase (const Spectrum& quotient) const;

    /** Returns the gain of the band in the bins. */
    const std::vector<float>& bandInBins() const noexcept { return band; }

    Fourier& transform() const noexcept { return fourier; }

private:
    Fourier& fourier;
    Spectrum division, causal;
    std::vector<float> band;
};

} // namespace faltwerk
