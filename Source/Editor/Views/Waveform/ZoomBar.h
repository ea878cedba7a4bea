#pragma once

#include "Editor/Views/Backdrop.h"

#include <functional>

namespace faltwerk
{

/** A narrow picture of the whole with a window on it: drag the window to move it, its ends to zoom. */
class ZoomBar : public juce::Component
{
public:
    ZoomBar();

    /** What the user wants to see, in s. */
    std::function<void (double from, double to)> onChange;

    /** Paints the whole into the bar. */
    std::function<void (juce::Graphics&, juce::Rectangle<float>)> onPaintWhole;

    /** @param wholeFrom, wholeTo  what the bar stands for  @param from, to  what is visible, in s */
    void show (double wholeFrom, double wholeTo, double from, double to);
    void wholeHasChanged() { whole.repaint(); }

    void paintOverChildren (juce::Graphics&) override;
    void resized() override { whole.setBounds (getLocalBounds()); }
    void mouseDown (const juce::MouseEvent&) override;
    void mouseDrag (const juce::MouseEvent&) override;
    void mouseMove (const juce::MouseEvent&) override;
    void mouseDoubleClick (const juce::MouseEvent&) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    enum class Part
    {
        begin,
        window,
        end
    };

    juce::Rectangle<float> bar() const;
    juce::Rectangle<float> window() const;
    Part partAt (float x) const;
    void change (double from, double to);

    Backdrop whole;
    double wholeBegin = 0.0, wholeEnd = 1.0, begin = 0.0, end = 1.0;
    double beginAtGrip = 0.0, endAtGrip = 0.0;
    Part gripped = Part::window;
};

} // namespace faltwerk
