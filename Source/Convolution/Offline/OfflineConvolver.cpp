#include "Convolution/Offline/OfflineConvolver.h"

#include "Convolution/Offline/OfflineConvolution.h"
#include "Convolution/Vector/Transform.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace faltwerk
{

namespace
{

size_t longestOf (std::span<const KernelPath> paths)
{
    size_t longest = 0;

    for (const auto& path : paths)
        longest = std::max (longest, path.taps.size());

    return longest;
}

/** Returns N for throughput: as many frames as half the kernel has, so that there are one or two partitions (measured
    with kernels of 0.1 s to 60 s: smaller blocks cost products, and larger ones caches), but no more than a short sound
    has. */
size_t goodBlockSize (size_t kernelLength, size_t lengthOfSound)
{
    constexpr size_t smallest = 1 << 13, largest = 1 << 20;
    return std::min (std::bit_ceil (std::clamp (kernelLength / 2, smallest, largest)),
                     std::bit_ceil (std::clamp (lengthOfSound, Transform::smallestSize, largest)));
}

} // namespace

OfflineConvolver::OfflineConvolver (std::span<const KernelPath> kernelPaths,
                                    size_t inputs,
                                    size_t outputs,
                                    size_t lengthOfSound,
                                    size_t blockSize)
    : isDirect (std::min (longestOf (kernelPaths), lengthOfSound) <= shortest)
    , numInputs (inputs)
    , numOutputs (outputs)
    , longest (longestOf (kernelPaths))
{
    numFramesInBlock = blockSize > 0 ? blockSize : goodBlockSize (longest, lengthOfSound);
    assert (std::has_single_bit (numFramesInBlock) && numFramesInBlock >= Transform::smallestSize);

    if (isDirect)
    {
        signals.resize (numInputs);

        for (const auto& path : kernelPaths)
        {
            paths.push_back ({ path.input, path.output, path.taps, 0 });
            taps.emplace_back (path.taps.begin(), path.taps.end());
        }

        return;
    }

    // Paths with the same taps share their spectra.
    std::vector<std::pair<std::span<const float>, size_t>> parts; // and the first partition of each
    size_t numPartitions = 0;

    for (const auto& path : kernelPaths)
    {
        const auto isSame = [&path] (const auto& part)
        { return part.first.data() == path.taps.data() && part.first.size() == path.taps.size(); };
        auto part = std::find_if (parts.begin(), parts.end(), isSame);

        if (part == parts.end())
        {
            part = parts.insert (parts.end(), { path.taps, numPartitions });
            numPartitions += (path.taps.size() + numFramesInBlock - 1) / numFramesInBlock;
        }

        paths.push_back ({ path.input, path.output, path.taps, part->second });
    }

    transform = Transform::shared (numFramesInBlock, Transform::Root::j);
    ringSize = (longest + numFramesInBlock - 1) / numFramesInBlock;
    kernels = AlignedBuffer (numPartitions * 2 * numFramesInBlock);
    history = AlignedBuffer (numInputs * ringSize * 2 * numFramesInBlock);
    work = AlignedBuffer (2 * numFramesInBlock);
    overlap = AlignedBuffer (numOutputs * numFramesInBlock);
    transformKernel (parts);
}

OfflineConvolver::~OfflineConvolver() = default;

size_t OfflineConvolver::numPartitionsOf (const Path& path) const noexcept
{
    return (path.taps.size() + numFramesInBlock - 1) / numFramesInBlock;
}

OfflineConvolver::Spectrum OfflineConvolver::spectrum (const AlignedBuffer& buffer, size_t index) const noexcept
{
    float* const real = buffer.data() + index * 2 * numFramesInBlock;
    return { real, real + numFramesInBlock };
}

void OfflineConvolver::transformKernel (const std::vector<std::pair<std::span<const float>, size_t>>& parts)
{
    const float scale = 1.0f / static_cast<float> (numFramesInBlock); // a power of two: exact

    for (const auto& [whole, firstPartition] : parts)
    {
        for (size_t first = 0, p = firstPartition; first < whole.size(); first += numFramesInBlock, ++p)
        {
            const auto part = whole.subspan (first, std::min (numFramesInBlock, whole.size() - first));
            const auto bins = spectrum (kernels, p);
            std::transform (part.begin(), part.end(), bins.real, [scale] (float tap) { return tap * scale; });
            transform->forward ({ bins.real, numFramesInBlock }, { bins.imaginary, numFramesInBlock });
        }
    }
}

void OfflineConvolver::process (std::span<const std::vector<float>> inputs,
                                size_t numFrames,
                                std::span<std::vector<float>> outputs)
{
    assert (inputs.size() == numInputs && outputs.size() == numOutputs && numFrames <= numFramesInBlock);

    if (isDirect)
    {
        processDirectly (inputs, numFrames, outputs);
        return;
    }

    newest = newest == 0 ? ringSize - 1 : newest - 1;

    for (size_t input = 0; input < numInputs; ++input)
    {
        const auto bins = spectrum (history, input * ringSize + newest);
        std::fill (std::copy_n (inputs[input].begin(), numFrames, bins.real), bins.real + numFramesInBlock, 0.0f);
        std::fill_n (bins.imaginary, numFramesInBlock, 0.0f);

        if (numFrames > 0)
            transform->forward ({ bins.real, numFramesInBlock }, { bins.imaginary, numFramesInBlock });
    }

    for (size_t output = 0; output < numOutputs; ++output)
    {
        const auto bins = spectrum (work, 0);
        sum (output, bins);
        transform->inverse ({ bins.real, numFramesInBlock }, { bins.imaginary, numFramesInBlock });

        float* const carried = overlap.data() + output * numFramesInBlock;

        for (size_t n = 0; n < numFramesInBlock; ++n)
            outputs[output][n] = bins.real[n] + carried[n];

        std::copy_n (bins.imaginary, numFramesInBlock, carried);
    }
}

void OfflineConvolver::sum (size_t output, Spectrum result) const noexcept
{
    constexpr size_t most = 512; // bins at once; their sums stay in the nearest cache

    for (size_t first = 0; first < numFramesInBlock; first += most)
    {
        const size_t size = std::min (most, numFramesInBlock - first);
        float *const sumReal = result.real + first, *const sumImaginary = result.imaginary + first;
        std::fill_n (sumReal, size, 0.0f);
        std::fill_n (sumImaginary, size, 0.0f);

        for (const auto& path : paths)
        {
            for (size_t p = 0; path.output == output && p < numPartitionsOf (path); ++p)
            {
                const auto h = spectrum (kernels, path.firstPartition + p);
                const auto x = spectrum (history, path.input * ringSize + (newest + p) % ringSize);
                const float *hr = h.real + first, *hi = h.imaginary + first;
                const float *xr = x.real + first, *xi = x.imaginary + first;

                for (size_t n = 0; n < size; ++n)
                {
                    sumReal[n] += hr[n] * xr[n] - hi[n] * xi[n];
                    sumImaginary[n] += hr[n] * xi[n] + hi[n] * xr[n];
                }
            }
        }
    }
}

void OfflineConvolver::processDirectly (std::span<const std::vector<float>> inputs,
                                        size_t numFrames,
                                        std::span<std::vector<float>> outputs)
{
    for (size_t input = 0; input < numInputs; ++input)
    {
        auto& signal = signals[input];
        signal.insert (signal.end(), inputs[input].begin(),
                       inputs[input].begin() + static_cast<std::ptrdiff_t> (numFrames));
    }

    for (auto& output : outputs)
        std::fill_n (output.begin(), numFramesInBlock, 0.0f);

    for (size_t n = 0; n < numFramesInBlock; ++n)
        for (size_t path = 0; path < paths.size(); ++path)
            outputs[paths[path].output][n] += static_cast<float> (
                slidingDotProduct (signals[paths[path].input], taps[path], position + n - firstKept));

    position += numFramesInBlock;

    // The next block needs only the last frames.
    if (position - firstKept < longest)
        return;

    for (auto& signal : signals)
        signal.erase (signal.begin(), signal.begin()
                                          + static_cast<std::ptrdiff_t> (
                                              std::min (signal.size(), position - firstKept - (longest - 1))));

    firstKept = position - (longest - 1);
}

} // namespace faltwerk
