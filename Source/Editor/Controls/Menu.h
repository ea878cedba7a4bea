#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** Shows a menu in its owner's look, which windows on the desktop do not inherit. It vanishes with its owner, and then
    does nothing. [message] */
inline void showMenu (juce::PopupMenu menu, juce::Component& owner, const juce::PopupMenu::Options& options)
{
    menu.setLookAndFeel (&owner.getLookAndFeel());
    menu.showMenuAsync (options.withDeletionCheck (owner));
}

/** Shows it beside its owner. [message] */
inline void showMenuBeside (juce::PopupMenu menu, juce::Component& owner)
{
    showMenu (std::move (menu), owner, juce::PopupMenu::Options().withTargetComponent (owner));
}

/** Shows it at a place in its owner, in logical pixels. [message] */
inline void showMenuAt (juce::PopupMenu menu, juce::Component& owner, juce::Point<float> place)
{
    showMenu (std::move (menu), owner,
              juce::PopupMenu::Options().withTargetScreenArea (
                  juce::Rectangle<int> (1, 1).withPosition (owner.localPointToGlobal (place.toInt()))));
}

} // namespace faltwerk
