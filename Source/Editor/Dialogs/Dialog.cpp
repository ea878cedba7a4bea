#include "Editor/Dialogs/Dialog.h"

#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int headingHeight = 52, footHeight = 64, margin = 20;

} // namespace

void dress (juce::TextEditor& field)
{
    field.setFont (theme::font (theme::Type::body));
    field.setColour (juce::TextEditor::backgroundColourId, theme::canvas);
    field.setColour (juce::TextEditor::outlineColourId, theme::outline);
    field.setColour (juce::TextEditor::focusedOutlineColourId, theme::focus);
}

Dialog::Dialog (const juce::String& title, juce::Point<int> size)
    : heading (title)
    , contentSize (size)
    , close ({}, icons::cross())
{
    setTitle (title);
    setComponentID ("dialog");
    setFocusContainerType (FocusContainerType::keyboardFocusContainer);
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    close.setComponentID ("closeDialog");
    close.setTitle ("Close");
    close.setSurface (ControlButton::Surface::flat);
    close.onClick = [this] { dismiss(); };
    addAndMakeVisible (close);
}

juce::Point<int> Dialog::idealSize() const
{
    return { contentSize.x + 2 * margin, contentSize.y + headingHeight + footHeight };
}

juce::Rectangle<int> Dialog::contents() const
{
    return getLocalBounds().reduced (margin, 0).withTrimmedTop (headingHeight).withTrimmedBottom (footHeight);
}

ControlButton& Dialog::addButton (const juce::String& words, std::function<void()> act, bool isPrimary)
{
    auto& button = *buttons.emplace_back (std::make_unique<ControlButton> (words));
    button.setComponentID (words.toLowerCase().retainCharacters ("abcdefghijklmnopqrstuvwxyz"));
    button.setTitle (words);
    button.setSurface (isPrimary ? ControlButton::Surface::primary : ControlButton::Surface::solid);
    button.onClick = std::move (act);
    addAndMakeVisible (button);
    return button;
}

void Dialog::paint (juce::Graphics& g)
{
    const auto area = getLocalBounds().toFloat();
    g.setColour (theme::panel);
    g.fillRoundedRectangle (area, theme::cardRadius);
    g.setColour (theme::selected);
    g.drawRoundedRectangle (area.reduced (0.5f), theme::cardRadius, 1.0f);
    g.setColour (theme::textHigh);
    g.setFont (theme::font (theme::Type::heading));
    g.drawText (heading, getLocalBounds().reduced (margin, 0).withHeight (headingHeight).toFloat(),
                juce::Justification::centredLeft, true);
    paintContents (g);
}

void Dialog::resized()
{
    close.setBounds (juce::Rectangle<int> (40, 40).withPosition (getWidth() - 46, 6));
    auto foot = getLocalBounds().removeFromBottom (footHeight).reduced (margin - ControlButton::ringMargin, 0);

    for (const auto& button : buttons)
    {
        button->setBounds (foot.removeFromRight (button->idealWidth())
                               .withSizeKeepingCentre (button->idealWidth(), theme::controlHeight + 8));
        foot.removeFromRight (4);
    }

    layOut (contents());
}

void Dialog::finish (bool accepted)
{
    if (std::exchange (finished, true))
        return;

    closing (accepted);

    if (onClose != nullptr)
        onClose();
}

void Dialog::accept() { finish (true); }

void Dialog::dismiss() { finish (false); }

bool Dialog::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::escapeKey))
    {
        dismiss();
        return true;
    }

    // What is typed here is not for the window behind it, but for what moves the keyboard and explains.
    return ! key.isKeyCode (juce::KeyPress::tabKey) && ! key.isKeyCode (juce::KeyPress::F1Key)
           && ! key.getModifiers().isCommandDown();
}

std::unique_ptr<juce::AccessibilityHandler> Dialog::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::dialogWindow);
}

DialogHost::DialogHost() { setComponentID ("dialogs"); }

void DialogHost::open (std::unique_ptr<Dialog> newest)
{
    shut();
    focusedBefore = nullptr;
    dialog = std::move (newest);
    dialog->onClose = [safe = juce::Component::SafePointer<DialogHost> (this)]
    {
        // Not while one of its buttons is still being clicked.
        juce::MessageManager::callAsync (
            [safe]
            {
                if (safe != nullptr)
                    safe->shut();
            });
    };
    addAndMakeVisible (*dialog);
    setVisible (true);
    resized();

    takeKeyboard();
}

void DialogHost::takeKeyboard()
{
    if (dialog == nullptr || ! isShowing() || dialog->hasKeyboardFocus (true))
        return;

    if (auto* const focused = juce::Component::getCurrentlyFocusedComponent())
        focusedBefore = focused;

    dialog->firstWithKeyboard()->grabKeyboardFocus();
}

void DialogHost::shut()
{
    if (dialog == nullptr)
        return;

    dialog->onClose = {};
    dialog->dismiss(); // unless it has been closed
    dialog = nullptr;
    setVisible (false);

    if (focusedBefore != nullptr && focusedBefore->isShowing())
        focusedBefore->grabKeyboardFocus();
}

void DialogHost::deliver (const juce::KeyPress& key)
{
    takeKeyboard();

    for (auto* part = dialog->firstWithKeyboard(); part != nullptr && part != this; part = part->getParentComponent())
        if (part->keyPressed (key))
            return;
}

void DialogHost::update()
{
    if (dialog == nullptr)
        return;

    // A menu from which it was opened has given the keyboard back to what lies behind.
    const auto* const window = getPeer();
    const bool isBehindMenu = juce::ModalComponentManager::getInstance()->getNumModalComponents() > 0;

    if (window != nullptr && window->isFocused() && ! isBehindMenu)
        takeKeyboard();

    dialog->update();
}

void DialogHost::paint (juce::Graphics& g) { g.fillAll (juce::Colours::black.withAlpha (0.6f)); }

void DialogHost::resized()
{
    if (dialog == nullptr)
        return;

    const auto size = dialog->idealSize();
    dialog->setBounds (getLocalBounds().withSizeKeepingCentre (std::min (size.x, getWidth() - 16),
                                                               std::min (size.y, getHeight() - 16)));
}

} // namespace faltwerk
