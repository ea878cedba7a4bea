#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace faltwerk
{

/** How an instance's editor looks. A session keeps it; it is no part of undo, of A and B, or of presets. */
struct ViewState
{
    int view = 0;                       // which one is shown: 0..numViews - 1
    double from = 0.0, to = 0.0;        // what is seen of the kernel, in seconds; to = 0: all of it
    int width = 0, height = 0;          // of the editor, in logical pixels; 0: as it comes
    std::map<std::string, int> choices; // what else views keep, by name: "decibels", "stacked"

    bool operator== (const ViewState&) const = default;

    static constexpr int numViews = 5, smallestSide = 100, largestSide = 16384;
    static constexpr size_t mostChoices = 64, longestName = 32;

    /** This with all that no editor can have put right or left out. A choice's name is of letters, digits, dots and
        hyphens. [not audio] */
    ViewState sanitised() const;
};

} // namespace faltwerk
