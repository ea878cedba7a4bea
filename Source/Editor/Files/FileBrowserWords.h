#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** What JUCE's file browser leaves unsaid: that a folder has nothing to choose, and that a typed name was not found. It
    lies over the browser's list and lets clicks through. [message] */
class FileBrowserWords : public juce::Component, private juce::Timer
{
public:
    explicit FileBrowserWords (juce::FileBrowserComponent&);

    /** Returns the sentence of a name that was not found; empty once another is typed. */
    juce::String problem() const;

    /** Returns why the list is empty; empty if it is not, or is still being read. */
    juce::String remark() const;

    void paint (juce::Graphics&) override;

private:
    void timerCallback() override;
    void accept (const std::function<void()>& original);
    juce::Rectangle<int> listArea() const;

    juce::Component::SafePointer<juce::FileBrowserComponent> browser;
    juce::Component::SafePointer<juce::TextEditor> field; // of the name
    juce::String refused, sentence;                       // the name in the field, and what is said of it
    juce::String shown;
};

} // namespace faltwerk
