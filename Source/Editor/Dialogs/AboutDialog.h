#pragma once

#include "Editor/Dialogs/Dialog.h"
#include "Editor/Dialogs/Manual.h"

#include <memory>
#include <vector>

namespace faltwerk
{

/** Version and licences, and the manual: the parts of README that are about use, to be read and copied. */
class AboutDialog : public Dialog
{
public:
    /** @param host  what the plugin runs in, or that it is the app */
    explicit AboutDialog (const juce::String& host);

    juce::Component* firstWithKeyboard() override { return buttons.front().get(); }
    bool keyPressed (const juce::KeyPress&) override; // the arrows go through the parts

private:
    void layOut (juce::Rectangle<int>) override;
    void show (size_t part);

    std::vector<ManualPart> parts;
    std::vector<std::unique_ptr<ControlButton>> buttons; // of each part
    juce::TextEditor page;
};

} // namespace faltwerk
