#pragma once

#include "Plugin/Parameters.h"

#include <juce_audio_processors/juce_audio_processors.h>
#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** A knob for one parameter: a dial in a cell, its name, and its value, which can be clicked and typed. */
class ParameterKnob : public juce::Component, public juce::SettableTooltipClient
{
public:
    /** Gold changes the kernel, blue the signal. A bipolar knob has its default at 12 o'clock. */
    enum class Changes
    {
        kernel,
        signal
    };
    enum class Polarity
    {
        unipolar,
        bipolar
    };

    ParameterKnob (const Parameters&, juce::RangedAudioParameter& parameter, Changes changes, Polarity polarity);
    ~ParameterKnob() override;

    /** Lower cells have a dial of 40 px. */
    static constexpr int cellWidth = 68, cellHeight = 92, compactHeight = 80;

    void paint (juce::Graphics&) override;
    void resized() override;
    void enablementChanged() override;

private:
    /** The dial: vertical drag, 200 px for the full range; shift is fine. */
    class Dial : public juce::Slider
    {
    public:
        Dial();
        std::function<void()> onEnter, onMenu;
        void focusGained (FocusChangeType) override;
        void focusLost (FocusChangeType) override;
        void mouseDown (const juce::MouseEvent&) override;
        void mouseDrag (const juce::MouseEvent&) override;
        void mouseWheelMove (const juce::MouseEvent&, const juce::MouseWheelDetails&) override;
        juce::String getTooltip() override;
        bool keyPressed (const juce::KeyPress&) override;

    private:
        void setFine (bool fine);
        bool moveTo (double proportion);
    };

    /** The value as text, which can be edited; what cannot be read stays, with a coral outline, until it is mended. */
    class Value : public juce::Label
    {
    public:
        std::function<bool (const juce::String&)> isReadable;

    private:
        juce::TextEditor* createEditorComponent() override;
        void textEditorReturnKeyPressed (juce::TextEditor&) override;
    };

    void showValue();
    void typed();
    void showMenu();

    const Parameters& parameters;
    juce::RangedAudioParameter& parameter;
    Dial dial;
    Value value;
    juce::Rectangle<int> labelBox;
    juce::SliderParameterAttachment attachment;
};

} // namespace faltwerk
