#include "Editor/Controls/ValueField.h"

#include "Picture/Theme.h"

namespace faltwerk
{

ValueField::ValueField (juce::Component& owner)
    : control (owner)
{
    setEditable (true);
    setBorderSize ({});
    setJustificationType (juce::Justification::centred);
    setWantsKeyboardFocus (false); // the control has it; setEditable() would give it back
}

juce::TextEditor* ValueField::createEditorComponent()
{
    auto* const field = juce::Label::createEditorComponent();
    field->setJustification (juce::Justification::centred);
    field->setSelectAllWhenFocused (true);
    field->setBorder ({}); // the text stands in the middle also of a low field
    field->setIndents (0, 0);
    return field;
}

void ValueField::editorAboutToBeHidden (juce::TextEditor* field)
{
    juce::Label::editorAboutToBeHidden (field);

    if (hasKeyboardFocus (true)) // and not because another component has taken it
        control.grabKeyboardFocus();
}

void ValueField::enter()
{
    if (auto* const field = getCurrentTextEditor())
        textEditorReturnKeyPressed (*field);
}

void ValueField::textEditorReturnKeyPressed (juce::TextEditor& field)
{
    if (isReadable (field.getText()))
    {
        juce::Label::textEditorReturnKeyPressed (field);
        return;
    }

    field.setColour (juce::TextEditor::outlineColourId, theme::warning);
    field.setColour (juce::TextEditor::focusedOutlineColourId, theme::warning);
    field.repaint();

    if (onRefused != nullptr)
        onRefused();
}

void ValueField::textEditorFocusLost (juce::TextEditor& field)
{
    if (isReadable (field.getText()))
        juce::Label::textEditorFocusLost (field);
    else
        hideEditor (true); // the old value stays
}

void ValueField::inputAttemptWhenModal()
{
    if (auto* const field = getCurrentTextEditor(); field != nullptr && ! isReadable (field->getText()))
        hideEditor (true);
    else
        juce::Label::inputAttemptWhenModal();
}

} // namespace faltwerk
