#include "Editor/Header/KernelSelector.h"

#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr int dragDistance = 8; // pixels, from which on a press is a drag
constexpr const char* nameTip = "\nClick for the menu; drag the name out of the window to save the kernel as a file";

} // namespace

KernelSelector::Name::Name (KernelSelector& owner)
    : ControlButton ("No kernel")
    , selector (owner)
{
    setSurface (Surface::flat);
    setType (theme::Type::kernelName);
    setJustification (juce::Justification::centredLeft);
}

void KernelSelector::Name::mouseDown (const juce::MouseEvent& event)
{
    dragging = false;
    ControlButton::mouseDown (event);

    if (! event.mods.isPopupMenu() && selector.onDragBegin != nullptr)
        selector.onDragBegin();
}

void KernelSelector::Name::mouseDrag (const juce::MouseEvent& event)
{
    if (event.getDistanceFromDragStart() >= dragDistance && selector.onDragOut != nullptr)
    {
        dragging = true;
        setState (buttonNormal);
        selector.onDragOut();
        return;
    }

    ControlButton::mouseDrag (event);
}

void KernelSelector::Name::mouseUp (const juce::MouseEvent& event)
{
    if (dragging)
        setState (buttonNormal); // it was no click
    else
        ControlButton::mouseUp (event);
}

KernelSelector::KernelSelector()
    : previous ({}, icons::chevronLeft())
    , next ({}, icons::chevronRight())
    , star ({}, icons::star())
    , name (*this)
{
    const auto add = [this] (ControlButton& button, const char* id, const char* title, const juce::String& tooltip)
    {
        button.setComponentID (id);
        button.setTitle (title);
        button.setTooltip (tooltip);
        button.setSurface (ControlButton::Surface::flat);
        addAndMakeVisible (button);
    };

    add (previous, "previous", "Previous kernel", "Previous kernel (Alt + Left)");
    add (name, "kernel", "Kernel", juce::String ("Kernel") + nameTip);
    add (star, "star", "Favourite", "Favourite\nKeeps the kernel in the browser's list of favourites");
    add (next, "next", "Next kernel", "Next kernel (Alt + Right)");
    previous.onClick = [this] { onStep (-1); };
    next.onClick = [this] { onStep (1); };
    name.onClick = [this] { onMenu(); };
    star.onClick = [this] { onStar(); };
    showFavourite (false, false);
}

void KernelSelector::show (const juce::String& text, bool isThere)
{
    if (text == name.getButtonText() && isThere == name.getToggleState())
        return;

    name.setTitle ("Kernel " + text);
    name.setTooltip (text + nameTip);
    name.setWordColour (isThere ? theme::textHigh : theme::textLow);
    name.show (text, {}, theme::textHigh);
}

void KernelSelector::showFavourite (bool isFavourite, bool canBe)
{
    star.setEnabled (canBe);
    star.setIconStyle (isFavourite ? ControlButton::IconStyle::filled : ControlButton::IconStyle::stroked);
    star.show ({}, icons::star(), isFavourite ? theme::kernel : theme::textMid);
    star.setTitle (isFavourite ? "Favourite, on" : "Favourite, off");
}

void KernelSelector::paint (juce::Graphics& g)
{
    g.setColour (theme::control);
    g.fillRoundedRectangle (getLocalBounds().reduced (ControlButton::ringMargin).toFloat(), theme::controlRadius);
}

void KernelSelector::resized()
{
    auto row = getLocalBounds();
    const int width = previous.idealWidth() - 2;
    previous.setBounds (row.removeFromLeft (width));
    next.setBounds (row.removeFromRight (width));
    star.setBounds (row.removeFromRight (width));
    name.setBounds (row.withTrimmedLeft (-7).withTrimmedRight (-7));
}

} // namespace faltwerk
