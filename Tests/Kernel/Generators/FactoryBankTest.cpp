#include "Kernel/Generators/FactoryBank.h"

#include "Kernel/Edits/Normalisation.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/Generators/KernelRecipe.h"
#include "Kernel/Generators/Measures.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <sstream>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

double largestOf (const Kernel& kernel, size_t first, size_t last)
{
    double largest = 0.0;

    for (const auto& path : kernel.paths)
        for (size_t n = first; n < last; ++n)
            largest = std::max (largest, std::abs (static_cast<double> (path[n])));

    return largest;
}

} // namespace

TEST_CASE ("The factory bank has its categories, and every name once", "[kernel]")
{
    std::set<std::string_view> names;
    std::map<std::string_view, size_t> categories;
    std::string_view last;

    for (const auto& each : factoryKernels())
    {
        CAPTURE (each.name);
        CHECK (names.insert (each.name).second);
        CHECK (! each.tags.empty());
        CHECK (findGenerator (each.generator) != nullptr);
        CHECK ((each.category == last || categories.count (each.category) == 0)); // in one piece each
        ++categories[last = each.category];
    }

    CHECK (names.size() >= 26);
    CHECK (categories.size() == 7);

    for (const auto category : { "Rooms", "Halls", "Plates", "Springs", "Cabinets", "Filters", "Textures" })
        CHECK (categories[category] >= 4);
}

TEST_CASE ("Every kernel of the factory bank is sound and clean at both ends", "[kernel]")
{
    std::set<std::string> hashes;

    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const auto& description = factoryKernels()[index];
        CAPTURE (description.name);
        const Kernel kernel = makeFactoryKernel (index);
        CHECK (kernel.name == description.name);
        CHECK (kernel.sampleRate == 48000.0);
        CHECK (makeKernel (kernel.paths, kernel.sampleRate, kernel.name).error() == ""); // finite, not silent
        CHECK (hashes.insert (contentHash (kernel)).second);

        const size_t length = kernel.lengthInFrames();
        const double largest = largestOf (kernel, 0, length);
        CHECK (kernel.lengthInSeconds() < 10.0);

        if (description.category == "Filters")
            continue;

        // Left and right are alike within 0.6 dB.
        const bool isTrueStereo = kernel.routing == Routing::trueStereo;
        const double left = energy (kernel.paths[0]) + (isTrueStereo ? energy (kernel.paths[2]) : 0.0);
        const double right =
            isTrueStereo ? energy (kernel.paths[1]) + energy (kernel.paths[3]) : energy (kernel.paths.back());
        CHECK (right == Approx (left).epsilon (0.15));

        // The last 20 frames are 90 dB below the top, and so is a step at the end.
        CHECK (largestOf (kernel, length - 20, length) < 3.2e-5 * largest);

        // No offset: what is below 5 Hz is far below the rest. Velvet noise is white, down to 0 Hz.
        if (description.generator != "velvet-noise")
            for (const auto& path : kernel.paths)
                CHECK (std::norm (responseAt (path, 0.0, 48000))
                       < 1e-4 * powerBetween (inDouble (path), 48000, 80, 4000));

        // Whole sound at once, but for what rises or is spread: the top comes within 0.15 s.
        if (description.category != "Textures" && description.name != "Dream Hall")
            CHECK (largestOf (kernel, 0, std::min<size_t> (length, 7200)) == largest);
    }
}

