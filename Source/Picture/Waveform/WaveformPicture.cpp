#include "Picture/Waveform/WaveformPicture.h"

#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace faltwerk
{

namespace
{

using Lane = WaveformPicture::Lane;

constexpr float nameInset = 22.0f;

/** Returns a height: 0 at the bottom of the scale, 1 at full scale. */
float heightInDb (double magnitude, double fullScale)
{
    if (! (magnitude > 0.0))
        return 0.0f;

    const double level = 20.0 * std::log10 (magnitude / fullScale);
    return static_cast<float> (std::clamp (1.0 + level / WaveformPicture::rangeInDb, 0.0, 1.0));
}

std::vector<Lane> lanesOf (const WaveformScene& scene, juce::Rectangle<float> plot)
{
    const bool mono = scene.kernel.isMono() && (scene.before.isEmpty() || scene.before.isMono());
    const auto upper = plot.withHeight (plot.getHeight() / 2.0f), lower = plot.withTrimmedTop (plot.getHeight() / 2.0f);

    if (scene.decibels)
        return scene.stacked || mono ? std::vector<Lane> { { upper, Lane::Direction::up, true, false },
                                                           { lower, Lane::Direction::down, false, true } }
                                     : std::vector<Lane> { { plot, Lane::Direction::up, true, true } };

    if (! scene.stacked || mono)
        return { { plot, Lane::Direction::both, true, true } };

    return { { upper.withTrimmedBottom (4.0f), Lane::Direction::both, true, false },
             { lower.withTrimmedTop (4.0f), Lane::Direction::both, false, true } };
}

/** Where a lane's scale has its zero, and how far it reaches to full scale. */
struct LaneScale
{
    float zero, reach;

    explicit LaneScale (const Lane& lane)
        : zero (lane.direction == Lane::Direction::up     ? lane.area.getBottom()
                : lane.direction == Lane::Direction::down ? lane.area.getY()
                                                          : lane.area.getCentreY())
        , reach (lane.direction == Lane::Direction::up     ? -lane.area.getHeight()
                 : lane.direction == Lane::Direction::down ? lane.area.getHeight()
                                                           : -lane.area.getHeight() / 2.0f)
    {
    }
};

/** Draws the columns of one lane into the pixels of the plot. */
class LanePainter
{
public:
    /** @param scale  physical pixels in a logical one */
    LanePainter (ColumnPainter& columnPainter,
                 const WaveformScene& toDraw,
                 const Lane& laneToDraw,
                 juce::Rectangle<float> plot,
                 float scale)
        : painter (columnPainter)
        , scene (toDraw)
        , lane (laneToDraw)
    {
        const LaneScale inPlot (lane);
        zero = (inPlot.zero - plot.getY()) * scale;
        reach = inPlot.reach * scale;
    }

    void paintGhost (const std::vector<WaveformColumn>& columns)
    {
        const auto fill = painter.colours (theme::ghost.withAlpha (0.5f));
        const auto edge = painter.colours (theme::ghostEdge.withAlpha (0.7f));
        paintBodies (columns, fill);
        paintOutline (columns, edge);
    }

    void paintKernel (const std::vector<WaveformColumn>& columns)
    {
        paintBodies (columns, gradient (theme::kernel.withAlpha (0.62f), {}, theme::kernel.withAlpha (0.22f),
                                        theme::waveformShade));
        paintLevels (columns, gradient (theme::waveformOuter, theme::waveformMiddle, theme::waveformInner));
    }

    void paintOutline (const std::vector<WaveformColumn>& columns, const ColumnPainter::Colours& colours)
    {
        for (size_t n = 0; n < columns.size(); ++n)
        {
            const auto &before = columns[n > 0 ? n - 1 : n], &here = columns[n];
            paintEdge (n, topOf (before), topOf (here), colours);

            if (lane.direction == Lane::Direction::both)
                paintEdge (n, bottomOf (before), bottomOf (here), colours);
        }
    }

private:
    float yOf (float value) const
    {
        return scene.decibels
                   ? zero + reach * heightInDb (std::abs (static_cast<double> (value)), scene.fullScale)
                   : zero
                         + static_cast<float> (static_cast<double> (reach)
                                               * std::clamp (static_cast<double> (value) / scene.fullScale, -1e6, 1e6));
    }

    float topOf (const WaveformColumn& column) const { return yOf (scene.decibels ? column.peak() : column.highest); }
    float bottomOf (const WaveformColumn& column) const { return scene.decibels ? zero : yOf (column.lowest); }

    void paintSpan (size_t column, float a, float b, const ColumnPainter::Colours& colours)
    {
        painter.fill (static_cast<int> (column), std::min (a, b), std::max (a, b), colours);
    }

    void paintBodies (const std::vector<WaveformColumn>& columns, const ColumnPainter::Colours& colours)
    {
        for (size_t n = 0; n < columns.size(); ++n)
        {
            const float a = topOf (columns[n]), b = bottomOf (columns[n]);

            if (scene.decibels)
                paintSpan (n, a, b, colours);
            else // from the zero line, also where the samples of a column all have one sign
                paintSpan (n, std::min ({ a, b, zero }), std::max ({ a, b, zero }), colours);
        }
    }

    void paintLevels (const std::vector<WaveformColumn>& columns, const ColumnPainter::Colours& colours)
    {
        for (size_t n = 0; n < columns.size(); ++n)
        {
            const float a = yOf (columns[n].rms);
            const float b = lane.direction == Lane::Direction::both ? yOf (-columns[n].rms) : zero;

            // No further than the samples go.
            const float top =
                std::max (std::min (a, b), std::min ({ topOf (columns[n]), bottomOf (columns[n]), zero }));
            const float bottom =
                std::min (std::max (a, b), std::max ({ topOf (columns[n]), bottomOf (columns[n]), zero }));
            paintSpan (n, top, bottom, colours);
        }
    }

    void paintEdge (size_t column, float before, float here, const ColumnPainter::Colours& colours)
    {
        if (before == zero && here == zero)
            return;

        const float top = std::min (before, here), bottom = std::max (before, here);
        paintSpan (column, top - 0.5f, std::max (bottom, top + 0.5f), colours);
    }

    /** Returns a gradient along the lane's scale, from full scale to zero. */
    ColumnPainter::Colours gradient (juce::Colour outer,
                                     juce::Colour middle,
                                     juce::Colour inner,
                                     juce::Colour surface = {}) const
    {
        juce::ColourGradient result (outer, 0.0f, 0.0f, inner, 0.0f, 1.0f, false);

        if (middle != juce::Colour())
            result.addColour (0.44, middle);

        if (lane.direction != Lane::Direction::both)
            return painter.colours (result, zero + reach, zero, surface);

        // Mirrored about the zero line.
        auto mirrored = juce::ColourGradient (outer, 0.0f, 0.0f, outer, 0.0f, 1.0f, false);
        mirrored.addColour (0.5, inner);

        if (middle != juce::Colour())
        {
            mirrored.addColour (0.22, middle);
            mirrored.addColour (0.78, middle);
        }

        return painter.colours (mirrored, zero + reach, zero - reach, surface);
    }

    ColumnPainter& painter;
    const WaveformScene& scene;
    const Lane& lane;
    float zero = 0.0f, reach = 0.0f; // physical pixels of the image
};

} // namespace

WaveformPicture::WaveformPicture (const WaveformScene& toDraw, juce::Rectangle<float> area)
    : scene (toDraw)
    , plotArea (area.withTrimmedLeft (leftGutter)
                    .withTrimmedRight (rightGutter)
                    .withTrimmedTop (rulerHeight + (toDraw.beatsPerMinute > 0.0 ? beatsHeight : 0.0f) + 8.0f)
                    .withTrimmedBottom (12.0f))
    , timeAxis (toDraw.from, toDraw.to, plotArea.getWidth(), 90.0f)
    , allLanes (lanesOf (toDraw, plotArea))
{
}

float WaveformPicture::xOf (double seconds) const noexcept
{
    const double place = (seconds - scene.from) / (scene.to - scene.from);
    return plotArea.getX() + static_cast<float> (place) * plotArea.getWidth();
}

double WaveformPicture::timeAt (float x) const noexcept
{
    return scene.from + (scene.to - scene.from) * static_cast<double> ((x - plotArea.getX()) / plotArea.getWidth());
}

float WaveformPicture::yOf (double magnitude, const Lane& lane) const noexcept
{
    const LaneScale scale (lane);
    return scale.zero
           + scale.reach
                 * (scene.decibels ? heightInDb (magnitude, scene.fullScale)
                                   : static_cast<float> (std::clamp (magnitude / scene.fullScale, -1.0, 1.0)));
}

double WaveformPicture::magnitudeAt (float y, const Lane& lane) const noexcept
{
    const LaneScale scale (lane);
    const auto height = static_cast<double> (std::clamp ((y - scale.zero) / scale.reach, 0.0f, 1.0f));
    return scene.fullScale
           * (scene.decibels ? std::pow (10.0, (height - 1.0) * rangeInDb / 20.0) : std::max (height, 1e-4));
}

void WaveformPicture::draw (juce::Graphics& g) const
{
    if (plotArea.getWidth() < 8.0f || plotArea.getHeight() < 8.0f)
        return;

    drawTimeRuler (g);

    if (scene.beatsPerMinute > 0.0)
        drawBeats (g);

    drawScale (g);
    drawColumns (g);

    g.setColour (theme::canvas);

    if (scene.decibels && allLanes.size() == 2)
        g.fillRect (plotArea.getX(), std::round (plotArea.getCentreY()) - 1.0f, plotArea.getWidth(), 2.0f);

    drawNames (g);
}

void WaveformPicture::drawTimeRuler (juce::Graphics& g) const
{
    const auto beats = scene.beatsPerMinute > 0.0 ? beatsHeight : 0.0f;
    const auto row = plotArea.withY (plotArea.getY() - 8.0f - beats - rulerHeight).withHeight (rulerHeight);
    g.setFont (theme::font (theme::Type::label));

    if (scene.unitBesideRuler)
    {
        g.setColour (theme::textLow);
        g.drawText (timeAxis.unit, row.withX (plotArea.getX() - leftGutter).withWidth (leftGutter - 10.0f),
                    juce::Justification::centredRight);
    }

    for (const auto& tick : timeAxis.ticks)
    {
        const float x = std::round (xOf (tick.value));
        const bool atStart = x<plotArea.getX() + 10.0f, atEnd = x> plotArea.getRight() - 16.0f;
        const auto text = &tick == &timeAxis.ticks.front() && ! scene.unitBesideRuler
                              ? tick.label + juce::String::charToString (0xa0) + timeAxis.unit
                              : tick.label;
        const auto label = juce::Rectangle<float> (80.0f, row.getHeight()).withCentre ({ x, row.getCentreY() });
        g.setColour (theme::textMid);
        g.drawText (text,
                    atStart ? label.withX (plotArea.getX())
                    : atEnd ? label.withRightX (plotArea.getRight())
                            : label,
                    atStart ? juce::Justification::centredLeft
                    : atEnd ? juce::Justification::centredRight
                            : juce::Justification::centred);
        g.setColour (theme::gridline);
        g.fillRect (x, plotArea.getY(), 1.0f, plotArea.getHeight());
    }

    if (scene.beatsPerMinute > 0.0)
        return;

    g.setColour (theme::zeroLine);

    for (double n = std::ceil (timeAxis.begin / timeAxis.minorStep); n * timeAxis.minorStep < timeAxis.end; ++n)
        g.fillRect (std::round (xOf (n * timeAxis.minorStep)), plotArea.getY() - 4.0f, 1.0f, 4.0f);
}

void WaveformPicture::drawBeats (juce::Graphics& g) const
{
    const double beat = 60.0 / scene.beatsPerMinute;
    const double pixels = static_cast<double> (plotArea.getWidth()) / (scene.to - scene.from);

    // Every beat that has room; between them, quarters of a beat, or of the step.
    double step = 1.0;

    while (step * beat * pixels < 64.0)
        step *= 2.0;

    while (step > 1.0 / 64.0 && step * beat * pixels > 256.0)
        step /= 2.0;

    const auto row = plotArea.withY (plotArea.getY() - 8.0f - beatsHeight).withHeight (beatsHeight);
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textLow);
    g.drawText ("beats", row.withX (plotArea.getX() - leftGutter).withWidth (leftGutter - 10.0f),
                juce::Justification::centredRight);

    for (double n = std::ceil (scene.from / beat / step * 4.0 - 1e-9); n * step / 4.0 * beat <= scene.to; ++n)
    {
        const double place = n * step / 4.0;
        const float x = std::round (xOf (place * beat));

        if (std::abs (std::remainder (n, 4.0)) > 0.1)
        {
            g.setColour (theme::outline);
            g.fillRect (x, row.getCentreY() - 2.0f, 1.0f, 4.0f);
            continue;
        }

        // Beats are counted from 1, as musicians do.
        const auto label = juce::Rectangle<float> (60.0f, row.getHeight()).withCentre ({ x, row.getCentreY() });
        const bool atStart = x<plotArea.getX() + 6.0f, atEnd = x> plotArea.getRight() - 10.0f;
        g.setColour (theme::textLow);
        g.drawText (numberAsLabel (place + 1.0, step >= 1.0    ? 0
                                                : step >= 0.5  ? 1
                                                : step >= 0.25 ? 2
                                                               : 3),
                    atStart ? label.withX (plotArea.getX())
                    : atEnd ? label.withRightX (plotArea.getRight())
                            : label,
                    atStart ? juce::Justification::centredLeft
                    : atEnd ? juce::Justification::centredRight
                            : juce::Justification::centred);
    }
}

