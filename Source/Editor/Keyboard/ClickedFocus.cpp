#include "Editor/Keyboard/ClickedFocus.h"

#include <utility>

namespace faltwerk
{

namespace
{

constexpr juce::uint32 longestWait = 300; // ms, until the window has the keyboard back

} // namespace

ClickedFocus::ClickedFocus (juce::Component& ofControls)
    : window (ofControls)
{
    window.addMouseListener (this, true);
    juce::Desktop::getInstance().addFocusChangeListener (this);
}

ClickedFocus::~ClickedFocus()
{
    juce::Desktop::getInstance().removeFocusChangeListener (this);
    window.removeMouseListener (this);
}

void ClickedFocus::mouseDown (const juce::MouseEvent&)
{
    auto* const focused = juce::Component::getCurrentlyFocusedComponent();

    if (focused == nullptr || focused == last || ! window.isParentOf (focused))
    {
        clicked = nullptr;
        return;
    }

    clicked = focused;
    before = last;
    clickedAt = juce::Time::getMillisecondCounter();
}

void ClickedFocus::globalFocusChanged (juce::Component* focused)
{
    if (focused == nullptr || ! window.isParentOf (focused))
        return;

    if (clicked != nullptr && focused == before && juce::Time::getMillisecondCounter() - clickedAt < longestWait)
    {
        Pointer (std::exchange (clicked, nullptr))->grabKeyboardFocus();
        return;
    }

    last = focused;
}

} // namespace faltwerk
