#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** Returns the stretches of a line through points that lie in an area. A point far outside costs no more than one
    inside, however the path is dashed or stroked afterwards. The line is interrupted at points that are not finite.
    @param points  in logical pixels */
juce::Path clippedLine (const std::vector<juce::Point<float>>& points, juce::Rectangle<float> area);

/** Returns the outline of a dashed line, to be filled. Its cost grows with the line's length: clip it first.
    @param thickness, on, off  in logical pixels */
juce::Path dashedStroke (const juce::Path& line, float thickness, float on, float off);

} // namespace faltwerk
