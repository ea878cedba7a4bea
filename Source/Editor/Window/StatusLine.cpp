#include "Editor/Window/StatusLine.h"

#include "Editor/Look/Icons.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

const auto space = juce::String::charToString (0xa0);
const auto dot = " " + juce::String::charToString (0xb7) + " ";

constexpr float iconWidth = 24.0f; // of a message, with its gap

juce::String percent (double share)
{
    const double value = 100.0 * share;
    return (value < 10.0 ? juce::String (value, 1) : juce::String (juce::roundToInt (value))) + space + "%";
}

} // namespace

StatusLine::Link::Link()
    : juce::Button ("action")
{
    setComponentID ("action");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    setMouseCursor (juce::MouseCursor::PointingHandCursor);
}

void StatusLine::Link::paintButton (juce::Graphics& g, bool highlighted, bool)
{
    const auto font = theme::font (theme::Type::labelMedium);
    const auto area = getLocalBounds().toFloat();
    const float width = theme::widthOf (font, getButtonText());
    g.setFont (font);
    g.setColour (highlighted ? theme::focus : theme::textHigh);
    g.drawText (getButtonText(), area, juce::Justification::centred, false);
    g.fillRect (area.getCentreX() - width / 2.0f, area.getCentreY() + 7.0f, width, 1.0f);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, area.reduced (4.0f, 6.0f), 3.0f);
}

StatusLine::StatusLine()
{
    link.onClick = [this]
    {
        if (onAction != nullptr)
            onAction();
    };
    addChildComponent (link);
    setOpaque (true);
    setTitle ("Status");
    setComponentID ("status");
}

void StatusLine::showMessage (const juce::String& text, Kind newKind, const juce::String& action)
{
    const bool isSame = text == message && newKind == kind;
    message = text;
    kind = newKind;
    link.setButtonText (action);
    link.setTitle (action);
    link.setVisible (action.isNotEmpty());
    resized();

    if (isSame)
        return;

    repaint();

    if (kind != Kind::hint && text.isNotEmpty())
        juce::AccessibilityHandler::postAnnouncement (
            text, kind == Kind::failure ? juce::AccessibilityHandler::AnnouncementPriority::high
                                        : juce::AccessibilityHandler::AnnouncementPriority::medium);
}

float StatusLine::messageWidth() const
{
    return theme::widthOf (theme::font (theme::Type::label), message) + (isHint() ? 0.0f : iconWidth);
}

juce::Rectangle<float> StatusLine::loadBar() const
{
    return getLocalBounds()
        .toFloat()
        .reduced (static_cast<float> (theme::edgeMargin), 0.0f)
        .removeFromRight (48.0f)
        .withSizeKeepingCentre (48.0f, 5.0f);
}

void StatusLine::resized()
{
    const int width =
        static_cast<int> (std::ceil (theme::widthOf (theme::font (theme::Type::labelMedium), link.getButtonText())))
        + 16;
    const int begin = theme::edgeMargin + static_cast<int> (std::ceil (messageWidth())) + 8;
    const int end = static_cast<int> (loadBar().getX()) - 8;
    link.setBounds (std::min (begin, std::max (0, end - width)), 0, width, getHeight());
}

void StatusLine::showKernel (const juce::String& facts)
{
    kernelFacts = facts;
    repaint();
}

void StatusLine::showMatch (std::optional<double> decibels)
{
    const auto facts =
        decibels ? (*decibels > 0.0 ? "+" : "") + numberAsLabel (*decibels, 1) + space + "dB" : juce::String();

    if (std::exchange (matchFacts, facts) != facts)
        repaint();
}

void StatusLine::showLoad (double mean, double worst, int numMissed)
{
    const auto before = percent (meanLoad) + percent (worstLoad);
    const bool changed = std::exchange (missedDeadlines, numMissed) != numMissed;
    meanLoad = mean;
    worstLoad = worst;

    if (changed || percent (meanLoad) + percent (worstLoad) != before)
        repaint();
}

juce::String StatusLine::shownLoad() const
{
    return percent (meanLoad) + dot + "peak " + percent (worstLoad)
           + (missedDeadlines > 0 ? dot + juce::String (missedDeadlines) + " missed" : juce::String());
}

