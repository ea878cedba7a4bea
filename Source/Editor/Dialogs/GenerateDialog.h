#pragma once

#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Dialogs/Dialog.h"
#include "Editor/Dialogs/KernelPreview.h"
#include "Editor/Dialogs/NumberRow.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk
{

/** Makes a kernel by any generator: it is heard and seen while its parameters move, and kept or taken back. */
class GenerateDialog : public Dialog
{
public:
    explicit GenerateDialog (PluginProcessor&);

    juce::Component* firstWithKeyboard() override { return &generator; }
    void update() override;
    void closing (bool accepted) override;

private:
    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    void choose (int generator);
    void make();

    PluginProcessor& processor;
    ChoiceMenu generator;
    juce::Viewport viewport;
    juce::Component rowList;
    std::vector<std::unique_ptr<NumberRow>> rows;
    KernelPreview preview;
    ControlButton* keep = nullptr;
    bool isOutdated = false;
    juce::String problem;
};

} // namespace faltwerk
