#pragma once

#include "Convolution/SignalTap.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace faltwerk
{

/** What an engine tells of its sound; outlives it. */
class EngineMeters
{
public:
    static constexpr size_t maxChannels = 2;

    /** The largest magnitude of a channel since the last call. [any] */
    float takeInputPeak (size_t channel) noexcept { return inputPeaks[channel].exchange (0.0f); }
    float takeOutputPeak (size_t channel) noexcept { return outputPeaks[channel].exchange (0.0f); }

    /** How many samples beyond -1..1 were put out on a channel. [any] */
    uint64_t clippedSamples (size_t channel) const noexcept
    {
        return numClipped[channel].load (std::memory_order_relaxed);
    }

    /** How many input samples were unusable and taken as 0. [any] */
    uint64_t unusableSamples() const noexcept { return numUnusable.load (std::memory_order_relaxed); }

    /** Returns how many samples after the input were not finite and replaced by 0: a kernel's level overflows. [any] */
    uint64_t nonFiniteSamples() const noexcept { return numNonFinite.load (std::memory_order_relaxed); }

    /** What was heard last, for pictures of it. */
    SignalTap tap;

private:
    friend class SignalPath;
    std::array<std::atomic<float>, maxChannels> inputPeaks {}, outputPeaks {}; // audio -> any, relaxed
    std::array<std::atomic<uint64_t>, maxChannels> numClipped {};              // audio -> any, relaxed
    std::atomic<uint64_t> numUnusable { 0 }, numNonFinite { 0 };               // audio -> any, relaxed
};

} // namespace faltwerk
