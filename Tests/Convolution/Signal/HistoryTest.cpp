#include "Convolution/Signal/History.h"
#include "Support/Catch.h"

#include <atomic>
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

TEST_CASE ("History keeps the last frames and says what it has not", "[engine]")
{
    History history (2, 1000);
    CHECK (history.capacity() == 1000);
    bool readable = false;

    CHECK (readsRight (history, 0, 1, readable));
    CHECK_FALSE (readable); // not yet there

    for (const size_t size : std::initializer_list<size_t> { 1, 17, 64, 300, 1000, 5 })
        write (history, size);

    const auto present = history.size();
    CHECK (present == 1387);

    CHECK (readsRight (history, present - 1000, 1000, readable));
    CHECK (readable);
    CHECK (readsRight (history, present - 1001, 10, readable));
    CHECK_FALSE (readable); // overwritten
    CHECK (readsRight (history, present - 10, 11, readable));
    CHECK_FALSE (readable); // partly in the future

    history.clear();
    std::vector<float> left (8, 1.0f), right (8, 1.0f);
    float* channels[] = { left.data(), right.data() };
    CHECK (history.read (present - 8, 8, channels));
    CHECK (left == std::vector<float> (8));
}

TEST_CASE ("A reader of the history that is overtaken learns of it", "[engine][realtime]")
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
        const auto present = history.size();
        const uint64_t first = present > 4096 ? present - 4096 : 0; // on the brink
        right = right && readsRight (history, first, std::min<size_t> (present, 256), readable);
        ++reads;
        lost += readable ? 0u : 1u;
    }

    stop = true;
    writer.join();
    CHECK (right);
    CHECK (lost > 0);
}
