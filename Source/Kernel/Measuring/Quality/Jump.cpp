#include "Kernel/Measuring/Quality/Jump.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace faltwerk
{

namespace
{

/** Two biquads in a row: a Butterworth high-pass of fourth order, by the bilinear transform. */
class HighPass
{
public:
    HighPass (double frequency, double sampleRate)
    {
        const double k = std::tan (std::numbers::pi * frequency / sampleRate);

        for (const double angle : { std::numbers::pi / 8.0, 3.0 * std::numbers::pi / 8.0 })
        {
            const double damping = 2.0 * std::cos (angle), norm = 1.0 / (1.0 + damping * k + k * k);
            sections[angle > 1.0 ? 1 : 0] = { norm, 2.0 * (k * k - 1.0) * norm, (1.0 - damping * k + k * k) * norm };
        }
    }

    double operator() (double x) noexcept
    {
        for (auto& s : sections)
        {
            const double y = s.gain * x + s.first;
            s.first = -2.0 * s.gain * x - s.a1 * y + s.second;
            s.second = s.gain * x - s.a2 * y;
            x = y;
        }

        return x;
    }

private:
    struct Section
    {
        double gain = 0.0, a1 = 0.0, a2 = 0.0, first = 0.0, second = 0.0;
    };

    Section sections[2];
};

constexpr double windowInSeconds = 0.00033, around = 0.1; // s
constexpr double leastRatio = 30.0;                       // of powers: 15 dB

/** Looks for jumps in the powers of short windows, where both sides are known. */
void look (const std::vector<double>& powers,
           double hop,
           double begin,
           double& highest,
           Jump& found,
           const IsCancelled& isCancelled)
{
    const auto reach = static_cast<size_t> (around / hop);

    for (size_t n = reach; n + reach < powers.size(); ++n)
    {
        if (powers[n] < powers[n - 1] || powers[n] < powers[n + 1])
            continue;

        throwIfCancelled (isCancelled);
        std::vector<double> near (powers.begin() + static_cast<std::ptrdiff_t> (n - reach),
                                  powers.begin() + static_cast<std::ptrdiff_t> (n + reach));
        const auto middle = near.begin() + static_cast<std::ptrdiff_t> (near.size() / 2);
        std::nth_element (near.begin(), middle, near.end());
        const double ratio = powers[n] / std::max (*middle, 1e-30);

        // Rattles come with each period, and bursts last.
        const double least = std::max (*middle * leastRatio / 4.0, powers[n] / 100.0);
        const auto numOthers = std::count_if (near.begin(), near.end(), [least] (double x) { return x > least; });

        if (ratio > std::max (leastRatio, highest) && powers[n] > 1e-12 && numOthers <= 8)
        {
            highest = ratio;
            found.seconds = begin + (static_cast<double> (n) + 0.5) * hop;
        }
    }
}

} // namespace

Jump findJump (std::span<const float> recording,
               double sampleRate,
               const Sweep& law,
               long long arrival,
               const IsCancelled& isCancelled)
{
    const double start = static_cast<double> (arrival) / sampleRate;
    const auto hop = static_cast<size_t> (std::max (4.0, windowInSeconds * sampleRate));
    Jump found;
    double highest = 0.0, from = law.from;

    for (double cutoff = 3000.0; cutoff <= 0.25 * sampleRate && from < law.to; cutoff *= 2.0)
    {
        const double to = std::min (cutoff / 3.0, law.to);

        if (to <= from)
            continue;

        // Both ends need what is around them.
        const double begin = std::max (start + law.timeOf (from) - around, 0.0), end = start + law.timeOf (to) + around;
        const auto first = std::min (static_cast<size_t> (begin * sampleRate), recording.size()),
                   last = std::min (static_cast<size_t> (std::max (end, 0.0) * sampleRate), recording.size());
        HighPass filter (cutoff, sampleRate);
        std::vector<double> powers;

        for (size_t n = first - std::min (first, 100 * hop); n < first; ++n)
            filter (static_cast<double> (recording[n]));

        for (size_t n = first; n + hop <= last; n += hop)
        {
            double sum = 0.0;

            for (size_t m = n; m < n + hop; ++m)
            {
                const double y = filter (static_cast<double> (recording[m]));
                sum += y * y;
            }

            powers.push_back (sum / static_cast<double> (hop));
        }

        look (powers, static_cast<double> (hop) / sampleRate, begin, highest, found, isCancelled);
        from = to;
    }

    return found;
}

} // namespace faltwerk
