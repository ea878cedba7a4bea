#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace faltwerk;

namespace
{

/** The kinds of samples that a kernel may hold. */
enum class Kind
{
    integers24,
    integers16,
    integersWithNegativeZero,
    anyBits,
    tiny,
    huge,
    mixed,
    numKinds
};

float sampleOf (Kind kind, std::mt19937& random)
{
    const auto integer = [&random] (int bits)
    { return std::ldexp (static_cast<float> (static_cast<int32_t> (random()) >> (32 - bits)), 1 - bits); };

    switch (kind)
    {
        case Kind::integers24:
            return integer (24) + 0.0f; // never a negative zero
        case Kind::integers16:
            return random() % 50 == 0 ? -1.0f : integer (16) + 0.0f;
        case Kind::integersWithNegativeZero:
            return random() % 50 == 0 ? -0.0f : integer (24);
        case Kind::anyBits:
            for (;;)
                if (const auto x = std::bit_cast<float> (static_cast<uint32_t> (random())); std::isfinite (x))
                    return x;
        case Kind::tiny:
            return std::bit_cast<float> (static_cast<uint32_t> (random()) & 0x807fffffu); // zero and denormal numbers
        case Kind::huge:
            return random() % 2 == 0 ? 1e30f : -std::numeric_limits<float>::max();
        default:
            return sampleOf (static_cast<Kind> (random() % static_cast<unsigned> (Kind::mixed)), random);
    }
}

bool haveEqualBits (const Kernel& a, const Kernel& b)
{
    if (a.paths.size() != b.paths.size())
        return false;

    for (size_t path = 0; path < a.paths.size(); ++path)
    {
        if (a.paths[path].size() != b.paths[path].size())
            return false;

        for (size_t n = 0; n < a.paths[path].size(); ++n)
            if (std::bit_cast<uint32_t> (a.paths[path][n]) != std::bit_cast<uint32_t> (b.paths[path][n]))
                return false;
    }

    return true;
}

/** Decodes a copy as a sound: the number of paths is not limited to that of a layout. */
Kernel decoded (const std::vector<std::byte>& copy)
{
    auto sound = test::decodeBytes (copy, longestKernelInFrames);
    INFO (sound.error());
    REQUIRE (sound);
    Kernel kernel;
    kernel.paths = std::move (sound->channels);
    kernel.sampleRate = sound->sampleRate;
    return kernel;
}

bool isFlac (const std::vector<std::byte>& bytes) { return bytes.at (0) == std::byte { 'f' }; }

} // namespace

TEST_CASE ("A kernel's copy has equal bits, whatever the kernel", "[kernel]")
{
    constexpr double rates[] = { 44100, 48000,   96000,  192000, 8000,    1000,      1000000, 0,
                                 88201, 44100.5, 655350, 655351, 65537.0, 47999.999, 12.5,    3e6 };
    constexpr size_t lengths[] = { 1, 2, 3, 15, 16, 17, 100, 4095, 4096, 4097, 9001 };
    constexpr uint32_t seed = 20240608;
    std::mt19937 random (seed);
    size_t numFlac = 0;

    for (int round = 0; round < 400; ++round)
    {
        const size_t numPaths = round % 2 == 0 ? 1 + random() % 8 : 1 + random() % 256;
        const size_t length = numPaths > 16 ? 1 + random() % 40 : lengths[random() % std::size (lengths)];
        const auto kind = static_cast<Kind> (random() % static_cast<unsigned> (Kind::numKinds));
        Kernel kernel { std::vector<std::vector<float>> (numPaths), rates[random() % std::size (rates)], {}, "x" };

        for (auto& path : kernel.paths)
            for (size_t n = 0; n < length; ++n)
                path.push_back (sampleOf (kind, random));

        const auto copy = encodeKernel (kernel);
        const auto back = decoded (copy);
        CAPTURE (seed, round, numPaths, length, kernel.sampleRate, static_cast<int> (kind));
        REQUIRE (haveEqualBits (back, kernel));
        CHECK (encodeKernel (kernel) == copy);
        numFlac += isFlac (copy) ? 1u : 0u;

        // The hash tells a negative zero from a zero: it must survive.
        auto sameRate = back;
        sameRate.sampleRate = kernel.sampleRate;
        CHECK (contentHash (sameRate) == contentHash (kernel));
    }

    CHECK (numFlac > 20);
    CHECK (numFlac < 200);
}

TEST_CASE ("A long kernel's copy has equal bits", "[kernel]")
{
    std::mt19937 random (20240609);

    for (const auto kind : { Kind::integers24, Kind::anyBits })
    {
        Kernel kernel { std::vector<std::vector<float>> (2), 192000, Routing::stereo, "long" };

        for (auto& path : kernel.paths)
            for (size_t n = 0; n < 1000003; ++n)
                path.push_back (sampleOf (kind, random));

        const auto copy = encodeKernel (kernel);
        CHECK (isFlac (copy) == (kind == Kind::integers24));
        CHECK (haveEqualBits (decoded (copy), kernel));
    }
}

TEST_CASE ("A negative zero is no 24-bit number", "[kernel]")
{
    Kernel kernel { { { 0.5f, 0.0f, -0.25f } }, 48000, Routing::mono, "zero" };
    CHECK (isFlac (encodeKernel (kernel)));
    kernel.paths[0][1] = -0.0f;
    const auto copy = encodeKernel (kernel);
    CHECK_FALSE (isFlac (copy));
    const auto back = decodeKernel (copy, "zero");
    REQUIRE (back);
    CHECK (std::signbit (back->paths[0][1]));
    CHECK (contentHash (*back) == contentHash (kernel));
}
