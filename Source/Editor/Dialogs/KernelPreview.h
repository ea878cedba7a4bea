#pragma once

#include "Editor/Views/Backdrop.h"
#include "Picture/Waveform/WaveformPicture.h"
#include "Plugin/PluginProcessor.h"

#include <memory>

namespace faltwerk
{

/** A small picture of the kernel as it sounds, with its facts, for dialogs that make one. It says if the document's
    edits are in it. */
class KernelPreview : public juce::Component
{
public:
    explicit KernelPreview (PluginProcessor&);

    /** Looks whether another kernel sounds. */
    void update();

    /** Dims it while it shows another kernel than the one that was asked for. */
    void setOutdated (bool);

    void paint (juce::Graphics&) override;

private:
    PluginProcessor& processor;
    bool isOutdated = false;
    std::shared_ptr<const EditedKernel> shown;
};

/** Returns a kernel's length, channels and rate in a line. */
juce::String factsOf (const Kernel&);

} // namespace faltwerk
