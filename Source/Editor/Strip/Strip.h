#pragma once

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Meter.h"
#include "Editor/Strip/ParameterKnob.h"
#include "Editor/Strip/ParameterMenu.h"
#include "Editor/Strip/ParameterSwitch.h"
#include "Plugin/Parameters/Parameters.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <array>

namespace faltwerk
{

/** The row of controls between the picture and the status line: meters at both ends, and between them the groups Input,
    Kernel, Tone and Output. A small window shows the knobs that are needed most; All opens the others. */
class Strip : public juce::Component
{
public:
    explicit Strip (Parameters&);

    /** Disables what needs a kernel. */
    void setHasKernel (bool);

    /** Called when the lock at Mix is clicked. */
    std::function<void()> onLockMix;

    /** Called like ParameterKnob::onRange. */
    std::function<void (const juce::String&)> onRange;

    /** Follows what changes without a click. @param seconds  since the last call */
    void update (double seconds, bool mixIsLocked);

    void paint (juce::Graphics&) override;
    void resized() override;

    Meter inputMeter, outputMeter;

private:
    bool isCompact() const;
    void layOutFull (juce::Rectangle<int>);
    void layOutCompact (juce::Rectangle<int>);

    ParameterKnob gain, preDelay, size, decay, attack, width, lowCut, highCut, damping, mix, wet, dry, out;
    ParameterSwitch reverse;
    ParameterMenu normalise;
    ControlButton more;
    juce::Rectangle<int> normaliseLabel;

    const std::array<ParameterKnob*, 13> knobs;
    const std::array<juce::Component*, 10> ofTheKernel;
};

/** The controls that a small strip has no room for. */
class MoreControls : public juce::Component
{
public:
    /** @param onRange  called like ParameterKnob::onRange */
    MoreControls (Parameters&, const std::function<void (const juce::String&)>& onRange);

    void resized() override;

private:
    ParameterKnob attack, width, damping, wet, dry;
    ParameterSwitch reverse;
    ParameterMenu normalise;
};

} // namespace faltwerk
