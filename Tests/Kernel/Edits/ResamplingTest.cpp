#include "Kernel/Edits/Resampling.h"

#include "Kernel/Edits/Edits.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/KernelRouting.h"
#include "Kernel/Random.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>
#include <tuple>

using namespace faltwerk;

namespace
{

/** The response of a kernel at a frequency, as a sum over its taps in double precision. */
std::complex<double> responseAt (const Kernel& kernel, double frequency)
{
    std::complex<double> sum = 0.0, turn = 1.0;
    const auto step = std::polar (1.0, -2.0 * std::numbers::pi * frequency / kernel.sampleRate);

    for (const float tap : kernel.paths[0])
    {
        sum += static_cast<double> (tap) * turn;
        turn *= step;
    }

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
               == static_cast<size_t> (std::ceil (static_cast<double> (kernel.lengthInFrames()) * to / from - 1e-6))
                      + static_cast<size_t> (std::ceil (64.0 * std::max (1.0, to / from) - 1e-6)));

        for (const double frequency : { 1300.0, 1500.0, 1700.0 })
        {
            const auto before = responseAt (kernel, frequency), after = responseAt (result, frequency);
            CHECK (std::abs (after / before - 1.0) < 1e-4); // magnitude and phase: 0.001 dB
        }
    }

    const auto kernel = resonance (48000);
    CHECK (resampled (kernel, 48000) == kernel);
    CHECK (resampledLength (226304, 48000, 44100) == 207917 + 64);
    CHECK (resampledLength (48000, 48000, 44100) == 44100 + 64);
    CHECK (resampledLength (441, 44100, 48000) == 480 + 70);
    CHECK (resampledLength (441, 48000, 48000) == 441);

    const Kernel numbers { { { 1, 2, 3 } }, 0.0, Routing::mono, "numbers" };
    CHECK (resampled (numbers, 44100).paths == numbers.paths);
    CHECK (resampled (numbers, 44100).sampleRate == 44100);
}

TEST_CASE ("Between any two rates the pass-band is flat, the delay exact, and the rest gone", "[kernel]")
{
    const double rates[] = { 8000.0, 11025.0, 44100.0, 48000.0, 88200.0, 96000.0, 192000.0, 384000.0 };

    for (const double from : rates)
    {
        for (const double to : rates)
        {
            if (from == to)
                continue;

            // A single 1, some ms after the start: its response is a pure delay.
            const auto length = static_cast<size_t> (0.08 * from), place = length / 2;
            Kernel kernel { { std::vector<float> (length) }, from, Routing::mono, "delta" };
            kernel.paths[0][place] = 1.0f;
            const auto result = resampled (kernel, to);
            const double nyquist = std::min (from, to) / 2.0, delay = static_cast<double> (place) / from;
            CAPTURE (from, to);
            double ripple = 0.0, phaseError = 0.0;

            for (double share = 0.01; share <= 0.9; share += 0.0445)
            {
                const double frequency = share * nyquist;
                const auto response =
                    responseAt (result, frequency) * std::polar (1.0, 2.0 * std::numbers::pi * frequency * delay);
                ripple = std::max (ripple, std::abs (20.0 * std::log10 (std::abs (response))));
                phaseError = std::max (phaseError, std::abs (std::arg (response)));
            }

            CHECK (ripple < 0.01);
            CHECK (phaseError < 1e-3); // of a turn's radians: less than a hundredth of a frame

            if (to > from) // images of the pass-band, as far as there is room for any
            {
                double image = 0.0;

                for (double frequency = 1.02 * nyquist; frequency < to / 2.0; frequency += to / 40.0)
                    image = std::max (image, std::abs (responseAt (result, frequency)));

                CHECK (20.0 * std::log10 (image + 1e-12) < -120.0);
            }
            else // a sine that has no place at the new rate, away from its two ends
            {
                for (const double share : { 0.02, 0.3, 0.9 })
                {
                    const double frequency = nyquist + share * (from / 2.0 - nyquist);

                    if (frequency < 1.02 * nyquist)
                        continue;

                    Kernel sine { { std::vector<float> (static_cast<size_t> (0.3 * from)) },
                                  from,
                                  Routing::mono,
                                  "sine" };

                    for (size_t n = 0; n < sine.paths[0].size(); ++n)
                    {
                        const double t = static_cast<double> (n) / from, window = std::sin (std::numbers::pi * t / 0.3);
                        sine.paths[0][n] = static_cast<float> (window * window * window * window
                                                               * std::sin (2.0 * std::numbers::pi * frequency * t));
                    }

                    const auto rest = resampled (sine, to);
                    double loudest = 0.0;

                    for (const float x : rest.paths[0])
                        loudest = std::max (loudest, std::abs (static_cast<double> (x)) * to / from);

                    CAPTURE (frequency);
                    CHECK (20.0 * std::log10 (loudest + 1e-12) < -120.0);
                }
            }
        }
    }
}

