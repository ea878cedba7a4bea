#pragma once

#include "Plugin/KernelDocument.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>

namespace faltwerk
{

/** Shows the waveform of the loaded kernel, or what to do when there is none. */
class WaveformView : public juce::Component
{
public:
    WaveformView();

    /** Shows another kernel as it sounds, edited; null: none, or one that is missing. */
    void show (std::shared_ptr<const EditedKernel>, bool isMissing);

    /** Marks the view as the place where a dragged file will land. */
    void setDropHighlight (bool highlighted, const juce::String& fileName = {});

    void paint (juce::Graphics&) override;

private:
    void paintEmpty (juce::Graphics&) const;
    void paintDrop (juce::Graphics&) const;

    std::shared_ptr<const EditedKernel> edited;
    bool missing = false, dropping = false;
    juce::String droppedName;
};

} // namespace faltwerk
