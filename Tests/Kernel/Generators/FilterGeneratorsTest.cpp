#include "Kernel/Generators/FilterGenerators.h"

#include "Kernel/Generators/Measures.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

double sumOf (const Kernel& kernel) { return std::accumulate (kernel.paths[0].begin(), kernel.paths[0].end(), 0.0); }

/** The response at a frequency with the delay of the middle taken out. */
std::complex<double> centredResponse (const Kernel& kernel, double frequency)
{
    const double delay = static_cast<double> ((kernel.lengthInFrames() - 1) / 2);
    return responseAt (kernel.paths[0], frequency, kernel.sampleRate)
           * std::polar (1.0, 2.0 * std::numbers::pi * frequency / kernel.sampleRate * delay);
}

/** A filter's pass and stop bands, tried at many frequencies: the largest ripple, and the largest leak. */
struct Errors
{
    double ripple = 0.0, leak = 0.0;
};

Errors errorsOf (const Kernel& kernel, double transition, const std::function<double (double)>& distanceInside)
{
    Errors errors;

    for (double f = 0.0; f <= 0.5 * kernel.sampleRate; f += kernel.sampleRate / 1500.0)
    {
        const double inside = distanceInside (f); // from the next cutoff, in Hz; below 0 in a stop-band
        const auto response = centredResponse (kernel, f);

        if (inside > 0.5 * transition)
            errors.ripple = std::max (errors.ripple, std::abs (response - 1.0));
        else if (inside < -0.5 * transition)
            errors.leak = std::max (errors.leak, std::abs (response));
    }

    return errors;
}

template <typename Filter>
void checkFilter (Filter filter, const std::function<double (double)>& distanceInside)
{
    for (const double attenuation : { 40.0, 60.0, 90.0 })
        for (const size_t taps : { 301u, 1023u })
        {
            filter.attenuation = attenuation;
            filter.taps = taps;
            CAPTURE (attenuation, taps);
            const auto kernel = generate (filter);
            const auto& path = kernel.paths[0];
            REQUIRE (path.size() == taps);

            // Kaiser's formula for the width of the slope; 1.5 dB for that formula, and for band filters two slopes.
            const double transition = (attenuation - 7.95) / 14.36 / static_cast<double> (taps - 1) * filter.sampleRate;
            const auto errors = errorsOf (kernel, transition, distanceInside);
            const double allowed = std::pow (10.0, -0.05 * (attenuation - 1.5));
            CHECK (errors.leak < allowed * 1.3);
            CHECK (errors.ripple < allowed * 1.3);

            bool symmetric = true;

            for (size_t n = 0; n < taps / 2; ++n)
                symmetric = symmetric && path[n] == path[taps - 1 - n];

            CHECK (symmetric); // linear phase, exactly
        }
}

} // namespace

TEST_CASE ("Deltas, combs, means and bells are what they are called", "[kernel]")
{
    CHECK (generate (Delta {}).paths == std::vector<std::vector<float>> { { 1.0f } });

    const auto delayed = generate (DelayedDelta { 48000, 2.5 });
    CHECK (delayed.lengthInFrames() == 121);
    CHECK (delayed.paths[0][120] == 1.0f);
    CHECK (energy (delayed.paths[0]) == 1.0);

    const auto comb = generate (Comb { 10000, 0.3, 3, -0.5 });
    CHECK (comb.paths[0] == std::vector<float> { 1, 0, 0, -0.5f, 0, 0, 0.25f, 0, 0, -0.125f });

    const auto mean = generate (MovingAverage { 48000, 7 });
    CHECK (mean.lengthInFrames() == 7);
    CHECK (sumOf (mean) == Approx (1.0).epsilon (1e-6));
    CHECK (mean.paths[0].front() == mean.paths[0].back());

    // A Gaussian's response is a Gaussian too.
    const auto bell = generate (Gaussian { 48000, 5.0 });
    CHECK (sumOf (bell) == Approx (1.0).epsilon (1e-6));

    for (const double f : { 500.0, 1500.0, 4000.0 })
    {
        const double omega = 2.0 * std::numbers::pi * f / 48000;
        CHECK (std::abs (centredResponse (bell, f) - std::exp (-0.5 * 25.0 * omega * omega)) < 1e-6);
    }
}

