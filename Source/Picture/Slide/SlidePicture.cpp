#include "Picture/Slide/SlidePicture.h"

#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int arrowLength = 28, cardHeight = 32, cardDistance = 10, tickReach = 24;

double peakOf (const auto& values)
{
    double peak = 0.0;

    for (const auto value : values)
        peak = std::max (peak, std::abs (static_cast<double> (value)));

    return peak;
}

/** Draws bars on a zero line, their edges on physical pixels. */
class BarPainter
{
public:
    BarPainter (juce::Graphics& graphics, const SlideLayout& layout, const SlideLayout::Lane& in, double fullScale)
        : g (graphics)
        , place (layout)
        , lane (in)
        , scale (g.getInternalContext().getPhysicalPixelScaleFactor())
        , factor (fullScale > 0.0 ? static_cast<double> (in.reach) / fullScale : 0.0)
    {
    }

    float snap (float length) const noexcept { return std::round (length * scale) / scale; }

    /** Returns a line that is thin, but sharp. */
    float hairline (float width) const noexcept { return std::max (1.0f, std::floor (width * scale + 0.25f)) / scale; }

    /** Returns the height of a value over the zero line, downward. */
    float yOf (double value) const noexcept
    {
        return static_cast<float> (lane.zero) - snap (static_cast<float> (value * factor));
    }

    void fill (int index, double value)
    {
        // A sample that is 0 is there nevertheless.
        const float height = std::max (1.0f, snap (std::abs (static_cast<float> (value * factor))));
        const float zero = static_cast<float> (lane.zero), left = std::floor (place.barLeft (index) * scale) / scale;
        const float width = static_cast<float> (place.barWidth), tip = 1.0f / scale;
        const juce::Rectangle<float> bar (left, value < 0.0 ? zero + 1.0f : zero - height, width, height);

        // Where pixels are small, a corner less makes the tip round.
        if (scale < 1.5f || height < 3.0f || width < 4.0f)
        {
            g.fillRect (bar);
            return;
        }

        g.fillRect (value < 0.0 ? bar.withTrimmedBottom (tip) : bar.withTrimmedTop (tip));
        g.fillRect ((value < 0.0 ? bar.withTop (bar.getBottom() - tip) : bar.withHeight (tip)).reduced (tip, 0.0f));
    }

private:
    juce::Graphics& g;
    const SlideLayout& place;
    const SlideLayout::Lane& lane;
    const float scale;
    const double factor;
};

/** Fills a large rounded area. Only its corners are a shape, since shapes cost more than rectangles. */
void fillRounded (juce::Graphics& g, juce::Rectangle<int> area, int radius)
{
    auto middle = area;

    for (const auto& end : { middle.removeFromTop (radius), middle.removeFromBottom (radius) })
    {
        const juce::Graphics::ScopedSaveState saved (g);

        if (g.reduceClipRegion (end))
            g.fillRoundedRectangle (area.toFloat(), static_cast<float> (radius));
    }

    g.fillRect (middle);
}

int widthOf (theme::Type type, const juce::String& text)
{
    return static_cast<int> (std::ceil (theme::widthOf (theme::font (type), text)));
}

juce::String formulaFor (int n, bool isShort)
{
    const juce::String index (n), minus (juce::String::charToString (0x2212)), dot (juce::String::charToString (0xb7));
    return isShort ? "y[" + index + "] ="
                   : "y[" + index + "] = " + juce::String::charToString (0x3a3) + " x[k]" + dot + "h[" + index + minus
                         + "k] =";
}

} // namespace

SlidePicture::SlidePicture (SlideScene scene, juce::Rectangle<int> area)
    : shown (std::move (scene))
    , place (shown.numSamples(), shown.numBars(), area, shown.mode, shown.compact)
    , output (shown.output())
    , peaks { peakOf (shown.x), peakOf (shown.kernel.bars), peakOf (output) }
{
    if (shown.isEmpty())
        return;

    moveTo (shown.n);
    juce::String longest;

    for (const double value : output)
        if (const auto text = significant (value, 4); text.length() > longest.length())
            longest = text;

    valueWidth = widthOf (theme::Type::heading, longest);

    for (const bool isShort : { shown.compact, true })
    {
        // The whole formula, if there is room for it before or behind the kernel wherever that is.
        hasShortCard = isShort;
        formulaWidth = widthOf (theme::Type::body, formulaFor (88, isShort));

        if (place.plot.getWidth()
            >= place.window (0).getWidth() + 2 * (cardFor (0).area.getRight() - place.window (0).getRight()))
            break;
    }
}

// --- Where things lie ------------------------------------------------------------------------------------------------