TEST_CASE ("Kernels that begin or end at full level keep level, tone and time at any rate", "[kernel]")
{
    const double rates[] = { 22050.0, 32000.0, 44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0 };

    struct Case
    {
        const char* name;
        std::vector<float> taps;
    };

    std::vector<float> last (100), both (100), falling (200);
    last.back() = both.back() = both.front() = 1.0f;
    both.back() = 0.7f; // of equal ones the sum has zeros

    for (size_t n = 0; n < falling.size(); ++n) // a filter of one pole, which is of minimum phase
        falling[n] = 0.2f * std::pow (0.8f, static_cast<float> (n));

    for (const auto& [name, taps] :
         { Case { "one tap", { 1.0f } }, Case { "first and second", { 1.0f, 0.5f, -0.3f } }, Case { "last", last },
           Case { "first and last", both }, Case { "falling", falling } })
    {
        for (const double from : rates)
        {
            for (const double to : rates)
            {
                if (from == to)
                    continue;

                CAPTURE (name, from, to);
                const Kernel kernel { { taps }, from, Routing::mono, name };
                const double highest = std::min (18000.0, 0.4 * std::min (from, to));
                double error = 0.0, delay = 0.0;

                for (const auto quality : { ResamplingQuality::highest, ResamplingQuality::high })
                {
                    const auto result = resampled (kernel, to, quality);

                    for (double frequency = 20.0; frequency <= highest; frequency *= 1.05)
                    {
                        const auto ratio = responseAt (result, frequency) / responseAt (kernel, frequency);
                        error = std::max (error, std::abs (20.0 * std::log10 (std::abs (ratio))));

                        if (frequency > 200.0)
                            delay = std::max (delay,
                                              std::abs (std::arg (ratio)) / (2.0 * std::numbers::pi * frequency) * to);
                    }
                }

                CHECK (error < 0.1); // dB
                CHECK (delay < 1.1); // frames, with what the phase strays
            }
        }
    }
}

TEST_CASE ("Noise that begins at full level keeps its level at any rate", "[kernel]")
{
    const double rates[] = { 22050.0, 32000.0, 44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0 };

    for (const uint64_t seed : { 1u, 2u, 3u, 4u })
    {
        Random random (seed);
        std::vector<float> taps (1200);
        const double decay = seed % 2 == 0 ? 200.0 : 1e9; // frames

        for (size_t n = 0; n < taps.size(); ++n)
            taps[n] = static_cast<float> ((random.bipolar() + random.bipolar() + random.bipolar())
                                          * std::exp (-static_cast<double> (n) / decay));

        for (const double from : rates)
        {
            for (const double to : rates)
            {
                if (from == to)
                    continue;

                const Kernel kernel { { taps }, from, Routing::mono, "noise" };
                const auto result = resampled (kernel, to);
                const double highest = std::min (18000.0, 0.4 * std::min (from, to));
                std::vector<double> before, after;

                for (double frequency = 20.0; frequency <= highest; frequency *= 1.02)
                {
                    before.push_back (std::norm (responseAt (kernel, frequency)));
                    after.push_back (std::norm (responseAt (result, frequency)));
                }

                const double mean = std::accumulate (before.begin(), before.end(), 0.0) / double (before.size());
                double error = 0.0; // where the response is within 10 dB of its mean: noise has zeros

                for (size_t n = 0; n < before.size(); ++n)
                    if (before[n] > 0.1 * mean)
                        error = std::max (error, std::abs (10.0 * std::log10 (after[n] / before[n])));

                CAPTURE (seed, from, to);
                CHECK (error < 0.1); // dB
            }
        }
    }
}

