#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** Returns a key with the modifiers that it was typed with. Under X11, JUCE replaces those of a key that has waited in
    the queue by the ones that are held now, so that "s" and then Ctrl would count as Ctrl+S; a letter that was typed
    with Ctrl has a control character as its text. [any] */
inline juce::KeyPress asTyped (const juce::KeyPress& key)
{
#if JUCE_LINUX || JUCE_BSD
    const auto text = key.getTextCharacter();

    if (key.getModifiers().isCtrlDown() && text >= ' ' && juce::CharacterFunctions::isLetter (text))
        return { key.getKeyCode(), key.getModifiers().withoutFlags (juce::ModifierKeys::ctrlModifier), text };
#endif
    return key;
}

} // namespace faltwerk
