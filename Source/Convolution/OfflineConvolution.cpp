#include "Convolution/OfflineConvolution.h"

#include "Convolution/Convolver.h"

#include <algorithm>

namespace faltwerk
{

ConvolutionRange rangeOf (ConvolutionMode mode, size_t signalLength, size_t kernelLength) noexcept
{
    if (signalLength == 0 || kernelLength == 0)
        return { 0, 0 };

    const auto [shorter, longer] = std::minmax (signalLength, kernelLength);

    switch (mode)
    {
        case ConvolutionMode::same:
            return { (kernelLength - 1) / 2, signalLength };
        case ConvolutionMode::valid:
            return { shorter - 1, longer - shorter + 1 };
        case ConvolutionMode::full:
            break;
    }

    return { 0, signalLength + kernelLength - 1 };
}

double slidingDotProduct (std::span<const double> signal, std::span<const double> kernel, size_t n) noexcept
{
    double sum = 0.0;

    if (signal.empty() || kernel.empty())
        return sum;

    const size_t firstTap = n < signal.size() ? 0 : n - (signal.size() - 1);

    for (size_t k = firstTap; k < kernel.size() && k <= n; ++k)
        sum += kernel[k] * signal[n - k];

    return sum;
}

std::vector<double> convolveDirectly (std::span<const double> signal,
                                      std::span<const double> kernel,
                                      ConvolutionMode mode)
{
    const auto range = rangeOf (mode, signal.size(), kernel.size());
    std::vector<double> result (range.length);

    for (size_t n = 0; n < range.length; ++n)
        result[n] = slidingDotProduct (signal, kernel, range.first + n);

    return result;
}

std::vector<float> convolveByTransform (std::span<const float> signal,
                                        std::span<const float> kernel,
                                        ConvolutionMode mode)
{
    const auto range = rangeOf (mode, signal.size(), kernel.size());
    std::vector<float> result (range.length);

    if (range.length == 0)
        return result;

    // Convolution commutes: the shorter operand is partitioned, the longer one streams through.
    const auto partitioned = signal.size() < kernel.size() ? signal : kernel;
    const auto streamed = signal.size() < kernel.size() ? kernel : signal;

    const KernelPath path[] = { { 0, 0, partitioned } };
    Convolver convolver (std::make_shared<KernelSpectra> (path, 1, 1));
    std::vector<float> chunk (4096);

    for (size_t first = 0; first < range.first + range.length; first += chunk.size())
    {
        const auto rest = streamed.subspan (std::min (first, streamed.size()));
        const auto available = rest.first (std::min (chunk.size(), rest.size()));
        std::fill (std::copy (available.begin(), available.end(), chunk.begin()), chunk.end(), 0.0f);

        float* const channel = chunk.data();
        convolver.process (&channel, &channel, chunk.size());

        const size_t begin = std::max (first, range.first);
        const size_t end = std::min (first + chunk.size(), range.first + range.length);

        for (size_t n = begin; n < end; ++n)
            result[n - range.first] = chunk[n - first];
    }

    return result;
}

std::vector<float> convolve (std::span<const float> signal, std::span<const float> kernel, ConvolutionMode mode)
{
    constexpr size_t shortOperand = 64;

    if (std::min (signal.size(), kernel.size()) > shortOperand)
        return convolveByTransform (signal, kernel, mode);

    const std::vector<double> x (signal.begin(), signal.end()), h (kernel.begin(), kernel.end());
    const auto result = convolveDirectly (x, h, mode);
    return { result.begin(), result.end() };
}

} // namespace faltwerk