SlidePicture::Card SlidePicture::cardFor (int n) const
{
    const int height = std::min (cardHeight, place.kernel.reach - 1); // below the zero line
    const int margin = shown.compact ? 8 : 12, gap = hasShortCard ? 8 : 20;
    const int width = formulaWidth + gap + valueWidth + 2 * margin;
    const auto window = place.window (n);

    // Beside the kernel, whose lane is empty there: before it once there is no room behind it; and clear of the arrow.
    const int behind = window.getRight() + cardDistance + (height < cardHeight ? arrowLength + 4 : 0);
    const bool fitsBehind = behind + width <= place.whole.getRight() - 8;
    const int left = fitsBehind ? behind : std::max (place.plot.getX(), window.getX() - cardDistance - width);
    return { formulaFor (n, hasShortCard),
             significant (outputAt (n), 4),
             { left, place.kernel.area.getBottom() - 2 - height, width, height } };
}

juce::Rectangle<int> SlidePicture::arrowFor (int n) const noexcept
{
    const int left = place.window (n).getRight() + cardDistance;
    const int length = std::min (arrowLength, place.whole.getRight() - 4 - left);
    return length < arrowLength / 2 || n == shown.last()
               ? juce::Rectangle<int>()
               : juce::Rectangle<int> (left, place.kernel.zero - 6, length, 13);
}

juce::Rectangle<int> SlidePicture::ticksNear (int n) const noexcept
{
    return place.axis.withSizeKeepingCentre (SlideLayout::markWidth + 4 * tickReach, SlideLayout::markHeight)
        .withCentre (place.markCentre (n));
}

juce::RectangleList<int> SlidePicture::changedBetween (int n, int other) const
{
    juce::RectangleList<int> changed;

    if (shown.isEmpty())
        return changed;

    for (const int each : { n, other })
    {
        changed.add (place.window (each));
        changed.add (arrowFor (each).expanded (2));
        changed.add (cardFor (each).area);
        changed.add (place.column (each));
        changed.add (ticksNear (each));
    }

    changed.add (place.slots (std::min (n, other), std::max (n, other), place.output));
    return changed;
}

// --- What moves ------------------------------------------------------------------------------------------------------

void SlidePicture::drawMoving (juce::Graphics& g) const
{
    if (shown.isEmpty())
        return;

    const auto clip = g.getClipBounds().toFloat();
    const juce::Range<int> visible (std::max (place.firstIndex(), place.indexAt (clip.getX())),
                                    std::min (place.last(), place.indexAt (clip.getRight())) + 1);
    const auto column = place.column (shown.n);
    const auto window = place.window (shown.n);

    g.setColour (theme::kernel.withAlpha (0.1f));
    fillRounded (g, window, std::min (static_cast<int> (theme::cardRadius), window.getWidth() / 3));
    g.setColour (theme::focus.withAlpha (0.1f));
    g.fillRoundedRectangle (column.toFloat(), 2.0f);

    drawInput (g, visible);
    drawKernel (g, visible);
    drawProduct (g, visible);
    drawOutput (g, visible);
    drawArrow (g);
    drawCard (g);
    drawTicks (g);
}

void SlidePicture::drawInput (juce::Graphics& g, juce::Range<int> visible) const
{
    BarPainter bars (g, place, place.input, peaks.input);
    const juce::Range<int> under (shown.n - shown.numBars() + 1, shown.n + 1);
    const auto samples = visible.getIntersectionWith ({ 0, shown.numSamples() });

    for (int k = samples.getStart(); k < samples.getEnd(); ++k)
    {
        g.setColour (under.contains (k) ? theme::signal : theme::signalDim);
        bars.fill (k, shown.inputAt (k));
    }

    // The zeros that count.
    const auto counted = visible.getIntersectionWith (under);
    drawSlidePadding (g, place, counted.getStart(), std::min (counted.getEnd(), 0) - 1, theme::signal);
    drawSlidePadding (g, place, std::max (counted.getStart(), shown.numSamples()), counted.getEnd() - 1, theme::signal);
}

void SlidePicture::drawKernel (juce::Graphics& g, juce::Range<int> visible) const
{
    BarPainter bars (g, place, place.kernel, peaks.kernel);
    const auto under = visible.getIntersectionWith ({ shown.n - shown.numBars() + 1, shown.n + 1 });
    g.setColour (theme::kernel);

    for (int k = under.getStart(); k < under.getEnd(); ++k)
        bars.fill (k, shown.kernelAt (k));
}

