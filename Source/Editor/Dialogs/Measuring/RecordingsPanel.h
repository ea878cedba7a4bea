#pragma once

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Toggle.h"

#include <functional>

namespace faltwerk
{

/** The controls of a measurement whose recording is a file: the sweep goes out as a file or is played, and recordings
    of it are chosen. */
class RecordingsPanel : public juce::Component, public juce::SettableTooltipClient
{
public:
    RecordingsPanel();

    ControlButton save, play, choose, chooseOther;
    Toggle takes;

    /** Shows the names of what was chosen. @param sweep  another sweep's file, or none */
    void show (const juce::StringArray& recordings, const juce::File& sweep);

    /** Shows whether the sweep can be played now. @param plays  it is: the button stops it */
    void update (bool isBusy, bool plays);

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    juce::StringArray recordings;
    juce::File sweepFile;
    bool stops = false; // the button play
};

} // namespace faltwerk
