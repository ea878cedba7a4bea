#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace faltwerk
{

/** A ring buffer of the last frames of an engine's input. The audio thread writes it; other threads replay it into a
    new convolver.

    One writer, any number of readers. Frames are numbered from the start of the stream. A reader copies frames and then
    checks that the writer has not overwritten them meanwhile. Samples are relaxed atomics, so such a race is detected
    and is not undefined behaviour. */
class History
{
public:
    /** Allocates; throws std::bad_alloc. @param firstFrame  number of the first frame that will be written. [not
        audio] */
    History (size_t numChannels, size_t capacityInFrames, uint64_t firstFrame = 0);

    /** Appends frames. [audio] */
    void write (const float* const* channels, size_t numFrames) noexcept;

    /** Copies frames first..first + numFrames - 1 of every channel. Returns false if some of them were overwritten or
        not yet written; the copy is then invalid. [any] */
    bool read (uint64_t first, size_t numFrames, float* const* channels) const noexcept;

    /** Returns the number of the frame that will be written next. [any] */
    uint64_t size() const noexcept { return written.load (std::memory_order_acquire); }

    /** Returns the number of frames that are kept. [any] */
    size_t capacity() const noexcept { return length; }

    /** Returns the number of the first frame that was written. [any] */
    uint64_t firstFrame() const noexcept { return begin; }

    /** Makes all frames so far read as silence, in constant time. [audio] */
    void clear() noexcept;

    /** Continues at another position in the stream; earlier frames read as silence. Only while there is no reader.
        [audio] */
    void restart (uint64_t frame) noexcept;

private:
    /** Calls act (sample, channel, n) for n = 0..numFrames - 1 of every channel. */
    template <typename Act>
    void forEach (uint64_t first, size_t numFrames, Act&& act) const noexcept;

    const size_t numChannels, length;
    const uint64_t begin;
    std::unique_ptr<std::atomic<float>[]> samples;
    std::atomic<uint64_t> silentBefore { 0 }; // audio -> readers, release: frames before this read as silence
    std::atomic<uint64_t> writing; // audio -> readers: frames before this minus the capacity may be overwritten
    std::atomic<uint64_t> written; // audio -> readers (release, acquire): frames before this are complete
};

} // namespace faltwerk
