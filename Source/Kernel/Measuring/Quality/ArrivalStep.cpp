#include "Kernel/Measuring/Quality/ArrivalStep.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace faltwerk
{

namespace
{

/** Plates have steps of 3 ms. */
constexpr double leastStep = 0.005; // s

/** When a band of a response begins. */
struct BandOnset
{
    double centre = 0.0, width = 0.0; // Hz
    double seconds = 0.0;             // of the window
};

/** A window of a response, whose bands can be looked at. */
class Window
{
public:
    Window (const CircularResponse& response, long long first, size_t length, double rate)
        : sampleRate (rate)
        , numSamples (length)
        , fourier (Fourier::sizeFor (2 * length))
    {
        std::vector<float> samples (length);
        const size_t fade = length / 100 + 1;

        for (size_t n = 0; n < length; ++n)
        {
            const auto edge = static_cast<double> (std::min ({ n + 1, length - n, fade })) / static_cast<double> (fade);
            samples[n] = response[first + static_cast<long long> (n)]
                         * static_cast<float> (0.5 - 0.5 * std::cos (std::numbers::pi * edge));
        }

        spectrum = fourier.spectrumOf (samples);
    }

    /** Returns the power of a band over time, at a rate of about four times its width. */
    std::vector<double> powerOf (double centre, double width) const
    {
        const double binWidth = sampleRate / static_cast<double> (fourier.size());
        const auto first = static_cast<size_t> (std::max (1.0, std::ceil ((centre - width / 2.0) / binWidth))),
                   last = std::min (static_cast<size_t> ((centre + width / 2.0) / binWidth), spectrum.size());

        if (last < first + 4)
            return {};

        Fourier band (Fourier::sizeFor (4 * (last - first)));
        std::vector<Fourier::Complex> bins (band.size());

        for (size_t k = first; k < last; ++k)
        {
            const double x = (static_cast<double> (k) * binWidth - centre) / width;
            bins[k - first] = spectrum[k] * static_cast<float> (0.5 + 0.5 * std::cos (2.0 * std::numbers::pi * x));
        }

        band.inverse (bins);
        const size_t used = band.size() * numSamples / fourier.size();
        std::vector<double> power (used);

        for (size_t n = 0; n < used; ++n)
            power[n] = static_cast<double> (std::norm (bins[n]));

        return power;
    }

    double seconds() const { return static_cast<double> (numSamples) / sampleRate; }

private:
    double sampleRate;
    size_t numSamples;
    Fourier fourier;
    std::vector<Fourier::Complex> spectrum;
};

/** Returns where the bands begin that stand out of the noise. */
std::vector<BandOnset> onsetsIn (const Window& window, const ArrivalStepRange& range, const IsCancelled& isCancelled)
{
    std::vector<BandOnset> onsets;

    // Bands of an octave up to 500 Hz, then of 350 Hz, and of a sixth of an octave from 3 kHz on.
    for (double from = range.low; from < range.high;)
    {
        const double width = std::max (0.12 * from, std::min (from, 350.0)), centre = from + width / 2.0;

        if (from + width > range.high)
            break;

        from += width;

        throwIfCancelled (isCancelled);

        // The cosine reaches half its height at the edges of the band.
        const auto power = window.powerOf (centre, 2.0 * width);

        if (power.empty())
            continue;

        auto quiet = power;
        quiet.resize (static_cast<size_t> (static_cast<double> (power.size()) * range.before / window.seconds()));

        if (quiet.empty())
            continue;

        const auto quarter = quiet.begin() + static_cast<std::ptrdiff_t> (quiet.size() / 4);
        std::nth_element (quiet.begin(), quarter, quiet.end());
        const double noise = *quarter / 0.288; // a quarter of noise's power lies below that share of its mean
        const double peak = *std::max_element (power.begin(), power.end());
        const double least = std::max (0.01 * peak, 10.0 * noise);

        if (! (peak > 100.0 * noise))
            continue;

        const auto rise = std::find_if (power.begin(), power.end(), [least] (double x) { return x > least; });
        const double place = static_cast<double> (rise - power.begin()) / static_cast<double> (power.size());
        onsets.push_back ({ centre, width, place * window.seconds() + 0.7 / width });
    }

    return onsets;
}

/** When some neighbouring bands begin. */
struct Side
{
    double seconds = 0.0, spread = 0.0; // s
    double slope = 0.0;                 // s for e times the frequency, from the first to the last
    double place = 0.0;                 // the logarithm of the frequency in the middle
};

Side sideOf (const std::vector<BandOnset>& onsets, size_t first, size_t last)
{
    std::vector<double> values;

    for (size_t n = first; n < last; ++n)
        values.push_back (onsets[n].seconds);

    std::sort (values.begin(), values.end());
    const size_t half = values.size() / 2;
    const auto &front = onsets[first], &back = onsets[last - 1];
    return { values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]),
             values.back() - values.front(), (back.seconds - front.seconds) / std::log (back.centre / front.centre),
             0.5 * std::log (back.centre * front.centre) };
}

} // namespace

ArrivalStep findArrivalStep (const CircularResponse& response,
                             long long arrival,
                             double sampleRate,
                             const ArrivalStepRange& range,
                             const IsCancelled& isCancelled)
{
    const auto before = static_cast<long long> (range.before * sampleRate),
               behind = static_cast<long long> (range.behind * sampleRate);
    const auto length = static_cast<size_t> (std::min (before + behind, response.size()));
    const Window window (response, arrival - before, length, sampleRate);
    const auto onsets = onsetsIn (window, range, isCancelled);
    ArrivalStep found;
    double clearest = 3.0;

    // The step lies in one band, or in those that passed while samples were lost; they belong to neither side.
    for (size_t n = 2; n < onsets.size(); ++n)
    {
        for (size_t next = n + 1; next + 1 < onsets.size(); ++next)
        {
            const auto below = sideOf (onsets, n - std::min<size_t> (n, 4), n),
                       above = sideOf (onsets, next, std::min (next + 4, onsets.size()));
            const double step = above.seconds - below.seconds;
            const double skipped = std::log (onsets[next - 1].centre / onsets[n].centre);

            if (std::abs (step) < leastStep || skipped > 1.5 * std::abs (step) / range.growthTime)
                continue;

            const double resolved = std::max (0.5 / onsets[n - 1].width, 0.001);

            // A wrong law bends the arrivals of all bands.
            const double bent = std::max (std::abs (below.slope), std::abs (above.slope)) * (above.place - below.place);
            const double clear = std::abs (step) / std::max ({ below.spread, above.spread, bent, resolved });

            if (clear > clearest)
            {
                clearest = clear;
                found = { onsets[n].centre, step, below.seconds - range.before };
            }
        }
    }

    return found;
}

} // namespace faltwerk
