#include "Editor/Views/Waveform/WaveformOverlay.h"

#include "Editor/Look/LookAndFeel.h"
#include "Picture/PlotLine.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

juce::String seconds (double value) { return numberAsLabel (value, 2) + juce::String::charToString (0xa0) + "s"; }

juce::String milliseconds (double value)
{
    return numberAsLabel (1000.0 * value, value < 0.01 ? 2 : 1) + juce::String::charToString (0xa0) + "ms";
}

juce::String levelAsText (double magnitude)
{
    if (! (magnitude > 1e-8))
        return juce::String::charToString (0x2212) + juce::String::charToString (0x221e)
               + juce::String::charToString (0xa0) + "dB";

    return numberAsLabel (20.0 * std::log10 (magnitude), 1) + juce::String::charToString (0xa0) + "dB";
}

juce::Path dashed (const juce::Path& line, float thickness) { return dashedStroke (line, thickness, 3.0f, 3.0f); }

} // namespace

juce::String trimmedInWords (const EditTimeline& timeline)
{
    double first = timeline.keptFrom * timeline.stretch;
    double last = (timeline.length - timeline.keptTo) * timeline.stretch;

    if (timeline.backwards)
        std::swap (first, last);

    constexpr double least = 0.0005; // s

    if (first > least && last > least)
        return "Trimmed " + numberAsLabel (first, 2) + " + " + seconds (last);

    return first > least || last > least ? "Trimmed " + seconds (std::max (first, last)) : juce::String();
}

WaveformOverlay::WaveformOverlay (const WaveformHandles& toName, const HandleField& ground)
    : handles (toName)
    , field (ground)
{
    setInterceptsMouseClicks (false, false);
    setAccessible (false);
}

void WaveformOverlay::show (const Content& newest)
{
    content = newest;
    repaint();
}

void WaveformOverlay::setHover (std::optional<juce::Point<float>> place)
{
    // Only what the crosshair and its card cover, before and after.
    const auto mark = [this]
    {
        if (! hover || content.picture == nullptr)
            return;

        const auto card = hoverCard();
        const int x = juce::roundToInt (hover->x);
        repaint (x - 4, 0, 9, getHeight());

        if (! card.isEmpty())
            repaint (card.boundsBeside (*hover, content.picture->plot()).getSmallestIntegerContainer().expanded (1));
    };

    mark();
    hover = place && content.picture != nullptr && content.picture->plot().contains (*place) ? place : std::nullopt;
    mark();

    if (field.isDragging())
        repaint();
}

ReadOut WaveformOverlay::hoverCard() const
{
    if (! hover || content.picture == nullptr)
        return {};

    const double width =
        (content.scene.to - content.scene.from) / static_cast<double> (content.picture->plot().getWidth());
    const double time = content.picture->timeAt (hover->x);
    const auto levelOf = [&] (const WaveformLayer& layer, bool ofRight)
    {
        const auto columns = columnsOf (layer, ofRight ? *layer.right : *layer.left, time - width, time + width, 1);
        return levelAsText (static_cast<double> (columns[0].peak()) / content.scene.fullScale);
    };

    const auto at = content.scene.to - content.scene.from < 0.05
                        ? numberAsLabel (time * 1000.0, 2) + juce::String::charToString (0xa0) + "ms"
                        : numberAsLabel (time, 3) + juce::String::charToString (0xa0) + "s";
    std::vector<ReadOut::Row> rows { { "Time", at } };

    if (! content.scene.kernel.isEmpty() && content.scene.kernel.isMono())
        rows.push_back ({ "Level", levelOf (content.scene.kernel, false) });
    else if (! content.scene.kernel.isEmpty())
    {
        rows.push_back ({ "Left", levelOf (content.scene.kernel, false) });
        rows.push_back ({ "Right", levelOf (content.scene.kernel, true) });
    }

    if (! content.scene.before.isEmpty())
        rows.push_back ({ "Before edit", levelOf (content.scene.before, false) });

    return ReadOut (std::move (rows));
}

void WaveformOverlay::paint (juce::Graphics& g)
{
    if (content.picture == nullptr)
        return;

    if (content.timeline.length > 0.0)
    {
        paintLine (g);
        paintFades (g);

        if (! content.lane.isEmpty())
            paintLane (g);
    }

    paintHover (g);

    if (content.isFocused)
        LookAndFeel::drawFocusRing (g, content.picture->plot().reduced (2.0f), theme::controlRadius);
}

