#include "Kernel/Measuring/Sweeps/SweepDivision.h"

#include "Kernel/Edits/MinimumPhase.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

/** Returns the band's response with minimum phase. It is short, so that a part of a long transform's bins will do. */
Spectrum causalBand (const Excitation& excitation, Fourier& fourier, const IsCancelled& isCancelled)
{
    throwIfCancelled (isCancelled);
    const size_t size = std::min (fourier.size(), size_t { 1 } << 21);
    std::vector<float> magnitudes (size / 2 + 1);
    const double binWidth = excitation.sampleRate / static_cast<double> (size);

    for (size_t k = 0; k < magnitudes.size(); ++k)
        magnitudes[k] = static_cast<float> (std::max (1e-5, excitation.bandAt (static_cast<double> (k) * binWidth)));

    if (size == fourier.size())
        return minimumPhaseSpectrum (magnitudes);

    return fourier.spectrumOf (minimumPhaseImpulse (magnitudes));
}

/** Returns the power that is to be expected in each bin: A^2 L / (4 f) of a sweep, and of another signal the mean over
    a sixth of an octave. */
std::vector<float> expectedPower (const Excitation& excitation, const Spectrum& spectrum, double binWidth)
{
    std::vector<float> power (spectrum.size());

    if (const auto& law = excitation.law)
    {
        const double scale = std::pow (10.0, law->levelDb / 10.0) * excitation.sampleRate * excitation.sampleRate
                             * law->growthTime() / 4.0;

        for (size_t k = 0; k < power.size(); ++k)
            power[k] = static_cast<float> (scale / (std::max (static_cast<double> (k), 1.0) * binWidth));

        return power;
    }

    std::vector<double> sums (spectrum.size() + 1);

    for (size_t k = 0; k < spectrum.size(); ++k)
        sums[k + 1] = sums[k] + static_cast<double> (std::norm (spectrum[k]));

    for (size_t k = 0; k < spectrum.size(); ++k)
    {
        const auto centre = static_cast<double> (k);
        const auto first = static_cast<size_t> (centre * std::exp2 (-1.0 / 12.0)),
                   last = std::min (static_cast<size_t> (centre * std::exp2 (1.0 / 12.0)) + 1, spectrum.size());
        power[k] = static_cast<float> ((sums[last] - sums[first]) / static_cast<double> (last - first));
    }

    return power;
}

} // namespace

SweepDivision::SweepDivision (const Excitation& excitation, Fourier& transform, const IsCancelled& isCancelled)
    : fourier (transform)
    , division (transform.spectrumOf (excitation.samples))
    , causal (causalBand (excitation, transform, isCancelled))
    , band (division.size())
{
    throwIfCancelled (isCancelled);
    const double binWidth = excitation.sampleRate / static_cast<double> (fourier.size());
    const auto expected = expectedPower (excitation, division, binWidth);

    for (size_t k = 0; k < division.size(); ++k)
    {
        band[k] = static_cast<float> (excitation.bandAt (static_cast<double> (k) * binWidth));
        const float least = std::max (1e-5f * expected[k], 1e-30f);
        division[k] = std::conj (division[k]) / std::max (std::norm (division[k]), least);
    }
}

Spectrum SweepDivision::quotientOf (std::span<const float> recording) const
{
    auto spectrum = fourier.spectrumOf (recording);

    for (size_t k = 0; k < spectrum.size(); ++k)
        spectrum[k] *= division[k];

    return spectrum;
}

std::vector<float> SweepDivision::withoutPhase (const Spectrum& quotient) const
{
    auto spectrum = quotient;

    for (size_t k = 0; k < spectrum.size(); ++k)
        spectrum[k] *= band[k];

    return fourier.signalOf (spectrum);
}

std::vector<float> SweepDivision::withLeastPhase (const Spectrum& quotient) const
{
    auto spectrum = quotient;

    for (size_t k = 0; k < spectrum.size(); ++k)
        spectrum[k] *= causal[k];

    return fourier.signalOf (spectrum);
}

} // namespace faltwerk
