#include "Support/Window/Mouse.h"

namespace faltwerk::test
{

juce::Component* findComponent (juce::Component& parent, const juce::String& path)
{
    const std::function<juce::Component*(juce::Component&, const juce::String&)> search =
        [&search] (juce::Component& in, const juce::String& id) -> juce::Component*
    {
        for (auto* const child : in.getChildren())
        {
            if (child->getComponentID() == id)
                return child;

            if (auto* const found = search (*child, id))
                return found;
        }

        return nullptr;
    };

    juce::Component* component = &parent;

    for (const auto& id : juce::StringArray::fromTokens (path, "/", {}))
        if (component != nullptr)
            component = search (*component, id);

    return component;
}

juce::MouseEvent Mouse::event (juce::Point<float> at,
                               juce::Point<float> downAt,
                               juce::ModifierKeys keys,
                               bool dragged,
                               int clicks) const
{
    const auto now = juce::Time::getCurrentTime();
    return { juce::Desktop::getInstance().getMainMouseSource(),
             at,
             keys,
             0.0f,
             0.0f,
             0.0f,
             0.0f,
             0.0f,
             &component,
             &component,
             now,
             downAt,
             now,
             clicks,
             dragged };
}

void Mouse::hover (juce::Point<float> at) const { component.mouseMove (event (at, at, {}, false)); }

void Mouse::leave() const { component.mouseExit (event ({}, {}, {}, false)); }

void Mouse::click (juce::Point<float> at, juce::ModifierKeys keys) const
{
    const auto held = keys.withFlags (juce::ModifierKeys::leftButtonModifier);
    component.mouseDown (event (at, at, held, false));
    component.mouseUp (event (at, at, held, false));
}

void Mouse::doubleClick (juce::Point<float> at) const
{
    click (at);
    const juce::ModifierKeys held (juce::ModifierKeys::leftButtonModifier);
    component.mouseDown (event (at, at, held, false, 2));
    component.mouseDoubleClick (event (at, at, held, false, 2));
    component.mouseUp (event (at, at, held, false, 2));
}

void Mouse::drag (juce::Point<float> from, juce::Point<float> to, juce::ModifierKeys keys) const
{
    const auto held = keys.withFlags (juce::ModifierKeys::leftButtonModifier);
    component.mouseDown (event (from, from, held, false));

    for (int step = 1; step <= 10; ++step)
        component.mouseDrag (event (from + (to - from) * (static_cast<float> (step) / 10.0f), from, held, true));

    component.mouseUp (event (to, from, held, true));
}

void Mouse::dragWhile (juce::Point<float> from, juce::Point<float> to, const std::function<void()>& act) const
{
    const juce::ModifierKeys held (juce::ModifierKeys::leftButtonModifier);
    component.mouseDown (event (from, from, held, false));

    for (int step = 1; step <= 10; ++step)
        component.mouseDrag (event (from + (to - from) * (static_cast<float> (step) / 10.0f), from, held, true));

    act();
    component.mouseUp (event (to, from, held, true));
}

void Mouse::moveWhileDragging (juce::Point<float> from, juce::Point<float> to) const
{
    component.mouseDrag (event (to, from, juce::ModifierKeys (juce::ModifierKeys::leftButtonModifier), true));
}

void Mouse::wheel (juce::Point<float> at, float turn, juce::ModifierKeys keys) const
{
    component.mouseWheelMove (event (at, at, keys, false), { 0.0f, turn, false, false, false });
}

bool press (juce::Component& component, const juce::KeyPress& key)
{
    for (auto* each = &component; each != nullptr; each = each->getParentComponent())
        if (each->keyPressed (key))
            return true;

    return false;
}

} // namespace faltwerk::test
