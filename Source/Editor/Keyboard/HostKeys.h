#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>

namespace faltwerk
{

/** Passes keys that nothing in a plugin's window has used on to the host's window around it: space and the other keys
    of its transport, its shortcuts. On X11 a plugin's window has the keyboard once it has been clicked, and what it
    does not use would be lost. On macOS and Windows JUCE passes such keys on, and this does nothing. [message] */
class HostKeys : private juce::KeyListener
{
public:
    HostKeys();
    ~HostKeys() override;

    /** Listens to the window that the host has put an editor in; again after the editor has moved to another.
        @param window  the component with a window of its own; null: none */
    void listenTo (juce::Component* window);

private:
    class Connection; // to the X server

    bool keyPressed (const juce::KeyPress&, juce::Component*) override;
    using juce::KeyListener::keyStateChanged;

    std::unique_ptr<Connection> connection;
    juce::Component::SafePointer<juce::Component> heard;
    juce::uint32 countedSince = 0; // ms
    int numPassed = 0;             // keys since then
};

} // namespace faltwerk
