#include "Convolution/Partition/UniformConvolver.h"
#include "Convolution/Vector/Simd.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <limits>
#include <random>

// One stage alone: its kernel is spectra made here, and its blocks are called without a convolver around it.

using namespace faltwerk;

namespace
{

/** A path of a stage, with the taps that the stage convolves. */
struct StagePath
{
    size_t input, output;
    std::vector<float> taps;
};

/** A stage with its buffers and spectra. */
class StageUnderTest
{
public:
    StageUnderTest (const PartitionPlan::Stage& itsStage,
                    size_t inputs,
                    size_t outputs,
                    const std::vector<StagePath>& stagePaths)
        : stage (itsStage)
        , numInputs (inputs)
        , numOutputs (outputs)
        , size (stage)
        , spectra (stagePaths.size() * size.spectra)
        , silence (stage.blockSize)
        , blocks (numInputs * 2 * stage.blockSize)
        , buffer (size.convolver (numInputs, numOutputs))
        , arena (buffer)
        , convolver (stage, numInputs, numOutputs, pathsOf (stagePaths), arena, silence.data())
    {
    }

    /** Consumes block `number` of each input; whoever runs the steps of a later stage is `runSteps`. */
    template <typename RunSteps>
    void process (const std::vector<std::vector<float>>& inputs, size_t number, RunSteps&& runSteps)
    {
        const auto places = blocksOf (inputs, number);

        if (stage.isImmediate())
        {
            convolver.sumAhead();
            convolver.processBlock (places.data());
            return;
        }

        convolver.beginPeriod (places.data());
        runSteps();
    }

    void process (const std::vector<std::vector<float>>& inputs, size_t number)
    {
        process (inputs, number, [this] { finish(); });
    }

    void finish()
    {
        while (convolver.hasSteps())
            convolver.runStep();
    }

    /** Copies a block of each input to where it is aligned and stays until the block after the next one. */
    std::vector<const float*> blocksOf (const std::vector<std::vector<float>>& inputs, size_t number)
    {
        std::vector<const float*> places;

        for (size_t n = 0; n < inputs.size(); ++n)
        {
            float* const place = blocks.data() + (n * 2 + number % 2) * stage.blockSize;
            std::copy_n (inputs[n].data() + number * stage.blockSize, stage.blockSize, place);
            places.push_back (place);
        }

        return places;
    }

    std::span<const float> output (size_t index) const { return { convolver.output (index), stage.blockSize }; }

    /** Number of the block of output that is there after block `number` of input: an immediate stage gives the one of
        this input, and a later stage the one before. */
    size_t blocksLate() const { return stage.isImmediate() ? 0 : 1; }

    const PartitionPlan::Stage stage;
    const size_t numInputs, numOutputs;

private:
    std::vector<KernelSpectra::Path> pathsOf (const std::vector<StagePath>& stagePaths)
    {
        const Transform transform (stage.blockSize, Transform::Root::j);
        const float scale = 1.0f / static_cast<float> (stage.blockSize);
        AlignedBuffer work (3 * stage.blockSize);
        float *const samples = work.data(), *const real = samples + stage.blockSize,
                     *const imaginary = real + stage.blockSize;
        std::vector<KernelSpectra::Path> paths;

        for (const auto& path : stagePaths)
        {
            float* const own = spectra.data() + paths.size() * size.spectra;

            for (size_t partition = 0; partition < stage.numPartitions; ++partition)
            {
                for (size_t n = 0; n < stage.blockSize; ++n)
                {
                    const size_t tap = partition * stage.blockSize + n;
                    samples[n] = tap < path.taps.size() ? path.taps[tap] * scale : 0.0f;
                }

                transform.forwardSamples (samples, real, imaginary,
                                          { own + partition * SpectralSums::groupFloats, size.spectraStride });
            }

            paths.push_back ({ path.input, path.output, own });
        }

        return paths;
    }

