#include "Editor/Window/Banner.h"

#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int textLeft = 56, padding = 12;

} // namespace

Banner::Banner()
    : shorten ("Use its first 60 s")
    , showFile ("Show file")
    , chooseAnother ("Choose another" + juce::String::charToString (0x2026))
    , close ({}, icons::cross())
{
    setComponentID ("banner");
    setFocusContainerType (FocusContainerType::focusContainer);
    const auto add = [this] (ControlButton& button, const char* id, const char* name, std::function<void()>& act)
    {
        button.setComponentID (id);
        button.setTitle (name);
        button.onClick = [&act]
        {
            if (act != nullptr)
                act();
        };
        addAndMakeVisible (button);
    };
    add (shorten, "shorten", "Use its first 60 seconds", onShorten);
    shorten.setVisible (false);
    add (showFile, "showFile", "Show file", onShowFile);
    add (chooseAnother, "chooseAnother", "Choose another file", onChooseAnother);
    add (close, "closeBanner", "Close this message", onClose);
    close.setSurface (ControlButton::Surface::flat);
}

void Banner::show (const juce::String& newTitle, const juce::String& newDetail, bool hasFile)
{
    title = newTitle;
    detail = newDetail;
    setTitle (title + ". " + detail);
    showFile.setVisible (hasFile);
    resized();
    repaint();
}

void Banner::offerToShorten (bool shouldOffer)
{
    shorten.setVisible (shouldOffer);
    resized();
    repaint();
}

juce::TextLayout Banner::layOut (float width) const
{
    juce::AttributedString words;
    words.setLineSpacing (4.0f);
    words.append (title + "\n", theme::font (theme::Type::bodyStrong), theme::textHigh);
    words.append (detail, theme::font (theme::Type::body), theme::textMid);
    juce::TextLayout layout;
    layout.createLayout (words, width);
    return layout;
}

int Banner::textWidth (int width) const
{
    const int buttons = (shorten.isVisible() ? shorten.idealWidth() : 0)
                        + (showFile.isVisible() ? showFile.idealWidth() : 0) + chooseAnother.idealWidth()
                        + close.idealWidth();
    return std::max (120, width - textLeft - buttons - 3 * padding);
}

int Banner::heightFor (int width) const
{
    return std::max (60, static_cast<int> (std::ceil (layOut (static_cast<float> (textWidth (width))).getHeight()))
                             + 2 * padding);
}

void Banner::paint (juce::Graphics& g)
{
    const auto area = getLocalBounds().toFloat();
    g.setColour (theme::errorSurface);
    g.fillRoundedRectangle (area, theme::controlRadius);
    g.setColour (theme::warning);
    g.fillRoundedRectangle (area.withWidth (4.0f), 2.0f);
    g.strokePath (icons::warning(),
                  juce::PathStrokeType (1.25f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                  juce::AffineTransform::scale (1.25f).translated (22.0f, area.getCentreY() - 10.0f));
    const auto layout = layOut (static_cast<float> (textWidth (getWidth())));
    layout.draw (g, area.withTrimmedLeft (static_cast<float> (textLeft))
                        .withWidth (layout.getWidth() + 2.0f)
                        .withSizeKeepingCentre (layout.getWidth() + 2.0f, layout.getHeight()));
}

void Banner::resized()
{
    auto row = getLocalBounds().reduced (4, 0);
    const auto place = [&row] (ControlButton& button)
    {
        if (button.isVisible())
            button.setBounds (row.removeFromRight (button.idealWidth())
                                  .withSizeKeepingCentre (button.idealWidth(), theme::controlHeight + 8));
    };
    place (close);
    place (chooseAnother);
    place (showFile);
    place (shorten);
}

bool Banner::keyPressed (const juce::KeyPress& key)
{
    if (! key.isKeyCode (juce::KeyPress::escapeKey) || onClose == nullptr)
        return false;

    onClose();
    return true;
}

std::unique_ptr<juce::AccessibilityHandler> Banner::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::group);
}

} // namespace faltwerk
