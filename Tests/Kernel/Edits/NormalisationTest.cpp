#include "Kernel/Edits/EditRun.h"
#include "Kernel/Edits/Resampling.h"
#include "Support/Fourier.h"

#include <algorithm>
#include <cmath>

using namespace faltwerk;
using test::after;
using test::hall;

TEST_CASE ("Normalisation brings kernels to one level, whatever their rate and padding", "[kernel]")
{
    // Noise below 15 kHz, so that 44.1 kHz holds all of it.
    auto noise = test::noise (48000, 6);
    const auto band = test::bandPassed (noise, 48000.0, 0.0, 15000.0);
    Kernel kernel { {}, 48000.0, Routing::stereo, "noise" };

    for (const double gain : { 0.3, 0.7 })
    {
        auto& path = kernel.paths.emplace_back();

        // Without a jump at the start, whose peak depends on the band.
        for (size_t n = 0; n < band.size(); ++n)
            path.push_back (static_cast<float> (gain * band[n] * std::min (1.0, static_cast<double> (n) / 100.0)
                                                * std::pow (10.0, -static_cast<double> (n) / 16000.0)));
    }

    const Kernel delta { { { 1.0f } }, 48000.0, Routing::mono, "delta" };

    for (const auto mode : { Normalise::peak, Normalise::energy, Normalise::loudness })
    {
        CAPTURE (static_cast<int> (mode));
        const double gain = normalisingGain (kernel, mode);
        CHECK (20.0 * std::log10 (normalisingGain (delta, mode)) == Approx (0.0).margin (0.02));

        auto padded = kernel;

        for (auto& path : padded.paths)
        {
            path.insert (path.begin(), 1234, 0.0f);
            path.resize (path.size() + 5000);
        }

        CHECK (20.0 * std::log10 (normalisingGain (padded, mode) / gain) == Approx (0.0).margin (0.1));

        for (const double rate : { 32000.0, 44100.0, 96000.0, 192000.0 })
        {
            CAPTURE (rate);
            CHECK (20.0 * std::log10 (normalisingGain (resampled (kernel, rate), mode) / gain)
                   == Approx (0.0).margin (0.1));
        }

        // Brought to the level once, it stays there.
        const auto level = after (kernel, [mode] (Edits& edits) { edits.normalise = mode; });
        CHECK (20.0 * std::log10 (normalisingGain (level, mode)) == Approx (0.0).margin (0.001));
    }

    // Energy: the sum of squares that reaches an output.
    double energy = 0.0;

    for (const auto& path : kernel.paths)
        for (const float x : path)
            energy += std::pow (static_cast<double> (x), 2) / 2.0;

    CHECK (normalisingGain (kernel, Normalise::energy) == Approx (1.0 / std::sqrt (energy)));

    // Peak: between samples, too. A sine at a quarter of the rate, sampled at 45 degrees, has its peaks between.
    Kernel sine { { {} }, 48000.0, Routing::mono, "sine" };

    for (size_t n = 0; n < 480; ++n)
        sine.paths[0].push_back (n % 4 < 2 ? 0.70710678f : -0.70710678f);

    CHECK (20.0 * std::log10 (normalisingGain (sine, Normalise::peak)) == Approx (0.0).margin (0.25)); // its ends ring

    // Loudness: noise below 50 Hz is hardly heard, and the same energy at 2 kHz is.
    const auto gainOf = [&noise] (double low, double high)
    {
        const auto part = test::bandPassed (noise, 48000.0, low, high);
        Kernel narrow { { { part.begin(), part.end() } }, 48000.0, Routing::mono, "band" };
        narrow = after (narrow, [] (Edits& edits) { edits.normalise = Normalise::energy; });
        return 20.0 * std::log10 (normalisingGain (narrow, Normalise::loudness));
    };

    // Per Hz of a flat |H|^2, pink noise weighs 1 / f: at 40 Hz 17 dB more than at 2 kHz, and the K curve 10 dB less.
    CHECK (gainOf (30.0, 50.0) - gainOf (1990.0, 2010.0) == Approx (-17.0 + 9.5).margin (1.5));
}

TEST_CASE ("Edits tell the gain that normalisation has applied, and nothing but that", "[kernel]")
{
    const auto kernel = hall (0.5, 0.6);
    Edits edits;
    edits.width = 0.5;
    edits.gainDb = -7.0;
    edits.preDelay = 0.01;
    const auto bare = edited (kernel, edits);
    REQUIRE (bare);
    CHECK (bare->normalisingGain == 1.0);

    for (const auto mode : { Normalise::peak, Normalise::energy, Normalise::loudness })
    {
        CAPTURE (static_cast<int> (mode));
        edits.normalise = mode;
        const auto result = edited (kernel, edits);
        REQUIRE (result);
        CHECK (std::abs (20.0 * std::log10 (result->normalisingGain)) > 1.0);

        // Without it, the kernel is what it would be without: to the last bits of floats.
        double error = 0.0, energy = 0.0;

        for (size_t n = 0; n < bare->kernel.lengthInFrames(); ++n)
        {
            const double expected = static_cast<double> (bare->kernel.paths[1][n]);
            error +=
                std::pow (static_cast<double> (result->kernel.paths[1][n]) / result->normalisingGain - expected, 2);
            energy += std::pow (expected, 2);
        }

        CHECK (10.0 * std::log10 (error / energy) < -140.0);
    }
}
