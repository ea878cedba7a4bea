#include "Convolution/Partition/KernelSpectra.h"

#include "Convolution/Partition/PlanSize.h"
#include "Convolution/Vector/Simd.h"
#include "Convolution/Vector/SpectralSums.h"
#include "Convolution/Vector/Transform.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <map>
#include <mutex>

namespace faltwerk
{

namespace
{

/** Returns the 128-bit product of two words, its halves combined by exclusive or: every bit of it depends on every bit
    of both. Made of 32-bit products, since not every compiler has integers of 128 bits. */
constexpr uint64_t foldedProduct (uint64_t a, uint64_t b) noexcept
{
    constexpr uint64_t low = 0xffffffff;
    const uint64_t lowest = (a & low) * (b & low);
    const uint64_t first = (a >> 32) * (b & low) + (lowest >> 32);
    const uint64_t second = (a & low) * (b >> 32) + (first & low);
    return ((a >> 32) * (b >> 32) + (first >> 32) + (second >> 32)) ^ (second << 32 | (lowest & low));
}

static_assert (foldedProduct (~uint64_t { 0 }, ~uint64_t { 0 }) == (~uint64_t { 1 } ^ 1));

/** A hash of 128 bits of everything that spectra depend on: two hashes with different factors, each of which mixes a
    value with all values before it. Not secure against deliberate collisions. */
class Fingerprint
{
public:
    void add (uint64_t value) noexcept
    {
        for (size_t n = 0; n < state.size(); ++n)
            state[n] = foldedProduct (state[n] ^ value, factors[n])
                       + factors[1 - n]; // added, so that zeros change a state of 0
    }

    void add (std::span<const float> taps) noexcept
    {
        add (taps.size());

        const auto bits = [&taps] (size_t n) { return uint64_t { std::bit_cast<uint32_t> (taps[n]) }; };
        size_t n = 0;

        for (; n + 2 <= taps.size(); n += 2)
            add (bits (n) | bits (n + 1) << 32);

        if (n < taps.size())
            add (bits (n));
    }

    auto operator<=> (const Fingerprint&) const = default;

private:
    // Binary fractions of the golden ratio and of the square root of three, made odd.
    static constexpr std::array<uint64_t, 2> factors { 0x9e3779b97f4a7c15, 0xbb67ae8584caa73b };
    std::array<uint64_t, 2> state { 1, 2 };
};

} // namespace

KernelSpectra::KernelSpectra (std::span<const KernelPath> paths, size_t numInputs, size_t numOutputs)
    : KernelSpectra (paths, PartitionPlan::make (shapeOf (paths, numInputs, numOutputs)))
{
}

KernelSpectra::KernelSpectra (std::span<const KernelPath> paths, const PartitionPlan& plan)
    : itsPlan (plan)
    , buffer (PlanSize (plan).spectra)
    , stagePaths (plan.stages.size())
{
    assert (plan.shape.numPaths == paths.size());
    Arena arena (buffer);

    for (const auto& path : paths)
    {
        assert (path.input < plan.shape.numInputs && path.output < plan.shape.numOutputs);
        float* const flipped = arena.take (PartitionPlan::headLength);
        const auto head = path.taps.first (std::min (path.taps.size(), PartitionPlan::headLength));
        std::copy (head.begin(), head.end(), std::make_reverse_iterator (flipped + PartitionPlan::headLength));
        itsHeads.push_back ({ path.input, path.output, flipped });
    }

    for (size_t n = 0; n < plan.stages.size(); ++n)
    {
        const auto& stage = plan.stages[n];
        const size_t size = stage.blockSize, stride = StageSize (stage).spectraStride;
        const auto transform = Transform::shared (size, Transform::Root::j);
        const float scale = 1.0f / static_cast<float> (size);
        AlignedBuffer work (3 * size);
        float *const samples = work.data(), *const real = samples + size, *const imaginary = real + size;

        for (const auto& path : paths)
        {
            float* const spectra = arena.take (StageSize (stage).spectra);

            if (path.taps.size() <= stage.offset)
                continue;

            for (size_t partition = 0; partition < stage.numPartitions; ++partition)
            {
                const size_t first = std::min (stage.offset + partition * size, path.taps.size());
                const auto taps = path.taps.subspan (first, std::min (size, path.taps.size() - first));
                std::fill (std::transform (taps.begin(), taps.end(), samples, [scale] (float h) { return scale * h; }),
                           samples + size, 0.0f);
                transform->forwardSamples (samples, real, imaginary,
                                           { spectra + partition * SpectralSums::groupFloats, stride });
            }

            stagePaths[n].push_back ({ path.input, path.output, spectra });
        }
    }

    assert (arena.isUsedUp());
}

std::shared_ptr<const KernelSpectra> KernelSpectra::shared (std::span<const KernelPath> paths,
                                                            const PartitionPlan& plan)
{
    static std::mutex lock;
    static std::map<Fingerprint, std::weak_ptr<const KernelSpectra>> known;

    Fingerprint fingerprint;
    fingerprint.add (static_cast<uint64_t> (simd::currentTarget()));
    fingerprint.add (plan.shape.numInputs);
    fingerprint.add (plan.shape.numOutputs);

    for (const auto& stage : plan.stages)
        fingerprint.add (stage.blockSize);

    for (const auto& path : paths)
    {
        fingerprint.add (path.input);
        fingerprint.add (path.output);
        fingerprint.add (path.taps);
    }

    {
        const std::lock_guard guard (lock);
        std::erase_if (known, [] (const auto& entry) { return entry.second.expired(); });

        if (const auto found = known.find (fingerprint); found != known.end())
            if (auto spectra = found->second.lock())
                return spectra;
    }

    auto spectra = std::make_shared<const KernelSpectra> (paths, plan);
    const std::lock_guard guard (lock);
    known[fingerprint] = spectra;
    return spectra;
}

} // namespace faltwerk
