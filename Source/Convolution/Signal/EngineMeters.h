#pragma once

#include "Convolution/Signal/SignalTap.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace faltwerk
{

/** Peaks and counters that an engine writes and other threads read. Must outlive the engine. */
class EngineMeters
{
public:
    static constexpr size_t maxChannels = 2;

    /** Return the largest magnitude of a channel since the last call, and clear it. [any] */
    float takeInputPeak (size_t channel) noexcept { return inputPeaks[channel].exchange (0.0f); }
    float takeOutputPeak (size_t channel) noexcept { return outputPeaks[channel].exchange (0.0f); }

    /** Returns the number of output samples of a channel outside -1..1. [any] */
    uint64_t clippedSamples (size_t channel) const noexcept
    {
        return numClipped[channel].load (std::memory_order_relaxed);
    }

    /** Returns the number of input samples that were not finite or too large, and were taken as 0. [any] */
    uint64_t unusableSamples() const noexcept { return numUnusable.load (std::memory_order_relaxed); }

    /** Returns the number of samples of the convolution and of the output that were not finite and were replaced by 0,
        because a kernel is too loud. [any] */
    uint64_t nonFiniteSamples() const noexcept { return numNonFinite.load (std::memory_order_relaxed); }

    /** The last frames of input and output, for pictures. */
    SignalTap tap;

private:
    friend class SignalPath;
    std::array<std::atomic<float>, maxChannels> inputPeaks {}, outputPeaks {}; // audio -> any, relaxed
    std::array<std::atomic<uint64_t>, maxChannels> numClipped {};              // audio -> any, relaxed
    std::atomic<uint64_t> numUnusable { 0 }, numNonFinite { 0 };               // audio -> any, relaxed
};

} // namespace faltwerk
