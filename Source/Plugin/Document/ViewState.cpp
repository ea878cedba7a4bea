#include "Plugin/Document/ViewState.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr double longestTime = 3600.0; // s, far beyond any kernel

bool isName (const std::string& text)
{
    const auto isPartOfName = [] (char c)
    { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    return ! text.empty() && text.size() <= ViewState::longestName
           && std::all_of (text.begin(), text.end(), isPartOfName);
}

} // namespace

ViewState ViewState::sanitised() const
{
    ViewState result;

    if (view >= 0 && view < numViews)
        result.view = view;

    if (std::isfinite (from) && std::isfinite (to) && from >= 0.0 && from < to && to <= longestTime)
    {
        result.from = from;
        result.to = to;
    }

    if (std::min (width, height) >= smallestSide && std::max (width, height) <= largestSide)
    {
        result.width = width;
        result.height = height;
    }

    for (const auto& choice : choices)
        if (isName (choice.first) && result.choices.size() < mostChoices)
            result.choices.insert (choice);

    return result;
}

} // namespace faltwerk
