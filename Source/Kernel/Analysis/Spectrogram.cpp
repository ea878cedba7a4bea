#include "Kernel/Analysis/Spectrogram.h"

#include "Kernel/Analysis/AnalysisLevel.h"
#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr float leastPower = 1e-30f, silence = -299.0f; // dB

/** The power of a kernel around moments, through one length of window. */
class ShortTimePower
{
public:
    ShortTimePower (const Kernel& kernelToUse, size_t pathToUse, size_t windowLength)
        : kernel (kernelToUse)
        , chosenPath (pathToUse)
        , fourier (windowLength)
        , window (windowLength)
        , values (windowLength)
        , powers (windowLength / 2 + 1)
    {
        double sum = 0.0;

        for (size_t n = 0; n < windowLength; ++n)
        {
            const double phase = 2.0 * std::numbers::pi * (static_cast<double> (n) + 0.5);
            window[n] = static_cast<float> (0.5 - 0.5 * std::cos (phase / static_cast<double> (windowLength)));
            sum += static_cast<double> (window[n]);
        }

        for (auto& weight : window)
            weight /= static_cast<float> (sum);
    }

    /** Returns the mean power of the paths in each bin, of the window around a frame. */
    const std::vector<float>& around (double centre)
    {
        const size_t size = window.size();
        const auto first = static_cast<long long> (std::llround (centre)) - static_cast<long long> (size / 2);
        const auto length = static_cast<long long> (kernel.lengthInFrames());
        const auto from = static_cast<size_t> (std::clamp (-first, 0LL, static_cast<long long> (size)));
        const auto to = static_cast<size_t> (std::clamp (length - first, 0LL, static_cast<long long> (size)));
        const bool all = chosenPath == SpectrogramSettings::allPaths;
        const size_t begin = all ? 0 : chosenPath, end = all ? kernel.paths.size() : chosenPath + 1;
        std::fill (powers.begin(), powers.end(), 0.0f);

        for (size_t path = begin; path < end; path += 2) // two at once, as real and imaginary part
        {
            std::fill (values.begin(), values.end(), 0.0f);
            const float* const a = kernel.paths[path].data();
            const float* const b = path + 1 < end ? kernel.paths[path + 1].data() : nullptr;

            for (size_t n = from; n < to; ++n)
            {
                const auto frame = static_cast<size_t> (first + static_cast<long long> (n));
                values[n] = { window[n] * a[frame], b != nullptr ? window[n] * b[frame] : 0.0f };
            }

            fourier.forward (values);

            for (size_t k = 0; k < powers.size(); ++k)
                powers[k] += 0.5f * (std::norm (values[k]) + std::norm (values[(size - k) % size]));
        }

        const float scale = 1.0f / static_cast<float> (end - begin);

        for (auto& power : powers)
            power *= scale;

        return powers;
    }

private:
    const Kernel& kernel;
    size_t chosenPath;
    Fourier fourier;
    std::vector<float> window;
    std::vector<Fourier::Complex> values;
    std::vector<float> powers;
};

/** A row's part of a spectrum: the mean of the bins it covers, or a place between two. */
struct RowBins
{
    RowBins (double low, double centre, double high, double binWidth, size_t numBins)
    {
        const double last = static_cast<double> (numBins - 1);
        first = static_cast<size_t> (std::clamp (std::ceil (low / binWidth), 0.0, last));
        end = static_cast<size_t> (std::clamp (std::floor (high / binWidth), 0.0, last)) + 1;

        if (end >= first + 2)
            return;

        const double position = std::clamp (centre / binWidth, 0.0, last);
        first = std::min (static_cast<size_t> (position), numBins - 2);
        end = first + 2;
        share = static_cast<float> (position - static_cast<double> (first));
    }

    float level (const std::vector<float>& powers) const
    {
        float power = 0.0f;

        if (share >= 0.0f)
        {
            power = (1.0f - share) * powers[first] + share * powers[first + 1];
        }
        else
        {
            for (size_t k = first; k < end; ++k)
                power += powers[k];

            power /= static_cast<float> (end - first);
        }

        return 10.0f * std::log10 (std::max (power, leastPower));
    }

    size_t first, end;
    float share = -1.0f; // between two bins, or none
};

/** Returns the power of two nearest to a time. */
size_t windowLength (double seconds, double sampleRate)
{
    const double exponent = std::round (std::log2 (seconds * sampleRate));
    return size_t { 1 } << static_cast<size_t> (std::clamp (exponent, 5.0, 16.0));
}

} // namespace

