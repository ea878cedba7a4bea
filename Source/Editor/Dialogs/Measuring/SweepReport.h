#pragma once

#include "Kernel/Measuring/Deconvolution.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** What came of a measurement: figures, quality and remarks, as many lines as they need; arrow keys and wheel scroll
    where there is no room. The tooltip holds all of it. */
class SweepReport : public juce::Viewport, public juce::SettableTooltipClient
{
public:
    SweepReport();

    /** Shows a result, a sentence on a failure, or what goes on; null and empty: nothing. */
    void show (const Deconvolved&);
    void showProblem (const juce::String&);
    void showText (const juce::String&);

    /** Returns all that is shown, a line for each figure and remark. */
    juce::String text() const;

    void paintOverChildren (juce::Graphics&) override;
    void resized() override { fit(); }
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    /** A figure with its name, or a sentence without. */
    struct Line
    {
        juce::String name, value;
        bool isWarning = false;

        bool operator== (const Line&) const = default;
    };

    class Lines : public juce::Component
    {
    public:
        int heightFor (int width) const;
        void paint (juce::Graphics&) override;
        std::vector<Line> lines;

    private:
        static juce::TextLayout layoutOf (const Line&, float width);
    };

    void set (std::vector<Line>);
    void fit();

    Lines inside;
};

} // namespace faltwerk
