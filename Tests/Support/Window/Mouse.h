#pragma once

#include "Support/Catch.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk::test
{

/** A descendant by its identifiers, as in "gain/dial"; null if there is none. */
juce::Component* findComponent (juce::Component& parent, const juce::String& path);

/** The same, which must be there and of a type. */
template <typename Type = juce::Component>
Type& find (juce::Component& parent, const juce::String& path)
{
    auto* const component = findComponent (parent, path);
    CAPTURE (path.toStdString());
    REQUIRE (component != nullptr);
    auto* const typed = dynamic_cast<Type*> (component);
    REQUIRE (typed != nullptr);
    return *typed;
}

/** Moves, clicks and drags of a mouse on one component, at places in it, without a display. */
class Mouse
{
public:
    explicit Mouse (juce::Component& on)
        : component (on)
    {
    }

    void hover (juce::Point<float>) const;
    void leave() const;
    void click (juce::Point<float>, juce::ModifierKeys = {}) const;
    void doubleClick (juce::Point<float>) const;
    void drag (juce::Point<float> from, juce::Point<float> to, juce::ModifierKeys = {}) const;

    /** @param turn  away from the user is positive; 0.2 is about a notch */
    void wheel (juce::Point<float>, float turn, juce::ModifierKeys = {}) const;

    /** Calls act in the middle of a drag, before the button is let go. */
    void dragWhile (juce::Point<float> from, juce::Point<float> to, const std::function<void()>& act) const;

    /** A further move within dragWhile. */
    void moveWhileDragging (juce::Point<float> from, juce::Point<float> to) const;

private:
    juce::MouseEvent event (juce::Point<float> at,
                            juce::Point<float> downAt,
                            juce::ModifierKeys,
                            bool dragged,
                            int clicks = 1) const;

    juce::Component& component;
};

/** A key, as a component with the keyboard gets it; it goes to the parents where the component does not want it. */
bool press (juce::Component&, const juce::KeyPress&);

} // namespace faltwerk::test
