#include "Kernel/Measuring/Deconvolution.h"

#include "Support/Catch.h"
#include "Support/Fourier.h"
#include "Support/Oracle.h"

#include <cmath>
#include <numbers>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

/** A sweep short enough for tests. */
Sweep shortSweep()
{
    Sweep sweep;
    sweep.from = 32.0;
    sweep.seconds = 3.0;
    sweep.leadIn = 0.1;
    sweep.tail = 1.5;
    return sweep;
}

std::vector<float> toFloat (const std::vector<double>& samples) { return { samples.begin(), samples.end() }; }

/** What a system with a response makes of a sound, after a delay in samples and with a gain. */
std::vector<float> through (const std::vector<float>& sound,
                            const std::vector<float>& system,
                            size_t delay = 0,
                            double gain = 1.0)
{
    auto result = toFloat (test::oracle (sound, system));
    result.resize (sound.size()); // the recording ends with the sweep's file

    for (auto& x : result)
        x = static_cast<float> (static_cast<double> (x) * gain);

    result.insert (result.begin(), delay, 0.0f);
    return result;
}

/** The kernel's error from a filter seen through the sweep's band, in dB; both begin half a millisecond before the
    onset. */
double errorOf (const Kernel& kernel, const std::vector<float>& filter, const Kernel& band)
{
    const auto expected = test::oracle (filter, band.paths[0]);
    std::vector<double> shifted (expected.begin(),
                                 expected.begin() + static_cast<std::ptrdiff_t> (kernel.lengthInFrames()));
    return test::errorInDb (kernel.paths[0], shifted);
}

KnownSweep known (const Sweep& sweep)
{
    KnownSweep result;
    result.law = sweep;
    return result;
}

Deconvolved found (const std::vector<std::vector<float>>& channels, const Sweep& sweep)
{
    auto result = deconvolve ({ { channels, 48000.0 } }, known (sweep), "recording");
    INFO (result.error());
    REQUIRE (result);
    return *result;
}

} // namespace

TEST_CASE ("A sweep is the sine of its formula, between silence", "[kernel]")
{
    Sweep sweep;
    sweep.seconds = 2.0;
    sweep.tail = 1.0;
    const auto samples = makeSweep (sweep);
    REQUIRE (samples.size() == 48000 * 7 / 2);
    const double amplitude = std::pow (10.0, -6.0 / 20.0);
    double error = 0.0, outside = 0.0;

    for (size_t n = 0; n < samples.size(); ++n)
    {
        const double t = static_cast<double> (n) / 48000.0 - 0.5;
        const double R = std::log (22000.0 / 15.0),
                     expected = amplitude
                                * std::sin (2.0 * std::numbers::pi * 15.0 * 2.0 / R * (std::exp (t * R / 2.0) - 1.0));

        if (t < 0.0 || t >= 2.0)
            outside = std::max (outside, std::abs (static_cast<double> (samples[n])));
        else if (t > 0.13 && t < 1.99)
            error = std::max (error, std::abs (static_cast<double> (samples[n]) - expected));
    }

    CHECK (error < 1e-6);
    CHECK (outside == 0.0);
    CHECK (samples[24000] == 0.0f);
    CHECK (std::abs (samples[48000 * 5 / 2 - 1]) < 1e-3f);
}

TEST_CASE ("A loop through nothing gives the band, with gain 1 and nothing before its onset", "[kernel]")
{
    const auto sweep = shortSweep();
    const auto samples = makeSweep (sweep);
    const auto result = found ({ samples }, sweep);
    CHECK (result.latency == Approx (0.0).margin (1e-9));
    CHECK (result.kernel.routing == Routing::mono);
    const auto& band = result.kernel.paths[0];
    double before = 0.0, peak = 0.0;

    for (size_t n = 0; n < band.size(); ++n)
        (n < 24 ? before : peak) = std::max (n < 24 ? before : peak, std::abs (static_cast<double> (band[n])));

    CHECK (before < 1e-4 * peak);

    // The power around frequencies, by FFTW: 0 dB in band.
    auto padded = band;
    padded.resize (1 << 17);

    for (const double frequency : { 48.0, 100.0, 1000.0, 10000.0, 20500.0 })
    {
        const auto narrow = [frequency] (double f) { return std::abs (f - frequency) < 2.0 ? 1.0 : 0.0; };
        std::vector<float> delta (padded.size());
        delta[0] = 1.0f;
        CAPTURE (frequency);
        CHECK (10.0
                   * std::log10 (test::energyWithin (padded, 48000.0, narrow)
                                 / test::energyWithin (delta, 48000.0, narrow))
               == Approx (0.0).margin (0.02));
    }
}

TEST_CASE ("A known filter is recovered to better than -80 dB", "[kernel]")
{
    const auto sweep = shortSweep();
    const auto samples = makeSweep (sweep);
    const auto band = found ({ samples }, sweep).kernel;
    auto filter = test::decayingNoise (9600, 7);
    filter[0] = 0.3f; // its onset

    const auto plain = found ({ through (samples, filter) }, sweep);
    const auto error = errorOf (plain.kernel, filter, band);
    CAPTURE (error);
    CHECK (error < -80.0);
    CHECK (plain.latency == Approx (0.0).margin (1e-9));

    // With gain, delay, and noise at -100 dBFS.
    auto recording = through (samples, filter, 1234, 0.25);
    const auto noise = test::noise (recording.size(), 8, std::pow (10.0, -100.0 / 20.0));

    for (size_t n = 0; n < recording.size(); ++n)
        recording[n] += noise[n];

    auto quieter = filter;

    for (auto& tap : quieter)
        tap *= 0.25f;

    const auto noisy = found ({ recording }, sweep);
    const auto noisyError = errorOf (noisy.kernel, quieter, band);
    CAPTURE (noisyError);
    CHECK (noisyError < -80.0);
    CHECK (noisy.latency == Approx (1234.0 / 48000.0).margin (1e-9));
    CHECK (noisy.noiseWasReached);

    // A recording that began after the file did.
    const std::vector<float> late (recording.begin() + 3000, recording.end());
    CHECK (found ({ late }, sweep).latency == Approx ((1234.0 - 3000.0) / 48000.0).margin (1e-9));
}

