#include "Convolution/Vector/SpectralSums.h"
#include "Convolution/Vector/AlignedBuffer.h"
#include "Convolution/Vector/Simd.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <vector>

// The sums of a frequency-domain delay line alone, for every instruction set, beside sums in double precision.

using namespace faltwerk;

namespace
{

constexpr size_t tileSize = SpectralSums::tileSize, groupSize = SpectralSums::groupSize,
                 groupFloats = SpectralSums::groupFloats, leafGroups = SpectralSums::leafGroups;
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

/** A complex sum in double precision, with a bound of the error of its sum in single precision. */
struct Exact
{
    std::complex<double> sum {};
    double magnitude = 0.0; // sum of the magnitudes of the real and imaginary parts of all terms
    size_t numTerms = 0;    // real products and first addend

    void add (std::complex<double> value)
    {
        sum += value;
        magnitude += std::abs (value.real()) + std::abs (value.imag());
        ++numTerms;
    }

    void addProduct (std::complex<double> h, std::complex<double> x)
    {
        sum += h * x;
        magnitude += (std::abs (h.real()) + std::abs (h.imag())) * (std::abs (x.real()) + std::abs (x.imag()));
        numTerms += 2;
    }

    /** Returns true if a sum in single precision, one term after the other, can have this value: each term is rounded
        at most once as a product and once with each later term. */
    bool allows (std::complex<double> value) const
    {
        const double most = 1.001 * static_cast<double> (numTerms + 1) * 0x1p-24 * magnitude;
        return std::abs (value.real() - sum.real()) <= most && std::abs (value.imag() - sum.imag()) <= most;
    }
};

std::complex<double> bin (const float* group, size_t k)
{
    return { static_cast<double> (group[k]), static_cast<double> (group[groupSize + k]) };
}

/** The data of a leaf: kernels [path][group][partition], delay lines [path][group][slot], sums [group][block]. */
struct Leaf
{
    size_t numPaths, numPartitions, ringLength, slot; // slot of the newest spectrum
    SpectralLayout layout;
    AlignedBuffer kernels, rings, sums;

    Leaf (size_t paths, size_t partitions, size_t newestSlot, bool fetchesAhead, uint64_t seed)
        : numPaths (paths)
        , numPartitions (partitions)
        , ringLength (std::max (partitions, tileSize) + 1)
        , slot (newestSlot % ringLength)
        , layout { (partitions + tileSize - 1) * groupFloats, ringLength * groupFloats, tileSize * groupFloats,
                   fetchesAhead }
        , kernels (numPaths * leafGroups * layout.kernelStride)
        , rings (numPaths * leafGroups * layout.inputStride)
        , sums (leafGroups * layout.sumStride)
    {
        for (auto* buffer : { &kernels, &rings, &sums })
        {
            const auto values = test::noise (buffer->size(), seed++);
            std::copy (values.begin(), values.end(), buffer->data());
        }

        for (size_t path = 0; path < numPaths; ++path)
            for (size_t group = 0; group < leafGroups; ++group)
                std::fill_n (kernel (path, group, numPartitions), (tileSize - 1) * groupFloats, 0.0f);
    }

    float* kernel (size_t path, size_t group, size_t partition) const
    {
        return kernels.data() + (path * leafGroups + group) * layout.kernelStride + partition * groupFloats;
    }

    /** The spectrum of an input, `age` blocks before the newest one. */
    float* input (size_t path, size_t group, size_t age) const
    {
        return rings.data() + (path * leafGroups + group) * layout.inputStride
               + (slot + age) % ringLength * groupFloats;
    }

    /** The path of a group from a partition on, which is multiplied with the spectrum of the same age. */
    SpectralPath view (size_t path, size_t group, size_t partition) const
    {
        return { kernel (path, group, partition), input (path, group, partition),
                 rings.data() + (path * leafGroups + group) * layout.inputStride,
                 ringLength - (slot + partition) % ringLength };
    }

    std::vector<SpectralPath> views (size_t group) const
    {
        std::vector<SpectralPath> all;

        for (size_t path = 0; path < numPaths; ++path)
            all.push_back (view (path, group, 0));

        return all;
    }
};

} // namespace

