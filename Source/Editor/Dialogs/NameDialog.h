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

    /** @param taken  names that are in use: what has one of them would be replaced, and that is said */
    NameDialog (const juce::String& title, const juce::String& suggestion, juce::StringArray taken, Use);

    juce::Component* firstWithKeyboard() override { return &name; }

private:
    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    void use();

    const juce::StringArray taken;
    const Use useName;
    juce::TextEditor name;
    juce::String problem;
};

} // namespace faltwerk
