#include "Convolution/Partition/Convolver.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"

#include <bit>

using namespace faltwerk;

namespace
{

/** Checks that every tap belongs to the head or to one stage, and that each stage can compute its output in time. */
void checkLadder (const PartitionPlan& plan)
{
    CAPTURE (plan.toString(), plan.shape.length);
    size_t covered = PartitionPlan::headLength;

    for (size_t n = 0; n < plan.stages.size(); ++n)
    {
        const auto& stage = plan.stages[n];
        CHECK (std::has_single_bit (stage.blockSize));
        CHECK (stage.blockSize >= 64);
        CHECK (stage.blockSize <= PartitionPlan::blockLimit);
        CHECK (stage.offset == (n == 0 ? stage.blockSize : 2 * stage.blockSize));
        CHECK (stage.isImmediate() == (n == 0));
        CHECK (stage.offset == covered);
        CHECK (stage.numPartitions >= 1);
        covered += stage.numPartitions * stage.blockSize;
    }

    CHECK (covered >= plan.shape.length);

    if (! plan.stages.empty())
        CHECK (covered - plan.stages.back().blockSize < plan.shape.length);
}

} // namespace

TEST_CASE ("A plan covers every tap once, for any length and routing", "[engine]")
{
    for (const size_t length : test::Sizes { 0, 1, 63, 64, 65, 128, 129, 1000, 4800, 48000, 144000, 480000, 11520000 })
    {
        for (const auto& shape :
             { KernelShape { length, 1, 1, 1 }, { length, 2, 2, 2 }, { length, 2, 2, 4 }, { length, 16, 16, 256 } })
        {
            const auto plan = PartitionPlan::make (shape);
            checkLadder (plan);
            CHECK (plan == PartitionPlan::make (shape));
            CHECK (plan.shape == shape);
        }
    }
}

TEST_CASE ("The plan gives the memory that a convolver takes", "[engine]")
{
    for (const size_t length : test::Sizes { 10, 4800, 100000 })
    {
        const std::vector<float> taps (length, 0.1f);
        const KernelPath paths[] = { { 0, 0, taps }, { 1, 1, taps } };
        const auto spectra = std::make_shared<KernelSpectra> (paths, 2, 2);
        const Convolver convolver (spectra);
        CHECK (spectra->sizeInBytes() == spectra->plan().kernelBytes);
        CHECK (convolver.sizeInBytes() == spectra->plan().convolverBytes);
        CHECK (convolver.sizeWithKernelInBytes() == spectra->plan().kernelBytes + spectra->plan().convolverBytes);
    }
}

TEST_CASE ("Longer kernels and more paths cost more but not in proportion", "[engine]")
{
    const auto cost = [] (size_t length, size_t paths) {
        return PartitionPlan::make ({ length, 2, 2, paths }).nsPerFrame;
    };
    CHECK (cost (48000, 2) > cost (4800, 2));
    CHECK (cost (480000, 2) > cost (48000, 2));
    CHECK (cost (480000, 2) < 4.0 * cost (48000, 2));
    CHECK (cost (48000, 4) > cost (48000, 2));
    CHECK (cost (48000, 4) < 2.0 * cost (48000, 2)); // shared transforms
}

TEST_CASE ("Ten seconds of stereo take less than 25 MB with their history", "[engine]")
{
    const auto plan = PartitionPlan::make ({ 480000, 2, 2, 2 });
    const size_t history = 2 * (plan.shape.length + 2 * plan.largestBlock() + 16384) * sizeof (float);
    CHECK (plan.kernelBytes + plan.convolverBytes + history < 25'000'000);
}
