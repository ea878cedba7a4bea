#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <map>

namespace faltwerk
{

/** A button that shows one of several choices, with a label before it or without, and opens a list of all. The arrow
    keys step through them. */
class ChoiceMenu : public juce::Button
{
public:
    /** @param label  shown before the choice; may be empty */
    ChoiceMenu (const juce::String& title, const juce::String& label, juce::StringArray choices);

    /** Called with the index that the user chose, if it is another. */
    std::function<void (int)> onChoose;

    void show (int index);
    int shown() const noexcept { return chosen; }
    void setChoices (juce::StringArray);

    /** Headings in the list, each before the choice of an index. */
    void setHeadings (std::map<int, juce::String>);

    /** Returns the width that the longest choice needs, with the margin for the focus ring. */
    int idealWidth() const;

    /** Returns the list; each entry chooses. [message] */
    juce::PopupMenu menu();

    bool keyPressed (const juce::KeyPress&) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

protected:
    void choose (int index);

private:
    void clicked() override;
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

    const juce::String label;
    juce::StringArray choices;
    std::map<int, juce::String> headings;
    int chosen = 0;
};

} // namespace faltwerk
