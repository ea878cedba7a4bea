#pragma once

#include "Kernel/Analysis/Decay/Decay.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <array>
#include <vector>

namespace faltwerk
{

/** The figures of a decay in rows of bands, as text and as a drawing. */
class DecayTable
{
public:
    struct Column
    {
        const char* name;
        const char* unit;
        Figure BandDecay::*figure;
        int decimals;
    };

    static constexpr std::array<Column, 7> columns { { { "EDT", "s", &BandDecay::edt, 2 },
                                                       { "T20", "s", &BandDecay::t20, 2 },
                                                       { "T30", "s", &BandDecay::t30, 2 },
                                                       { "C50", "dB", &BandDecay::c50, 1 },
                                                       { "C80", "dB", &BandDecay::c80, 1 },
                                                       { "D50", "%", &BandDecay::d50, 0 },
                                                       { "Ts", "ms", &BandDecay::ts, 0 } } };

    struct Row
    {
        juce::String name;
        std::array<Figure, columns.size()> figures;
    };

    /** The octave bands, then the mean of 500 Hz and 1 kHz, then the whole band. */
    explicit DecayTable (const Decay&);

    const std::vector<Row>& rows() const noexcept { return allRows; }

    /** Returns a figure as it is shown: with its decimals, or n/a. */
    static juce::String textOf (const Figure&, const Column&);

    /** @param selected  a row that is marked, or -1 */
    void draw (juce::Graphics&, juce::Rectangle<float> area, int selected = -1) const;

    /** Returns the area of a row; row -1 is the heading. */
    juce::Rectangle<float> rowArea (juce::Rectangle<float> area, int row) const;

private:
    std::vector<Row> allRows;
};

} // namespace faltwerk
