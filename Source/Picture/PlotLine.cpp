#include "Picture/PlotLine.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace faltwerk
{

namespace
{

using Point = juce::Point<double>;

/** Returns the part of the stretch from a to b that lies in an area, by the shares at which it crosses the four edges
    (the algorithm of Liang and Barsky, 1984). */
std::optional<std::pair<Point, Point>> clipped (Point a, Point b, juce::Rectangle<double> area)
{
    const Point way = b - a;
    double first = 0.0, last = 1.0;
    const std::pair<double, double> edges[] = { { -way.x, a.x - area.getX() },
                                                { way.x, area.getRight() - a.x },
                                                { -way.y, a.y - area.getY() },
                                                { way.y, area.getBottom() - a.y } };

    for (const auto& [speed, room] : edges) // outwards, and how far it is to the edge
    {
        if (speed == 0.0 && room < 0.0)
            return {};

        if (speed < 0.0)
            first = std::max (first, room / speed);
        else if (speed > 0.0)
            last = std::min (last, room / speed);
    }

    if (first > last)
        return {};

    return std::pair (a + way * first, a + way * last);
}

} // namespace

juce::Path clippedLine (const std::vector<juce::Point<float>>& points, juce::Rectangle<float> area)
{
    juce::Path path;
    path.preallocateSpace (static_cast<int> (points.size()) * 3);
    std::optional<juce::Point<float>> end; // of what has been drawn

    for (size_t n = 1; n < points.size(); ++n)
    {
        const auto &from = points[n - 1], &to = points[n];

        if (! from.isFinite() || ! to.isFinite())
            continue;

        const auto part = clipped (from.toDouble(), to.toDouble(), area.toDouble());

        if (! part)
            continue;

        if (const auto begin = part->first.toFloat(); end != begin)
            path.startNewSubPath (begin);

        end = part->second.toFloat();
        path.lineTo (*end);
    }

    return path;
}

juce::Path dashedStroke (const juce::Path& line, float thickness, float on, float off)
{
    const float dashes[] = { on, off };
    juce::Path result;

    if (! line.isEmpty())
        juce::PathStrokeType (thickness).createDashedStroke (result, line, dashes, 2);

    return result;
}

} // namespace faltwerk