    const StageSize size;
    AlignedBuffer spectra, silence, blocks, buffer;
    Arena arena;

public:
    UniformConvolver convolver;
};

PartitionPlan::Stage immediate (size_t numPartitions) { return { 64, 64, numPartitions }; }
PartitionPlan::Stage later (size_t blockSize, size_t numPartitions)
{
    return { blockSize, 2 * blockSize, numPartitions };
}

std::vector<PartitionPlan::Stage> stages()
{
    return { immediate (1),  immediate (2),   immediate (4),  immediate (15),  later (128, 1),  later (128, 3),
             later (128, 9), later (256, 14), later (512, 2), later (1024, 5), later (4096, 3), later (8192, 1) };
}

/** Paths between two inputs and two outputs: the first input is heard at both outputs, and one kernel is shorter. */
std::vector<StagePath> threePaths (const PartitionPlan::Stage& stage)
{
    const size_t length = stage.numPartitions * stage.blockSize;
    return { { 0, 0, test::noise (length, 1) },
             { 0, 1, test::noise (length - stage.blockSize / 2, 2) },
             { 1, 1, test::noise (length - 1, 3) } };
}

std::vector<std::vector<float>> twoInputs (const PartitionPlan::Stage& stage, size_t numBlocks, uint64_t seed = 10)
{
    return { test::noise (numBlocks * stage.blockSize, seed), test::noise (numBlocks * stage.blockSize, seed + 1) };
}

} // namespace

TEST_CASE ("A stage convolves its inputs with its partitions", "[engine]")
{
    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);

        for (const auto& stage : stages())
        {
            const size_t numBlocks = 2 * stage.numPartitions + 9; // the delay line wraps
            const auto paths = threePaths (stage);
            const auto inputs = twoInputs (stage, numBlocks);
            std::vector<std::vector<double>> expected (2, std::vector<double> (numBlocks * stage.blockSize));

            for (const auto& path : paths)
            {
                const auto sum = test::oracle (inputs[path.input], path.taps);

                for (size_t n = 0; n < expected[path.output].size(); ++n)
                    expected[path.output][n] += sum[n];
            }

            StageUnderTest tested (stage, 2, 2, paths);
            std::vector<std::vector<float>> output (2);

            for (size_t number = 0; number < numBlocks; ++number)
            {
                tested.process (inputs, number);

                for (size_t channel = 0; channel < 2 && number >= tested.blocksLate(); ++channel)
                    output[channel].insert (output[channel].end(), tested.output (channel).begin(),
                                            tested.output (channel).end());
            }

            CAPTURE (target.name, stage.blockSize, stage.numPartitions);

            // Rounding of single precision: 2^-24 is -144 dB, which grows slowly with the sizes of transform and sum.
            CHECK (test::errorInDb (output[0], expected[0]) < -128.0);
            CHECK (test::errorInDb (output[1], expected[1]) < -128.0);
        }
    }
}

TEST_CASE ("A stage with inputs and outputs that no path connects gives silence there", "[engine]")
{
    for (const auto& stage : { immediate (3), later (256, 3) })
    {
        const auto inputs = twoInputs (stage, 8);
        StageUnderTest tested (stage, 2, 3, { { 1, 2, test::noise (700, 4) } });
        const auto expected = test::oracle (inputs[1], test::noise (std::min<size_t> (700, 3 * stage.blockSize), 4));

        for (size_t number = 0; number < 8; ++number)
        {
            tested.process (inputs, number);
            CAPTURE (stage.blockSize, number);

            for (const size_t silent : test::Sizes { 0, 1 })
                for (const float sample : tested.output (silent))
                    REQUIRE (sample == 0.0f);

            if (number >= tested.blocksLate())
                CHECK (test::errorInDb (tested.output (2),
                                        std::span (expected).subspan ((number - tested.blocksLate()) * stage.blockSize,
                                                                      stage.blockSize))
                       < -125.0);
        }
    }
}

