#include "Editor/Dialogs/Measuring/SweepReport.h"

#include "Editor/Look/LookAndFeel.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr float nameWidth = 122.0f, lineGap = 4.0f;

juce::String utf8 (const std::string& text) { return juce::String::fromUTF8 (text.c_str()); }

juce::String decibels (double value) { return numberAsLabel (value, 1) + juce::String::charToString (0xa0) + "dB"; }

} // namespace

juce::TextLayout SweepReport::Lines::layoutOf (const Line& line, float width)
{
    juce::AttributedString text;
    text.append (line.value, theme::font (line.name.isEmpty() ? theme::Type::label : theme::Type::labelMedium),
                 line.isWarning        ? theme::warning
                 : line.name.isEmpty() ? theme::textMid
                                       : theme::textHigh);
    juce::TextLayout layout;
    layout.createLayout (text, std::max (width - (line.name.isEmpty() ? 0.0f : nameWidth), 40.0f));
    return layout;
}

int SweepReport::Lines::heightFor (int width) const
{
    float height = 0.0f;

    for (const auto& line : lines)
        height += layoutOf (line, static_cast<float> (width)).getHeight() + lineGap;

    return static_cast<int> (std::ceil (height));
}

void SweepReport::Lines::paint (juce::Graphics& g)
{
    auto area = getLocalBounds().toFloat();

    for (const auto& line : lines)
    {
        const auto layout = layoutOf (line, area.getWidth());
        auto row = area.removeFromTop (layout.getHeight() + lineGap);

        if (line.name.isNotEmpty())
        {
            g.setFont (theme::font (theme::Type::label));
            g.setColour (theme::textMid);
            g.drawText (line.name,
                        row.removeFromLeft (nameWidth).withHeight (layout.getLine (0).getLineBoundsY().getLength()),
                        juce::Justification::centredLeft);
        }

        layout.draw (g, row);
    }
}

SweepReport::SweepReport()
{
    setComponentID ("report");
    setTitle ("What came of the measurement");
    setViewedComponent (&inside, false);
    inside.setInterceptsMouseClicks (false, false); // the whole has the tooltip
    setScrollBarsShown (true, false);
    setScrollBarThickness (8);
    setWantsKeyboardFocus (true);
}

void SweepReport::show (const Deconvolved& result)
{
    std::vector<Line> lines;
    lines.push_back ({ "Quality", utf8 (inWords (judge (result))) });

    for (const auto& remark : remarksOn (result))
        lines.push_back ({ {}, utf8 (remark), true });

    lines.push_back ({ "Latency", utf8 (latencyInWords (result, false)) });
    lines.push_back (
        { "Signal to noise",
          decibels (result.snrInDb) + (result.noiseWasReached ? "" : ", and the recording ended before the noise") });

    if (result.sweep)
    {
        const auto levels = decibels (result.harmonics.secondInDb) + ", " + decibels (result.harmonics.thirdInDb);
        lines.push_back ({ "2nd, 3rd harmonic",
                           result.harmonics.standOut ? levels : "at most " + levels + ": hidden by the noise" });
        lines.push_back ({ result.wasFound ? "Sweep, as found" : "Sweep", utf8 (inWords (*result.sweep)) });
    }

    set (std::move (lines));
}

void SweepReport::showProblem (const juce::String& sentence)
{
    set (sentence.isEmpty() ? std::vector<Line>() : std::vector<Line> { { {}, sentence, true } });
}

void SweepReport::showText (const juce::String& sentence)
{
    set (sentence.isEmpty() ? std::vector<Line>() : std::vector<Line> { { {}, sentence } });
}

juce::String SweepReport::text() const
{
    juce::StringArray all;

    for (const auto& line : inside.lines)
        all.add (line.name + (line.name.isEmpty() ? "" : ": ") + line.value);

    return all.joinIntoString ("\n");
}

void SweepReport::set (std::vector<Line> lines)
{
    if (std::exchange (inside.lines, lines) == lines)
        return;

    setTooltip (text());
    setDescription (text());
    setViewPosition (0, 0);
    fit();
    inside.repaint();

    if (auto* const handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent (juce::AccessibilityEvent::textChanged);
}

void SweepReport::fit()
{
    const int whole = inside.heightFor (getWidth());
    const int width = whole > getHeight() ? getWidth() - getScrollBarThickness() - 4 : getWidth();
    inside.setSize (width, inside.heightFor (width));
}

void SweepReport::paintOverChildren (juce::Graphics& g)
{
    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, getLocalBounds().toFloat().reduced (1.0f), theme::controlRadius);
}

std::unique_ptr<juce::AccessibilityHandler> SweepReport::createAccessibilityHandler()
{
    /** Read on demand: all lines. */
    struct Value : juce::AccessibilityTextValueInterface
    {
        explicit Value (const SweepReport& owner)
            : report (owner)
        {
        }
        bool isReadOnly() const override { return true; }
        void setValueAsString (const juce::String&) override {}
        juce::String getCurrentValueAsString() const override { return report.text(); }

        const SweepReport& report;
    };

    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::staticText, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces { std::make_unique<Value> (*this) });
}

} // namespace faltwerk
