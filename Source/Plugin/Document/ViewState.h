#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace faltwerk
{

/** How an instance's editor looks. A session keeps it; it is no part of undo, of A and B, or of presets. */
struct ViewState
{
    int view = 0;                       // number of the shown view: 0..numViews - 1
    double from = 0.0, to = 0.0;        // visible part of the kernel, in seconds; to = 0: all of it
    int width = 0, height = 0;          // of the editor, in logical pixels; 0: its default
    std::map<std::string, int> choices; // other settings of views by name: "decibels", "stacked"

    bool operator== (const ViewState&) const = default;

    static constexpr int numViews = 5, smallestSide = 100, largestSide = 16384;
    static constexpr size_t mostChoices = 64, longestName = 32;

    /** Returns this state with invalid values corrected, and without invalid choices. A choice's name consists of
        letters, digits, dots and hyphens. [not audio] */
    ViewState sanitised() const;
};

} // namespace faltwerk
