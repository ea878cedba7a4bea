#include "Kernel/Analysis/Decay/Decay.h"

#include "Kernel/Analysis/Decay/OctaveBands.h"
#include "Support/Catch.h"
#include "Support/Fourier.h"
#include "Support/Oracle.h"

#include <cmath>
#include <numbers>

using namespace faltwerk;

namespace
{

/** The amplitude, t seconds after the start of a decay by 60 dB in a time. */
double fallen (double t, double t60) { return std::pow (10.0, -3.0 * t / t60); }

Kernel kernelOf (std::vector<std::vector<float>> paths, double rate = 48000.0)
{
    const auto routing = paths.size() == 1 ? Routing::mono : Routing::stereo;
    return { std::move (paths), rate, routing, "test" };
}

/** Gaussian noise that decays by 60 dB in a time and a noise floor in dB below its start. */
std::vector<float> decayingNoise (double t60, double seconds, uint64_t seed, double floorDb = -300.0)
{
    constexpr double rate = 48000.0;
    const auto length = static_cast<size_t> (seconds * rate);
    auto path = test::noise (length, seed);
    const auto floor = test::noise (length, seed + 1000, 0.25 * std::pow (10.0, floorDb / 20.0));

    for (size_t n = 0; n < path.size(); ++n)
        path[n] = static_cast<float> (static_cast<double> (path[n]) * fallen (static_cast<double> (n) / rate, t60))
                  + floor[n];

    return path;
}

/** What an ideal exponential decay gives. */
double clarityOf (double t60, double seconds)
{
    const double rest = std::pow (10.0, -6.0 * seconds / t60);
    return 10.0 * std::log10 ((1.0 - rest) / rest);
}

} // namespace

TEST_CASE ("An exponential has the decay it was made with, and all that follows", "[kernel]")
{
    for (const double rate : { 8000.0, 44100.0, 192000.0 })
    {
        for (const double t60 : { 0.2, 1.0, 4.0 })
        {
            std::vector<float> path (static_cast<size_t> (1.5 * t60 * rate));

            for (size_t n = 0; n < path.size(); ++n)
                path[n] = static_cast<float> (fallen (static_cast<double> (n) / rate, t60));

            const auto band = analyseBroadbandDecay (kernelOf ({ path }, rate));
            CAPTURE (rate, t60);

            for (const auto& figure : { band.edt, band.t20, band.t30 })
            {
                REQUIRE (figure);
                CHECK (figure.value == Approx (t60).epsilon (0.002));
            }

            CHECK (band.quality30 > 0.9999);
            CHECK (std::abs (band.curvature.value) < 0.5);
            CHECK (band.c50.value == Approx (clarityOf (t60, 0.05)).margin (0.05));
            CHECK (band.c80.value == Approx (clarityOf (t60, 0.08)).margin (0.05));
            CHECK (band.d50.value == Approx (100.0 * (1.0 - std::pow (10.0, -0.3 / t60))).margin (0.5));
            CHECK (band.ts.value == Approx (1000.0 * t60 / std::log (1e6)).epsilon (0.01));
        }
    }
}

TEST_CASE ("A decay is found through a noise floor, and is not available when that is too high", "[kernel]")
{
    // 20 ms of Gaussian noise at full bandwidth vary by 0.14 dB: over 30 dB, lines are within 1 %.
    for (const uint64_t seed : { 1u, 2u, 3u })
    {
        const auto decayAbove = [seed] (double floorDb)
        { return analyseBroadbandDecay (kernelOf ({ decayingNoise (1.5, 3.0, seed, floorDb) })); };
        CAPTURE (seed);

        const auto quiet = decayAbove (-70.0);
        REQUIRE (quiet.t30);
        CHECK (quiet.t20.value == Approx (1.5).epsilon (0.01));
        CHECK (quiet.t30.value == Approx (1.5).epsilon (0.01));
        CHECK (quiet.edt.value == Approx (1.5).epsilon (0.03));
        CHECK (quiet.hasNoise);
        CHECK (quiet.rangeInDb == Approx (70.0).margin (1.0));
        CHECK (quiet.crossingInSeconds == Approx (1.5 * 70.0 / 60.0).margin (0.03));
        CHECK (quiet.c80.value == Approx (clarityOf (1.5, 0.08)).margin (0.3));

        const auto near = decayAbove (-47.0); // 2 dB more than T30 needs
        REQUIRE (near.t30);
        CHECK (near.t30.value == Approx (1.5).epsilon (0.01));

        const auto middle = decayAbove (-40.0);
        CHECK (middle.t30.missing == Figure::Missing::noise);
        REQUIRE (middle.t20);
        CHECK (middle.t20.value == Approx (1.5).epsilon (0.01));

        const auto high = decayAbove (-30.0);
        CHECK (high.t20.missing == Figure::Missing::noise);
        CHECK (high.t30.missing == Figure::Missing::noise);
        REQUIRE (high.edt);
        CHECK (high.edt.value == Approx (1.5).epsilon (0.04));

        const auto drowned = decayAbove (-12.0);
        CHECK (drowned.edt.missing == Figure::Missing::noise);
        CHECK_FALSE (drowned.t20);
    }
}

