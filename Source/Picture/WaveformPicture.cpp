#include "Picture/WaveformPicture.h"

#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr float leftGutter = 56.0f, rightGutter = 24.0f, rulerHeight = 32.0f, bottomGutter = 16.0f;

/** 0 at the bottom of the scale, 1 at 0 dB. */
float heightOf (double magnitude, double reference)
{
    if (magnitude <= 0.0)
        return 0.0f;

    const double level = 20.0 * std::log10 (magnitude / reference);
    return static_cast<float> (std::clamp (1.0 + level / WaveformPicture::rangeInDb, 0.0, 1.0));
}

/** The area between the centre line and a height for each pixel column. */
juce::Path outlineOf (const std::vector<float>& heights, juce::Rectangle<float> lane, float step, bool upward)
{
    juce::Path path;
    const float centre = upward ? lane.getBottom() : lane.getY();
    const float reach = upward ? -lane.getHeight() : lane.getHeight();
    path.preallocateSpace (static_cast<int> (heights.size()) * 3 + 12);
    path.startNewSubPath (lane.getX(), centre);

    for (size_t column = 0; column < heights.size(); ++column)
        path.lineTo (lane.getX() + (static_cast<float> (column) + 0.5f) * step, centre + reach * heights[column]);

    path.lineTo (lane.getX() + static_cast<float> (heights.size()) * step, centre);
    path.closeSubPath();
    return path;
}

} // namespace

WaveformPicture::WaveformPicture (const Overview& leftChannel,
                                  const Overview& rightChannel,
                                  size_t numFrames,
                                  double rate)
    : left (leftChannel)
    , right (rightChannel)
    , lengthInFrames (numFrames)
    , sampleRate (rate)
    , peak (std::max (left.extentOf (0, numFrames).peak(), right.extentOf (0, numFrames).peak()))
{
}

juce::Rectangle<float> WaveformPicture::plotArea (juce::Rectangle<float> area)
{
    return area.withTrimmedLeft (leftGutter)
        .withTrimmedRight (rightGutter)
        .withTrimmedTop (rulerHeight)
        .withTrimmedBottom (bottomGutter);
}

void WaveformPicture::draw (juce::Graphics& g, juce::Rectangle<float> area) const
{
    const auto plot = plotArea (area);

    if (plot.getWidth() < 8.0f || plot.getHeight() < 8.0f)
        return;

    const TimeAxis axis (static_cast<double> (lengthInFrames) / sampleRate, plot.getWidth(), 90.0f);
    drawRuler (g, plot, axis);
    drawScale (g, plot);
    drawChannel (g, plot, axis, left, true);
    drawChannel (g, plot, axis, right, false);

    g.setColour (theme::canvas);
    g.fillRect (plot.getX(), plot.getCentreY() - 1.0f, plot.getWidth(), 2.0f);

    if (&left == &right)
        return;

    g.setColour (theme::textMid);
    g.setFont (theme::font (theme::Type::labelMedium));
    const auto corner = plot.reduced (8.0f, 6.0f);
    g.drawText ("L", corner, juce::Justification::topRight);
    g.drawText ("R", corner, juce::Justification::bottomRight);
}

void WaveformPicture::drawRuler (juce::Graphics& g, juce::Rectangle<float> plot, const TimeAxis& axis) const
{
    const auto row = plot.withY (plot.getY() - rulerHeight).withHeight (rulerHeight - 8.0f);
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textLow);
    g.drawText (axis.unit, row.withX (plot.getX() - leftGutter).withWidth (leftGutter - 10.0f),
                juce::Justification::centredRight);

    for (const auto& tick : axis.ticks)
    {
        const float x = plot.getX() + axis.positionOf (tick.value, plot.getWidth());
        const bool atStart = tick.value == 0.0, atEnd = x > plot.getRight() - 16.0f;
        const auto label = juce::Rectangle<float> (80.0f, row.getHeight()).withCentre ({ x, row.getCentreY() });
        g.setColour (theme::textMid);
        g.drawText (tick.label,
                    atStart ? label.withX (x)
                    : atEnd ? label.withRightX (plot.getRight())
                            : label,
                    atStart ? juce::Justification::centredLeft
                    : atEnd ? juce::Justification::centredRight
                            : juce::Justification::centred);
        g.setColour (theme::gridline);
        g.fillRect (x, plot.getY(), 1.0f, plot.getHeight());
    }

    g.setColour (theme::zeroLine);

    for (double t = axis.minorStep; t < axis.end; t += axis.minorStep)
        g.fillRect (plot.getX() + axis.positionOf (t, plot.getWidth()), plot.getY() - 4.0f, 1.0f, 4.0f);
}

