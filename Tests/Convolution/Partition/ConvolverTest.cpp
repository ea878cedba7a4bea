#include "Convolution/Partition/Convolver.h"
#include "Convolution/Vector/FlushDenormals.h"
#include "Convolution/Vector/Simd.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Routings.h"

#include <algorithm>
#include <bit>
#include <random>

using namespace faltwerk;
using test::Channels;
using test::OwnedPath;

namespace
{

std::shared_ptr<const KernelSpectra> spectraOf (const std::vector<float>& taps)
{
    const KernelPath path[] = { { 0, 0, taps } };
    return std::make_shared<KernelSpectra> (path, 1, 1);
}

std::vector<float> convolve (const std::vector<float>& taps, const std::vector<float>& x, const test::Cutting& cutting)
{
    Convolver convolver (spectraOf (taps));
    return test::process (convolver, { x }, 1, cutting).front();
}

Channels noiseChannels (size_t count, size_t length, uint64_t seed)
{
    Channels channels;

    for (size_t n = 0; n < count; ++n)
        channels.push_back (test::noise (length, seed + n));

    return channels;
}

/** Compares a convolver with the oracle and every cutting with the first one, bit by bit. */
void check (const std::shared_ptr<const KernelSpectra>& spectra,
            const std::vector<OwnedPath>& paths,
            const Channels& inputs,
            const std::vector<test::Cutting>& cuttings)
{
    const auto& shape = spectra->plan().shape;
    const auto expected = test::oracle (inputs, paths, shape.numOutputs);
    Channels reference;
    CAPTURE (spectra->plan().toString(), shape.length, shape.numInputs, shape.numOutputs, shape.numPaths);

    for (const auto& cutting : cuttings)
    {
        CAPTURE (cutting.name);
        Convolver convolver (spectra);
        const auto outputs = test::process (convolver, inputs, shape.numOutputs, cutting);

        if (reference.empty())
            reference = outputs;

        for (size_t n = 0; n < shape.numOutputs; ++n)
        {
            CHECK (test::errorInDb (outputs[n], expected[n]) < -120.0);
            CHECK (test::differingBits (outputs[n], reference[n]) == "");
        }
    }
}

} // namespace

TEST_CASE ("The convolver has no latency and gives the oracle's output for any callback size and instruction set",
           "[engine]")
{
    for (const auto& target : simd::supportedTargets())
    {
        CAPTURE (target.name);
        const simd::ScopedTarget scoped (target);

        for (const size_t length : test::Sizes { 1, 2, 3, 17, 63, 64, 65, 127, 128, 129, 500, 1000, 4097, 9000, 30000 })
        {
            const std::vector<OwnedPath> paths { { 0, 0, test::decayingNoise (length, 6) } };
            check (spectraOf (paths[0].taps), paths, { test::noise (20000, 5) }, test::cuttings());
        }
    }
}

TEST_CASE ("Every plan gives the oracle's output with the same bits for every division into callbacks", "[engine]")
{
    const auto target = simd::supportedTargets().front();
    const simd::ScopedTarget scoped (target);
    const std::vector<std::vector<size_t>> ladders {
        { 64 },
        { 64, 128 },
        { 64, 256 },
        { 64, 128, 256 },
        { 64, 512 },
        { 64, 512, 1024, 2048 },
        { 64, 2048 },
        { 64, 4096 },
        { 64, 128, 8192 },
        { 64, 256, 1024, 4096 },
        { 64, 128, 256, 512, 1024, 2048 },
        { 64, 512, 16384 },
        { 64, 1024, 32768 },
        { 64, 1024, 65536 },
    };

    for (const auto& blockSizes : ladders)
    {
        // A kernel long enough for the largest block, and a signal of several blocks.
        const size_t largest = blockSizes.back(), length = 2 * largest + 3 * largest / 2 + 5;
        const std::vector<OwnedPath> owned { { 0, 0, test::decayingNoise (length, 30) },
                                             { 0, 1, test::decayingNoise (length / 2, 31) },
                                             { 1, 1, test::decayingNoise (100, 32) } };
        const auto paths = test::pathsOf (owned);
        const auto plan = PartitionPlan::make (shapeOf (paths, 2, 2), blockSizes);
        REQUIRE (plan.stages.back().blockSize == largest);
        auto cuttings = test::cuttings();

        if (largest > 4096) // callbacks of 1 and 7 would take minutes
            cuttings.erase (cuttings.begin(), cuttings.begin() + 2);

        check (std::make_shared<KernelSpectra> (paths, plan), owned, noiseChannels (2, 4 * largest + 3000, 33),
               cuttings);
    }
}

