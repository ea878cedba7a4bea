#include "Kernel/Analysis/LiveSpectrum.h"
#include "Support/Catch.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

using namespace faltwerk;

namespace
{

constexpr size_t size = LiveSpectrum::windowSize;
constexpr double rate = 48000.0;

/** The power of a bin under a Hann window, of which a sine at full scale has 1: a sum over samples, in doubles. */
double powerOf (const std::vector<float>& sound, size_t bin)
{
    double real = 0.0, imaginary = 0.0;

    for (size_t n = 0; n < size; ++n)
    {
        const double turn = 2.0 * std::numbers::pi * static_cast<double> (n) / size;
        const double sample = (0.5 - 0.5 * std::cos (turn)) * static_cast<double> (sound[n]);
        real += sample * std::cos (turn * static_cast<double> (bin));
        imaginary -= sample * std::sin (turn * static_cast<double> (bin));
    }

    const double fullScale = size / 4.0;
    return (real * real + imaginary * imaginary) / (fullScale * fullScale);
}

std::vector<float> noise (unsigned seed)
{
    std::mt19937 generator (seed);
    std::vector<float> sound (size);

    for (auto& sample : sound)
        sample = static_cast<float> (generator()) / 4294967296.0f - 0.5f;

    return sound;
}

} // namespace

TEST_CASE ("A smoothed live spectrum is the mean power in a band, and shares what lies across its ends", "[kernel]")
{
    const auto sound = noise (1);
    const double octaves = GENERATE (1.0 / 12.0, 1.0 / 3.0);
    const std::vector<double> frequencies { 30.0, 440.0, 3000.0, 12345.0 };
    LiveSpectrum spectrum (frequencies, rate);
    spectrum.setSmoothing (octaves);
    spectrum.update (sound, sound, 0.0);

    for (size_t n = 0; n < frequencies.size(); ++n)
    {
        // Each bin reaches half of one to either side; a band is at least one bin wide.
        const double place = frequencies[n] * size / rate, factor = std::exp2 (octaves / 2.0);
        const double low = std::min (place / factor, place - 0.5), high = std::max (place * factor, place + 0.5);
        double power = 0.0;

        for (auto bin = static_cast<size_t> (std::floor (low)); static_cast<double> (bin) - 0.5 < high; ++bin)
        {
            const double centre = static_cast<double> (bin);
            const double share = std::min (centre + 0.5, high) - std::max (centre - 0.5, low);
            power += std::max (0.0, share) * powerOf (sound, bin);
        }

        CAPTURE (octaves, frequencies[n]);
        CHECK (static_cast<double> (spectrum.levels()[n])
               == Approx (10.0 * std::log10 (power / (high - low))).margin (0.01));
    }
}

TEST_CASE ("A live spectrum takes samples that are no number for silence", "[kernel]")
{
    const auto sound = noise (4);
    auto holed = sound, damaged = sound;

    for (const size_t n : { size_t { 0 }, size_t { 1000 }, size / 2, size - 1 })
    {
        holed[n] = 0.0f;
        damaged[n] = n == 1000 ? std::numeric_limits<float>::infinity() : std::nanf ("");
    }

    const std::vector<double> frequencies { 30.0, 440.0, 3000.0, 12345.0 };
    LiveSpectrum spectrum (frequencies, rate), expected (frequencies, rate);
    spectrum.update (damaged, sound, 0.1);
    expected.update (holed, sound, 0.1);

    for (size_t n = 0; n < frequencies.size(); ++n)
    {
        CHECK (spectrum.levels()[n] == expected.levels()[n]);
        CHECK (spectrum.peaks()[n] == expected.peaks()[n]);
        CHECK (spectrum.meanPowers()[n] == expected.meanPowers()[n]);
    }
}

TEST_CASE ("Peaks of a live spectrum stay for a moment and then fall", "[kernel]")
{
    LiveSpectrum spectrum ({ 1000.0 }, rate);
    const std::vector<float> silent (size);
    spectrum.update (noise (2), noise (3), 0.0);
    const float first = spectrum.peaks()[0];
    CHECK (first == spectrum.levels()[0]);

    for (int n = 0; n < 14; ++n)
        spectrum.update (silent, silent, 0.1);

    CHECK (spectrum.peaks()[0] == first);

    for (int n = 0; n < 10; ++n)
        spectrum.update (silent, silent, 0.1);

    CHECK (spectrum.peaks()[0] == Approx (first - 20.0).margin (2.1));
    spectrum.keepPeaks (true);
    const float kept = spectrum.peaks()[0];
    spectrum.update (silent, silent, 100.0);
    CHECK (spectrum.peaks()[0] == kept);
    spectrum.clearPeaks();
    CHECK (spectrum.peaks()[0] == LiveSpectrum::silence);
}
