#pragma once

#include "Editor/Dialogs/Dialog.h"

#include <functional>
#include <string>

namespace faltwerk
{

/** Asks for a name. */
class NameDialog : public Dialog
{
public:
    /** Uses the name, and gives a sentence if it will not do; then another can be typed. */
    using Use = std::function<std::string (const juce::String&)>;

    /** Says what happens if a name is used, in a sentence; empty if that is plain. */
    using Remark = std::function<juce::String (const juce::String&)>;

    /** @param verb  what the first button does: "Save" */
    NameDialog (const juce::String& title, const juce::String& verb, const juce::String& suggestion, Remark, Use);

    juce::Component* firstWithKeyboard() override { return &name; }

private:
    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    void use();

    const Remark remarkOn;
    const Use useName;
    juce::TextEditor name;
    juce::String problem;
};

} // namespace faltwerk