TEST_CASE ("Random kernels and routings and callback sizes agree with the oracle", "[engine]")
{
    std::mt19937 random (4711);
    const auto upTo = [&random] (size_t largest)
    { return std::uniform_int_distribution<size_t> (1, largest) (random); };
    const auto targets = simd::supportedTargets();

    for (int round = 0; round < 60; ++round)
    {
        CAPTURE (round);
        const auto& target = targets[static_cast<size_t> (round) % targets.size()];
        const simd::ScopedTarget scoped (target);
        const size_t numInputs = upTo (4), numOutputs = upTo (4);
        const size_t longest = round % 3 == 0 ? 40000 : round % 3 == 1 ? 3000 : 100;
        std::vector<OwnedPath> owned;

        for (size_t input = 0; input < numInputs; ++input)
            for (size_t output = 0; output < numOutputs; ++output)
                if (upTo (3) > 1)
                    owned.push_back ({ input, output, test::decayingNoise (upTo (longest), upTo (1000)) });

        const auto paths = test::pathsOf (owned);
        std::vector<test::Cutting> cuttings { { "as it comes", [&] { return upTo (700); } },
                                              { "in large pieces", [&] { return upTo (5000); } } };
        check (std::make_shared<KernelSpectra> (paths, numInputs, numOutputs), owned,
               noiseChannels (numInputs, 12000, 100), cuttings);
    }
}

TEST_CASE ("Sixteen inputs are convolved to each of sixteen outputs", "[engine]")
{
    std::vector<OwnedPath> owned;

    for (size_t input = 0; input < 16; ++input)
        for (size_t output = 0; output < 16; ++output)
            owned.push_back ({ input, output, test::decayingNoise (700 + 10 * input + output, 16 * input + output) });

    const auto paths = test::pathsOf (owned);
    check (std::make_shared<KernelSpectra> (paths, 16, 16), owned, noiseChannels (16, 6000, 200),
           { test::cuttings()[3], test::cuttings()[12] });
}

TEST_CASE ("Convolvers that begin at different places of a stream agree once their past is the same", "[engine]")
{
    const auto h = test::decayingNoise (20000, 40);
    const auto spectra = spectraOf (h);
    const size_t block = spectra->plan().largestBlock(), first = 3 * block, settled = first + h.size() + 2 * block;
    const auto x = test::noise (settled + 20000, 41);
    Convolver fromStart (spectra), later (spectra, first);
    const auto a = test::process (fromStart, { x }, 1, test::cuttings()[2]).front();
    const auto b =
        test::process (later, { { x.begin() + static_cast<std::ptrdiff_t> (first), x.end() } }, 1, test::cuttings()[4])
            .front();
    CHECK (test::differingBits (std::span (a).subspan (settled), std::span (b).subspan (settled - first)) == "");
}

TEST_CASE ("A convolver that has skipped the past continues with the same bits as one that has processed it",
           "[engine]")
{
    const std::vector<size_t> ladders[] = { { 64 }, { 64, 128 }, { 64, 256, 2048 }, { 64, 512, 4096 }, { 64, 8192 } };
    const auto inputs = noiseChannels (2, 90000, 12);

    for (const auto& blockSizes : ladders)
    {
        for (const size_t length : test::Sizes { 50, 700, 9000, 40000 })
        {
            const auto left = test::decayingNoise (length, 13), right = test::decayingNoise (length / 2 + 1, 14);
            const KernelPath paths[] = { { 0, 0, left }, { 1, 1, left }, { 0, 1, right } };
            const auto spectra =
                std::make_shared<KernelSpectra> (paths, PartitionPlan::make (shapeOf (paths, 2, 2), blockSizes));
            CAPTURE (spectra->plan().toString());
            Convolver reference (spectra);
            const auto expected = test::process (reference, inputs, 2, test::cuttings()[4]);

            // Output is used from multiples of the blocks, from just before and after them, and from other frames.
            for (const size_t firstUsed :
                 test::Sizes { 1024, 2000, 4096, 8191, 16384, 16385, 32831, 50000, 65536, 70001 })
            {
                CAPTURE (firstUsed);
                Convolver skipping (spectra);
                const size_t skipped = firstUsed / 1024 * 1024;

                for (size_t frame = 0; frame < skipped; frame += 1024)
                {
                    const float* in[] = { inputs[0].data() + frame, inputs[1].data() + frame };
                    skipping.skip (in, 1024, firstUsed - frame);
                }

                const Channels rest { { inputs[0].begin() + static_cast<std::ptrdiff_t> (skipped), inputs[0].end() },
                                      { inputs[1].begin() + static_cast<std::ptrdiff_t> (skipped), inputs[1].end() } };
                const auto outputs = test::process (skipping, rest, 2, test::cuttings()[6]);

                for (size_t n = 0; n < 2; ++n)
                    CHECK (test::differingBits (std::span (outputs[n]).subspan (firstUsed - skipped),
                                                std::span (expected[n]).subspan (firstUsed))
                           == "");
            }
        }
    }
}