void WaveformPicture::drawScale (juce::Graphics& g) const
{
    g.setFont (theme::font (theme::Type::label));
    const auto drawLine = [&] (float y, const juce::String& label, bool strong = false)
    {
        g.setColour (strong ? theme::zeroLine : theme::gridline);
        g.fillRect (plotArea.getX(), std::round (y), plotArea.getWidth(), 1.0f);
        g.setColour (theme::textLow);
        g.drawText (label,
                    juce::Rectangle<float> (leftGutter - 10.0f, 16.0f)
                        .withPosition (plotArea.getX() - leftGutter, std::round (y) - 8.0f),
                    juce::Justification::centredRight);
    };

    for (const auto& lane : allLanes)
    {
        const LaneScale scale (lane);
        const float length = std::abs (scale.reach);

        if (! scene.decibels)
        {
            for (const double value : { -1.0, -0.5, 0.0, 0.5, 1.0 })
                if (length >= 60.0f || std::abs (value) != 0.5)
                    drawLine (scale.zero + scale.reach * static_cast<float> (value),
                              numberAsLabel (value, std::abs (value) == 0.5 ? 1 : 0), value == 0.0);

            continue;
        }

        const int step = length >= 100.0f ? 20 : 40;

        for (int level = 0; level < static_cast<int> (rangeInDb); level += step)
        {
            const auto unit = level == 0 && lane.direction == Lane::Direction::up
                                  ? juce::String::charToString (0xa0) + "dB"
                                  : juce::String();
            drawLine (scale.zero + scale.reach * static_cast<float> (1.0 - level / rangeInDb),
                      numberAsLabel (-level) + unit);
        }

        if (lane.direction == Lane::Direction::up)
            drawLine (scale.zero, juce::String::charToString (0x2212) + juce::String::charToString (0x221e));
    }
}

