#include "Convolution/Signal/History.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>
#include <vector>

using faltwerk::History;

namespace
{

/** Channel c of frame n. */
float sampleAt (size_t channel, uint64_t frame)
{
    return static_cast<float> (frame % 100'000) + 0.25f * static_cast<float> (channel);
}

void write (History& history, size_t numFrames)
{
    std::vector<float> left (numFrames), right (numFrames);
    const auto first = history.size();

    for (size_t n = 0; n < numFrames; ++n)
    {
        left[n] = sampleAt (0, first + n);
        right[n] = sampleAt (1, first + n);
    }

    const float* channels[] = { left.data(), right.data() };
    history.write (channels, numFrames);
}

bool readsRight (const History& history, uint64_t first, size_t numFrames, bool& readable)
{
    std::vector<float> left (numFrames), right (numFrames);
    float* channels[] = { left.data(), right.data() };
    readable = history.read (first, numFrames, channels);

    if (readable)
        for (size_t n = 0; n < numFrames; ++n)
            if (left[n] != sampleAt (0, first + n) || right[n] != sampleAt (1, first + n))
                return false;

    return true;
}

} // namespace

TEST_CASE ("A history keeps the last frames and refuses others", "[engine]")
{
    History history (2, 1000);
    CHECK (history.capacity() == 1000);
    bool readable = false;

    CHECK (readsRight (history, 0, 1, readable));
    CHECK_FALSE (readable); // not yet there

    for (const size_t size : std::initializer_list<size_t> { 1, 17, 64, 300, 1000, 5 })
        write (history, size);

    const auto current = history.size();
    CHECK (current == 1387);

    CHECK (readsRight (history, current - 1000, 1000, readable));
    CHECK (readable);
    CHECK (readsRight (history, current - 1001, 10, readable));
    CHECK_FALSE (readable); // overwritten
    CHECK (readsRight (history, current - 10, 11, readable));
    CHECK_FALSE (readable); // partly in the future

    history.clear();
    std::vector<float> left (8, 1.0f), right (8, 1.0f);
    float* channels[] = { left.data(), right.data() };
    CHECK (history.read (current - 8, 8, channels));
    CHECK (left == std::vector<float> (8));
}

TEST_CASE ("A reader of a history is told if the writer overtakes it", "[engine][realtime]")
{
    History history (2, 4096);
    std::atomic<bool> stop { false };
    std::thread writer (
        [&]
        {
            while (! stop)
                write (history, 64);
        });

    size_t reads = 0, lost = 0;
    bool right = true;

    while (reads < 2000 || lost == 0)
    {
        bool readable = false;
        const auto current = history.size();
        const uint64_t first = current > 4096 ? current - 4096 : 0; // on the brink
        right = right && readsRight (history, first, std::min<size_t> (current, 256), readable);
        ++reads;
        lost += readable ? 0u : 1u;
    }

    stop = true;
    writer.join();
    CHECK (right);
    CHECK (lost > 0);
}

namespace
{

/** Samples in a range of a stream, as a history that keeps them all gives them. */
struct Stream
{
    uint64_t firstFrame, silentBefore;
    std::vector<std::vector<float>> channels;

    Stream (size_t numChannels, uint64_t first)
        : firstFrame (first)
        , silentBefore (first)
        , channels (numChannels)
    {
    }

    uint64_t size() const { return firstFrame + channels[0].size(); }

    void write (History& history, size_t numFrames, uint64_t seed)
    {
        std::vector<const float*> next;

        for (auto& channel : channels)
        {
            const auto frames = faltwerk::test::noise (numFrames, seed++);
            channel.insert (channel.end(), frames.begin(), frames.end());
        }

        for (auto& channel : channels)
            next.push_back (channel.data() + channel.size() - numFrames);

        history.write (next.data(), numFrames);
    }

    void clear (History& history)
    {
        history.clear();
        silentBefore = size();
    }