TEST_CASE ("Windowed-sinc filters keep to pass-band, stop-band and linear phase", "[kernel]")
{
    for (const double rate : { 44100.0, 96000.0 })
    {
        const double low = 0.11 * rate, high = 0.31 * rate;
        LowPass lowPass;
        lowPass.sampleRate = rate;
        lowPass.cutoff = low;
        checkFilter (lowPass, [&] (double f) { return low - f; });
        CHECK (std::abs (centredResponse (generate (lowPass), low) - 0.5) < 0.01);

        HighPass highPass;
        highPass.sampleRate = rate;
        highPass.cutoff = low;
        checkFilter (highPass, [&] (double f) { return f - low; });

        BandPass bandPass;
        bandPass.sampleRate = rate;
        bandPass.lowCutoff = low;
        bandPass.highCutoff = high;
        checkFilter (bandPass, [&] (double f) { return std::min (f - low, high - f); });

        BandStop bandStop;
        bandStop.sampleRate = rate;
        bandStop.lowCutoff = low;
        bandStop.highCutoff = high;
        checkFilter (bandStop, [&] (double f) { return std::max (low - f, f - high); });
    }

    LowPass even;
    even.taps = 100;
    CHECK (generate (even).lengthInFrames() == 101);
}

TEST_CASE ("The differentiator is j omega up to near Nyquist", "[kernel]")
{
    const auto kernel = generate (Differentiator {});
    double error = 0.0;

    for (double f = 0.0; f < 23000.0; f += 50.0)
        error = std::max (error, std::abs (centredResponse (kernel, f)
                                           - std::complex<double> (0.0, 2.0 * std::numbers::pi * f / 48000)));

    CHECK (error < 3e-4); // of pi: -80 dB for 90 dB of attenuation, as the step at Nyquist is 2 pi high

    // Of a ramp, its slope.
    double slope = 0.0;

    for (size_t n = 0; n < kernel.lengthInFrames(); ++n)
        slope -= static_cast<double> (kernel.paths[0][n]) * 3.0 * static_cast<double> (n);

    CHECK (slope == Approx (3.0).epsilon (0.002));
}

TEST_CASE ("The Hilbert transformer turns every frequency by -90 degrees", "[kernel]")
{
    const auto kernel = generate (Hilbert {});
    double error = 0.0;

    for (double f = 200.0; f < 23800.0; f += 50.0)
        error = std::max (error, std::abs (centredResponse (kernel, f) - std::complex<double> (0.0, -1.0)));

    CHECK (error < 0.0025); // -52 dB: the step from j to -j at 0 Hz is twice as high as that of a low-pass
    CHECK (sumOf (kernel) == Approx (0.0).margin (1e-6));
}

TEST_CASE ("Filters choose a length with which their gain at each cutoff is one half", "[kernel]")
{
    const auto gainOf = [] (const Kernel& kernel, double frequency)
    { return 20.0 * std::log10 (std::abs (responseAt (kernel.paths[0], frequency, kernel.sampleRate))); };
    const double half = 20.0 * std::log10 (0.5);

    for (const double cutoff : { 30.0, 100.0, 1000.0, 23000.0 })
    {
        CAPTURE (cutoff);
        LowPass low;
        low.cutoff = cutoff;
        CHECK (gainOf (generate (low), cutoff) == Approx (half).margin (0.02));
        CHECK (gainOf (generate (low), 0.3 * cutoff) == Approx (0.0).margin (0.01));
        HighPass high;
        high.cutoff = cutoff;
        CHECK (gainOf (generate (high), cutoff) == Approx (half).margin (0.02));
        CHECK (gainOf (generate (high), 0.3 * cutoff) < -75.0);
    }

    // The reports of too few taps: 30 to 60 Hz, and a band of 10 Hz.
    for (const auto& [from, to] : { std::pair (30.0, 60.0), std::pair (300.0, 3400.0), std::pair (1000.0, 1010.0) })
    {
        CAPTURE (from, to);
        const double middle = 0.5 * (from + to);
        BandPass pass;
        pass.lowCutoff = from;
        pass.highCutoff = to;
        CHECK (gainOf (generate (pass), from) == Approx (half).margin (0.03));
        CHECK (gainOf (generate (pass), to) == Approx (half).margin (0.03));
        CHECK (gainOf (generate (pass), middle) == Approx (0.0).margin (0.01));
        BandStop stop;
        stop.lowCutoff = from;
        stop.highCutoff = to;
        CHECK (gainOf (generate (stop), from) == Approx (half).margin (0.03));
        CHECK (gainOf (generate (stop), to) == Approx (half).margin (0.03));
        CHECK (gainOf (generate (stop), middle) < -75.0);
    }

    BandPass narrow;
    narrow.lowCutoff = 1000.0;
    narrow.highCutoff = 1000.1;
    CHECK_THAT (problemWith (narrow), Catch::Matchers::Contains ("taps, and at most 1048576 are made"));
    narrow.taps = 1001; // as was said
    CHECK (problemWith (narrow) == "");
}

