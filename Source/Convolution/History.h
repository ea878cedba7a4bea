#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace faltwerk
{

/** The last frames of an engine's input, written by the audio thread and read by another, so that a new convolver can
    be given the past.

    One writer. Frames are numbered from the start of the stream. A reader copies and then checks that the writer has
    not come round meanwhile; samples are relaxed atomics, so that a lost race is detected and never undefined. */
class History
{
public:
    /** Allocates. @param capacityInFrames  rounded up to a power of two. */
    History (size_t numChannels, size_t capacityInFrames);

    /** Appends frames. [audio] */
    void write (const float* const* channels, size_t numFrames) noexcept;

    /** Copies frames first..first + numFrames of every channel, and says whether all of them were still or already
        there. [any] */
    bool read (uint64_t first, size_t numFrames, float* const* channels) const noexcept;

    /** The number of frames written so far: the present frame of the stream. [any] */
    uint64_t size() const noexcept { return written.load (std::memory_order_acquire); }

    size_t capacity() const noexcept { return mask + 1; }

    /** Overwrites the past with silence; the stream goes on. [audio] */
    void clear() noexcept;

private:
    std::atomic<float>& at (size_t channel, uint64_t frame) const noexcept
    {
        return samples[channel * (mask + 1) + (static_cast<size_t> (frame) & mask)];
    }

    size_t numChannels, mask;
    std::unique_ptr<std::atomic<float>[]> samples;
    std::atomic<uint64_t> writing { 0 }; // audio -> readers: frames before this minus the capacity may be overwritten
    std::atomic<uint64_t> written { 0 }; // audio -> readers (release, acquire): frames before this are complete
};

} // namespace faltwerk
