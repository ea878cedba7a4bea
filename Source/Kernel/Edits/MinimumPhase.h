#pragma once

#include <complex>
#include <span>
#include <vector>

namespace faltwerk
{

/** Returns the spectrum with given magnitudes and the least phase: that of the causal signal which comes as early as
    they allow, by the real cepstrum (Oppenheim, Schafer: Discrete-time signal processing, chapter 13). The cepstrum
    must have died away within the transform, so sharp peaks and notches want many bins. What is more than 200 dB below
    the largest magnitude counts as 200 dB below.
    @param magnitudes  of the bins 0..N / 2, none below 0; N is a power of two from 32 to 2^24.
    @return the bins 0..N / 2, in single precision. [not audio] */
std::vector<std::complex<float>> minimumPhaseSpectrum (std::span<const float> magnitudes);

/** Returns the N samples of the signal with that spectrum. [not audio] */
std::vector<float> minimumPhaseImpulse (std::span<const float> magnitudes);

} // namespace faltwerk