void WaveformPicture::drawColumns (juce::Graphics& g) const
{
    // One column for each physical pixel.
    const float scale = g.getInternalContext().getPhysicalPixelScaleFactor();
    const auto plot = plotArea.getSmallestIntegerContainer().toFloat();
    const int width = juce::roundToInt (plot.getWidth() * scale), height = juce::roundToInt (plot.getHeight() * scale);
    const double from = timeAt (plot.getX()), to = timeAt (plot.getRight());
    juce::Image image (juce::Image::ARGB, width, height, false, juce::SoftwareImageType());

    {
        ColumnPainter painter (image);
        const auto columns = [&] (const WaveformLayer& layer, bool isLeft)
        { return columnsOf (layer, isLeft ? *layer.left : *layer.right, from, to, static_cast<size_t> (width)); };

        for (const auto& lane : allLanes)
        {
            LanePainter lanePainter (painter, scene, lane, plot, scale);

            if (! scene.before.isEmpty())
                lanePainter.paintGhost (columns (scene.before, lane.isLeft));

            if (scene.kernel.isEmpty())
                continue;

            lanePainter.paintKernel (columns (scene.kernel, lane.isLeft));

            if (lane.isLeft && lane.isRight && ! scene.kernel.isMono())
                lanePainter.paintOutline (columns (scene.kernel, false), painter.colours (theme::kernelBright));
        }
    }

    g.setOpacity (1.0f);
    g.drawImageTransformed (image, juce::AffineTransform::scale (1.0f / scale).translated (plot.getPosition()));
}