void WaveformPicture::drawScale (juce::Graphics& g, juce::Rectangle<float> plot) const
{
    const float half = plot.getHeight() / 2.0f;
    const int step = half >= 100.0f ? 20 : 40;
    g.setFont (theme::font (theme::Type::label));

    const auto drawLine = [&] (float y, const juce::String& label)
    {
        g.setColour (theme::gridline);
        g.fillRect (plot.getX(), std::round (y), plot.getWidth(), 1.0f);
        g.setColour (theme::textLow);
        g.drawText (
            label, juce::Rectangle<float> (leftGutter - 10.0f, 16.0f).withPosition (plot.getX() - leftGutter, y - 8.0f),
            juce::Justification::centredRight);
    };

    const auto minus = juce::String::charToString (0x2212), infinity = juce::String::charToString (0x221e);

    for (int level = 0; level < static_cast<int> (rangeInDb); level += step)
    {
        const float reach = half * static_cast<float> (1.0 - level / rangeInDb);
        const auto label = level == 0 ? juce::String ("0") : minus + juce::String (level);
        drawLine (plot.getCentreY() - reach, level == 0 ? "0" + juce::String::charToString (0xa0) + "dB" : label);
        drawLine (plot.getCentreY() + reach, label);
    }

    drawLine (plot.getCentreY(), minus + infinity);
}

void WaveformPicture::drawChannel (juce::Graphics& g,
                                   juce::Rectangle<float> plot,
                                   const TimeAxis& axis,
                                   const Overview& channel,
                                   bool upward) const
{
    // One column for each physical pixel.
    const float step = 1.0f / g.getInternalContext().getPhysicalPixelScaleFactor();
    const float width = axis.positionOf (static_cast<double> (lengthInFrames) / sampleRate, plot.getWidth());
    const auto numColumns = static_cast<size_t> (std::max (1.0f, std::ceil (width / step)));
    const double framesPerColumn =
        static_cast<double> (step) / static_cast<double> (plot.getWidth()) * axis.end * sampleRate;
    std::vector<float> peaks (numColumns), levels (numColumns);

    for (size_t column = 0; column < numColumns; ++column)
    {
        const auto first = static_cast<size_t> (static_cast<double> (column) * framesPerColumn);
        const auto next = static_cast<size_t> (static_cast<double> (column + 1) * framesPerColumn);
        const auto extent = channel.extentOf (first, std::max (next, first + 1));
        peaks[column] = heightOf (static_cast<double> (extent.peak()), static_cast<double> (peak));
        levels[column] = heightOf (std::sqrt (extent.meanSquare), static_cast<double> (peak));
    }

    const auto lane =
        upward ? plot.withHeight (plot.getHeight() / 2.0f) : plot.withTrimmedTop (plot.getHeight() / 2.0f);
    const float outer = upward ? lane.getY() : lane.getBottom(), inner = upward ? lane.getBottom() : lane.getY();

    const auto peakOutline = outlineOf (peaks, lane, step, upward);
    g.setColour (theme::waveformShade);
    g.fillPath (peakOutline);
    g.setGradientFill (
        { theme::kernel.withAlpha (0.62f), 0.0f, outer, theme::kernel.withAlpha (0.22f), 0.0f, inner, false });
    g.fillPath (peakOutline);

    juce::ColourGradient body (theme::waveformOuter, 0.0f, outer, theme::waveformInner, 0.0f, inner, false);
    body.addColour (0.44, theme::waveformMiddle);
    g.setGradientFill (body);
    g.fillPath (outlineOf (levels, lane, step, upward));
}

} // namespace faltwerk