TEST_CASE ("A tap near the start rises little above the band that is kept", "[kernel]")
{
    // What a kernel cannot ring before time 0 has its energy at the highest frequencies.
    for (const auto& [from, to, most] : std::vector<std::tuple<double, double, double>> { { 48000, 44100, 7.0 },
                                                                                          { 44100, 48000, 2.35 },
                                                                                          { 96000, 48000, 15.5 },
                                                                                          { 192000, 88200, 15.5 } })
    {
        double highest = 0.0;

        for (size_t place = 0; place < 12; ++place)
        {
            std::vector<float> taps (place + 1);
            taps[place] = 1.0f;
            const auto result = resampled ({ { taps }, from, Routing::mono, "tap" }, to);

            for (double frequency = 0.4 * std::min (from, to); frequency < 0.5 * to; frequency += 100.0)
                highest = std::max (highest, 20.0 * std::log10 (std::abs (responseAt (result, frequency))));
        }

        CAPTURE (from, to);
        CHECK (highest < most); // dB
    }
}

TEST_CASE ("Every kernel of the bank keeps its tone at the usual rates", "[kernel]")
{
    // Energies of a third of each octave: between the teeth of a comb there is next to nothing.
    const auto energies = [] (const Kernel& kernel)
    {
        std::vector<double> bands;

        for (double centre = 31.5; centre < 17000.0; centre *= 2.0)
        {
            bands.push_back (0.0);

            for (double frequency = centre / 1.12; frequency < centre * 1.12; frequency *= 1.009)
                bands.back() += std::norm (responseAt (kernel, frequency));
        }

        return bands;
    };

    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const auto kernel = makeFactoryKernel (index);
        const auto before = energies (kernel);
        const double loudest = *std::max_element (before.begin(), before.end());
        const bool isFilter = factoryKernels()[index].category == "Filters";

        for (const double to : { 44100.0, 96000.0 })
        {
            CAPTURE (kernel.name, to);
            const auto after = energies (resampled (kernel, to));

            for (size_t band = 0; band < before.size(); ++band)
                // What a filter takes out by 50 dB is left out by 50 dB.
                if (before[band] > (isFilter ? 1e-5 : 1e-6) * loudest)
                    CHECK (std::abs (10.0 * std::log10 (after[band] / before[band])) < 0.1); // dB
        }
    }
}

TEST_CASE ("Resampled or stretched, a matrix connects what it connected", "[kernel]")
{
    const Kernel matrix { std::vector<std::vector<float>> (6, { 1.0f, 0.5f, 0.25f }), 48000.0, Routing::matrix, "m",
                          2 };
    const auto other = resampled (matrix, 44100.0);
    CHECK (other.routing == Routing::matrix);
    CHECK (other.numMatrixInputs == 2);
    CHECK (connect (other, 2, 3).size() == 6);

    Edits edits;
    edits.stretch = 1.5;
    edits.normalise = Normalise::energy;
    const auto result = edited (matrix, edits);
    REQUIRE (result);
    CHECK (result->kernel.numMatrixInputs == 2);
    CHECK (result->normalisingGain > 0.1);
}
