#include "Editor/Controls/ChoiceMenu.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Menu.h"
#include "Editor/Controls/TextValue.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float padding = 12.0f, labelGap = 8.0f, chevronWidth = 24.0f;

} // namespace

ChoiceMenu::ChoiceMenu (const juce::String& title, const juce::String& labelToShow, juce::StringArray names)
    : juce::Button (title)
    , label (labelToShow)
    , choices (std::move (names))
{
    setTitle (title);
    setButtonText (choices[0]);
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
}

void ChoiceMenu::show (int index)
{
    chosen = juce::jlimit (0, std::max (0, choices.size() - 1), index);

    if (getButtonText() == choices[chosen])
        return;

    setButtonText (choices[chosen]);

    if (auto* const handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent (juce::AccessibilityEvent::valueChanged);
}

void ChoiceMenu::setChoices (juce::StringArray names)
{
    choices = std::move (names);
    show (chosen);
}

void ChoiceMenu::setHeadings (std::map<int, juce::String> names) { headings = std::move (names); }

void ChoiceMenu::choose (int index)
{
    index = juce::jlimit (0, choices.size() - 1, index);

    if (index == chosen)
        return;

    show (index);

    if (onChoose != nullptr)
        onChoose (index);
}

int ChoiceMenu::idealWidth() const
{
    const auto font = theme::font (theme::Type::body);
    float width = 0.0f;

    for (const auto& choice : choices)
        width = std::max (width, theme::widthOf (font, choice));

    if (label.isNotEmpty())
        width += theme::widthOf (font, label) + labelGap;

    return static_cast<int> (std::ceil (width + 2.0f * padding + chevronWidth)) + 2 * ControlButton::ringMargin;
}

juce::PopupMenu ChoiceMenu::menu()
{
    juce::PopupMenu menu;

    for (int index = 0; index < choices.size(); ++index)
    {
        if (const auto heading = headings.find (index); heading != headings.end())
            menu.addSectionHeader (heading->second);

        menu.addItem (choices[index], true, index == chosen,
                      [safe = juce::Component::SafePointer<ChoiceMenu> (this), index]
                      {
                          if (safe != nullptr)
                              safe->choose (index);
                      });
    }

    return menu;
}

void ChoiceMenu::clicked()
{
    showMenu (menu(), *this, juce::PopupMenu::Options().withTargetComponent (*this).withMinimumWidth (getWidth()));
}

bool ChoiceMenu::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::upKey))
        choose (chosen - 1);
    else if (key.isKeyCode (juce::KeyPress::downKey))
        choose (chosen + 1);
    else if (key.isKeyCode (juce::KeyPress::homeKey))
        choose (0);
    else if (key.isKeyCode (juce::KeyPress::endKey))
        choose (choices.size() - 1);
    else
        return juce::Button::keyPressed (key);

    return true;
}

std::unique_ptr<juce::AccessibilityHandler> ChoiceMenu::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::comboBox,
        juce::AccessibilityActions()
            .addAction (juce::AccessibilityActionType::press, [this] { triggerClick(); })
            .addAction (juce::AccessibilityActionType::showMenu, [this] { triggerClick(); }),
        juce::AccessibilityHandler::Interfaces { std::make_unique<TextValue> ([this] { return choices[chosen]; }) });
}

void ChoiceMenu::paintButton (juce::Graphics& g, bool highlighted, bool down)
{
    LookAndFeel::drawMenuButton (g, getLocalBounds().reduced (ControlButton::ringMargin).toFloat(), label, *this,
                                 highlighted, down);
}

} // namespace faltwerk
