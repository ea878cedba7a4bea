#include "Kernel/Resampling.h"

#include "Support/Catch.h"

#include <cmath>
#include <complex>
#include <numbers>

using namespace faltwerk;

namespace
{

/** The response of a kernel at a frequency, as a sum over its taps in double precision. */
std::complex<double> responseAt (const Kernel& kernel, double frequency)
{
    std::complex<double> sum = 0.0;

    for (size_t n = 0; n < kernel.lengthInFrames(); ++n)
        sum += static_cast<double> (kernel.paths[0][n])
               * std::polar (1.0, -2.0 * std::numbers::pi * frequency * static_cast<double> (n) / kernel.sampleRate);

    return sum;
}

} // namespace

TEST_CASE ("Resampling keeps length, response and delay", "[kernel]")
{
    // A damped resonance that starts late enough for a linear-phase filter to ring before it.
    const auto resonance = [] (double rate)
    {
        Kernel kernel { { std::vector<float> (static_cast<size_t> (rate * 0.1)) }, rate, Routing::mono, "resonance" };

        for (size_t n = 0; n < kernel.lengthInFrames(); ++n)
        {
            const double t = static_cast<double> (n) / rate - 0.02;
            const double bell = std::exp (-t * t / (2.0 * 0.002 * 0.002));
            kernel.paths[0][n] = static_cast<float> (bell * std::cos (2.0 * std::numbers::pi * 1500.0 * t));
        }

        return kernel;
    };

    for (const auto& [from, to] : std::vector<std::pair<double, double>> { { 48000, 44100 },
                                                                           { 44100, 48000 },
                                                                           { 96000, 44100 },
                                                                           { 44100, 192000 },
                                                                           { 8000, 48000 } })
    {
        CAPTURE (from, to);
        const auto kernel = resonance (from);
        const auto result = resampled (kernel, to);
        CHECK (result.sampleRate == to);
        CHECK (result.lengthInFrames()
               == static_cast<size_t> (std::ceil (static_cast<double> (kernel.lengthInFrames()) * to / from - 1e-6)));

        for (const double frequency : { 1300.0, 1500.0, 1700.0 })
        {
            const auto before = responseAt (kernel, frequency), after = responseAt (result, frequency);
            CHECK (std::abs (after / before - 1.0) < 1e-4); // magnitude and phase: 0.001 dB
        }
    }

    const auto kernel = resonance (48000);
    CHECK (resampled (kernel, 48000) == kernel);
    CHECK (resampledLength (226304, 48000, 44100) == 207917);
    CHECK (resampledLength (48000, 48000, 44100) == 44100);

    const Kernel numbers { { { 1, 2, 3 } }, 0.0, Routing::mono, "numbers" };
    CHECK (resampled (numbers, 44100).paths == numbers.paths);
    CHECK (resampled (numbers, 44100).sampleRate == 44100);
}