TEST_CASE ("A filter of minimum phase has the magnitudes of the linear one, and no delay to speak of", "[kernel]")
{
    HighPass linear;
    linear.cutoff = 80.0;
    linear.attenuation = 60.0;
    auto minimum = linear;
    minimum.phase = minimumPhase;
    const auto a = generate (linear), b = generate (minimum);
    REQUIRE (a.lengthInFrames() == b.lengthInFrames());

    for (double f = 5.0; f < 23000.0; f *= 1.1)
    {
        const double expected = std::abs (responseAt (a.paths[0], f, 48000));
        CAPTURE (f, expected);
        CHECK (std::abs (responseAt (b.paths[0], f, 48000)) == Approx (expected).margin (1e-3)); // 0.01 dB
    }

    const auto& path = b.paths[0];
    const auto top =
        std::max_element (path.begin(), path.end(), [] (float x, float y) { return std::abs (x) < std::abs (y); });
    CHECK (top == path.begin());

    BandPass telephone;
    telephone.phase = minimumPhase;
    const auto narrow = generate (telephone);
    const auto loudest = std::max_element (narrow.paths[0].begin(), narrow.paths[0].end(),
                                           [] (float x, float y) { return std::abs (x) < std::abs (y); });
    CHECK (loudest - narrow.paths[0].begin() < 48); // 1 ms
}

TEST_CASE ("Echoes come between frames, in tune", "[kernel]")
{
    // 23.4 frames, which whole frames would put 31 cents off: teeth at multiples of 48000 / 23.4 Hz.
    Comb comb;
    comb.delay = 23.4 / 48.0;
    comb.numEchoes = 40;
    comb.gain = 0.9;
    const auto kernel = generate (comb);

    for (const double frequency : { 0.0, 1000.0, 48000.0 / 23.4, 5.0 * 48000.0 / 23.4, 9000.0 })
    {
        std::complex<double> expected;

        for (int echo = 0; echo <= 40; ++echo)
            expected +=
                std::pow (0.9, echo) * std::polar (1.0, -2.0 * std::numbers::pi * frequency * 23.4 * echo / 48000.0);

        CAPTURE (frequency);
        CHECK (std::abs (responseAt (kernel.paths[0], frequency, 48000) - expected)
               < 2e-3 * std::abs (expected) + 2e-3);
    }

    DelayedDelta delayed;
    delayed.delay = 123.4567; // 5925.9216 frames
    const auto one = generate (delayed);

    for (double f = 20.0; f < 20000.0; f *= 1.3)
    {
        const auto expected = std::polar (1.0, -2.0 * std::numbers::pi * f * 0.1234567);
        CHECK (std::abs (responseAt (one.paths[0], f, 48000) - expected) < 1e-3);
    }

    delayed.version = 1;
    CHECK (generate (delayed).lengthInFrames() == 5927);
    delayed.version = 2;
    delayed.delay = 115.0; // whole frames stay one sample
    CHECK (generate (delayed).lengthInFrames() == 5521);
    CHECK (generate (delayed).paths[0].back() == 1.0f);
}