/** Returns the x at which the names of the lanes end: as far right as no handle touches them. @param width  in
    pixels */
float WaveformPicture::endOfNames (float width) const
{
    constexpr float room = 12.0f; // half a handle, and a gap
    std::vector<float> places;

    for (const double time : scene.handles)
        places.push_back (xOf (time));

    std::sort (places.begin(), places.end(), std::greater<>());
    const float usual = plotArea.getRight() - nameInset;
    float end = usual;

    for (const float place : places)
        if (place > end - width - room && place < end + room)
            end = place - room;

    return end - width > plotArea.getX() ? end : usual;
}

void WaveformPicture::drawNames (juce::Graphics& g) const
{
    if (scene.kernel.isMono())
        return;

    g.setFont (theme::font (theme::Type::labelMedium));
    const bool isStacked = allLanes.size() == 2;
    const auto both = juce::String (scene.leftName) + " filled, " + scene.rightName + " line";
    const auto widthOf = [] (const juce::String& name)
    { return theme::widthOf (theme::font (theme::Type::labelMedium), name); };
    const float width = isStacked ? std::max (widthOf (scene.leftName), widthOf (scene.rightName)) : widthOf (both);
    const auto corner = plotArea.reduced (0.0f, 6.0f).withRight (endOfNames (width));
    g.setColour (theme::textMid);

    if (isStacked)
    {
        g.drawText (scene.leftName, corner, juce::Justification::topRight);
        g.drawText (scene.rightName, corner, juce::Justification::bottomRight);
        return;
    }

    g.drawText (both, corner, juce::Justification::topRight);
}

