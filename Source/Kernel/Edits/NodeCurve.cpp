#include "Kernel/Edits/Edits.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

NodeCurve::NodeCurve (std::vector<DecayNode> points)
    : nodes (std::move (points))
    , slopes (nodes.size())
{
    std::stable_sort (nodes.begin(), nodes.end(),
                      [] (const DecayNode& a, const DecayNode& b) { return a.seconds < b.seconds; });

    const auto secant = [this] (size_t n)
    { return (nodes[n + 1].gainDb - nodes[n].gainDb) / std::max (nodes[n + 1].seconds - nodes[n].seconds, 1e-9); };

    for (size_t n = 1; n + 1 < nodes.size(); ++n)
    {
        const double before = secant (n - 1), after = secant (n);

        // The harmonic mean keeps within three times the smaller, which is enough to stay monotone.
        slopes[n] = before * after > 0.0 ? 2.0 * before * after / (before + after) : 0.0;
    }

    if (nodes.size() >= 2)
    {
        slopes.front() = secant (0);
        slopes.back() = secant (nodes.size() - 2);
    }
}

double NodeCurve::gainDbAt (double seconds) const noexcept
{
    if (nodes.empty())
        return 0.0;

    if (seconds <= nodes.front().seconds)
        return nodes.front().gainDb;

    if (seconds >= nodes.back().seconds)
        return nodes.back().gainDb;

    const auto next = std::upper_bound (nodes.begin(), nodes.end(), seconds,
                                        [] (double time, const DecayNode& node) { return time < node.seconds; });
    const auto n = static_cast<size_t> (next - nodes.begin()) - 1;
    const auto &from = nodes[n], &to = nodes[n + 1];
    const double width = to.seconds - from.seconds, x = (seconds - from.seconds) / width;

    // Hermite's basis.
    const double ease = x * x * (3.0 - 2.0 * x);
    return from.gainDb + (to.gainDb - from.gainDb) * ease
           + width * x * (1.0 - x) * (slopes[n] * (1.0 - x) - slopes[n + 1] * x);
}

} // namespace faltwerk
