#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <utility>

namespace faltwerk
{

/** A value as a screen reader says it: a text that can only be read. */
class TextValue : public juce::AccessibilityTextValueInterface
{
public:
    explicit TextValue (std::function<juce::String()> textToRead)
        : text (std::move (textToRead))
    {
    }

    bool isReadOnly() const override { return true; }
    juce::String getCurrentValueAsString() const override { return text(); }
    void setValueAsString (const juce::String&) override {}

private:
    const std::function<juce::String()> text;
};

} // namespace faltwerk
