#include "Convolution/Vector/DirectSums.h"
#include "Convolution/Vector/AlignedBuffer.h"
#include "Convolution/Vector/Simd.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <cmath>
#include <limits>
#include <vector>

// The direct sums alone, for every instruction set, beside dot products in double precision.

using namespace faltwerk;

namespace
{

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

/** Noise for a sum: flipped taps, one window of samples for each path, and addends. */
struct Sum
{
    size_t numTaps, numFrames;
    AlignedBuffer taps; // [path][numTaps]
    std::vector<std::vector<float>> windows, addends;

    /** The samples that are read ahead of the last output, but that no output depends on, are NaN. */
    Sum (size_t numPaths, size_t tapsOfPath, size_t numAddends, size_t frames, uint64_t seed)
        : numTaps (tapsOfPath)
        , numFrames (frames)
        , taps (numPaths * tapsOfPath)
    {
        const auto h = test::noise (taps.size(), seed);
        std::copy (h.begin(), h.end(), taps.data());

        for (size_t path = 0; path < numPaths; ++path)
        {
            windows.push_back (test::noise (numFrames + numTaps, seed + 1 + path));
            windows.back().back() = notANumber;
            windows.back().resize (numFrames + numTaps + DirectSums::readAhead, notANumber);
        }

        for (size_t n = 0; n < numAddends; ++n)
            addends.push_back (test::noise (numFrames, seed + 100 + n));
    }

    /** Writes frames first..first + size - 1 to `output`, whose first element is frame `first`. */
    void run (const DirectSums& sums, size_t first, size_t size, float* output) const
    {
        std::vector<DirectPath> paths;
        std::vector<const float*> added;

        for (size_t n = 0; n < windows.size(); ++n)
            paths.push_back ({ taps.data() + n * numTaps, windows[n].data() + first });

        for (const auto& addend : addends)
            added.push_back (addend.data() + first);

        sums.sum (paths.data(), paths.size(), numTaps, added.data(), added.size(), output, size);
    }

    /** A frame in double precision, and the sum of the magnitudes of its terms. */
    std::pair<double, double> exact (size_t frame) const
    {
        double sum = 0.0, magnitude = 0.0;

        const auto add = [&] (double term)
        {
            sum += term;
            magnitude += std::abs (term);
        };

        for (size_t path = 0; path < windows.size(); ++path)
            for (size_t tap = 0; tap < numTaps; ++tap)
                add (static_cast<double> (taps.data()[path * numTaps + tap])
                     * static_cast<double> (windows[path][frame + tap]));

        for (const auto& addend : addends)
            add (static_cast<double> (addend[frame]));

        return { sum, magnitude };
    }
};

} // namespace

TEST_CASE ("A direct sum is the dot product of its paths plus its addends within the rounding bound", "[engine]")
{
    constexpr float untouched = 12345.0f;

    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);
        const auto& sums = directSums();

        for (const size_t numPaths : test::Sizes { 0, 1, 2, 3 })
        {
            for (const size_t numTaps : test::Sizes { 64, 128, 320 })
            {
                for (const size_t numAddends : test::Sizes { 0, 1, 4 })
                {
                    for (const size_t numFrames : test::Sizes { 0, 1, 3, 4, 5, 8, 15, 16, 17, 31, 64, 65, 127, 200 })
                    {
                        const Sum sum (numPaths, numTaps, numAddends, numFrames, 7 * numFrames + numTaps);
                        std::vector<float> output (numFrames + 2, untouched);
                        sum.run (sums, 0, numFrames, output.data() + 1);
                        CAPTURE (target.name, numPaths, numTaps, numAddends, numFrames);
                        REQUIRE (output.front() == untouched);
                        REQUIRE (output.back() == untouched);

                        // Each term is rounded once as a product, numTaps / 16 times in its partial sum, four times as
                        // partial sums are added, and once for each path and addend (Higham, Accuracy and Stability
                        // of Numerical Algorithms, 4.2).
                        const double roundings = static_cast<double> (1 + numTaps / 16 + 4 + numPaths + numAddends);

                        for (size_t n = 0; n < numFrames; ++n)
                        {
                            const auto [expected, magnitude] = sum.exact (n);
                            const double error = std::abs (static_cast<double> (output[1 + n]) - expected);
                            CAPTURE (n);
                            REQUIRE (error <= 1.001 * roundings * 0x1p-24 * magnitude);
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE ("A single tap of a direct sum gives its sample without rounding", "[engine]")
{
    constexpr size_t numFrames = 37;

    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);

        for (size_t tap = 0; tap < 128; ++tap)
        {
            Sum sum (1, 128, 0, numFrames, 3);
            std::fill_n (sum.taps.data(), 128, 0.0f);
            sum.taps.data()[tap] = 1.0f;
            std::vector<float> output (numFrames);
            sum.run (directSums(), 0, numFrames, output.data());
            CAPTURE (target.name, tap);
            REQUIRE (test::differingBits (output, std::span (sum.windows[0]).subspan (tap, numFrames)) == "");
        }
    }
}

TEST_CASE ("A direct sum has the same bits however its frames are divided", "[engine]")
{
    constexpr size_t numFrames = 500;

    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);
        const auto& sums = directSums();

        for (const size_t numPaths : test::Sizes { 0, 1, 3 })
        {
            const Sum sum (numPaths, 192, 2, numFrames, 11);
            std::vector<float> whole (numFrames), parts (numFrames);
            sum.run (sums, 0, numFrames, whole.data());

            for (const auto& cutting : test::cuttings())
            {
                CAPTURE (target.name, numPaths, cutting.name);
                test::cut (numFrames, cutting,
                           [&] (size_t position, size_t size)
                           { sum.run (sums, position, size, parts.data() + position); });
                CHECK (test::differingBits (parts, whole) == "");
            }
        }
    }
}
