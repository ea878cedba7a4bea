#include "Kernel/Resampling.h"

#include "Kernel/InParallel.h"

#include <cmath>
#include <soxr.h>
#include <stdexcept>

namespace faltwerk
{

size_t resampledLength (size_t lengthInFrames, double fromRate, double toRate)
{
    // Rates of audio are whole or nearly so: a product a rounding error above a whole number is that number.
    const double length = static_cast<double> (lengthInFrames) * toRate / fromRate;
    return static_cast<size_t> (std::ceil (length - 1e-9 * length));
}

Kernel resampled (Kernel kernel, double sampleRate, ResamplingQuality wanted)
{
    if (kernel.sampleRate == sampleRate || kernel.sampleRate == 0.0)
    {
        kernel.sampleRate = sampleRate;
        return kernel;
    }

    Kernel result { std::vector<std::vector<float>> (kernel.paths.size()), sampleRate, kernel.routing, kernel.name,
                    kernel.numMatrixInputs };
    const size_t length = resampledLength (kernel.lengthInFrames(), kernel.sampleRate, sampleRate);
    const auto format = soxr_io_spec (SOXR_FLOAT32_I, SOXR_FLOAT32_I);
    const auto quality = soxr_quality_spec (wanted == ResamplingQuality::highest ? SOXR_VHQ : SOXR_HQ, 0);
    const auto gain = static_cast<float> (kernel.sampleRate / sampleRate);

    inParallel (kernel.paths.size(),
                [&] (size_t index)
                {
                    const auto& path = kernel.paths[index];
                    auto& output = result.paths[index];
                    output.resize (length);
                    size_t numRead = 0, numWritten = 0;

                    if (const char* error =
                            soxr_oneshot (kernel.sampleRate, sampleRate, 1, path.data(), path.size(), &numRead,
                                          output.data(), output.size(), &numWritten, &format, &quality, nullptr))
                        throw std::runtime_error (error); // out of memory is its only reason here

                    for (auto& sample : output)
                        sample *= gain;
                });

    return result;
}

} // namespace faltwerk
