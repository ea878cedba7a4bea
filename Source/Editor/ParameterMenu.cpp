#include "Editor/ParameterMenu.h"

#include "Editor/ControlButton.h"
#include "Editor/LookAndFeel.h"
#include "Picture/Theme.h"

namespace faltwerk
{

ParameterMenu::ParameterMenu (juce::AudioParameterChoice& shown)
    : juce::Button (shown.getName (64))
    , parameter (shown)
    , attachment (shown,
                  [this] (float)
                  {
                      setButtonText (parameter.getCurrentChoiceName());
                      repaint();
                  })
{
    setComponentID (parameter.paramID);
    setTitle (getName());
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    attachment.sendInitialUpdate();
}

void ParameterMenu::choose (int index)
{
    attachment.setValueAsCompleteGesture (static_cast<float> (juce::jlimit (0, parameter.choices.size() - 1, index)));
}

void ParameterMenu::clicked()
{
    juce::PopupMenu menu;

    for (int index = 0; index < parameter.choices.size(); ++index)
        menu.addItem (parameter.choices[index], true, index == parameter.getIndex(),
                      [safe = juce::Component::SafePointer<ParameterMenu> (this), index]
                      {
                          if (safe != nullptr)
                              safe->choose (index);
                      });

    menu.showMenuAsync (juce::PopupMenu::Options().withTargetComponent (*this).withMinimumWidth (getWidth()));
}

bool ParameterMenu::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::upKey))
        choose (parameter.getIndex() - 1);
    else if (key.isKeyCode (juce::KeyPress::downKey))
        choose (parameter.getIndex() + 1);
    else if (key.isKeyCode (juce::KeyPress::homeKey))
        choose (0);
    else if (key.isKeyCode (juce::KeyPress::endKey))
        choose (parameter.choices.size() - 1);
    else
        return juce::Button::keyPressed (key);

    return true;
}

void ParameterMenu::paintButton (juce::Graphics& g, bool highlighted, bool down)
{
    const auto surface = getLocalBounds().reduced (ControlButton::ringMargin).toFloat();
    g.setColour (down ? theme::panel : highlighted ? theme::raised : theme::control);
    g.fillRoundedRectangle (surface, theme::controlRadius);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (isEnabled() ? theme::textHigh : theme::textDisabled);
    g.drawText (getButtonText(), surface.reduced (12.0f, 0.0f), juce::Justification::centredLeft, true);

    juce::Path chevron;
    const auto tip = juce::Point<float> (surface.getRight() - 16.0f, surface.getCentreY() + 2.0f);
    chevron.startNewSubPath (tip.translated (-4.0f, -4.0f));
    chevron.lineTo (tip);
    chevron.lineTo (tip.translated (4.0f, -4.0f));
    g.setColour (theme::textMid);
    g.strokePath (chevron, juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, surface.reduced (1.0f), theme::controlRadius - 1.0f);
}

} // namespace faltwerk
