#include "Kernel/Measuring/Quality/RingingLoop.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr double leastGain = 0.05, leastHeight = 8.0, leastAgreement = 0.75;

/** Returns the cepstrum of a signal's band, without what changes over more than 300 Hz, as the gain of a copy at each
    delay. */
std::vector<double> copiesIn (const std::vector<float>& samples, double sampleRate, double low, double high)
{
    Fourier fourier (Fourier::sizeFor (2 * samples.size()));
    const auto spectrum = fourier.spectrumOf (samples);
    const double binWidth = sampleRate / static_cast<double> (fourier.size());
    const auto first = static_cast<size_t> (low / binWidth),
               last = std::min (static_cast<size_t> (high / binWidth), spectrum.size()),
               around = static_cast<size_t> (150.0 / binWidth), edge = static_cast<size_t> (500.0 / binWidth) + 1;
    std::vector<double> sums (spectrum.size() + 1);
    const auto levelAt = [&] (size_t k)
    { return 0.5 * std::log (static_cast<double> (std::norm (spectrum[k])) + 1e-20); };

    for (size_t k = 0; k < spectrum.size(); ++k)
        sums[k + 1] = sums[k] + levelAt (k);

    std::vector<Fourier::Complex> levels (spectrum.size());

    for (size_t k = first; k < last; ++k)
    {
        const size_t begin = k - std::min (k, around), end = std::min (k + around, spectrum.size());
        const double mean = (sums[end] - sums[begin]) / static_cast<double> (end - begin);
        const double x = static_cast<double> (std::min ({ k - first, last - k, edge })) / static_cast<double> (edge);
        levels[k] = static_cast<float> (std::clamp (levelAt (k) - mean, -2.0, 2.0)
                                        * (0.5 - 0.5 * std::cos (std::numbers::pi * x)));
    }

    const auto cepstrum = fourier.signalOf (levels);
    const double scale = 2.0 * static_cast<double> (spectrum.size()) / static_cast<double> (last - first);
    std::vector<double> copies (cepstrum.size() / 2);

    for (size_t n = 0; n < copies.size(); ++n)
        copies[n] = scale * static_cast<double> (cepstrum[n]);

    return copies;
}

/** Returns the median of what is around a delay. */
double medianAround (const std::vector<double>& copies, size_t delay)
{
    std::vector<double> values;

    for (size_t n = delay - std::min<size_t> (delay, 400); n < std::min (delay + 400, copies.size()); n += 4)
        if (n + 8 < delay || n > delay + 8)
            values.push_back (std::abs (copies[n]));

    const auto middle = values.begin() + static_cast<std::ptrdiff_t> (values.size() / 2);
    std::nth_element (values.begin(), middle, values.end());
    return *middle;
}

/** Returns by which gain samples come again after a delay, behind the first sound; rising with frequency, so that low
    notes that ring do not count. */
double gainAfter (const std::vector<float>& samples, size_t delay, size_t behind)
{
    const auto at = [&samples] (size_t n)
    { return static_cast<double> (samples[n]) - static_cast<double> (samples[n - 1]); };
    double product = 0.0, power = 0.0;

    for (size_t n = behind; n + delay < samples.size(); ++n)
    {
        product += at (n) * at (n + delay);
        power += at (n) * at (n);
    }

    return power > 0.0 ? product / power : 0.0;
}

} // namespace

LoopEcho findRingingLoop (const CircularResponse& response,
                          long long arrival,
                          long long end,
                          double sampleRate,
                          double low,
                          double high)
{
    const auto framesIn = [sampleRate] (double seconds) { return static_cast<size_t> (seconds * sampleRate); };
    const auto length = std::min (static_cast<size_t> (std::max (end - arrival, 0LL)), framesIn (2.0));
    const size_t shortest = framesIn (0.006), longest = std::min (length / 4 * 3, framesIn (1.0));

    if (longest < 2 * shortest || 0.8 * high < std::max (2.0 * low, 100.0) + 1500.0)
        return {};

    std::vector<float> samples (length);

    for (size_t n = 0; n < length; ++n)
        samples[n] = response[arrival + static_cast<long long> (n)];

    const auto copies = copiesIn (samples, sampleRate, std::max (2.0 * low, 100.0), 0.8 * high);

    for (size_t delay = shortest; delay < std::min (longest, copies.size() - 1); ++delay)
    {
        const double gain = copies[delay];

        if (std::abs (gain) < leastGain || std::abs (gain) < std::abs (copies[delay - 1])
            || std::abs (gain) < std::abs (copies[delay + 1])
            || std::abs (gain) < leastHeight * 1.5 * medianAround (copies, delay))
            continue;

        const double again = gainAfter (samples, delay, framesIn (0.004));

        if (std::min (gain / again, again / gain) > leastAgreement && std::abs (again) < 1.0)
            return { static_cast<double> (delay) / sampleRate, 20.0 * std::log10 (std::abs (again)) };
    }

    return {};
}

} // namespace faltwerk