TEST_CASE ("The output of a stage does not depend on when its steps run", "[engine]")
{
    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);

        for (const auto& stage : { later (128, 9), later (512, 2), later (4096, 3) })
        {
            constexpr size_t numBlocks = 13;
            const auto paths = threePaths (stage);
            const auto inputs = twoInputs (stage, numBlocks);
            StageUnderTest reference (stage, 2, 2, paths), tested (stage, 2, 2, paths);
            std::mt19937 random (5);
            double cost = 0.0;

            for (size_t number = 0; number < numBlocks; ++number)
            {
                reference.process (inputs, number);
                tested.process (inputs, number,
                                [&]
                                {
                                    // Reading the output between steps changes nothing either.
                                    const std::vector<float> before (tested.output (1).begin(),
                                                                     tested.output (1).end());

                                    for (auto count = random() % 40; count > 0 && tested.convolver.hasSteps(); --count)
                                        cost += tested.convolver.runStep();

                                    REQUIRE (test::differingBits (tested.output (1), before) == "");

                                    while (tested.convolver.hasSteps())
                                        cost += tested.convolver.runStep();
                                });
                CAPTURE (target.name, stage.blockSize, number);
                CHECK (test::differingBits (tested.output (0), reference.output (0)) == "");
                CHECK (test::differingBits (tested.output (1), reference.output (1)) == "");
            }

            CHECK (cost == Approx (numBlocks * tested.convolver.periodCost()));
        }
    }
}

TEST_CASE ("A stage that restarts equals a new one in every bit even after NaN and infinity", "[engine]")
{
    for (const auto& stage : stages())
    {
        constexpr size_t numBlocks = 17;
        const auto paths = threePaths (stage);
        const auto inputs = twoInputs (stage, numBlocks), past = twoInputs (stage, numBlocks, 20);
        auto bad = past;
        bad[0][3] = std::numeric_limits<float>::quiet_NaN();
        bad[1][2 * stage.blockSize] = std::numeric_limits<float>::infinity();

        // The number of the next block sets the phase of the tiles.
        for (const uint64_t nextBlock : std::initializer_list<uint64_t> { 0, 1, 2, 3, 1000003 })
        {
            for (const size_t blocksOfPast : test::Sizes { 0, 1, 2, 5, numBlocks })
            {
                StageUnderTest tested (stage, 2, 2, paths), reference (stage, 2, 2, paths);
                reference.convolver.restart (nextBlock);

                for (size_t number = 0; number < blocksOfPast; ++number)
                    tested.process (bad, number);

                const size_t numCleared = tested.convolver.restart (nextBlock);
                CHECK (numCleared == (stage.isImmediate() ? 2 * 2 * stage.blockSize : 0));

                for (size_t number = 0; number < numBlocks; ++number)
                {
                    CAPTURE (stage.blockSize, stage.numPartitions, nextBlock, blocksOfPast, number);

                    for (size_t channel = 0; channel < 2 && number == 0; ++channel)
                        for (const float sample : tested.output (channel))
                            REQUIRE (sample == 0.0f);

                    tested.process (inputs, number);
                    reference.process (inputs, number);
                    REQUIRE (test::differingBits (tested.output (0), reference.output (0)) == "");
                    REQUIRE (test::differingBits (tested.output (1), reference.output (1)) == "");
                }
            }
        }
    }
}

TEST_CASE ("A stage that skips blocks whose output is discarded has the same bits afterwards", "[engine]")
{
    for (const auto& stage : stages())
    {
        const size_t numBlocks = 3 * stage.numPartitions + 20;
        const auto paths = threePaths (stage);
        const auto inputs = twoInputs (stage, numBlocks);

        for (const size_t skipped :
             test::Sizes { 1, 2, 3, 4, 5, stage.numPartitions + 7, 2 * stage.numPartitions + 10 })
        {
            StageUnderTest tested (stage, 2, 2, paths), reference (stage, 2, 2, paths);

            for (size_t number = 0; number < numBlocks; ++number)
            {
                if (number < skipped)
                    tested.convolver.skip (tested.blocksOf (inputs, number).data(),
                                           (skipped - 1 - number) * stage.blockSize);
                else
                    tested.process (inputs, number);

                reference.process (inputs, number);

                // The frames after the last block skipped are those of its output, one block later in a later stage.
                if (number + 1 < skipped + tested.blocksLate())
                    continue;

                CAPTURE (stage.blockSize, stage.numPartitions, skipped, number);
                REQUIRE (test::differingBits (tested.output (0), reference.output (0)) == "");
                REQUIRE (test::differingBits (tested.output (1), reference.output (1)) == "");
            }
        }
    }
}
