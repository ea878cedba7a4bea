#include "Kernel/Fourier.h"

#include "Convolution/Vector/Transform.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace faltwerk
{

Fourier::Fourier (size_t size)
    : numBins (size)
    , transform (Transform::shared (size, Transform::Root::one))
    , order (transform->binOrder())
    , real (size)
    , imaginary (size)
{
}

Fourier::~Fourier() = default;

size_t Fourier::sizeFor (size_t numSamples) noexcept
{
    return std::max (Transform::smallestSize, std::bit_ceil (numSamples));
}

void Fourier::forward (std::span<Complex> values)
{
    assert (values.size() == numBins);

    for (size_t n = 0; n < numBins; ++n)
    {
        real.data()[n] = values[n].real();
        imaginary.data()[n] = values[n].imag();
    }

    transform->forward ({ real.data(), numBins }, { imaginary.data(), numBins });

    for (size_t position = 0; position < numBins; ++position)
        values[order[position]] = { real.data()[position], imaginary.data()[position] };
}

void Fourier::inverse (std::span<Complex> values)
{
    assert (values.size() == numBins);

    for (size_t position = 0; position < numBins; ++position)
    {
        real.data()[position] = values[order[position]].real();
        imaginary.data()[position] = values[order[position]].imag();
    }

    transform->inverse ({ real.data(), numBins }, { imaginary.data(), numBins });
    const float scale = 1.0f / static_cast<float> (numBins);

    for (size_t n = 0; n < numBins; ++n)
        values[n] = { real.data()[n] * scale, imaginary.data()[n] * scale };
}

std::vector<Fourier::Complex> Fourier::spectrumOf (std::span<const float> signal)
{
    assert (signal.size() <= numBins);
    std::vector<Complex> bins (numBins);
    std::copy (signal.begin(), signal.end(), bins.begin());
    forward (bins);
    bins.resize (numBins / 2 + 1);
    return bins;
}

std::vector<float> Fourier::signalOf (std::span<const Complex> spectrum)
{
    assert (spectrum.size() == numBins / 2 + 1);
    std::vector<Complex> values (spectrum.begin(), spectrum.end());
    values.resize (numBins);
    values[0] = values[0].real();
    values[numBins / 2] = values[numBins / 2].real();

    for (size_t k = 1; k < numBins / 2; ++k)
        values[numBins - k] = std::conj (values[k]);

    inverse (values);
    std::vector<float> signal (numBins);
    std::transform (values.begin(), values.end(), signal.begin(), [] (Complex value) { return value.real(); });
    return signal;
}

} // namespace faltwerk