void SlidePicture::drawProduct (juce::Graphics& g, juce::Range<int> visible) const
{
    // As high as the bars of x and h together: full where both are at their peaks.
    const BarPainter scale (g, place, place.kernel, peaks.input * peaks.kernel);
    const juce::Range<int> window (shown.n - shown.numBars() + 1, shown.n + 1);
    const auto under = juce::Range<int> (visible.getStart() - 1, visible.getEnd() + 1).getIntersectionWith (window);
    const float zero = static_cast<float> (place.kernel.zero), width = static_cast<float> (place.pitch);
    const float line = scale.hairline (1.5f);
    g.setColour (theme::focus.withAlpha (0.45f));

    for (int k = under.getStart(); k < under.getEnd(); ++k)
    {
        const float x = static_cast<float> (place.xOf (k)), y = scale.yOf (shown.productAt (k));
        g.fillRect (juce::Rectangle<float>::leftTopRightBottom (x, std::min (y, zero), x + width, std::max (y, zero)));
    }

    g.setColour (theme::focus);
    float before = zero;

    for (int k = under.getStart(); k < under.getEnd(); ++k)
    {
        const float x = static_cast<float> (place.xOf (k)), y = scale.yOf (shown.productAt (k));
        const bool isFirst = k == under.getStart() && k > window.getStart();
        g.fillRect (x, y, width, line);

        if (! isFirst && y != before)
            g.fillRect (x, std::min (y, before), line, std::abs (y - before) + line);

        before = y;
    }

    if (under.getEnd() == window.getEnd() && before != zero)
        g.fillRect (static_cast<float> (place.xOf (window.getEnd())) - line, std::min (before, zero), line,
                    std::abs (before - zero) + line);
}

void SlidePicture::drawOutput (juce::Graphics& g, juce::Range<int> visible) const
{
    BarPainter bars (g, place, place.output, peaks.output);
    const auto samples = visible.getIntersectionWith ({ 0, shown.last() + 1 });

    for (int index = samples.getStart(); index < samples.getEnd(); ++index)
    {
        const bool isKept = shown.isKept (index);

        if (index <= shown.n)
        {
            g.setColour (index < shown.n ? (isKept ? theme::signal : theme::signalDim)
                                         : (isKept ? theme::focus : theme::textLow));
            bars.fill (index, outputAt (index));
            continue;
        }

        g.setColour (isKept ? theme::outline : theme::zeroLine);
        g.fillRect (juce::Rectangle<float> (2.0f, 2.0f)
                        .withPosition (bars.snap (place.middleOf (index) - 1.0f),
                                       static_cast<float> (place.output.zero) - 0.5f));
    }
}

void SlidePicture::drawArrow (juce::Graphics& g) const
{
    const auto area = arrowFor (shown.n).toFloat();

    if (area.isEmpty() || ! g.clipRegionIntersects (area.getSmallestIntegerContainer()))
        return;

    const juce::Point<float> tip (area.getRight() - 1.0f, area.getCentreY());
    juce::Path path;
    path.startNewSubPath (area.getX(), tip.y);
    path.lineTo (tip);
    path.startNewSubPath (tip.translated (-5.0f, -5.0f));
    path.lineTo (tip);
    path.lineTo (tip.translated (-5.0f, 5.0f));
    g.setColour (theme::kernel);
    g.strokePath (path, juce::PathStrokeType (2.0f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));
}

void SlidePicture::drawCard (juce::Graphics& g) const
{
    const auto card = cardFor (shown.n);

    if (! g.clipRegionIntersects (card.area))
        return;

    g.setColour (theme::card);
    g.fillRoundedRectangle (card.area.toFloat(), shown.compact ? theme::controlRadius : theme::cardRadius);
    const auto text = card.area.reduced (shown.compact ? 8 : 12, 0);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (theme::textMid);
    g.drawText (card.formula, text, juce::Justification::centredLeft, false);
    g.setFont (theme::font (theme::Type::heading));
    g.setColour (shown.isKept (shown.n) ? theme::textHigh : theme::textLow);
    g.drawText (card.value, text, juce::Justification::centredRight, false);
}

void SlidePicture::drawTicks (juce::Graphics& g) const
{
    const auto clip = g.getClipBounds();

    if (! clip.intersects (place.axis))
        return;

    const int step = place.pitch * 10 >= 36 ? 10 : 20;
    const auto mark = juce::Rectangle<int> (SlideLayout::markWidth + 8, SlideLayout::markHeight)
                          .withCentre (place.markCentre (shown.n));
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textLow);

    for (int index = -(-place.firstIndex() / step) * step; index <= place.last(); index += step)
    {
        const auto label = numberAsLabel (index);
        const auto box = juce::Rectangle<int> (widthOf (theme::Type::label, label) + 2, SlideLayout::markHeight)
                             .withCentre ({ juce::roundToInt (place.middleOf (index)), place.axis.getCentreY() });

        if (! box.intersects (mark) && g.clipRegionIntersects (box))
            g.drawText (label, box, juce::Justification::centred, false);
    }
}

} // namespace faltwerk
