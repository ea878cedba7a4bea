#pragma once

#include "Editor/Controls/ControlButton.h"

#include <functional>

namespace faltwerk
{

/** What stands where the pictures do while there is no kernel, or one that is missing: an outline of one, and ways to
    get one. */
class EmptyState : public juce::Component
{
public:
    EmptyState();

    std::function<void()> onLoad, onBrowse, onMake, onLocate;

    /** @param missingName  of a kernel that a session names and that is not there; empty if there is none at all */
    void show (const juce::String& missingName);

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    juce::Rectangle<int> textArea() const;

    juce::String missing;
    ControlButton load, browse, make;
};

} // namespace faltwerk
