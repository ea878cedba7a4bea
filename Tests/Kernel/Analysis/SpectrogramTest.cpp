#include "Kernel/Analysis/Spectrogram.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <chrono>
#include <cmath>
#include <numbers>

using namespace faltwerk;

namespace
{

/** The row and column nearest to a frequency and a time. */
size_t rowOf (const Spectrogram& spectrogram, double frequency)
{
    size_t row = 0;

    while (row + 1 < spectrogram.settings.numRows
           && std::abs (spectrogram.frequencyOf (row + 1) - frequency)
                  < std::abs (spectrogram.frequencyOf (row) - frequency))
        ++row;

    return row;
}

size_t columnOf (const Spectrogram& spectrogram, double seconds)
{
    return static_cast<size_t> (seconds / spectrogram.settings.toSeconds
                                * static_cast<double> (spectrogram.settings.numColumns));
}

} // namespace

TEST_CASE ("A tone stands in its row, at its time, at its level", "[kernel]")
{
    // 1 s: 300 Hz in the first half, 3 kHz at -20 dB in the second; on two paths, of which one is silent.
    for (const double rate : { 44100.0, 96000.0 })
    {
        const auto length = static_cast<size_t> (rate);
        std::vector<float> tones (length), silence (length);

        for (size_t n = 0; n < length; ++n)
        {
            const double t = static_cast<double> (n) / rate;
            tones[n] = static_cast<float> (t < 0.5 ? std::sin (2.0 * std::numbers::pi * 300.0 * t)
                                                   : 0.1 * std::sin (2.0 * std::numbers::pi * 3000.0 * t));
        }

        const Kernel kernel { { tones, silence }, rate, Routing::stereo, "tones" };
        const auto spectrogram = makeSpectrogram (kernel);
        CAPTURE (rate);
        CHECK (spectrogram.levels.size() == 700 * 260);
        CHECK (spectrogram.frequencyOf (0) == Approx (20.0));
        CHECK (spectrogram.frequencyOf (259) == Approx (20000.0));

        const auto level = [&] (double seconds, double frequency)
        { return spectrogram.level (columnOf (spectrogram, seconds), rowOf (spectrogram, frequency)); };

        // Between bins the Hann window loses up to 1.4 dB.
        CHECK (level (0.25, 300.0) > -1.5f);
        // A row that is wider than the window's main lobe shows the mean of its bins, up to 4 dB less.
        CHECK (level (0.75, 3000.0) == Approx (-22.0f).margin (2.0));
        CHECK (level (0.25, 3000.0) < -80.0f);
        CHECK (level (0.75, 300.0) < -80.0f);
        CHECK (level (0.25, 1000.0) < -80.0f);

        // A sine of amplitude 1 in one of two paths: (1 / 2)^2 / 2.
        CHECK (10.0 * std::log10 (spectrogram.loudest / 0.125) == Approx (0.0).margin (1.5));

        auto oneTone = kernel;
        oneTone.paths = { tones };
        const auto times = makeSpectrogram (oneTone).lastTimesWithin (40.0);
        CHECK (times[rowOf (spectrogram, 300.0)] == Approx (0.5).margin (0.06));
        CHECK (times[rowOf (spectrogram, 3000.0)] == Approx (1.0).margin (0.01));

        SpectrogramSettings second;
        second.path = 1;
        CHECK (makeSpectrogram (kernel, second).loudest < 1e-20);

        SpectrogramSettings part;
        part.fromSeconds = 0.6;
        part.toSeconds = 0.9;
        part.numColumns = 10;
        part.logarithmic = false;
        part.windowInSeconds = 0.02;
        const auto detail = makeSpectrogram (kernel, part);
        CHECK (detail.timeOf (0) == Approx (0.615));
        CHECK (detail.frequencyOf (130) == Approx (20.0 + 19980.0 * 130.0 / 259.0));
        CHECK (detail.level (5, rowOf (detail, 3000.0)) > -2.0f);
        CHECK (detail.level (5, rowOf (detail, 300.0)) < -60.0f);
    }
}

TEST_CASE ("A very short kernel has a spectrogram, too", "[kernel]")
{
    const auto spectrogram = makeSpectrogram (Kernel { { { 1.0f } }, 48000.0, Routing::mono, "delta" });

    for (size_t row = 0; row < 260; row += 20)
        CHECK (spectrogram.level (350, row) == Approx (0.0f).margin (7.0)); // 6 dB between the windows' sums
}