    /** Returns true if a history of a capacity gives these frames, or says that it has not all of them. */
    bool matches (const History& history, size_t capacity, uint64_t first, size_t numFrames) const
    {
        std::vector<std::vector<float>> read (channels.size(), std::vector<float> (numFrames, -1.0f));
        std::vector<float*> pointers;

        for (auto& channel : read)
            pointers.push_back (channel.data());

        const bool isKept = first >= firstFrame && first + numFrames <= size() && first + capacity >= size();

        if (history.read (first, numFrames, pointers.data()) != isKept)
            return false;

        for (size_t channel = 0; isKept && channel < channels.size(); ++channel)
            for (size_t n = 0; n < numFrames; ++n)
                if (read[channel][n]
                    != (first + n < silentBefore ? 0.0f
                                                 : channels[channel][static_cast<size_t> (first - firstFrame) + n]))
                    return false;

        return true;
    }
};

} // namespace

TEST_CASE ("A history returns exactly its last frames for all capacities and first frames", "[engine]")
{
    for (const size_t capacity : faltwerk::test::Sizes { 1, 2, 63, 64, 100, 257 })
    {
        for (const uint64_t firstFrame : { uint64_t { 0 }, uint64_t { 1 }, uint64_t { 777 }, uint64_t { 1 } << 40 })
        {
            for (const size_t numChannels : faltwerk::test::Sizes { 1, 2 })
            {
                History history (numChannels, capacity, firstFrame);
                Stream stream (numChannels, firstFrame);
                CHECK (history.capacity() == capacity);
                CHECK (history.firstFrame() == firstFrame);

                for (const size_t written : faltwerk::test::Sizes { 0, 1, 5, 64, 3, 63, 100, 1, 64 })
                {
                    stream.write (history, std::min (written, capacity), 3 * written);
                    REQUIRE (history.size() == stream.size());

                    if (written == 3)
                        stream.clear (history);

                    for (const size_t numFrames : faltwerk::test::Sizes { 0, 1, 2, 40, capacity, capacity + 1 })
                    {
                        const uint64_t from = stream.size() - std::min<uint64_t> (stream.size(), capacity + 2);

                        for (uint64_t first = from; first <= stream.size() + 1; ++first)
                        {
                            CAPTURE (capacity, firstFrame, numChannels, written, numFrames, first);
                            REQUIRE (stream.matches (history, capacity, first, numFrames));
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE ("A history without room keeps one frame", "[engine]")
{
    History history (1, 0);
    Stream stream (1, 0);
    CHECK (history.capacity() == 1);
    stream.write (history, 1, 1);
    stream.write (history, 1, 2);
    CHECK (stream.matches (history, 1, 1, 1));
    CHECK (stream.matches (history, 1, 0, 1));
}

TEST_CASE ("A history that restarts has only what is written from there on", "[engine]")
{
    for (const uint64_t frame : std::initializer_list<uint64_t> { 0, 10, 150, 4000 })
    {
        History history (2, 100);
        Stream (2, 0).write (history, 100, 1);
        history.restart (frame);
        CHECK (history.size() == frame);

        // Frames before it that would be kept read as silence.
        Stream stream (2, frame);
        std::vector<float> left (8, 1.0f), right (8, 1.0f);
        float* channels[] = { left.data(), right.data() };
        CHECK (history.read (frame - std::min<uint64_t> (frame, 8), std::min<size_t> (frame, 8), channels));
        CHECK (std::count (left.begin(), left.end(), 0.0f)
               == static_cast<std::ptrdiff_t> (std::min<uint64_t> (frame, 8)));
        stream.write (history, 70, 3);
        stream.write (history, 30, 5);
        CHECK (stream.matches (history, 100, frame, 100));
        CHECK (stream.matches (history, 100, frame + 30, 70));
    }
}

TEST_CASE ("A history returns the exact bits of NaN and of denormal numbers", "[engine]")
{
    const std::vector<float> special { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                                       -0.0f, std::numeric_limits<float>::denorm_min() };
    History history (1, 16);
    const float* in[] = { special.data() };
    history.write (in, special.size());
    std::vector<float> read (special.size());
    float* out[] = { read.data() };
    REQUIRE (history.read (0, special.size(), out));
    CHECK (faltwerk::test::differingBits (read, special) == "");
}
