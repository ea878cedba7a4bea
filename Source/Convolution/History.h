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
    /** Allocates, silent. @param firstFrame  the number of the frame that will be written first */
    History (size_t numChannels, size_t capacityInFrames, uint64_t firstFrame = 0);

    /** Appends frames. [audio] */
    void write (const float* const* channels, size_t numFrames) noexcept;

    /** Copies frames first..first + numFrames of every channel, and says whether all of them were still or already
        there. [any] */
    bool read (uint64_t first, size_t numFrames, float* const* channels) const noexcept;

    /** The number of the frame that will be written next: the present frame of the stream. [any] */
    uint64_t size() const noexcept { return written.load (std::memory_order_acquire); }

    size_t capacity() const noexcept { return length; }

    /** Nothing before this frame was ever written. [any] */
    uint64_t firstFrame() const noexcept { return begin; }

    /** Makes the past silent, in no time; the stream goes on. [audio] */
    void clear() noexcept;

    /** Goes on at another frame of the stream, with silence before it. Only while there is no reader. [audio] */
    void restart (uint64_t frame) noexcept;

private:
    /** Calls act (sample, channel, n) for n = 0..numFrames - 1 of every channel. */
    template <typename Act>
    void forEach (uint64_t first, size_t numFrames, Act&& act) const noexcept;

    const size_t numChannels, length;
    const uint64_t begin;
    std::unique_ptr<std::atomic<float>[]> samples;
    std::atomic<uint64_t> silentBefore { 0 }; // audio -> readers, release: what was before this frame reads as silence
    std::atomic<uint64_t> writing; // audio -> readers: frames before this minus the capacity may be overwritten
    std::atomic<uint64_t> written; // audio -> readers (release, acquire): frames before this are complete
};

} // namespace faltwerk