TEST_CASE ("The rooms of the bank fall softly to the highs, grow dense and are never wider than real", "[kernel]")
{
    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const auto& description = factoryKernels()[index];

        if (description.category != "Rooms" && description.category != "Halls")
            continue;

        CAPTURE (description.name);
        const auto kernel = makeFactoryKernel (index);
        auto left = inDouble (kernel.paths[0]), right = inDouble (kernel.paths[1]);
        left.resize (std::min<size_t> (left.size(), 65536)); // what is later hardly counts
        right.resize (left.size());
        const double mid = powerBetween (left, 48000, 700, 1400), high = powerBetween (left, 48000, 8000, 16000);
        CHECK (10.0 * std::log10 (high / mid) < 0.0);
        CHECK (10.0 * std::log10 (high / mid) > -18.0);

        const auto common = [&] (double frequency)
        { return correlation (octaveAround (left, frequency, 48000), octaveAround (right, frequency, 48000)); };

        if (description.generator == "shoebox")
            CHECK (common (63) > 0.7);

        CHECK (std::abs (common (1000)) < 0.7);

        // Dense by 0.15 s, or where the shortest has decayed by 20 dB.
        const auto curve = decayCurve (left);
        const auto sunk = static_cast<size_t> (
            std::find_if (curve.begin(), curve.end(), [] (double x) { return x < -20.0; }) - curve.begin());
        const size_t from = std::clamp<size_t> (sunk, 1000, 7200);
        double density = 0.0;

        for (size_t n = 0; n < 10; ++n)
            density += echoDensity (left, from + n * 240, 48000) / 10.0;

        CHECK (density > 0.85);
    }
}

TEST_CASE ("The default kernel is the Concert Hall", "[kernel]")
{
    const Kernel kernel = defaultKernel();
    CHECK (kernel.name == "Concert Hall");
    CHECK (kernel.routing == Routing::stereo);
    CHECK (makeKernel (kernel.paths, kernel.sampleRate, kernel.name)); // passes every check

    const auto line = fitted (decayCurve (octaveAround (inDouble (kernel.paths[0]), 1000, 48000)), 48000, -5, -35);
    CHECK (line.decay == Approx (2.4).margin (0.2)); // s
}

TEST_CASE ("Kernels of the bank are found by name", "[kernel]")
{
    CHECK (makeFactoryKernel ("telephone")->name == "Telephone");
    CHECK_THAT (makeFactoryKernel ("Nowhere").error(),
                Catch::Matchers::Contains ("no kernel 'Nowhere'") && Catch::Matchers::Contains ("Concert Hall, "));
}

namespace
{

constexpr size_t numProjections = 4;

/** What a kernel is known by: sums of its samples with random signs, over the root of its energy. Independent of the last
    bits, which differ between processors. */
std::array<double, numProjections> fingerprintOf (const Kernel& kernel)
{
    std::array<double, numProjections> sums {};
    double sumOfSquares = 0.0;

    for (size_t n = 0; n < numProjections; ++n)
    {
        std::mt19937 random (static_cast<uint32_t> (n + 1));

        for (const auto& path : kernel.paths)
            for (const float x : path)
                sums[n] += (random() & 1) != 0 ? static_cast<double> (x) : -static_cast<double> (x);
    }

    for (const auto& path : kernel.paths)
        for (const float x : path)
            sumOfSquares += static_cast<double> (x) * static_cast<double> (x);

    for (auto& sum : sums)
        sum /= std::sqrt (sumOfSquares);

    return sums;
}

std::string goldenBank() { return FALTWERK_GOLDEN "/bank.txt"; }

/** Compares the kernels of recipes with their fingerprints in a file; returns how many it lists. */
size_t checkGolden (const std::string& path, const std::function<KernelRecipe (const FactoryKernel&)>& recipe)
{
    std::ifstream golden (path);
    REQUIRE (golden);
    size_t numKernels = 0, numEqual = 0;

    for (std::string line; std::getline (golden, line); ++numKernels)
    {
        std::istringstream fields (line);
        std::string name, hash;
        std::getline (fields, name, '|');
        CAPTURE (name);
        const auto* const description = findFactoryKernel (name);
        REQUIRE (description != nullptr);
        const auto kernel = make (recipe (*description));
        REQUIRE (kernel);

        for (const double sum : fingerprintOf (*kernel))
        {
            double expected = 0.0;
            fields >> expected;
            CHECK (sum == Approx (expected).margin (1e-5)); // -100 dB
        }

        fields >> hash;
        numEqual += contentHash (*kernel) == hash ? 1u : 0u;
    }

    if (numEqual < numKernels)
        WARN ((numKernels - numEqual) << " kernels differ in their last bits from those of the processor that made the "
                                         "golden hashes.");

    return numKernels;
}

} // namespace