TEST_CASE ("The signal-to-noise ratio is that of the kernel, and its tail ends in silence", "[kernel]")
{
    const auto sweep = shortSweep();
    auto recording = makeSweep (sweep);
    recording = through (recording, test::decayingNoise (4800, 9));
    const auto clean = found ({ recording }, sweep);

    std::vector<double> ratios;

    for (const double level : { -60.0, -40.0 })
    {
        auto noisy = recording;
        const auto noise = test::noise (noisy.size(), 10, std::pow (10.0, level / 20.0));

        for (size_t n = 0; n < noisy.size(); ++n)
            noisy[n] += noise[n];

        const auto result = found ({ noisy }, sweep);
        ratios.push_back (result.snrInDb);
        CHECK (result.noiseWasReached);
        CHECK (result.kernel.lengthInFrames() < clean.kernel.lengthInFrames());
        CHECK (std::abs (result.kernel.paths[0].back()) < 1e-6f);
    }

    CHECK (ratios[0] - ratios[1] == Approx (20.0).margin (1.0));
    CHECK (clean.snrInDb > ratios[0] + 20.0);
}

TEST_CASE ("Harmonic distortion stands before the onset and is left out", "[kernel]")
{
    const auto sweep = shortSweep();
    const auto samples = makeSweep (sweep);
    const auto band = found ({ samples }, sweep).kernel;
    auto distorted = samples;

    for (auto& x : distorted)
        x += 0.02f * x * x; // a second harmonic, and a constant

    const auto result = found ({ distorted }, sweep);
    CHECK (errorOf (result.kernel, { 1.0f }, band) < -50.0); // the square's constant is sound at low frequencies, too
    CHECK (result.harmonics.secondInDb > -50.0);
    CHECK (found ({ samples }, sweep).harmonics.secondInDb < -80.0);
}

TEST_CASE ("Several recordings keep their differences in time, and become stereo and true stereo", "[kernel]")
{
    const auto sweep = shortSweep();
    const auto samples = makeSweep (sweep);
    const auto early = through (samples, { 1.0f }, 100), late = through (samples, { 0.5f }, 148);
    const auto stereo = found ({ early, late }, sweep);
    CHECK (stereo.kernel.routing == Routing::stereo);
    CHECK (stereo.latency == Approx (100.0 / 48000.0).margin (1e-9));

    for (size_t n = 0; n < 1000; ++n)
        REQUIRE (stereo.kernel.paths[1][n + 48] == Approx (0.5f * stereo.kernel.paths[0][n]).margin (1e-4));

    CHECK (found ({ early, late, late, early }, sweep).kernel.routing == Routing::trueStereo);
}

TEST_CASE ("What holds no sweep gets a sentence", "[kernel]")
{
    auto sweep = shortSweep();
    const auto errorOf = [&sweep] (std::vector<float> channel, const KnownSweep& knownSweep, const std::string& name) {
        return deconvolve ({ { { std::move (channel) }, 48000.0 } }, knownSweep, name).error();
    };

    for (const auto& each : { known (sweep), KnownSweep {} })
    {
        CHECK_THAT (errorOf (test::noise (500000, 11), each, "noise.wav"),
                    Contains ("'noise.wav'")
                        && Contains (each.law ? "the sweep is not in it" : "no exponential sweep was found in it"));
        CHECK_THAT (errorOf (std::vector<float> (100), each, "short.wav"),
                    Contains (each.law ? "shorter than the sweep" : "no exponential sweep was found in it"));
        CHECK_THAT (errorOf (std::vector<float> (500000), each, "silence.wav"), Contains ("silent"));
    }

    sweep.to = 30000.0;
    CHECK_THAT (problemOf (sweep), Contains ("23040 Hz"));
    sweep.to = 10.0;
    CHECK_THAT (problemOf (sweep), Contains ("low to a higher"));
}

TEST_CASE ("A search for a kernel stops wherever it is cancelled and asks often", "[kernel]")
{
    auto sweep = shortSweep();
    sweep.seconds = 1.0;
    const auto recording = through (makeSweep (sweep), { 0.5f, 0.25f }, 300);

    for (const bool isGiven : { true, false })
    {
        CAPTURE (isGiven);
        const auto search = [&] (int cancelledAt, int& numAsked)
        {
            return deconvolve ({ { { recording, recording }, 48000.0 } }, isGiven ? known (sweep) : KnownSweep(),
                               "take", BandPhase::minimum, {}, [&] { return ++numAsked >= cancelledAt; });
        };
        int most = 0;
        const auto whole = search (1 << 20, most);
        REQUIRE (whole);
        CHECK (most > 20);
        CHECK (whole->kernel.paths
               == deconvolve ({ { { recording, recording }, 48000.0 } }, isGiven ? known (sweep) : KnownSweep(), "take")
                      ->kernel.paths);

        for (int n = 1; n <= most; n += 1 + n / 3)
        {
            int numAsked = 0;
            const auto result = search (n, numAsked);
            CHECK_FALSE (result);
            CHECK_THAT (result.error(), Contains ("cancelled"));
            CHECK (numAsked == n); // nothing goes on after it
        }
    }
}
