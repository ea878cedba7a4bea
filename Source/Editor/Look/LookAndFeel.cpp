#include "Editor/Look/LookAndFeel.h"

#include "Editor/Look/Icons.h"
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

    if (static_cast<bool> (slider.getProperties()["automated"]))
    {
        g.setColour (theme::focus);
        g.fillEllipse (
            juce::Rectangle<float> (6.0f, 6.0f).withCentre (centre.getPointOnCircumference (arcRadius, angle)));
    }
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

// --- Menus -----------------------------------------------------------------------------------------------------------

void LookAndFeel::drawPopupMenuBackground (juce::Graphics& g, int width, int height)
{
    const auto area = juce::Rectangle<int> (width, height).toFloat();
    g.fillAll (theme::panel); // where the system cannot show what is behind the corners
    g.setColour (theme::card);
    g.fillRoundedRectangle (area, theme::cardRadius);
    g.setColour (theme::selected);
    g.drawRoundedRectangle (area.reduced (0.5f), theme::cardRadius, 1.0f);
}

void LookAndFeel::getIdealPopupMenuItemSize (const juce::String& text,
                                             bool isSeparator,
                                             int standardHeight,
                                             int& width,
                                             int& height)
{
    if (isSeparator)
    {
        width = 64;
        height = 9;
        return;
    }

    juce::ignoreUnused (standardHeight);
    width = static_cast<int> (std::ceil (theme::widthOf (theme::font (theme::Type::body), text))) + 64;
    height = 28;
}

void LookAndFeel::drawPopupMenuItem (juce::Graphics& g,
                                     const juce::Rectangle<int>& area,
                                     bool isSeparator,
                                     bool isActive,
                                     bool isHighlighted,
                                     bool isTicked,
                                     bool hasSubMenu,
                                     const juce::String& text,
                                     const juce::String& shortcut,
                                     const juce::Drawable*,
                                     const juce::Colour*)
{
    auto row = area.toFloat().reduced (4.0f, 0.0f);

    if (isSeparator)
    {
        g.setColour (theme::selected);
        g.fillRect (row.withSizeKeepingCentre (row.getWidth() - 16.0f, 1.0f));
        return;
    }

    if (isHighlighted && isActive)
    {
        g.setColour (theme::popupHighlight);
        g.fillRoundedRectangle (row.reduced (0.0f, 1.0f), theme::controlRadius - 1.0f);
    }

    const auto tick = row.removeFromLeft (28.0f).withSizeKeepingCentre (14.0f, 14.0f);

    if (isTicked)
    {
        g.setColour (isActive ? theme::kernel : theme::textDisabled);
        g.strokePath (icons::check(),
                      juce::PathStrokeType (1.75f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                      juce::AffineTransform::scale (14.0f / 16.0f).translated (tick.getPosition()));
    }

    const auto rest = row.withTrimmedRight (12.0f);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (isActive ? theme::textHigh : theme::textDisabled);
    g.drawText (text, rest, juce::Justification::centredLeft, true);

    if (shortcut.isNotEmpty())
    {
        g.setColour (theme::textLow);
        g.drawText (shortcut, rest, juce::Justification::centredRight, true);
    }

    if (hasSubMenu)
    {
        juce::Path arrow;
        const auto tip = juce::Point<float> (rest.getRight(), rest.getCentreY());
        arrow.startNewSubPath (tip.translated (-4.0f, -4.0f));
        arrow.lineTo (tip);
        arrow.lineTo (tip.translated (-4.0f, 4.0f));
        g.setColour (theme::textMid);
        g.strokePath (arrow, juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));
    }
}

void LookAndFeel::drawPopupMenuSectionHeader (juce::Graphics& g,
                                              const juce::Rectangle<int>& area,
                                              const juce::String& text)
{
    g.setFont (theme::font (theme::Type::labelMedium));
    g.setColour (theme::textLow);
    g.drawText (text, area.reduced (12, 0).toFloat(), juce::Justification::centredLeft, true);
}