void WaveformOverlay::paintLine (juce::Graphics& g) const
{
    if (content.line == nullptr)
        return;

    const juce::Graphics::ScopedSaveState saved (g);
    const auto& plot = content.picture->plot();
    g.reduceClipRegion (plot.toNearestInt());
    const auto path = [&] (const WaveformPicture::Lane& lane, bool ofRight)
    {
        juce::Path result;
        const float begin = std::max (content.picture->xOf (content.timeline.begin), plot.getX() - 2.0f);
        const float end = std::min (content.picture->xOf (content.timeline.end()), plot.getRight() + 2.0f);

        for (float x = begin; x < end + 3.0f; x += 3.0f)
        {
            const float at = std::min (x, end);
            const double magnitude =
                std::pow (10.0, content.line->levelDbAt (content.picture->timeAt (at), ofRight) / 20.0);
            const juce::Point<float> point (at, content.picture->yOf (magnitude, lane));
            x == begin ? result.startNewSubPath (point) : result.lineTo (point);
        }

        return result;
    };

    const auto& lanes = content.picture->lanes();
    g.setColour (theme::kernelBright);
    g.strokePath (path (lanes.front(), false), juce::PathStrokeType (1.75f, juce::PathStrokeType::curved));

    if (lanes.size() > 1)
    {
        g.setColour (theme::kernelBright.withAlpha (0.45f));
        g.strokePath (path (lanes.back(), true), juce::PathStrokeType (1.0f, juce::PathStrokeType::curved));
    }
}

void WaveformOverlay::paintFades (juce::Graphics& g) const
{
    const juce::Graphics::ScopedSaveState saved (g);
    const auto& plot = content.picture->plot();
    g.reduceClipRegion (plot.toNearestInt().expanded (1, 0));
    g.setColour (theme::kernel);

    for (const double time : { content.timeline.begin, content.timeline.end() })
        g.fillRect (content.picture->xOf (time) - 0.75f, plot.getY(), 1.5f, plot.getHeight());

    const auto& edits = content.edits;
    const float top = plot.getY() + 14.0f;

    // The fade's own curve, from the square down to silence at the end, where it is visible.
    const auto curve = [&] (double full, double silent)
    {
        std::vector<juce::Point<float>> points;
        const float reach = plot.getCentreY() - top;
        const double from = content.picture->timeAt (plot.getX()), to = content.picture->timeAt (plot.getRight());
        const double first = std::clamp (full, from, to), last = std::clamp (silent, from, to);

        for (int n = 0; n <= 40; ++n)
        {
            const double time = first + (last - first) * n / 40.0, share = (time - full) / (silent - full);
            const double gain = 0.5 + 0.5 * std::cos (share * juce::MathConstants<double>::pi);
            const double height =
                content.scene.decibels
                    ? std::max (0.0, 1.0 + 20.0 * std::log10 (std::max (gain, 1e-9)) / WaveformPicture::rangeInDb)
                    : gain;
            points.emplace_back (content.picture->xOf (time), top + reach * static_cast<float> (1.0 - height));
        }

        return dashed (clippedLine (points, plot), 1.25f);
    };

    g.setColour (theme::kernel.withAlpha (0.9f));

    if (edits.fadeIn > 0.0)
        g.fillPath (curve (content.timeline.begin + edits.fadeIn, content.timeline.begin));

    if (edits.fadeOut > 0.0)
    {
        const double full = content.timeline.end() - edits.fadeOut;
        g.fillPath (curve (full, content.timeline.end()));
        juce::Path drop;
        drop.startNewSubPath (content.picture->xOf (full), top + 6.0f);
        drop.lineTo (content.picture->xOf (full), plot.getCentreY());
        g.setColour (theme::kernel.withAlpha (0.6f));
        g.fillPath (dashed (drop, 1.0f));
    }

    if (content.compact)
        return;

    // Labels stay away from the edges, from other handles, from each other and from a bubble.
    g.setFont (theme::font (theme::Type::label));
    std::optional<juce::Rectangle<float>> taken;

    if (! handles.bubble().empty() && field.selected() != nullptr)
        taken = bubble().boundsAbove (field.selected()->position(), plot);

    const auto label = [&] (const Handle& handle, bool toRight)
    {
        const bool isHot = field.selected() == &handle;
        const double length = toRight ? edits.fadeIn : edits.fadeOut;

        if (! handle.isVisible() || (length <= 0.0 && ! isHot))
            return;

        const auto text = handle.getTitle() + " " + handle.valueText();
        const float width = theme::widthOf (theme::font (theme::Type::label), text) + 2.0f;
        const auto at = handle.position();
        const bool right = toRight ? at.x + 12.0f + width < plot.getRight() : at.x - 12.0f - width < plot.getX();
        const auto beside = juce::Rectangle<float> (width, 16.0f)
                                .withY (at.y - 8.0f)
                                .withX (right ? at.x + 12.0f : at.x - 12.0f - width);
        const auto isFree = [&] (juce::Rectangle<float> place)
        {
            const auto ground = place.expanded (10.0f, 7.0f);
            const auto& other = toRight ? handles.fadeOut : handles.fadeIn;
            return ! (taken && taken->intersects (ground)) && ! ground.contains (other.position())
                   && std::none_of (handles.nodes().begin(), handles.nodes().end(),
                                    [&ground] (const auto& node) { return ground.contains (node->position()); });
        };
        const auto place = isFree (beside) ? beside : beside.translated (0.0f, 24.0f);

        if (! isFree (place))
            return;

        const auto ground = place.expanded (4.0f, 1.0f);
        taken = taken ? taken->getUnion (ground) : ground;
        g.setColour (theme::canvas.withAlpha (0.65f)); // to be read on gold
        g.fillRoundedRectangle (ground, 3.0f);
        g.setColour (theme::textHigh);
        g.drawText (text, place, right ? juce::Justification::centredLeft : juce::Justification::centredRight, false);
    };

    label (handles.fadeIn, true);
    label (handles.fadeOut, false);
}