void StatusLine::mouseUp (const juce::MouseEvent& event)
{
    if (event.position.x >= loadBegin && onResetLoad != nullptr)
    {
        onResetLoad();
        showLoad (meanLoad, meanLoad, 0);
    }
}

juce::String StatusLine::loadInWords() const
{
    const juce::String load = "CPU load of the audio thread: mean of the last second, and the worst of the last ten.";

    if (missedDeadlines == 0)
        return load + " No buffer came too late.";

    return load + ' ' + juce::String (missedDeadlines) + (missedDeadlines == 1 ? " buffer came" : " buffers came")
           + " too late, which is heard as clicks or gaps: a larger buffer helps. Click to count from zero.";
}

juce::String StatusLine::getTooltip()
{
    if (static_cast<float> (getMouseXYRelative().x) < loadBegin)
        return {};

    return loadInWords();
}

void StatusLine::paint (juce::Graphics& g)
{
    g.fillAll (theme::footer);
    auto row = getLocalBounds().toFloat().reduced (static_cast<float> (theme::edgeMargin), 0.0f);
    const auto labelFont = theme::font (theme::Type::label), valueFont = theme::font (theme::Type::labelMedium);
    const bool overloaded = worstLoad > 0.8 || missedDeadlines > 0;

    // From the right: a bar for the load, then pairs of label and value.
    const auto bar = loadBar();
    g.setColour (theme::meterTrack);
    g.fillRoundedRectangle (bar, 2.5f);
    g.setColour (overloaded ? theme::warning : theme::signal);
    g.fillRoundedRectangle (bar.withWidth (juce::jlimit (2.0f, 48.0f, 48.0f * static_cast<float> (meanLoad))), 2.5f);
    g.fillRect (
        bar.withWidth (2.0f).translated (juce::jlimit (0.0f, 46.0f, 46.0f * static_cast<float> (worstLoad)), 0.0f));
    row.setRight (bar.getX() - 8.0f);

    // A message that matters or can be clicked comes before facts; another hint gives way to them.
    const float needed = messageWidth() + (link.isVisible() ? static_cast<float> (link.getWidth()) + 8.0f : 0.0f);
    const bool givesWay = isHint() && ! link.isVisible();
    const float reserved = givesWay ? 0.0f : needed + 8.0f;

    const auto drawPair = [&] (const juce::String& label, const juce::String& value, juce::Colour colour)
    {
        const float valueWidth = theme::widthOf (valueFont, value) + 1.0f;
        const float labelWidth = theme::widthOf (labelFont, label) + 5.0f;

        if (row.getWidth() - valueWidth - labelWidth < reserved)
            return;

        g.setFont (valueFont);
        g.setColour (colour);
        g.drawText (value, row.removeFromRight (valueWidth), juce::Justification::centredRight, false);
        g.setFont (labelFont);
        g.setColour (theme::textMid);
        g.drawText (label, row.removeFromRight (labelWidth), juce::Justification::centredLeft, false);
        row.removeFromRight (static_cast<float> (theme::groupGap));
    };

    drawPair ("Load", shownLoad(), overloaded ? theme::warning : theme::textHigh);
    loadBegin = row.getRight() + static_cast<float> (theme::groupGap);

    if (matchFacts.isNotEmpty()) // what is heard is not what is recorded: it stays longest
        drawPair ("Equal loudness", matchFacts, theme::signal);

    if (kernelFacts.isNotEmpty())
        drawPair ("Kernel", kernelFacts, theme::textHigh);

    if (matchFacts.isEmpty())
        drawPair ("Latency", "0 samples", theme::textHigh);

    if (message.isEmpty() || (givesWay && needed > row.getWidth()))
        return;

    if (link.isVisible())
        row.setRight (std::min (row.getRight(), static_cast<float> (link.getX())));

    if (kind != Kind::hint)
    {
        const auto icon = row.removeFromLeft (16.0f).withSizeKeepingCentre (16.0f, 16.0f);
        row.removeFromLeft (8.0f);
        g.setColour (kind == Kind::failure ? theme::warning : theme::textMid);
        g.strokePath (kind == Kind::failure ? icons::warning() : icons::info(),
                      juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                      juce::AffineTransform::translation (icon.getPosition()));
    }

    g.setFont (labelFont);
    g.setColour (kind == Kind::failure ? theme::warning : theme::textMid);
    g.drawText (message, row, juce::Justification::centredLeft, true);
}

} // namespace faltwerk
