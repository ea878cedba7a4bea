#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <array>

namespace faltwerk
{

/** A level meter of two bars: the upper half of its scale holds 0 to -20 dB, the lower -20 to -60. It holds the peak
    for 1.5 s, then lets it fall by 20 dB a second; the number above is the maximum since the last click, coral after a
    clip. */
class Meter : public juce::Component, public juce::SettableTooltipClient
{
public:
    /** The side of the bars on which the scale is drawn. */
    enum class Scale
    {
        right,
        left
    };

    Meter (const juce::String& title, Scale scale);

    /** Takes the largest magnitudes since the last call; `seconds` is the time since then. */
    void update (std::array<float, 2> peaks, double seconds);

    /** Forgets the maximum. */
    void resetMaximum();

    void paint (juce::Graphics&) override;
    void mouseDown (const juce::MouseEvent&) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** A lower meter leaves the number out. */
    static constexpr int width = 44, height = 130;

private:
    struct Bar
    {
        float level = -100.0f, held = -100.0f; // dB
        double heldFor = 0.0;                  // s
    };

    juce::String maximumText() const;

    Scale scale;
    std::array<Bar, 2> bars;
    float maximum = -100.0f; // dB
};

} // namespace faltwerk
