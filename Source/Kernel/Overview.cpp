#include "Kernel/Overview.h"

#include <algorithm>
#include <limits>

namespace faltwerk
{

Overview::Overview (std::span<const float> signal)
    : samples (signal)
{
    auto& base = levels.emplace_back();
    base.reserve (signal.size() / baseSize);

    for (size_t first = 0; first + baseSize <= signal.size(); first += baseSize)
    {
        Stretch stretch { signal[first], signal[first], 0.0 };

        for (const float x : signal.subspan (first, baseSize))
        {
            stretch.smallest = std::min (stretch.smallest, x);
            stretch.largest = std::max (stretch.largest, x);
            stretch.sumOfSquares += static_cast<double> (x) * static_cast<double> (x);
        }

        base.push_back (stretch);
    }

    while (levels.back().size() > 1)
    {
        std::vector<Stretch> next;
        const auto& below = levels.back();
        next.reserve (below.size() / 2);

        for (size_t n = 0; n + 1 < below.size(); n += 2)
            next.push_back ({ std::min (below[n].smallest, below[n + 1].smallest),
                              std::max (below[n].largest, below[n + 1].largest),
                              below[n].sumOfSquares + below[n + 1].sumOfSquares });

        levels.push_back (std::move (next));
    }
}

Extent Overview::extentOf (size_t first, size_t last) const noexcept
{
    last = std::min (last, samples.size());

    if (first >= last)
        return {};

    Extent extent { std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest(), 0.0 };
    const auto add = [&extent] (float smallest, float largest, double sumOfSquares)
    {
        extent.smallest = std::min (extent.smallest, smallest);
        extent.largest = std::max (extent.largest, largest);
        extent.meanSquare += sumOfSquares;
    };

    for (size_t n = first; n < last;)
    {
        // The largest stretch that begins here and ends in time.
        size_t level = 0, size = baseSize;

        while (level < levels.size() && n % size == 0 && n + size <= last && n / size < levels[level].size())
        {
            ++level;
            size *= 2;
        }

        if (level == 0)
        {
            const double x = static_cast<double> (samples[n]);
            add (samples[n], samples[n], x * x);
            ++n;
        }
        else
        {
            const auto& stretch = levels[level - 1][n / (size / 2)];
            add (stretch.smallest, stretch.largest, stretch.sumOfSquares);
            n += size / 2;
        }
    }

    extent.meanSquare /= static_cast<double> (last - first);
    return extent;
}

} // namespace faltwerk
