#include "Editor/Dialogs/NameDialog.h"

#include "Picture/Theme.h"

#include <utility>

namespace faltwerk
{

NameDialog::NameDialog (const juce::String& title,
                        const juce::String& verb,
                        const juce::String& suggestion,
                        Remark remark,
                        Use act)
    : Dialog (title, { 420, 76 })
    , remarkOn (std::move (remark))
    , useName (std::move (act))
{
    name.setComponentID ("name");
    name.setTitle ("Name");
    dress (name);
    name.setIndents (8, 6);
    name.setSelectAllWhenFocused (true);
    name.setText (suggestion, false);
    name.onReturnKey = [this] { use(); };
    name.onEscapeKey = [this] { dismiss(); };
    name.onTextChange = [this]
    {
        problem.clear();
        repaint();
    };
    addAndMakeVisible (name);
    addButton (
        verb, [this] { use(); }, true);
    addButton ("Cancel", [this] { dismiss(); });
}

void NameDialog::use()
{
    const auto chosen = name.getText().trim();
    problem = chosen.isEmpty() ? juce::String ("Type a name") : juce::String::fromUTF8 (useName (chosen).c_str());
    problem.isEmpty() ? accept() : repaint();
}

void NameDialog::layOut (juce::Rectangle<int> area) { name.setBounds (area.removeFromTop (32)); }

void NameDialog::paintContents (juce::Graphics& g)
{
    g.setFont (theme::font (theme::Type::label));
    g.setColour (problem.isEmpty() ? theme::textMid : theme::warning);
    g.drawFittedText (problem.isEmpty() ? remarkOn (name.getText().trim()) : problem, contents().withTrimmedTop (38),
                      juce::Justification::topLeft, 2, 1.0f);
}

} // namespace faltwerk