// --- Tooltips --------------------------------------------------------------------------------------------------------

namespace
{

constexpr float tipWidth = 320.0f, tipPadding = 12.0f;

/** Returns a text with no-break spaces after figures, so that units stay on their figure's line. */
juce::String withUnitsKept (const juce::String& text)
{
    juce::String result;
    juce::juce_wchar last = 0;

    for (auto place = text.getCharPointer(); ! place.isEmpty();)
    {
        const auto character = place.getAndAdvance();
        const bool isBetween = character == ' ' && juce::CharacterFunctions::isDigit (last);
        result << juce::String::charToString (isBetween ? 0xa0 : character);
        last = character;
    }

    return result;
}

/** Lays out a tip. The first of two lines is a heading. */
juce::TextLayout layOutTip (const juce::String& original)
{
    const auto text = withUnitsKept (original);
    juce::AttributedString words;
    words.setJustification (juce::Justification::topLeft);
    words.setLineSpacing (3.0f);
    const auto heading = text.upToFirstOccurrenceOf ("\n", false, false);

    if (text.containsChar ('\n'))
    {
        words.append (heading + "\n", theme::font (theme::Type::bodyStrong), theme::textHigh);
        words.append (text.fromFirstOccurrenceOf ("\n", false, false), theme::font (theme::Type::label),
                      theme::textMid);
    }
    else
    {
        words.append (text, theme::font (theme::Type::label), theme::textHigh);
    }

    juce::TextLayout layout;
    layout.createLayoutWithBalancedLineLengths (words, tipWidth);
    return layout;
}

/** Returns the area that a tip at a place explains: the control under the mouse, with its cell or its row. */
juce::Rectangle<int> explainedArea (const juce::String& tip, juce::Point<int> place)
{
    const auto* control = juce::Desktop::getInstance().getMainMouseSource().getComponentUnderMouse();

    if (auto* const client = dynamic_cast<const juce::TooltipClient*> (control);
        client == nullptr || const_cast<juce::TooltipClient*> (client)->getTooltip() != tip)
        return { place, place };

    constexpr int highestCell = 160;

    if (control->getParentComponent() != nullptr && control->getParentComponent()->getHeight() < highestCell)
        control = control->getParentComponent();

    if (control->getHeight() >= highestCell)
        return { place, place };

    return control->getLocalBounds() + (place - control->getMouseXYRelative());
}

} // namespace

juce::Rectangle<int> LookAndFeel::getTooltipBounds (const juce::String& tip,
                                                    juce::Point<int> place,
                                                    juce::Rectangle<int> within)
{
    const auto layout = layOutTip (tip);
    const int width = static_cast<int> (std::ceil (layout.getWidth() + 2.0f * tipPadding));
    const int height = static_cast<int> (std::ceil (layout.getHeight() + 2.0f * tipPadding - 4.0f));

    // Beside what it explains, on the side with more room.
    constexpr int gap = 6;
    const auto explained = explainedArea (tip, place);
    const bool isBelow = explained.getCentreY() < within.getCentreY();
    return juce::Rectangle<int> (place.x - width / 2,
                                 isBelow ? explained.getBottom() + gap : explained.getY() - height - gap, width, height)
        .constrainedWithin (within.reduced (4));
}

void LookAndFeel::drawCallOutBoxBackground (juce::CallOutBox&,
                                            juce::Graphics& g,
                                            const juce::Path& outline,
                                            juce::Image&)
{
    g.setColour (theme::panel);
    g.fillPath (outline);
    g.setColour (theme::selected);
    g.strokePath (outline, juce::PathStrokeType (1.5f));
}

/** Draws the outline, also of a read-only field that has the keyboard. */
void LookAndFeel::drawTextEditorOutline (juce::Graphics& g, int width, int height, juce::TextEditor& field)
{
    if (! field.isEnabled())
        return;

    const bool hasKeyboard = field.hasKeyboardFocus (true);
    g.setColour (
        field.findColour (hasKeyboard ? juce::TextEditor::focusedOutlineColourId : juce::TextEditor::outlineColourId));
    g.drawRect (0, 0, width, height, hasKeyboard ? 2 : 1);
}