TEST_CASE ("A delayed onset changes nothing but the onset", "[kernel]")
{
    const auto plain = kernelOf ({ decayingNoise (0.8, 2.0, 5, -80.0) });
    auto delayed = plain;
    delayed.paths[0].insert (delayed.paths[0].begin(), 12345, 0.0f);
    const auto a = analyseDecay (plain), b = analyseDecay (delayed);
    CHECK (b.onset == a.onset + 12345);

    for (size_t band = 0; band < a.bands.size(); ++band)
    {
        CAPTURE (a.bands[band].centre);
        REQUIRE (b.bands[band].t20);
        CHECK (b.bands[band].t20.value == Approx (a.bands[band].t20.value).epsilon (1e-3));
        CHECK (b.bands[band].c50.value == Approx (a.bands[band].c50.value).margin (0.01));
    }
}

TEST_CASE ("Each octave band shows the decay that its noise was made with", "[kernel]")
{
    // Noise with sharp octave bands, each with its own decay; two paths.
    const double decays[] = { 2.2, 2.0, 1.8, 1.5, 1.2, 0.9, 0.6 };
    constexpr size_t length = 1 << 18;
    constexpr double rate = 48000.0;
    std::vector<std::vector<float>> paths;

    for (const uint64_t seed : { 10u, 20u })
    {
        std::vector<double> sum (length);

        for (size_t band = 0; band < octaveCentres.size(); ++band)
        {
            const double low = octaveCentres[band] / std::numbers::sqrt2,
                         high = octaveCentres[band] * std::numbers::sqrt2;
            const auto inBand = test::bandPassed (test::noise (length, seed + band), rate, low, high);

            for (size_t n = 0; n < length; ++n)
                sum[n] += inBand[n] * fallen (static_cast<double> (n) / rate, decays[band]);
        }

        paths.emplace_back (sum.begin(), sum.end());
    }

    const auto decay = analyseDecay (kernelOf (paths));
    REQUIRE (decay.bands.size() == 8);

    for (size_t band = 0; band < octaveCentres.size(); ++band)
    {
        // Noise makes T vary by about 0.5 / sqrt (B T), 5 % at 125 Hz; longer decays next door add up to 3 % through
        // the edges of the bands.
        const auto& figures = decay.bands[band + 1];
        CAPTURE (figures.centre, figures.t20.value, figures.t30.value, decays[band]);
        CHECK (figures.centre == octaveCentres[band]);
        REQUIRE (figures.t20);
        REQUIRE (figures.t30);
        const double tolerance = 0.03 + 1.5 / std::sqrt (octaveCentres[band] / std::numbers::sqrt2 * decays[band]);
        CHECK (figures.t20.value == Approx (decays[band]).epsilon (tolerance));
        CHECK (figures.t30.value == Approx (decays[band]).epsilon (tolerance));
    }

    CHECK (decay.mid (&BandDecay::t20).value == Approx ((decay.bands[3].t20.value + decay.bands[4].t20.value) / 2.0));
}