void drawWaveformOverview (juce::Graphics& g,
                           juce::Rectangle<float> area,
                           const WaveformScene& scene,
                           juce::Colour colour)
{
    const float scale = g.getInternalContext().getPhysicalPixelScaleFactor();
    const auto box = area.getSmallestIntegerContainer().toFloat();
    const int width = juce::roundToInt (box.getWidth() * scale), height = juce::roundToInt (box.getHeight() * scale);

    if (width <= 0 || height <= 0 || scene.kernel.isEmpty())
        return;

    juce::Image image (juce::Image::ARGB, width, height, false, juce::SoftwareImageType());

    {
        ColumnPainter painter (image);
        const auto colours = painter.colours (colour);
        const auto columns =
            columnsOf (scene.kernel, *scene.kernel.left, scene.from, scene.to, static_cast<size_t> (width));

        for (int n = 0; n < width; ++n)
        {
            const auto middle = static_cast<float> (height) / 2.0f;
            const float reach =
                middle * heightInDb (static_cast<double> (columns[static_cast<size_t> (n)].peak()), scene.fullScale);
            painter.fill (n, middle - reach, middle + reach, colours);
        }
    }

    g.setOpacity (1.0f);
    g.drawImageTransformed (image, juce::AffineTransform::scale (1.0f / scale).translated (box.getPosition()));
}

} // namespace faltwerk
