#include "Editor/LookAndFeel.h"

#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

LookAndFeel::LookAndFeel()
    : juce::LookAndFeel_V4 (ColourScheme (theme::panel,     // window
                                          theme::control,   // widget
                                          theme::card,      // menu
                                          theme::outline,   // outline
                                          theme::textHigh,  // default text
                                          theme::control,   // default fill
                                          theme::textHigh,  // highlighted text
                                          theme::selected,  // highlighted fill
                                          theme::textHigh)) // menu text
{
    setColour (juce::Label::textColourId, theme::textHigh);
    setColour (juce::Label::backgroundWhenEditingColourId, theme::canvas);
    setColour (juce::Label::outlineWhenEditingColourId, theme::focus);
    setColour (juce::TextEditor::highlightColourId, theme::signalDim);
    setColour (juce::TextEditor::focusedOutlineColourId, juce::Colours::transparentBlack);
    setColour (juce::CaretComponent::caretColourId, theme::textHigh);
    setColour (juce::Slider::rotarySliderFillColourId, theme::signal);
}

void LookAndFeel::drawRotarySlider (juce::Graphics& g,
                                    int x,
                                    int y,
                                    int width,
                                    int height,
                                    float position,
                                    float startAngle,
                                    float endAngle,
                                    juce::Slider& slider)
{
    const auto bounds = juce::Rectangle<int> (x, y, width, height).toFloat();
    const auto centre = bounds.getCentre();
    const float scale = std::min (bounds.getWidth(), bounds.getHeight()) / 48.0f;
    const float arcRadius = 22.0f * scale - 1.5f, faceRadius = 16.5f * scale;
    const bool bipolar = static_cast<bool> (slider.getProperties()["bipolar"]);
    const auto colour =
        slider.isEnabled() ? slider.findColour (juce::Slider::rotarySliderFillColourId) : theme::textDisabled;

    const auto arc = [&] (float from, float to)
    {
        juce::Path path;
        path.addCentredArc (centre.x, centre.y, arcRadius, arcRadius, 0.0f, from, to, true);
        g.strokePath (path, juce::PathStrokeType (3.0f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));
    };

    g.setColour (theme::knobTrack);
    arc (startAngle, endAngle);

    const float angle = startAngle + position * (endAngle - startAngle);
    const float origin = bipolar ? (startAngle + endAngle) / 2.0f : startAngle;
    g.setColour (colour);

    if (bipolar && std::abs (angle - origin) < 0.01f)
        g.fillEllipse (
            juce::Rectangle<float> (4.5f, 4.5f).withCentre (centre.getPointOnCircumference (arcRadius, origin)));
    else if (std::abs (angle - origin) >= 0.01f)
        arc (std::min (origin, angle), std::max (origin, angle));

    const auto face = juce::Rectangle<float> (2.0f * faceRadius, 2.0f * faceRadius).withCentre (centre);
    const float lift = slider.isMouseOverOrDragging() && slider.isEnabled() ? 0.06f : 0.0f;
    g.setGradientFill ({ theme::knobTop.brighter (lift), 0.0f, face.getY(), theme::knobBottom.brighter (lift), 0.0f,
                         face.getBottom(), false });
    g.fillEllipse (face);

    g.setColour (slider.isEnabled() ? theme::focus : theme::textDisabled);
    g.drawLine ({ centre.getPointOnCircumference (faceRadius * 0.4f, angle),
                  centre.getPointOnCircumference (faceRadius * 0.88f, angle) },
                2.5f * scale);
}

void LookAndFeel::drawCornerResizer (juce::Graphics& g, int width, int height, bool isMouseOver, bool isMouseDragging)
{
    const float right = static_cast<float> (width) - 3.0f, bottom = static_cast<float> (height) - 3.0f;
    g.setColour (isMouseOver || isMouseDragging ? theme::textMid : theme::outline);

    for (const float size : { 4.0f, 8.0f })
        g.drawLine (right - size, bottom, right, bottom - size, 1.0f);
}

juce::Font LookAndFeel::getTextButtonFont (juce::TextButton&, int) { return theme::font (theme::Type::body); }

juce::Font LookAndFeel::getLabelFont (juce::Label&) { return theme::font (theme::Type::body); }

juce::Font LookAndFeel::getPopupMenuFont() { return theme::font (theme::Type::body); }

juce::Typeface::Ptr LookAndFeel::getTypefaceForFont (const juce::Font& font)
{
    // Dialogs of JUCE's own ask for the default typeface: give them ours.
    if (font.getTypefaceName() == juce::Font::getDefaultSansSerifFontName())
        return theme::font (font.isBold() ? theme::Type::heading : theme::Type::body).getTypefacePtr();

    return juce::LookAndFeel_V4::getTypefaceForFont (font);
}

void LookAndFeel::drawFocusRing (juce::Graphics& g, juce::Rectangle<float> control, float radius)
{
    g.setColour (theme::focus);
    g.drawRoundedRectangle (control.expanded (3.0f), radius + 3.0f, 2.0f);
}

void LookAndFeel::drawChevron (juce::Graphics& g, juce::Point<float> tip)
{
    juce::Path chevron;
    chevron.startNewSubPath (tip.translated (-4.0f, -4.0f));
    chevron.lineTo (tip);
    chevron.lineTo (tip.translated (4.0f, -4.0f));
    g.setColour (theme::textMid);
    g.strokePath (chevron, juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));
}

} // namespace faltwerk