TEST_CASE ("An impulse gives the kernel from the same sample on", "[engine]")
{
    const auto h = test::decayingNoise (5000, 7);
    std::vector<float> impulse (6000);
    impulse[0] = 1.0f;
    const auto y = convolve (h, impulse, test::cuttings()[2]);

    for (size_t n = 0; n < y.size(); ++n)
        REQUIRE (y[n] == Approx (n < h.size() ? h[n] : 0.0f).margin (1e-7));

    CHECK (y[0] == h[0]);
}

TEST_CASE ("An empty kernel gives silence and so do outputs without a path", "[engine]")
{
    const auto x = noiseChannels (2, 1000, 8);
    Convolver empty (std::make_shared<KernelSpectra> (std::span<const KernelPath> {}, 2, 2));
    CHECK (test::process (empty, x, 2, test::cuttings()[3]) == Channels (2, std::vector<float> (1000)));

    const auto h = test::decayingNoise (300, 9);
    const KernelPath path[] = { { 1, 0, h } };
    Convolver half (std::make_shared<KernelSpectra> (path, 2, 2));
    const auto y = test::process (half, x, 2, test::cuttings()[3]);
    CHECK (y[1] == std::vector<float> (1000));
    CHECK (test::errorInDb (y[0], test::oracle (x[1], h)) < -120.0);
}

TEST_CASE ("The buffers of inputs and outputs may be the same or crossed", "[engine]")
{
    const auto x = noiseChannels (2, 9000, 10);
    const auto h = test::decayingNoise (2000, 11);
    const KernelPath paths[] = { { 0, 0, h }, { 1, 1, h } };
    const auto spectra = std::make_shared<KernelSpectra> (paths, 2, 2);
    Convolver convolver (spectra), inPlace (spectra);
    const auto expected = test::process (convolver, x, 2, test::cuttings()[3]);
    auto y = x;
    test::cut (9000, test::cuttings().back(),
               [&] (size_t position, size_t size)
               {
                   const float* in[] = { y[0].data() + position, y[1].data() + position };
                   float* out[] = { y[1].data() + position, y[0].data() + position };
                   inPlace.process (in, out, size);
               });
    CHECK (test::differingBits (y[0], expected[1]) == "");
    CHECK (test::differingBits (y[1], expected[0]) == "");
}

TEST_CASE ("After a reset at any position a convolver equals a new one in every bit", "[engine]")
{
    // Stages of one to many partitions, with resets in their first blocks, when sums and overlaps are incomplete.
    const auto x = test::noise (60000, 9), loud = test::noise (60000, 1, 100.0);
    const auto cuttings = test::cuttings();

    for (const size_t length : test::Sizes { 1, 64, 65, 130, 700, 9000, 50000 })
    {
        const auto h = test::decayingNoise (length, 10);
        const KernelPath paths[] = { { 0, 0, h }, { 1, 0, h }, { 1, 1, h } };
        const auto spectra = std::make_shared<const KernelSpectra> (paths, 2, 2);
        const auto fresh = [&] { return Convolver (spectra); };
        auto reference = fresh();
        const auto expected = test::process (reference, { x, x }, 2, cuttings[4]);
        auto convolver = fresh();

        for (const size_t past : test::Sizes { 0, 1, 63, 64, 130, 511, 1024, 1717, 4096, 9000, 30011, 60000 })
        {
            CAPTURE (length, past);
            const auto sound = std::vector<float> (loud.begin(), loud.begin() + static_cast<std::ptrdiff_t> (past));
            test::process (convolver, { sound, sound }, 2, cuttings[5]);
            convolver.reset();
            const auto y = test::process (convolver, { x, x }, 2, cuttings[past % cuttings.size()]);
            CHECK (test::differingBits (y[0], expected[0]) == "");
            CHECK (test::differingBits (y[1], expected[1]) == "");
            convolver.reset();
        }
    }
}

