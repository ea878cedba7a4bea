#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** A small card with labels and values, beside the pointer or a handle. */
class ReadOut
{
public:
    struct Row
    {
        juce::String label, value; // a row may be a value alone
        bool isEmphasised = false; // in bright gold
    };

    ReadOut() = default;

    /** Rows under each other, or, for a bubble, in one line. */
    explicit ReadOut (std::vector<Row>, bool isBubble = false);

    bool isEmpty() const noexcept { return rows.empty(); }

    /** Returns all rows, to be read out. */
    juce::String asText() const;

    /** Returns its area: right of and below a place, or on the other side near an edge, so that it never covers the
        place. */
    juce::Rectangle<float> boundsBeside (juce::Point<float> place, juce::Rectangle<float> within) const;

    /** Returns the area of a bubble: above a place, or below it near the upper edge. */
    juce::Rectangle<float> boundsAbove (juce::Point<float> place, juce::Rectangle<float> within) const;

    void draw (juce::Graphics&, juce::Rectangle<float> bounds) const;

private:
    std::vector<Row> rows;
    bool bubble = false;
    float labelWidth = 0.0f, valueWidth = 0.0f;
    juce::Point<float> size;
};

} // namespace faltwerk