// A kernel that is to sound otherwise gets a generator of a new version or other values, and the former goes on to be made.
TEST_CASE ("The bank's kernels are those that sessions have kept by their recipes", "[kernel]")
{
    CHECK (checkGolden (goldenBank(), [] (const FactoryKernel& kernel) { return recipeFor (kernel); })
           == factoryKernels().size());
}

TEST_CASE ("Recipes of the bank as it was before are still made", "[kernel]")
{
    const std::map<std::string_view, KernelRecipe> former {
        { "Dream Hall",
          { "noise-hall",
            1,
            { { "length", 8 },
              { "low-decay", 6.5 },
              { "mid-decay", 5.5 },
              { "high-decay", 2.2 },
              { "build-up", 0.16 },
              { "seed", 7 } } } },
        { "Telephone", { "band-pass", 1, { { "low-cutoff", 300 }, { "high-cutoff", 3400 }, { "taps", 1023 } } } },
        { "Next Door", { "low-pass", 1, { { "cutoff", 500 }, { "taps", 1023 } } } },
        { "Rumble Cut", { "high-pass", 1, { { "cutoff", 80 }, { "taps", 4095 }, { "attenuation", 60 } } } },
        { "Hollow", { "band-stop", 1, { { "low-cutoff", 350 }, { "high-cutoff", 2200 }, { "taps", 1023 } } } },
        { "Tuned Comb", { "comb", 1, { { "delay", 9.0909 }, { "echoes", 30 }, { "gain", 0.82 } } } },
    };
    const auto recipe = [&former] (const FactoryKernel& kernel)
    {
        if (const auto found = former.find (kernel.name); found != former.end())
            return found->second;

        auto result = recipeFor (kernel);
        result.values.erase ("level"); // which there was not
        return result;
    };
    CHECK (checkGolden (FALTWERK_GOLDEN "/former-bank.txt", recipe) == 41);
}

TEST_CASE ("The kernels of the bank are as loud as the sound that goes in", "[kernel]")
{
    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const auto kernel = makeFactoryKernel (index);
        CAPTURE (kernel.name);
        CHECK (std::abs (20.0 * std::log10 (normalisingGain (kernel, Normalise::loudness))) < 0.06); // dB
    }
}

// Run for a new kernel, for the table of levels in FactoryBank.cpp: "[.print-bank-levels]".
TEST_CASE ("Print the levels that make the bank's kernels alike in loudness", "[.print-bank-levels]")
{
    for (const auto& each : factoryKernels())
    {
        auto recipe = recipeFor (each);
        recipe.values.erase ("level");
        const double level = 20.0 * std::log10 (normalisingGain (*make (recipe), Normalise::loudness));
        std::printf ("        { \"%s\", %.1f },\n", std::string (each.name).c_str(), level);
    }
}

// Run once for a new kernel or a new version of one, and look at what changes: "[.write-golden-bank]".
TEST_CASE ("Write the golden bank", "[.write-golden-bank]")
{
    std::ofstream golden (goldenBank());

    for (const auto& each : factoryKernels())
    {
        const auto kernel = make (recipeFor (each));
        REQUIRE (kernel);
        golden << each.name << '|';
        golden.precision (12);

        for (const double sum : fingerprintOf (*kernel))
            golden << sum << ' ';

        golden << contentHash (*kernel) << '\n';
    }

    REQUIRE (golden.flush());
}

TEST_CASE ("A recipe makes its kernel again, and is refused in a sentence by a Faltwerk that does not know it",
           "[kernel]")
{
    auto recipe = recipeFor ("noise-hall", { { "length", 0.5 }, { "seed", 11 } });
    CHECK (recipe.values.at ("seed") == 11);
    CHECK (recipe.values.size() == findGenerator ("noise-hall")->parameters.size()); // defaults may change one day
    const auto kernel = make (recipe);
    REQUIRE (kernel);
    CHECK (kernel->paths == generate ("noise-hall", { { "length", 0.5 }, { "seed", 11 } })->paths);

    ++recipe.version;
    CHECK_THAT (make (recipe).error(),
                Catch::Matchers::Contains ("'noise-hall' version 3") && Catch::Matchers::Contains ("Update"));
    CHECK_THAT (make (recipeFor ("nothing", {})).error(), Catch::Matchers::Contains ("'nothing'"));
}
