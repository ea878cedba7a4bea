#include "Kernel/Edits/PreRinging.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr size_t mostBefore = 1200; // frames that are looked at; the work grows with their square
constexpr size_t length = 36;       // frames of a correction
constexpr double weights[] = { 1e-1, 1e-2, 1e-3, 1e-4, 1e-5 }; // of the whole spectrum against the pass-band's error
constexpr double inaudible = 1e-9, mostAdded = 0.01;           // of the response's energy

} // namespace

PreRinging::PreRinging (double band)
    : passBand (band)
{
    for (const double weight : weights)
        all.push_back (equations (weight));
}

PreRinging::Equations PreRinging::equations (double weight) const
{
    std::vector<double> factor (length * length);

    // L L^T = R, row by row.
    for (size_t row = 0; row < length; ++row)
    {
        for (size_t column = 0; column <= row; ++column)
        {
            double sum = correlation (row - column) + (row == column ? weight : 0.0);

            for (size_t n = 0; n < column; ++n)
                sum -= factor[row * length + n] * factor[column * length + n];

            factor[row * length + column] = row == column ? std::sqrt (sum) : sum / factor[column * length + column];
        }
    }

    return { std::move (factor) };
}

/** Returns the integral of cos (2 pi f distance) over the pass-band, both signs of f, in cycles per frame. */
double PreRinging::correlation (size_t distance) const
{
    const auto k = static_cast<double> (distance);
    return distance == 0 ? 2.0 * passBand : std::sin (2.0 * std::numbers::pi * passBand * k) / (std::numbers::pi * k);
}

PreRinging::Correction PreRinging::correctionFor (std::span<const float> before, double energy) const
{
    before = before.last (std::min (before.size(), mostBefore));
    std::vector<double> correlations (length + before.size()), right (length);
    const auto at = [&] (size_t m) { return static_cast<double> (before[before.size() - m]); }; // m frames before
    double whole = 0.0; // energy of the part before, in the pass-band

    for (size_t n = 0; n < correlations.size(); ++n)
        correlations[n] = correlation (n);

    for (size_t m = 1; m <= before.size(); ++m)
    {
        whole += at (m) * at (m) * correlations[0];

        for (size_t n = 1; n < m; ++n)
            whole += 2.0 * at (m) * at (n) * correlations[m - n];

        for (size_t n = 0; n < length; ++n)
            right[n] += at (m) * correlations[n + m];
    }

    Correction result;

    for (const auto& [factor] : all)
    {
        Correction next { right, whole };
        auto& frames = next.frames;

        for (size_t row = 0; row < length; ++row) // L y = r
        {
            for (size_t n = 0; n < row; ++n)
                frames[row] -= factor[row * length + n] * frames[n];

            frames[row] /= factor[row * length + row];
            next.error -= frames[row] * frames[row];
        }

        for (size_t row = length; row-- > 0;) // L^T c = y
        {
            for (size_t n = row + 1; n < length; ++n)
                frames[row] -= factor[n * length + row] * frames[n];

            frames[row] /= factor[row * length + row];
        }

        const bool isEnough = ! result.frames.empty() && result.error <= mostError * energy;

        if (isEnough && std::inner_product (frames.begin(), frames.end(), frames.begin(), 0.0) > mostAdded * energy)
            break;

        result = std::move (next);

        if (result.error <= inaudible * energy)
            break;
    }

    return result;
}

} // namespace faltwerk
