#pragma once

#include "Editor/ControlButton.h"
#include "Plugin/PluginProcessor.h"

#include <functional>

namespace faltwerk
{

/** The top row: the mark, the kernel's name, Load, Bypass, and in the app Play and Audio. */
class Header : public juce::Component
{
public:
    explicit Header (PluginProcessor& processor);

    /** What the buttons do; Play and Audio are there when set. */
    std::function<void()> onLoad, onAudioSettings;

    /** Shows or hides the buttons of the app. */
    void setStandalone (bool isStandalone);

    void showKernelName (const juce::String& name, bool isLoading);
    const juce::String& shownKernelName() const { return kernelName; }

    /** Follows what may change without a click. */
    void update();

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    void showBypass (bool bypassed);

    PluginProcessor& processor;
    juce::String kernelName;
    bool hasKernel = false;
    juce::Rectangle<int> nameBox;
    ControlButton loadButton, playButton, audioButton, bypassButton;
    juce::ParameterAttachment bypassAttachment;
};

} // namespace faltwerk
