#include "Kernel/Edits/MinimumPhase.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace faltwerk
{

std::vector<std::complex<float>> minimumPhaseSpectrum (std::span<const float> magnitudes)
{
    assert (magnitudes.size() >= 17);
    const size_t size = 2 * (magnitudes.size() - 1);
    const float largest = *std::max_element (magnitudes.begin(), magnitudes.end());

    if (! (largest > 0.0f))
        return std::vector<std::complex<float>> (magnitudes.size());

    Fourier fourier (size);
    std::vector<std::complex<float>> bins (magnitudes.size());
    std::transform (magnitudes.begin(), magnitudes.end(), bins.begin(),
                    [largest] (float m)
                    { return static_cast<float> (std::log (std::max (1e-10, static_cast<double> (m / largest)))); });

    // Folding the cepstrum's second half onto its first makes the logarithm of the spectrum that of a causal signal.
    auto cepstrum = fourier.signalOf (bins);

    for (size_t n = 1; n < size / 2; ++n)
    {
        cepstrum[n] *= 2.0f;
        cepstrum[size - n] = 0.0f;
    }

    bins = fourier.spectrumOf (cepstrum);

    for (auto& bin : bins)
        bin = std::complex<float> (std::exp (std::complex<double> (bin)) * static_cast<double> (largest));

    return bins;
}

std::vector<float> minimumPhaseImpulse (std::span<const float> magnitudes)
{
    return Fourier (2 * (magnitudes.size() - 1)).signalOf (minimumPhaseSpectrum (magnitudes));
}

} // namespace faltwerk
