#include "Convolution/Offline/OfflineConvolution.h"

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

} // namespace faltwerk
