#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** Keeps the keyboard with the control that a click has given it to.

    A window manager that gives the keyboard to a host's window on a click takes it from the plugin's window in it. JUCE
    asks for it back, and then gives it to the control that had it before the click (ComponentPeer::handleFocusGain):
    keys would go to a control that was not clicked. [message] */
class ClickedFocus : private juce::MouseListener, private juce::FocusChangeListener
{
public:
    explicit ClickedFocus (juce::Component& window);
    ~ClickedFocus() override;

private:
    using Pointer = juce::Component::SafePointer<juce::Component>;

    void mouseDown (const juce::MouseEvent&) override;
    void globalFocusChanged (juce::Component*) override;

    juce::Component& window;
    Pointer last;               // had the keyboard last
    Pointer clicked, before;    // has it by a click, and had it before
    juce::uint32 clickedAt = 0; // ms
};

} // namespace faltwerk
