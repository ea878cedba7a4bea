#include "Convolution/UniformConvolver.h"

#include <algorithm>

namespace faltwerk
{

UniformConvolver::UniformConvolver (std::span<const float> kernel, size_t blockSize)
    : transform (blockSize, Transform::Root::j)
    , sum (blockSize)
    , overlap (blockSize, 0.0f)
{
    const float scale = 1.0f / static_cast<float> (blockSize);

    for (size_t first = 0; first < kernel.size(); first += blockSize)
    {
        auto& partition = partitions.emplace_back (blockSize);
        const auto taps = kernel.subspan (first, std::min (blockSize, kernel.size() - first));
        std::transform (taps.begin(), taps.end(), partition.real.begin(), [scale] (float h) { return h * scale; });
        transform.forward (partition.real, partition.imaginary);
    }

    delayLine.assign (partitions.size(), Spectrum (blockSize));
}

void UniformConvolver::processBlock (const float* input, float* output) noexcept
{
    const size_t size = blockSize();

    if (partitions.empty())
    {
        std::fill_n (output, size, 0.0f);
        return;
    }

    newest = (newest + 1) % delayLine.size();
    std::copy_n (input, size, delayLine[newest].real.begin());
    std::fill (delayLine[newest].imaginary.begin(), delayLine[newest].imaginary.end(), 0.0f);
    transform.forward (delayLine[newest].real, delayLine[newest].imaginary);

    std::fill (sum.real.begin(), sum.real.end(), 0.0f);
    std::fill (sum.imaginary.begin(), sum.imaginary.end(), 0.0f);

    for (size_t p = 0; p < partitions.size(); ++p)
    {
        const auto& x = delayLine[(newest + delayLine.size() - p) % delayLine.size()];
        const auto& h = partitions[p];
        const float *const xr = x.real.data(), *const xi = x.imaginary.data();
        const float *const hr = h.real.data(), *const hi = h.imaginary.data();
        float *const yr = sum.real.data(), *const yi = sum.imaginary.data();

        for (size_t k = 0; k < size; ++k)
        {
            yr[k] += xr[k] * hr[k] - xi[k] * hi[k];
            yi[k] += xr[k] * hi[k] + xi[k] * hr[k];
        }
    }

    transform.inverse (sum.real, sum.imaginary);

    for (size_t n = 0; n < size; ++n)
    {
        output[n] = sum.real[n] + overlap[n];
        overlap[n] = sum.imaginary[n];
    }
}

void UniformConvolver::reset() noexcept
{
    for (auto& spectrum : delayLine)
    {
        std::fill (spectrum.real.begin(), spectrum.real.end(), 0.0f);
        std::fill (spectrum.imaginary.begin(), spectrum.imaginary.end(), 0.0f);
    }

    std::fill (overlap.begin(), overlap.end(), 0.0f);
}

} // namespace faltwerk
