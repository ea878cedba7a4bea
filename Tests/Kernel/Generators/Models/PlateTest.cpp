#include "Kernel/Generators/Models/Plate.h"

#include "Kernel/Generators/Measures.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** A plate with fewer modes than usual, to make tests quick. */
Plate smallPlate()
{
    Plate plate;
    plate.width = 1.3;
    plate.height = 0.9;
    plate.lowDecay = 1.6;
    plate.highDecay = 0.8;
    return plate;
}

/** When the first wave of a frequency comes, in ms: where a Gaussian window of a few periods finds a quarter of the
    largest level in the first 50 ms. */
double arrival (const Kernel& kernel, double frequency)
{
    const auto& path = kernel.paths[0];
    const double width = 2.0 / frequency * 48000.0;
    std::vector<double> levels;

    for (double centre = 0.0; centre < 2400.0; centre += 8.0)
    {
        std::complex<double> sum;

        for (auto n = static_cast<size_t> (std::max (0.0, centre - 4.0 * width));
             n < static_cast<size_t> (centre + 4.0 * width); ++n)
            sum += static_cast<double> (path[n])
                   * std::exp (-0.5 * std::pow ((static_cast<double> (n) - centre) / width, 2))
                   * std::polar (1.0, -2.0 * std::numbers::pi * frequency * static_cast<double> (n) / 48000.0);

        levels.push_back (std::abs (sum));
    }

    const double threshold = 0.25 * *std::max_element (levels.begin(), levels.end());
    const auto first = std::find_if (levels.begin(), levels.end(), [=] (double level) { return level > threshold; });
    return static_cast<double> (first - levels.begin()) * 8.0 / 48.0;
}

} // namespace

TEST_CASE ("A plate decays as asked, and high frequencies come first", "[kernel]")
{
    const auto kernel = generate (smallPlate());
    const auto signal = inDouble (kernel.paths[0]);

    // Between 100 Hz and 10 kHz the decay goes along a line over the logarithm of frequency: of 1 kHz the middle.
    for (const auto& [frequency, decay] : { std::pair { 1000.0, std::sqrt (1.6 * 0.8) }, { 8000.0, 0.83 } })
    {
        CAPTURE (frequency);
        const auto line = fitted (decayCurve (octaveAround (signal, frequency, 48000)), 48000, -3.0, -45.0);
        CHECK (line.decay == Approx (decay).epsilon (0.08));
    }

    // From corner to corner the wave of 500 Hz takes 13 ms, that of 8 kHz a quarter of that: the speed of bending waves
    // grows with the root of frequency.
    auto far = smallPlate();
    far.driveX = far.driveY = 10.0;
    far.leftX = far.leftY = 90.0;
    const auto across = generate (far);
    const double low = arrival (across, 500), middle = arrival (across, 2000), high = arrival (across, 8000);
    CAPTURE (low, middle, high);
    CHECK (low > 1.5 * middle);
    CHECK (middle > 1.5 * high);
}

TEST_CASE ("A plate's spectrum is broad and even, and its channels differ", "[kernel]")
{
    const auto kernel = generate (smallPlate());
    const auto left = inDouble (kernel.paths[0]), right = inDouble (kernel.paths[1]);
    const auto level = [&left] (double low, double high)
    { return 10.0 * std::log10 (powerBetween (left, 48000, low, high)); };

    for (const double f : { 200.0, 400.0, 800.0, 1600.0, 6400.0 })
        CHECK (std::abs (level (f, 2 * f) - level (1000, 8000)) < 4.0);

    CHECK (level (15000, 20000) < level (1000, 8000) - 60.0);
    CHECK (level (1, 10) < level (1000, 8000) - 40.0);
    CHECK (std::abs (correlation (left, right)) < 0.1);

    auto dark = smallPlate();
    dark.brightness = -3.0; // three octaves: 9 dB
    const auto darker = inDouble (generate (dark).paths[0]);
    const auto tilt = [] (const Signal& signal)
    { return 10.0 * std::log10 (powerBetween (signal, 48000, 6000, 7000) / powerBetween (signal, 48000, 750, 875)); };
    CHECK (tilt (darker) - tilt (left) == Approx (-9.0).margin (0.5));
}

TEST_CASE ("A plate has unit energy and the same response at every rate", "[kernel]")
{
    const auto plate = smallPlate();
    const auto kernel = generate (plate);
    CHECK (energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-3)); // the resampler cuts nothing but its slope
    CHECK (contentHash (generate (plate)) == contentHash (kernel));

    auto faster = plate;
    faster.sampleRate = 96000;
    const auto same = generate (faster);
    CHECK (energyAt48kHz (same) == Approx (1.0).epsilon (1e-3));

    for (const double f : { 333.0, 3333.0 })
    {
        const auto a = responseAt (kernel.paths[0], f, 48000), b = responseAt (same.paths[0], f, 96000);
        CHECK (std::abs (b / a - 1.0) < 1e-3);
    }

    Plate slow;
    slow.sampleRate = 8000;
    CHECK (energyAt48kHz (generate (slow)) == Approx (1.0).epsilon (1e-3));

    Plate thin;
    thin.thickness = 0.01;
    CHECK_THAT (problemWith (thin), Catch::Matchers::Contains ("modes") && Catch::Matchers::Contains ("thicker"));
}
