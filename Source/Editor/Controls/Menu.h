#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** Shows a menu in its owner's look, which windows on the desktop do not inherit. It vanishes with its owner, and then
    does nothing. One too tall for the screen gets a new column at a heading; without headings it scrolls. [message] */
void showMenu (juce::PopupMenu, juce::Component& owner, const juce::PopupMenu::Options&);

/** Shows it beside its owner. [message] */
void showMenuBeside (juce::PopupMenu, juce::Component& owner);

/** Shows it at a place in its owner, in logical pixels. [message] */
void showMenuAt (juce::PopupMenu, juce::Component& owner, juce::Point<float> place);

/** Begins a new column at each heading whose group would end below `room`, in pixels; in submenus, too. A group that is
    taller alone has a column to itself. [message] */
void breakAtHeadings (const juce::PopupMenu&, int room, juce::LookAndFeel&);

} // namespace faltwerk