TEST_CASE ("What is no decay has no decay time", "[kernel]")
{
    const auto expectNone = [] (const Kernel& kernel, const char* what)
    {
        const auto decay = analyseDecay (kernel);

        for (const auto& band : decay.bands)
        {
            CAPTURE (what, band.centre, band.t20.value, band.t30.value, band.quality20, band.quality30, band.rangeInDb);
            CHECK_FALSE (band.t20);
            CHECK_FALSE (band.t30);
        }
    };

    auto reversed = decayingNoise (1.0, 2.0, 7);
    std::reverse (reversed.begin(), reversed.end());
    expectNone (kernelOf ({ reversed }), "reversed");

    expectNone (kernelOf ({ { 1.0f } }), "delta");
    std::vector<float> delayed (5000);
    delayed[4000] = 0.5f;
    expectNone (kernelOf ({ delayed }), "delayed delta");
    expectNone (kernelOf ({ test::noise (96000, 8) }), "steady noise");

    // A windowed sinc of 511 taps at 2 kHz, and at 100 Hz of 8191.
    for (const auto& [taps, cutoff] : { std::pair { 511, 2000.0 }, std::pair { 8191, 100.0 } })
    {
        std::vector<float> sinc (static_cast<size_t> (taps));

        for (int n = 0; n < taps; ++n)
        {
            const double x = 2.0 * cutoff / 48000.0 * (n - taps / 2), pi = std::numbers::pi;
            const double window = 0.5 - 0.5 * std::cos (2.0 * pi * (n + 0.5) / taps);
            sinc[static_cast<size_t> (n)] =
                static_cast<float> (window * (x == 0.0 ? 1.0 : std::sin (pi * x) / (pi * x)));
        }

        expectNone (kernelOf ({ sinc }), "filter");
    }

    // A loudspeaker: a resonance at 100 Hz that falls by 60 dB in 40 ms, in 50 ms.
    std::vector<float> cabinet (2400);

    for (size_t n = 0; n < cabinet.size(); ++n)
        cabinet[n] =
            static_cast<float> (fallen (static_cast<double> (n) / 48000.0, 0.04)
                                * std::sin (2.0 * std::numbers::pi * 100.0 * static_cast<double> (n) / 48000.0));

    cabinet[0] = 1.0f;
    expectNone (kernelOf ({ cabinet }), "cabinet");
    CHECK_FALSE (analyseBroadbandDecay (kernelOf ({ cabinet })).c80);
}

TEST_CASE ("Bands above half of the sample rate are not available", "[kernel]")
{
    const auto decay = analyseDecay (kernelOf ({ decayingNoise (0.5, 1.0, 9) }, 8000.0));
    CHECK (decay.bands[7].t20.missing == Figure::Missing::aboveBandwidth);
    CHECK (decay.bands[6].t20.missing == Figure::Missing::aboveBandwidth);
    CHECK (decay.bands[5].t20);
}

TEST_CASE ("The octave bands' energies add up to the whole", "[kernel]")
{
    for (double f = 100.0; f < 10000.0; f *= 1.01)
    {
        double sum = 0.0;

        for (const double centre : octaveCentres)
            sum += std::pow (octaveWindow (centre, f), 2);

        CHECK (sum == Approx (1.0).margin (1e-12));
    }

    const auto kernel = kernelOf ({ decayingNoise (0.7, 1.0, 11), decayingNoise (0.7, 1.0, 12) });
    const OctaveBands octaves (kernel, 100);
    std::vector<EnergyOverTime> bands;

    for (size_t band = 0; band < octaveCentres.size(); ++band)
        bands.push_back (octaves.octave (band));

    for (size_t band = 0; band < bands.size(); ++band)
    {
        // The energy in a band by FFTW, in double precision: the same window over the spectrum.
        double expected = 0.0, measured = 0.0;

        for (const auto& path : kernel.paths)
            expected +=
                test::energyWithin (std::span (path).subspan (100), 48000.0,
                                    [&] (double f) { return std::pow (octaveWindow (octaveCentres[band], f), 2); });

        for (const float energy : bands[band].energy)
            measured += static_cast<double> (energy);

        CHECK (measured == Approx (expected).epsilon (0.01));
    }
}

TEST_CASE ("Decay of a 10 s stereo kernel is found over a low noise floor", "[kernel]")
{
    const auto kernel = kernelOf ({ decayingNoise (3.0, 10.0, 13, -90.0), decayingNoise (3.0, 10.0, 14, -90.0) });
    CHECK (analyseDecay (kernel).bands[4].t30.value == Approx (3.0).epsilon (0.05));
}