TEST_CASE ("A reset clears a few floats for each channel whatever the kernel's length", "[engine]")
{
    const auto cleared = [] (size_t length)
    {
        const std::vector<float> h (length, 0.01f);
        const KernelPath paths[] = { { 0, 0, h }, { 1, 0, h }, { 0, 1, h }, { 1, 1, h } };
        Convolver convolver (std::make_shared<KernelSpectra> (paths, 2, 2));
        return convolver.reset();
    };

    CHECK (cleared (64) == 2 * 64);
    CHECK (cleared (480000) == cleared (4800));
    CHECK (cleared (4800) < 512); // 2 kB; a convolver of 10 s holds 9 MB
}

TEST_CASE ("Processing allocates nothing and does not change the processor's modes", "[engine]")
{
    const auto x = test::noise (4096, 17);
    std::vector<float> y (4096);
    Convolver convolver (spectraOf (test::decayingNoise (30000, 18)));
    const float* in[] = { x.data() };
    float* out[] = { y.data() };
    const test::AllocationGuard guard;

    for (const size_t size : test::Sizes { 1, 64, 100, 512, 4096 })
        convolver.process (in, out, size);

    CHECK (guard.count() == 0);
    volatile float denormal = 1e-40f;
    CHECK (denormal * 0.5f > 0.0f);
}

TEST_CASE ("A decaying tail leaves no denormals behind", "[engine]")
{
    std::vector<float> x (200000);
    std::fill_n (x.begin(), 100, 1e-30f);
    const auto y = convolve (test::decayingNoise (60000, 19), x, test::cuttings()[3]);

    for (const float sample : y)
        REQUIRE ((sample == 0.0f || std::abs (sample) >= std::numeric_limits<float>::min()));
}

TEST_CASE ("Equal kernels share their spectra while one of them lives", "[engine]")
{
    const auto h = test::decayingNoise (1000, 20), other = test::decayingNoise (1000, 21);
    const auto copy = h;
    const KernelPath path[] = { { 0, 0, h } }, samePath[] = { { 0, 0, copy } }, otherPath[] = { { 0, 0, other } };
    const auto shared = [] (std::span<const KernelPath> paths, size_t numInputs, size_t numOutputs)
    { return KernelSpectra::shared (paths, PartitionPlan::make (shapeOf (paths, numInputs, numOutputs))); };

    auto spectra = shared (path, 1, 1);
    CHECK (shared (samePath, 1, 1) == spectra);
    CHECK (shared (otherPath, 1, 1) != spectra);
    CHECK (shared (path, 1, 2) != spectra);
    CHECK (KernelSpectra::shared (path, PartitionPlan::make (shapeOf (path, 1, 1), { 64, 256 })) != spectra);
    const std::weak_ptr<const KernelSpectra> watched = spectra;
    spectra.reset();
    CHECK (watched.expired());
}

TEST_CASE ("Spectra are shared by equal kernels only", "[engine]")
{
    const auto sharedBy = [] (const std::vector<float>& taps)
    {
        const KernelPath paths[] = { { 0, 0, taps } };
        return KernelSpectra::shared (paths, PartitionPlan::make (shapeOf (paths, 1, 1)));
    };

    // A multiplicative hash gives both kernels one key, since an odd factor leaves the sign bit unchanged.
    const std::vector<float> kernel { 1.0f, 0.5f, 0.25f, 0.125f };
    const std::vector<float> other { 1.0f, -0.5f, std::bit_cast<float> (std::bit_cast<uint32_t> (0.25f) ^ 0x10000000u),
                                     0.125f };
    CHECK (other[2] == Approx (5.82077e-11f));
    const auto spectra = sharedBy (kernel);
    CHECK (sharedBy (kernel) == spectra);
    CHECK (sharedBy (other) != spectra);

    // All changes of one bit and of two.
    constexpr size_t numBits = 4 * 32;
    std::vector<std::shared_ptr<const KernelSpectra>> alive { spectra };
    const auto flip = [] (std::vector<float>& taps, size_t bit)
    { taps[bit / 32] = std::bit_cast<float> (std::bit_cast<uint32_t> (taps[bit / 32]) ^ (1u << bit % 32)); };

    for (size_t first = 0; first < numBits; ++first)
    {
        for (size_t second = first; second < numBits; ++second)
        {
            auto taps = kernel;
            flip (taps, first);

            if (second != first)
                flip (taps, second);

            alive.push_back (sharedBy (taps));
        }
    }

    CHECK (alive.size() == 1 + numBits * (numBits + 1) / 2);
    std::sort (alive.begin(), alive.end());
    CHECK (std::unique (alive.begin(), alive.end()) == alive.end());
}
