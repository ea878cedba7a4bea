#pragma once

#include "Editor/Controls/ValueField.h"
#include "Plugin/Parameters/Parameters.h"

#include <juce_audio_processors/juce_audio_processors.h>
#include <juce_gui_basics/juce_gui_basics.h>

#include <atomic>
#include <memory>

namespace faltwerk
{

/** A knob for one parameter: a dial in a cell, its name, and its value, which can be clicked and typed. A white dot
    shows where the host has it while it is automated; a lock beside its name keeps presets away from it. */
class ParameterKnob : public juce::Component,
                      public juce::SettableTooltipClient,
                      private juce::AudioProcessorParameter::Listener
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

    /** Sets its group, which screen readers say after its name. */
    void setGroup (const juce::String&);

    /** Adds a lock. @param onToggle  called when it is clicked */
    void addLock (const juce::String& title, std::function<void()> onToggle);
    void showLock (bool isLocked);

    /** Called with the range in words when a typed value cannot be read, and with nothing once the field has gone. */
    std::function<void (const juce::String&)> onRange;

    /** Looks whether the host moves the parameter. @param seconds  since the last call */
    void update (double seconds);
    bool isAutomated() const noexcept { return activity > 0.5; }

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
        std::function<juce::String()> spokenValue, tooltip;
        juce::String getTextFromValue (double) override { return spokenValue ? spokenValue() : juce::String(); }
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

    class Lock;

    // The parameter's listener, on any thread; what the user does is enclosed in gestures.
    void parameterValueChanged (int, float) override;
    void parameterGestureChanged (int, bool begins) override;

    juce::String textAt (float proportion) const;
    void showValue();
    void typed();
    void showMenu();

    const Parameters& parameters;
    juce::RangedAudioParameter& parameter;
    Dial dial;
    ValueField value { dial };
    std::unique_ptr<Lock> lock;
    juce::Rectangle<int> labelBox;
    std::atomic<int> gestures { 0 }, hostChanges { 0 }; // any -> message, relaxed
    int seenChanges = 0;
    double activity = 0.0; // 1 while the host moves the parameter, then falling
    juce::SliderParameterAttachment attachment;
};

} // namespace faltwerk
