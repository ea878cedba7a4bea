#include "Kernel/Generators/FilterGenerators.h"

#include "Kernel/Generators/Measures.h"
#include "Support/Catch.h"

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