TEST_CASE ("A tile sums four blocks of the delay line across the wrap of its ring", "[engine]")
{
    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);
        const auto& loops = spectralSums();

        for (const size_t numPaths : test::Sizes { 0, 1, 2, 5 })
        {
            for (const size_t numPartitions : test::Sizes { 1, 2, 3, 4, 7, 33 })
            {
                for (const size_t slot : test::Sizes { 0, 1, numPartitions / 2, numPartitions })
                {
                    for (const bool add : { false, true })
                    {
                        for (const size_t numProducts : test::Sizes { 0, 1, numPartitions - 1, numPartitions })
                        {
                            CAPTURE (target.name, numPaths, numPartitions, slot, add, numProducts);
                            const Leaf leaf (numPaths, numPartitions, slot, slot == 1, 20 + numPartitions);

                            // Older spectra are not read.
                            for (size_t path = 0; path < numPaths; ++path)
                                for (size_t age = numProducts; age < leaf.ringLength; ++age)
                                    std::fill_n (leaf.input (path, 2, age), groupFloats, notANumber);

                            AlignedBuffer result (tileSize * groupFloats);
                            std::copy_n (leaf.sums.data(), result.size(), result.data());
                            float* destinations[tileSize];

                            for (size_t t = 0; t < tileSize; ++t)
                                destinations[t] = result.data() + (t + slot) % tileSize * groupFloats;

                            loops.tile (leaf.views (2).data(), numPaths, numProducts, add, destinations, leaf.layout);

                            for (size_t t = 0; t < tileSize; ++t)
                            {
                                for (size_t k = 0; k < groupSize; ++k)
                                {
                                    Exact exact;

                                    if (add)
                                        exact.add (bin (leaf.sums.data() + (t + slot) % tileSize * groupFloats, k));

                                    for (size_t path = 0; path < numPaths; ++path)
                                        for (size_t q = 0; q < numProducts; ++q)
                                            exact.addProduct (bin (leaf.kernel (path, 2, q + t), k),
                                                              bin (leaf.input (path, 2, q), k));

                                    CAPTURE (t, k);
                                    REQUIRE (exact.allows (bin (destinations[t], k)));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE ("A tile has the same bits however its products are divided", "[engine]")
{
    constexpr size_t numPaths = 3, numPartitions = 29;

    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);
        const auto& loops = spectralSums();
        const Leaf leaf (numPaths, numPartitions, 11, false, 40);
        AlignedBuffer whole (tileSize * groupFloats), parts (tileSize * groupFloats);
        float *ofWhole[tileSize], *ofParts[tileSize];

        for (size_t t = 0; t < tileSize; ++t)
        {
            ofWhole[t] = whole.data() + t * groupFloats;
            ofParts[t] = parts.data() + t * groupFloats;
        }

        loops.tile (leaf.views (1).data(), numPaths, numPartitions, false, ofWhole, leaf.layout);

        for (const auto& cutting : test::cuttings())
        {
            CAPTURE (target.name, cutting.name);

            for (size_t path = 0; path < numPaths; ++path)
                test::cut (numPartitions, cutting,
                           [&] (size_t first, size_t size)
                           {
                               const auto part = leaf.view (path, 1, first);
                               loops.tile (&part, 1, size, path + first > 0, ofParts, leaf.layout);
                           });

            CHECK (test::differingBits (std::span (parts.data(), parts.size()), std::span (whole.data(), whole.size()))
                   == "");
        }
    }
}

TEST_CASE ("A leaf is completed with the newest spectra that its tile leaves out", "[engine]")
{
    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);
        const auto& loops = spectralSums();

        for (const size_t numPaths : test::Sizes { 0, 1, 3 })
        {
            for (const size_t lead : test::Sizes { 0, 1 })
            {
                for (const size_t phase : test::Sizes { 0, 1, 2, 3 })
                {
                    for (const size_t numUsed : test::Sizes { 0, 1, 2, 3, 4, 5 })
                    {
                        for (const size_t slot : test::Sizes { 0, 4, 5, 6 })
                        {
                            CAPTURE (target.name, numPaths, lead, phase, numUsed, slot);
                            const Leaf leaf (numPaths, 6, slot, slot == 4, 60);
                            AlignedBuffer result (leafGroups * groupFloats);

                            // Neither older spectra nor sums that contain them are read.
                            for (size_t group = 0; group < leafGroups; ++group)
                            {
                                for (size_t path = 0; path < numPaths; ++path)
                                    for (size_t age = numUsed; age < leaf.ringLength; ++age)
                                        std::fill_n (leaf.input (path, group, age), groupFloats, notANumber);

                                if ((phase + group) % tileSize >= numUsed)
                                    std::fill_n (leaf.sums.data() + group * leaf.layout.sumStride, groupFloats,
                                                 notANumber);
                            }

                            loops.finishLeaf (leaf.views (0).data(), numPaths, phase, lead, numUsed, leaf.sums.data(),
                                              result.data(), leaf.layout);

                            for (size_t group = 0; group < leafGroups; ++group)
                            {
                                const size_t blocksSinceTile = (phase + group) % tileSize;
                                const size_t numProducts = std::min (lead + blocksSinceTile, numUsed);

                                for (size_t k = 0; k < groupSize; ++k)
                                {
                                    Exact exact;

                                    if (blocksSinceTile < numUsed)
                                        exact.add (bin (leaf.sums.data() + group * leaf.layout.sumStride, k));

                                    for (size_t path = 0; path < numPaths; ++path)
                                        for (size_t p = 0; p < numProducts; ++p)
                                            exact.addProduct (bin (leaf.kernel (path, group, p), k),
                                                              bin (leaf.input (path, group, p), k));

                                    CAPTURE (group, k);
                                    REQUIRE (exact.allows (bin (result.data() + group * groupFloats, k)));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