void LookAndFeel::drawTooltip (juce::Graphics& g, const juce::String& text, int width, int height)
{
    const auto area = juce::Rectangle<int> (width, height).toFloat();
    g.setColour (theme::card);
    g.fillRoundedRectangle (area, theme::cardRadius);
    g.setColour (theme::selected);
    g.drawRoundedRectangle (area.reduced (0.5f), theme::cardRadius, 1.0f);
    layOutTip (text).draw (g, area.reduced (tipPadding, tipPadding - 2.0f));
}

juce::Typeface::Ptr LookAndFeel::getTypefaceForFont (const juce::Font& font)
{
    // Dialogs of JUCE's own ask for the default typeface: give them ours.
    if (font.getTypefaceName() == juce::Font::getDefaultSansSerifFontName())
        return theme::font (font.isBold() ? theme::Type::heading : theme::Type::body).getTypefacePtr();

    return juce::LookAndFeel_V4::getTypefaceForFont (font);
}

void LookAndFeel::drawFileBrowserRow (juce::Graphics& g,
                                      int width,
                                      int height,
                                      const juce::File& file,
                                      const juce::String& name,
                                      juce::Image* icon,
                                      const juce::String& size,
                                      const juce::String& time,
                                      bool isDirectory,
                                      bool isSelected,
                                      int index,
                                      juce::DirectoryContentsDisplayComponent& list)
{
    // JUCE writes the size and the time in dark grey: they are written here instead, in the same columns.
    juce::LookAndFeel_V4::drawFileBrowserRow (g, width, height, file, name, icon, {}, {}, isDirectory, isSelected,
                                              index, list);

    if (width <= 450 || isDirectory)
        return;

    const int sizeX = juce::roundToInt (0.7f * static_cast<float> (width)),
              timeX = juce::roundToInt (0.8f * static_cast<float> (width));
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    g.drawFittedText (size, sizeX, 0, timeX - sizeX - 8, height, juce::Justification::centredRight, 1);
    g.drawFittedText (time, timeX, 0, width - 8 - timeX, height, juce::Justification::centredRight, 1);
}

void LookAndFeel::drawFocusRing (juce::Graphics& g, juce::Rectangle<float> control, float radius)
{
    g.setColour (theme::focus);
    g.drawRoundedRectangle (control.expanded (3.0f), radius + 3.0f, 2.0f);
}

void LookAndFeel::drawMenuButton (juce::Graphics& g,
                                  juce::Rectangle<float> surface,
                                  const juce::String& label,
                                  const juce::Button& button,
                                  bool highlighted,
                                  bool down)
{
    constexpr float padding = 12.0f, labelGap = 8.0f, chevronWidth = 24.0f;
    g.setColour (down ? theme::panel : highlighted ? theme::raised : theme::control);
    g.fillRoundedRectangle (surface, theme::controlRadius);

    auto row = surface.withTrimmedLeft (padding).withTrimmedRight (chevronWidth);
    const auto font = theme::font (theme::Type::body);
    g.setFont (font);

    if (label.isNotEmpty())
    {
        g.setColour (button.isEnabled() ? theme::textLow : theme::textDisabled);
        g.drawText (label, row.removeFromLeft (theme::widthOf (font, label) + labelGap),
                    juce::Justification::centredLeft, false);
    }

    g.setColour (button.isEnabled() ? theme::textHigh : theme::textDisabled);
    g.drawText (button.getButtonText(), row, juce::Justification::centredLeft, true);
    drawChevron (g, { surface.getRight() - 16.0f, surface.getCentreY() + 2.0f });

    if (button.hasKeyboardFocus (false))
        drawFocusRing (g, surface.reduced (1.0f), theme::controlRadius - 1.0f);
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
