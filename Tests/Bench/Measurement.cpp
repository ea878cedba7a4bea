#include "Bench/Measurement.h"

#include "Convolution/Vector/FlushDenormals.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <random>
#include <thread>

#if defined(__GLIBC__)
    #include <malloc.h>
#endif

namespace faltwerk::bench
{

namespace
{

using Clock = std::chrono::steady_clock;

double usSince (Clock::time_point begin)
{
    return std::chrono::duration<double, std::micro> (Clock::now() - begin).count();
}

/** What is allocated, in bytes; 0 where the C library does not tell. */
size_t allocatedBytes()
{
#if defined(__GLIBC__)
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

/** What a measurement takes itself, in us. */
double clockUs()
{
    double least = 1e9;

    for (int n = 0; n < 1000; ++n)
        least = std::min (least, usSince (Clock::now()));

    return least;
}

double median (std::vector<double> values)
{
    std::sort (values.begin(), values.end());
    return values[values.size() / 2];
}

double quantile (std::vector<double> values, double fraction)
{
    std::sort (values.begin(), values.end());
    return values[std::min (values.size() - 1, static_cast<size_t> (fraction * static_cast<double> (values.size())))];
}

/** Sound, kernels, and what the oracle makes of them. */
struct Material
{
    Material (const Cell& cell, size_t numFrames)
    {
        const auto length = static_cast<size_t> (std::lround (cell.kernelSeconds * sampleRate));

        for (uint64_t seed = 1; seed <= 4; ++seed)
            taps.push_back (test::decayingNoise (length, seed));

        if (cell.trueStereo)
            paths = { { 0, 0, taps[0] }, { 0, 1, taps[1] }, { 1, 0, taps[2] }, { 1, 1, taps[3] } };
        else
            paths = { { 0, 0, taps[0] }, { 1, 1, taps[1] } };

        for (uint64_t seed = 5; seed <= 6; ++seed)
            input.push_back (test::noise (numFrames, seed));

        expected.assign (numFrames, 0.0);

        for (const auto& path : paths) // the left output says enough
        {
            if (path.output != 0)
                continue;

            const auto y = test::oracle (input[path.input], path.taps);

            for (size_t n = 0; n < numFrames; ++n)
                expected[n] += y[n];
        }
    }

    std::vector<std::vector<float>> taps, input;
    std::vector<KernelPath> paths;
    std::vector<double> expected;
};

/** The callbacks' sizes: the same in every repetition. */
std::vector<size_t> callbacks (size_t numFrames, size_t largest, bool vary)
{
    std::vector<size_t> sizes;
    std::mt19937 random (7);

    for (size_t done = 0; done < numFrames; done += sizes.back())
        sizes.push_back (
            std::min (numFrames - done, vary ? std::uniform_int_distribution<size_t> (1, largest) (random) : largest));

    return sizes;
}

/** Reads so much that the caches hold nothing else. */
void coolCaches()
{
    static const std::vector<uint64_t> other (size_t { 1 } << 20, 1);
    static volatile uint64_t sum;

    for (size_t n = 0; n < other.size(); n += 8)
        sum = sum + other[n];
}

/** Waits for a callback's time, with cold caches. */
void waitUntil (Clock::time_point time)
{
    coolCaches();
    std::this_thread::sleep_until (time - std::chrono::microseconds (100));

    while (Clock::now() < time)
    {
    }
}

} // namespace

std::vector<Figures> measure (const Cell& cell, const std::vector<std::string>& engines, const Manner& manner)
{
    const bool paced = manner.pacedSeconds > 0.0;
    const size_t numFrames = paced ? static_cast<size_t> (manner.pacedSeconds * sampleRate) : manner.numFrames;
    const int repetitions = paced ? 1 : manner.repetitions;

    const Material material (cell, numFrames);
    const Setup setup { material.paths, cell.callback, manner.vary };
    const auto sizes = callbacks (numFrames, cell.callback, manner.vary);
    std::array<std::vector<float>, 2> output { std::vector<float> (numFrames), std::vector<float> (numFrames) };
    const FlushDenormals flushDenormals; // as hosts do

    // Hosts give the same buffers in each callback: they are near, unlike the next page of a long array.
    std::array<std::vector<float>, 2> nearInput { std::vector<float> (cell.callback),
                                                  std::vector<float> (cell.callback) };
    auto nearOutput = nearInput;
    const float* in[] = { nearInput[0].data(), nearInput[1].data() };
    float* out[] = { nearOutput[0].data(), nearOutput[1].data() };

    const double ownUs = clockUs();

    struct Record
    {
        std::string name;
        std::vector<double> shortest, nsPerFrame, p99, p999, initMs;
        size_t callbacks = 0, frames = 0, skipped = 0; // in each repetition
        size_t bytes = 0, latency = 0;
        double errorDb = 0.0;
    };

    std::vector<Record> records;

    for (const auto& name : engines)
        if (canRun (name, setup))
            records.push_back ({ name, std::vector<double> (sizes.size(), 1e12), {}, {}, {}, {}, sizes.size() });

    for (int repetition = 0; repetition < repetitions; ++repetition)
    {
        for (auto& record : records)
        {
            const size_t before = allocatedBytes();
            const auto start = Clock::now();
            const auto contender = makeContender (record.name, setup);
            record.initMs.push_back (usSince (start) / 1000.0);
            record.bytes = allocatedBytes() - before + contender->furtherBytes();
            record.latency = contender->latency();

            std::vector<double> times;
            size_t position = 0;
            const auto begin = Clock::now();

            for (size_t n = 0; n < record.callbacks; ++n)
            {
                for (size_t channel = 0; channel < 2; ++channel)
                    std::copy_n (material.input[channel].data() + position, sizes[n], nearInput[channel].data());

                if (paced)
                    waitUntil (begin
                               + std::chrono::nanoseconds (
                                   static_cast<int64_t> (static_cast<double> (position) / sampleRate * 1e9)));

                const auto called = Clock::now();
                contender->process (in, out, sizes[n]);
                times.push_back (std::max (0.0, usSince (called) - ownUs));

                for (size_t channel = 0; channel < 2; ++channel)
                    std::copy_n (nearOutput[channel].data(), sizes[n], output[channel].data() + position);

                record.shortest[n] = std::min (record.shortest[n], times.back());
                position += sizes[n];

                if (repetition == 0 && ! paced && usSince (begin) > 1e6 * manner.secondsAtMost)
                    record.callbacks = n + 1;
            }

            if (repetition == 0)
            {
                record.frames = position;
                record.skipped = paced ? 0 : std::min (manner.skippedFrames, position / 2);
                const size_t first = record.skipped + record.latency;
                record.errorDb =
                    test::errorInDb (std::span (output[0]).subspan (first, position - first),
                                     std::span (material.expected).subspan (record.skipped, position - first));
            }

            // The skipped callbacks do not count.
            size_t skippedCallbacks = 0;

            for (size_t frames = 0; frames < record.skipped; ++skippedCallbacks)
                frames += sizes[skippedCallbacks];

            const std::vector<double> counted (times.begin() + static_cast<std::ptrdiff_t> (skippedCallbacks),
                                               times.end());
            double sum = 0.0;

            for (const double us : counted)
                sum += us;

            record.nsPerFrame.push_back (1000.0 * sum / static_cast<double> (record.frames - record.skipped));
            record.p99.push_back (quantile (counted, 0.99));
            record.p999.push_back (quantile (counted, 0.999));
        }
    }

    std::vector<Figures> figures;

    for (const auto& record : records)
    {
        double worst = 0.0, coldWorst = 0.0;

        for (size_t n = 0, position = 0; n < record.callbacks; position += sizes[n], ++n)
        {
            coldWorst = std::max (coldWorst, record.shortest[n]);

            if (position >= record.skipped)
                worst = std::max (worst, record.shortest[n]);
        }

        const double nsPerFrame = median (record.nsPerFrame);
        const double framesPerCallback = static_cast<double> (record.frames) / static_cast<double> (record.callbacks);
        figures.push_back ({ record.name, cell, nsPerFrame, nsPerFrame * framesPerCallback / 1000.0,
                             median (record.p99), median (record.p999), worst, coldWorst,
                             static_cast<double> (record.bytes) / (1 << 20), median (record.initMs), record.latency,
                             record.errorDb });
    }

    return figures;
}

} // namespace faltwerk::bench
