#pragma once

#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/Toggle.h"
#include "Editor/Dialogs/Dialog.h"
#include "Plugin/PluginProcessor.h"

#include <vector>

namespace faltwerk
{

/** What there is to know of the kernel: its name, which may be changed, where it comes from, what its channels mean,
    what was done to its level. */
class PropertiesDialog : public Dialog
{
public:
    explicit PropertiesDialog (PluginProcessor&);

    /** Names and values, as they are shown. */
    std::vector<std::pair<juce::String, juce::String>> facts() const;

    juce::Component* firstWithKeyboard() override { return &name; }
    void update() override;

private:
    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    void closing (bool accepted) override;
    void enableButtons();
    void setUpChannels();
    void showChannels();
    void setLayout (ChannelLayout);
    void connectByHand();

    PluginProcessor& processor;
    juce::TextEditor name;
    ChoiceMenu channels;
    Toggle mirror;
    juce::TextEditor hand; // the channels of LL LR RL RR
    ControlButton *copyHash = nullptr, *copyPath = nullptr;
    uint64_t shownVersion = 0;
};

} // namespace faltwerk