void WaveformOverlay::paintLane (juce::Graphics& g) const
{
    const juce::Graphics::ScopedSaveState saved (g);
    const auto& plot = content.picture->plot();
    const float y = static_cast<float> (content.lane.getCentreY());
    g.reduceClipRegion (content.lane.withLeft (static_cast<int> (plot.getX()) - 8));
    const auto labels = theme::font (theme::Type::labelMedium), quiet = theme::font (theme::Type::label);
    const auto xOf = [&] (double time)
    { return juce::jlimit (plot.getX(), plot.getRight(), content.picture->xOf (time)); };
    const float zero = xOf (0.0), begin = xOf (content.timeline.begin), end = xOf (content.timeline.end());

    g.setColour (theme::kernel);

    if (content.scene.from <= 1e-9)
        g.fillRect (zero - 0.75f, y - 6.0f, 1.5f, 12.0f);

    if (begin > zero)
        g.fillRect (zero, y - 0.75f, begin - zero, 1.5f);

    const auto preDelay = "Pre-delay " + handles.preDelay.valueText();
    const float preDelayWidth = theme::widthOf (labels, preDelay) + 2.0f;
    float left = begin + 14.0f;
    g.setFont (labels);
    g.setColour (theme::textHigh);

    if (content.timeline.begin >= content.scene.from)
    {
        g.drawText (preDelay, juce::Rectangle<float> (preDelayWidth, 16.0f).withPosition (left, y - 8.0f),
                    juce::Justification::centredLeft, false);
        left += preDelayWidth + 16.0f;
    }

    const double kept = content.timeline.keptLength();
    const auto length = "Length " + (kept < 0.1 ? milliseconds (kept) : seconds (kept));
    const float lengthWidth = theme::widthOf (labels, length) + 2.0f;

    if (end - left > lengthWidth + 48.0f)
    {
        const float middle = (left + end) / 2.0f;
        g.drawText (length, juce::Rectangle<float> (lengthWidth, 16.0f).withCentre ({ middle, y }),
                    juce::Justification::centred, false);
        g.setColour (theme::outline);
        g.fillRect (
            juce::Rectangle<float>::leftTopRightBottom (left, y - 0.5f, middle - lengthWidth / 2.0f - 10.0f, y + 0.5f));
        g.fillRect (
            juce::Rectangle<float>::leftTopRightBottom (middle + lengthWidth / 2.0f + 10.0f, y - 0.5f, end, y + 0.5f));

        if (content.timeline.end() <= content.scene.to)
            g.fillRect (end - 0.5f, y - 5.0f, 1.0f, 10.0f);
    }

    const auto rest = trimmedInWords (content.timeline);

    if (rest.isNotEmpty() && plot.getRight() - end > theme::widthOf (quiet, rest) + 16.0f)
    {
        g.setFont (quiet);
        g.setColour (theme::textLow);
        g.drawText (rest, juce::Rectangle<float>::leftTopRightBottom (end + 12.0f, y - 8.0f, plot.getRight(), y + 8.0f),
                    juce::Justification::centredLeft, false);
    }

    g.setFont (quiet);
}

void WaveformOverlay::paintHover (juce::Graphics& g) const
{
    const auto& plot = content.picture->plot();

    if (hover && ! field.isDragging())
    {
        g.setColour (theme::textMid.withAlpha (0.8f));
        g.fillRect (std::round (hover->x) - 0.5f, plot.getY(), 1.0f, plot.getHeight());

        // Where the crosshair meets what sounds.
        if (! content.scene.kernel.isEmpty())
        {
            const double width = (content.scene.to - content.scene.from) / static_cast<double> (plot.getWidth());
            const double time = content.picture->timeAt (hover->x);
            g.setColour (theme::focus);

            for (const auto& lane : content.picture->lanes())
            {
                const auto& channel = lane.isLeft ? *content.scene.kernel.left : *content.scene.kernel.right;
                const auto column = columnsOf (content.scene.kernel, channel, time - width, time + width, 1)[0];

                if (column.peak() > 0.0f)
                    g.fillEllipse (
                        juce::Rectangle<float> (5.0f, 5.0f)
                            .withCentre ({ std::round (hover->x),
                                           content.picture->yOf (static_cast<double> (column.peak()), lane) }));
            }
        }

        if (field.handleAt (*hover) == nullptr)
        {
            const auto card = hoverCard();
            card.draw (g, card.boundsBeside (*hover, plot));
        }
    }

    if (! handles.bubble().empty())
        bubble().draw (g, bubble().boundsAbove (field.selected()->position(), plot));
}

/** Returns the bubble of the handle that is being dragged. */
ReadOut WaveformOverlay::bubble() const
{
    const auto values = handles.bubble();
    std::vector<ReadOut::Row> rows;

    for (size_t n = 0; n < values.size(); ++n)
        rows.push_back ({ {}, values[n], n > 0 });

    return ReadOut (std::move (rows), true);
}

} // namespace faltwerk
