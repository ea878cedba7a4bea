#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** A value as text beside its control, to be typed over. An entry that cannot be read gets a coral outline and stays
    until it is mended or left. After typing, the control has the keyboard again. */
class ValueField : public juce::Label
{
public:
    /** @param owner  the control whose value it is; it outlives the field's use of the keyboard */
    explicit ValueField (juce::Component& owner);

    std::function<bool (const juce::String&)> isReadable;

    /** Called when an entry has been marked; onEditorHide tells when it has gone. */
    std::function<void()> onRefused;

    /** Takes what has been typed, as Return does. */
    void enter();

protected:
    juce::TextEditor* createEditorComponent() override;
    void editorAboutToBeHidden (juce::TextEditor*) override;
    void textEditorReturnKeyPressed (juce::TextEditor&) override;
    void textEditorFocusLost (juce::TextEditor&) override;
    void inputAttemptWhenModal() override; // a click elsewhere

private:
    juce::Component& control;
};

} // namespace faltwerk