double Spectrogram::frequencyOf (size_t row) const noexcept
{
    const double position =
        static_cast<double> (row) / static_cast<double> (std::max<size_t> (settings.numRows - 1, 1));
    return settings.logarithmic ? settings.lowest * std::pow (settings.highest / settings.lowest, position)
                                : settings.lowest + (settings.highest - settings.lowest) * position;
}

double Spectrogram::timeOf (size_t column) const noexcept
{
    return settings.fromSeconds
           + (settings.toSeconds - settings.fromSeconds) * (static_cast<double> (column) + 0.5)
                 / static_cast<double> (settings.numColumns);
}

std::vector<double> Spectrogram::lastTimesWithin (double decibels) const
{
    std::vector<double> times (settings.numRows);

    for (size_t row = 0; row < settings.numRows; ++row)
    {
        float maximum = -1000.0f;

        for (size_t column = 0; column < settings.numColumns; ++column)
            maximum = std::max (maximum, level (column, row));

        for (size_t column = settings.numColumns; column-- > 0;)
        {
            if (level (column, row) < maximum - static_cast<float> (decibels))
                continue;

            times[row] = timeOf (column);
            break;
        }
    }

    return times;
}

Spectrogram makeSpectrogram (const Kernel& original, const SpectrogramSettings& wanted)
{
    const AnalysisLevel atLevel (original);
    const auto& kernel = atLevel.kernel();
    constexpr double meetingPoint = 1200.0; // Hz
    Spectrogram result { wanted, {}, 0.0 };
    auto& settings = result.settings;

    if (! (settings.toSeconds > settings.fromSeconds))
        settings.toSeconds = kernel.lengthInSeconds();

    const bool twoWindows = settings.windowInSeconds <= 0.0;
    const double seconds = twoWindows ? 2048.0 / 48000.0 : settings.windowInSeconds;
    const size_t shortLength = windowLength (seconds, kernel.sampleRate), longLength = 2 * shortLength;
    ShortTimePower fine (kernel, settings.path, shortLength), coarse (kernel, settings.path, longLength);
    std::vector<RowBins> fineRows, coarseRows;
    std::vector<float> shareOfFine;

    for (size_t row = 0; row < settings.numRows; ++row)
    {
        const double centre = result.frequencyOf (row);
        const double above = row + 1 < settings.numRows ? result.frequencyOf (row + 1) : centre;
        const double below = row > 0 ? result.frequencyOf (row - 1) : centre;
        const double low = (centre + below) / 2.0, high = (centre + above) / 2.0;
        fineRows.emplace_back (low, centre, high, kernel.sampleRate / static_cast<double> (shortLength),
                               shortLength / 2 + 1);
        coarseRows.emplace_back (low, centre, high, kernel.sampleRate / static_cast<double> (longLength),
                                 longLength / 2 + 1);
        shareOfFine.push_back (
            twoWindows ? static_cast<float> (std::clamp (std::log2 (centre / meetingPoint) + 0.5, 0.0, 1.0)) : 1.0f);
    }

    result.levels.resize (settings.numColumns * settings.numRows);
    float loudest = -300.0f;

    for (size_t column = 0; column < settings.numColumns; ++column)
    {
        const double centre = result.timeOf (column) * kernel.sampleRate;
        const auto& finePowers = fine.around (centre);
        const auto* const coarsePowers = twoWindows ? &coarse.around (centre) : nullptr;

        for (size_t row = 0; row < settings.numRows; ++row)
        {
            const float share = shareOfFine[row];
            float level = share > 0.0f ? share * fineRows[row].level (finePowers) : 0.0f;

            if (share < 1.0f)
                level += (1.0f - share) * coarseRows[row].level (*coarsePowers);

            result.levels[column * settings.numRows + row] = level;
            loudest = std::max (loudest, level);
        }
    }

    const double squaredGain = atLevel.gain() * atLevel.gain();
    result.loudest = std::pow (10.0, static_cast<double> (loudest) / 10.0) / squaredGain;
    const auto reference =
        settings.reference > 0.0 ? static_cast<float> (10.0 * std::log10 (settings.reference * squaredGain)) : loudest;

    for (auto& level : result.levels)
        level = level > silence ? std::max (level - reference, -200.0f) : -200.0f;

    return result;
}

} // namespace faltwerk
