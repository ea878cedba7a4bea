#include "Bench/Calibration.h"

#include "Convolution/Vector/AlignedBuffer.h"
#include "Convolution/Vector/DirectSums.h"
#include "Convolution/Vector/FlushDenormals.h"
#include "Convolution/Vector/SpectralSums.h"
#include "Convolution/Vector/Transform.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace faltwerk::bench
{

namespace
{

/** The least time of a piece of work, in ns, over many runs of a thousand. */
template <typename Work>
double nsOf (Work&& work)
{
    constexpr int runs = 200, repetitions = 1000;
    double least = 1e12;

    for (int run = 0; run < runs; ++run)
    {
        const auto begin = std::chrono::steady_clock::now();

        for (int n = 0; n < repetitions; ++n)
            work (static_cast<size_t> (n));

        least = std::min (least,
                          std::chrono::duration<double, std::nano> (std::chrono::steady_clock::now() - begin).count());
    }

    return least / repetitions;
}

/** A line of the cost model; the engine's present constant stands in CostModel.h under the same name. */
void print (const char* name, double ns) { std::printf ("%-24s %6.1f ns\n", name, ns); }

} // namespace

void calibrate()
{
    const FlushDenormals flushDenormals;
    AlignedBuffer work (4 * 4096), spectra (4096 * 128);
    float *const real = work.data(), *const imaginary = real + 4096 + 16;

    // Passes: nodes of two, four and eight times 512 points, sixteen columns each time.
    for (const size_t size : { size_t { 128 }, size_t { 256 }, size_t { 512 } })
    {
        const auto transform = Transform::shared (size, Transform::Root::j);
        const auto root = transform->root();
        const size_t columns = size / root.radix();
        const double slices = static_cast<double> (columns) / 16.0;
        const auto label = std::to_string (root.radix());
        print (("forwardPass (" + label + ")").c_str(),
               nsOf ([&] (size_t) { transform->forwardPass (root, real, imaginary, 0, columns); }) / slices);
        print (("inversePass (" + label + ")").c_str(),
               nsOf ([&] (size_t) { transform->inversePass (root, real, imaginary, 0, columns); }) / slices);
    }

    {
        const auto transform = Transform::shared (4096, Transform::Root::j);
        const auto leaf = transform->root().child (0).child (0);
        const Transform::Spectrum spectrum { spectra.data(), 17 * 32 }, own { spectra.data(), 32 };
        print ("forwardLeaf", nsOf ([&] (size_t) { transform->forwardLeaves (leaf, 1, real, imaginary, spectrum); }));
        print ("inverseLeaf", nsOf ([&] (size_t) { transform->inverseLeaf (leaf, own, real, imaginary); }));
    }

    {
        // Sums: the slope and the beginning of a line through two lengths.
        const auto& sums = spectralSums();
        float* const places = spectra.data() + 4096 * 64;
        float* const destinations[] = { places, places + 32, places + 64, places + 96 };
        const SpectralPath path { spectra.data(), spectra.data() + 4096, spectra.data() + 4096, 64 };
        const SpectralLayout layout { 64 * 32, 64 * 32, 128, false };
        const auto tile = [&] (size_t products)
        { return nsOf ([&] (size_t) { sums.tile (&path, 1, products, false, destinations, layout); }); };
        const auto newest = [&] (size_t lead) // a leaf: four groups, with 6 + 4 lead products
        {
            return nsOf (
                [&] (size_t)
                { sums.finishLeaf (&path, 1, 0, lead, SpectralSums::tileSize + lead, places, places + 128, layout); });
        };
        const double slope = (tile (40) - tile (8)) / 32.0, newestSlope = (newest (1) - newest (0)) / 4.0;
        print ("tileProduct", slope);
        print ("tile", tile (8) - 8.0 * slope);
        print ("newestProduct", newestSlope);
        print ("newest", (newest (0) - 6.0 * newestSlope) / 4.0);
    }

    {
        const auto& sums = directSums();
        const DirectPath paths[] = { { spectra.data(), real }, { spectra.data() + 64, real } };
        const auto head = [&] (size_t numPaths)
        { return nsOf ([&] (size_t) { sums.sum (paths, numPaths, 64, nullptr, 0, imaginary, 64); }) / 64.0; };
        print ("headPath", head (2) - head (1));
        print ("headOutput", 2.0 * head (1) - head (2));
    }

    {
        // Far away: a tile of 32 products from a new place of 32 MB each time, with fetching ahead, over a near one.
        constexpr size_t places = 2000, groupFloats = 36 * 32;
        AlignedBuffer kernels (places * groupFloats), inputs (places * groupFloats), results (places * 128);
        const auto& sums = spectralSums();
        const SpectralLayout layout { groupFloats / 4, groupFloats / 4, 32, true }; // what comes next is the next place
        const auto tile = [&] (size_t numPlaces)
        {
            return nsOf (
                [&, place = size_t { 0 }] (size_t) mutable
                {
                    place = (place + 1) % numPlaces;
                    float* const result = results.data() + place * 128;
                    float* const destinations[] = { result, result + 32, result + 64, result + 96 };
                    const float* const input = inputs.data() + place * groupFloats;
                    const SpectralPath path { kernels.data() + place * groupFloats, input, input, 32 };
                    sums.tile (&path, 1, 32, false, destinations, layout);
                });
        };
        std::printf ("%-24s %6.2f times\n", "farSums, 18 MB", tile (places) / tile (4));
    }
}

} // namespace faltwerk::bench
