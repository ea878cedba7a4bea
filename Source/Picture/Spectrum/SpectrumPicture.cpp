#include "Picture/Spectrum/SpectrumPicture.h"

#include "Picture/PlotLine.h"
#include "Picture/Theme.h"
#include "Picture/Waveform/WaveformColumns.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr float leftGutter = 56.0f, rightGutter = 24.0f, toneGutter = 72.0f, bottomGutter = 40.0f, topGutter = 16.0f;
constexpr size_t numPoints = 560;

/** How curves and their signs in the legend are drawn. */
enum class Stroke
{
    line,
    dots,
    dashes,
    area
};

juce::String timeAsLabel (double seconds)
{
    const auto space = juce::String::charToString (0xa0);
    return seconds < 0.0995 ? numberAsLabel (seconds * 1000.0, 1) + space + "ms"
           : seconds < 1.0  ? numberAsLabel (seconds * 1000.0) + space + "ms"
                            : numberAsLabel (seconds, 2) + space + "s";
}

} // namespace

SpectrumCurves SpectrumCurves::of (const FrequencyResponse& response, double referenceDb, double octaves)
{
    SpectrumCurves curves;
    curves.frequencies = places();

    for (const double power : response.power (curves.frequencies, octaves))
        curves.levels.push_back (static_cast<float> (10.0 * std::log10 (std::max (power, 1e-200)) - referenceDb));

    // Beyond half of a low sample rate there is nothing to see.
    const double end = response.binWidth() * static_cast<double> (response.numBins() - 1);

    for (size_t n = 0; n < numPoints; ++n)
        if (curves.frequencies[n] > end)
            curves.levels[n] = -200.0f;

    // Means of a third of an octave, smoothed over one, since a curve's corners would mean nothing.
    constexpr size_t numDelays = 241, reach = 12; // 24 to the octave
    curves.delayFrequencies = logarithmicallySpaced (20.0, std::min (20000.0, end / 1.2), numDelays);
    const auto delays = response.arrivalTime (curves.delayFrequencies, 1.0 / 3.0);

    for (size_t n = 0; n < numDelays; ++n)
    {
        double sum = 0.0, weights = 0.0;

        for (size_t other = n > reach ? n - reach : 0; other <= std::min (n + reach, numDelays - 1); ++other)
        {
            const double distance = static_cast<double> (other) - static_cast<double> (n);
            const double weight = 0.5 + 0.5 * std::cos (std::numbers::pi * distance / (reach + 1.0));
            sum += weight * std::max (delays[other], 0.0);
            weights += weight;
        }

        curves.delays.push_back (static_cast<float> (sum / weights));
    }

    return curves;
}

double SpectrumCurves::referenceOf (const FrequencyResponse& response)
{
    const double place[] = { 1000.0 };
    return 10.0 * std::log10 (std::max (response.power (place, 1.0)[0], 1e-200));
}

std::vector<double> SpectrumCurves::places() { return logarithmicallySpaced (20.0, 20000.0, numPoints); }

namespace
{

/** Returns the value of a curve at a frequency, interpolated between its places. */
float valueAt (const std::vector<double>& places, const std::vector<float>& values, double frequency) noexcept
{
    if (values.empty())
        return 0.0f;

    const auto next = std::upper_bound (places.begin(), places.end(), frequency);

    if (next == places.begin())
        return values.front();

    if (next == places.end())
        return values.back();

    const auto n = static_cast<size_t> (next - places.begin());
    const auto share = static_cast<float> (std::log (frequency / places[n - 1]) / std::log (places[n] / places[n - 1]));
    return values[n - 1] + share * (values[n] - values[n - 1]);
}

} // namespace

float SpectrumCurves::levelAt (double frequency) const noexcept { return valueAt (frequencies, levels, frequency); }

float SpectrumCurves::delayAt (double frequency) const noexcept
{
    return valueAt (delayFrequencies, delays, frequency);
}

// --- The picture -----------------------------------------------------------------------------------------------------

SpectrumPicture::SpectrumPicture (const SpectrumScene& toDraw, juce::Rectangle<float> area)
    : scene (toDraw)
    , plotArea (area.withTrimmedLeft (leftGutter)
                    .withTrimmedRight (toDraw.tone ? toneGutter : rightGutter)
                    .withTrimmedTop (topGutter)
                    .withTrimmedBottom (bottomGutter))
    , tiltAtLowest (toDraw.signals ? toDraw.signals->tilt * std::log2 (axis.lowest / 1000.0) : 0.0)
    , tiltAcross (toDraw.signals ? toDraw.signals->tilt * std::log2 (axis.highest / axis.lowest) : 0.0)
{
}

float SpectrumPicture::xOf (double frequency) const noexcept
{
    return plotArea.getX() + axis.positionOf (frequency) * plotArea.getWidth();
}

double SpectrumPicture::frequencyAt (float x) const noexcept
{
    const auto place = static_cast<double> (std::clamp ((x - plotArea.getX()) / plotArea.getWidth(), 0.0f, 1.0f));
    return axis.lowest * std::pow (axis.highest / axis.lowest, place);
}

float SpectrumPicture::yOf (double level) const noexcept
{
    const double position = (highestDb - level) / (highestDb - lowestDb);
    return plotArea.getY() + plotArea.getHeight() * static_cast<float> (std::clamp (position, -0.1, 1.1));
}

double SpectrumPicture::levelAt (float y) const noexcept
{
    return highestDb - (highestDb - lowestDb) * static_cast<double> ((y - plotArea.getY()) / plotArea.getHeight());
}

float SpectrumPicture::yOfSignal (double level) const noexcept
{
    const double position = (SignalScale::highestDb - level) / (SignalScale::highestDb - SignalScale::lowestDb);
    return plotArea.getY() + plotArea.getHeight() * static_cast<float> (std::clamp (position, -0.1, 1.1));
}

double SpectrumPicture::tiltAt (float position) const noexcept
{
    return tiltAtLowest + static_cast<double> (position) * tiltAcross; // the axis is logarithmic
}

float SpectrumPicture::topOf (std::span<const float> levels) const noexcept
{
    float top = plotArea.getBottom();

    for (size_t n = 0; n < levels.size(); ++n)
    {
        const float position = (static_cast<float> (n) + 0.5f) / static_cast<float> (levels.size());
        top = std::min (top, yOfSignal (static_cast<double> (levels[n]) + tiltAt (position)));
    }

    return top;
}

double SpectrumPicture::toneDbAt (double frequency) const noexcept
{
    double sum = 0.0;

    if (scene.tone)
        for (const auto& band : scene.tone->bands)
            sum += toneGainDb (band, frequency);

    return sum;
}

juce::Path SpectrumPicture::curveOf (const SpectrumCurves& curves, bool withTone) const
{
    juce::Path path;
    path.preallocateSpace (static_cast<int> (curves.frequencies.size()) * 3 + 16);

    for (size_t n = 0; n < curves.frequencies.size(); ++n)
    {
        const double level =
            static_cast<double> (curves.levels[n]) + (withTone ? toneDbAt (curves.frequencies[n]) : 0.0);
        const juce::Point<float> point (xOf (curves.frequencies[n]), yOf (level));
        n == 0 ? path.startNewSubPath (point) : path.lineTo (point);
    }

    return path;
}

void SpectrumPicture::draw (juce::Graphics& g) const
{
    if (plotArea.getWidth() < 8.0f || plotArea.getHeight() < 8.0f)
        return;

    drawGrid (g);

    {
        const juce::Graphics::ScopedSaveState saved (g);
        g.reduceClipRegion (plotArea.toNearestInt());

        if (scene.before != nullptr)
        {
            g.setColour (theme::textLow);
            g.strokePath (curveOf (*scene.before, false), juce::PathStrokeType (1.25f));
        }

        if (scene.after != nullptr)
        {
            const auto curve = curveOf (*scene.after, true);
            auto filled = curve;
            filled.lineTo (plotArea.getBottomRight());
            filled.lineTo (plotArea.getBottomLeft());
            filled.closeSubPath();
            g.setGradientFill ({ theme::kernel.withAlpha (0.28f), 0.0f, yOf (6.0), theme::kernel.withAlpha (0.02f),
                                 0.0f, plotArea.getBottom(), false });
            g.fillPath (filled);
            g.setColour (theme::kernel);
            g.strokePath (curve, juce::PathStrokeType (1.75f, juce::PathStrokeType::curved));
        }

        if (scene.after != nullptr && scene.groupDelay)
            drawDelays (g);
    }

    if (scene.signals)
        drawSignalAxis (g);

    if (scene.legend)
        drawLegend (g);
}

void SpectrumPicture::drawGrid (juce::Graphics& g) const
{
    const PlotFrame frame (g, plotArea);

    for (const auto& tick : axis.ticks())
        frame.placeLine (xOf (tick.value), tick.label);

    frame.unit ("Hz");
    const int step = plotArea.getHeight() >= 200.0f ? 12 : 24;
    const auto space = juce::String::charToString (0xa0);

    for (int level = 12; level >= static_cast<int> (lowestDb); level -= step)
    {
        frame.levelLine (yOf (level), numberAsLabel (level) + (level == 12 ? space + "dB" : juce::String()), level == 0,
                         scene.tone && level == 0 ? 16.0f : 10.0f); // clear of the first band

        if (scene.tone && level >= -24)
        {
            g.setColour (theme::kernel.withAlpha (0.75f));
            g.drawText (
                (level > 0 ? "+" : "") + numberAsLabel (level) + (level == 12 ? space + "tone" : juce::String()),
                juce::Rectangle<float> (toneGutter - 14.0f, 16.0f)
                    .withPosition (plotArea.getRight() + (level == 0 ? 16.0f : 10.0f), std::round (yOf (level)) - 8.0f),
                juce::Justification::centredLeft);
        }
    }
}

void SpectrumPicture::drawLegend (juce::Graphics& g) const
{
    const auto font = theme::font (theme::Type::label);
    g.setFont (font);
    float x = plotArea.getX() + 8.0f;
    const float y = plotArea.getY() + 6.0f;
    const auto entry = [&] (const juce::String& name, juce::Colour colour, Stroke style)
    {
        const auto sign = juce::Rectangle<float> (18.0f, 2.0f).withCentre ({ x + 9.0f, y });
        const float width = theme::widthOf (font, name) + 2.0f;
        g.setColour (theme::canvas.withAlpha (0.7f)); // to be read on a loud kernel
        g.fillRoundedRectangle (juce::Rectangle<float> (26.0f + width + 12.0f, 18.0f).withPosition (x - 6.0f, y - 9.0f),
                                4.0f);
        g.setColour (colour);

        if (style == Stroke::area)
            g.fillRoundedRectangle (sign.withSizeKeepingCentre (18.0f, 8.0f), 2.0f);
        else if (style == Stroke::line)
            g.fillRect (sign);
        else
            for (float dash = 0.0f; dash < 18.0f; dash += style == Stroke::dots ? 5.0f : 7.0f)
                g.fillRect (sign.withX (sign.getX() + dash).withWidth (style == Stroke::dots ? 3.0f : 4.5f));

        g.setColour (theme::textMid);
        g.drawText (name, juce::Rectangle<float> (width, 16.0f).withPosition (x + 26.0f, y - 8.0f),
                    juce::Justification::centredLeft, false);
        x += 26.0f + width + 16.0f;
    };

    entry ("After edit", theme::kernel, Stroke::line);

    if (scene.before != nullptr)
        entry ("Before", theme::textLow, Stroke::line);

    if (scene.tone)
        entry ("Tone", theme::kernelBright, Stroke::line);

    if (scene.groupDelay)
        entry ("Group delay", theme::textHigh, Stroke::dots);

    if (scene.signals)
    {
        entry (scene.signals->isFrozen ? "Input, frozen" : "Input", theme::signalDim, Stroke::area);
        entry (scene.signals->isFrozen ? "Output, frozen" : "Output", theme::signal, Stroke::line);

        if (scene.signals->peaks)
            entry ("Peaks", theme::signal, Stroke::dots);
    }

    if (scene.product)
        entry ("Input " + juce::String::charToString (0xd7) + " kernel", theme::signalBright, Stroke::dashes);
}

void SpectrumPicture::drawTone (juce::Graphics& g) const
{
    if (! scene.tone)
        return;

    const juce::Graphics::ScopedSaveState saved (g);
    g.reduceClipRegion (plotArea.toNearestInt());
    juce::Path path;

    for (float x = plotArea.getX(); x <= plotArea.getRight(); x += 3.0f)
    {
        const juce::Point<float> point (x, yOf (toneDbAt (frequencyAt (x))));
        x == plotArea.getX() ? path.startNewSubPath (point) : path.lineTo (point);
    }

    g.setColour (theme::kernelBright);
    g.strokePath (path, juce::PathStrokeType (1.75f, juce::PathStrokeType::curved));
}

/** Draws the levels at the right, in blue: 0 is a sine at full scale. */
void SpectrumPicture::drawSignalAxis (juce::Graphics& g) const
{
    const auto space = juce::String::charToString (0xa0);
    const int step = plotArea.getHeight() >= 200.0f ? 20 : 40;
    g.setColour (theme::signal.withAlpha (0.85f));
    g.setFont (theme::font (theme::Type::label));

    // Beside those of the tone, which are at other heights where there is a unit.
    for (int level = -step; level > static_cast<int> (SignalScale::lowestDb); level -= step)
        g.drawText (numberAsLabel (level) + (level == -20 ? space + "dBFS" : juce::String()),
                    juce::Rectangle<float> (toneGutter - 14.0f, 16.0f)
                        .withPosition (plotArea.getRight() + 10.0f,
                                       std::round (yOfSignal (static_cast<double> (level))) - 8.0f),
                    juce::Justification::centredRight);
}

/** Heights in physical pixels from a row below the plot's top, of columns one of them wide. */
std::vector<float> SpectrumPicture::heightsOf (std::span<const float> levels,
                                               int numColumns,
                                               float scale,
                                               float top) const
{
    std::vector<float> heights (static_cast<size_t> (numColumns));
    const auto last = static_cast<float> (levels.size() - 1);

    for (int column = 0; column < numColumns; ++column)
    {
        const float position = (static_cast<float> (column) + 0.5f) / static_cast<float> (numColumns);
        const float place = last * position;
        const auto n = static_cast<size_t> (place);
        const float level =
            levels[n] + (place - static_cast<float> (n)) * (levels[std::min (n + 1, levels.size() - 1)] - levels[n]);
        heights[static_cast<size_t> (column)] =
            (yOfSignal (static_cast<double> (level) + tiltAt (position)) - plotArea.getY()) * scale - top;
    }

    return heights;
}

void SpectrumPicture::drawSignals (juce::Graphics& g, const Signals& signals) const
{
    // Columns of pixels: these change thirty times a second.
    const float scale = g.getInternalContext().getPhysicalPixelScaleFactor();
    const auto plot = plotArea.getSmallestIntegerContainer();
    const int width = juce::roundToInt (static_cast<float> (plot.getWidth()) * scale);
    const int height = juce::roundToInt (static_cast<float> (plot.getHeight()) * scale);

    if (width < 8 || height < 8)
        return;

    // Above the highest level there is nothing to blend.
    float highest = plotArea.getBottom();

    for (const auto& levels : { signals.input, signals.output, signals.peaks, signals.product })
        highest = std::min (highest, topOf (levels));

    const int first = juce::jlimit (0, height - 1, static_cast<int> ((highest - plotArea.getY() - 2.0f) * scale));
    const auto above = static_cast<float> (first);
    juce::Image image (juce::Image::ARGB, width, height - first, false, juce::SoftwareImageType());

    {
        ColumnPainter painter (image);
        const auto rows = static_cast<float> (height);

        if (! signals.input.empty())
            painter.replaceBelow (heightsOf (signals.input, width, scale, above),
                                  painter.colours ({ theme::signal.withAlpha (0.4f), 0.0f, 0.0f,
                                                     theme::signal.withAlpha (0.12f), 0.0f, 1.0f, false },
                                                   rows * 0.35f - above, rows - above));

        const auto drawLine = [&] (std::span<const float> levels, juce::Colour colour, Stroke stroke)
        {
            if (levels.empty())
                return;

            const auto colours = painter.colours (colour);
            const auto heights = heightsOf (levels, width, scale, above);
            const float half = 0.75f * scale;
            const bool isDashed = stroke == Stroke::dashes;
            const int period = juce::roundToInt ((isDashed ? 7.0f : 4.0f) * scale);
            const int on = juce::roundToInt ((isDashed ? 4.0f : 1.5f) * scale);

            for (int column = 1; column < width; ++column)
            {
                const float a = heights[static_cast<size_t> (column - 1)], b = heights[static_cast<size_t> (column)];

                if (stroke == Stroke::line || column % period < on)
                    painter.fill (column, std::min (a, b) - half, std::max (a, b) + half, colours);
            }
        };

        drawLine (signals.peaks, theme::signal, Stroke::dots);
        drawLine (signals.output, theme::signal, Stroke::line);
        drawLine (signals.product, theme::signalBright, Stroke::dashes);
    }

    g.setOpacity (1.0f);
    g.drawImageTransformed (image, juce::AffineTransform::translation (0.0f, above)
                                       .scaled (1.0f / scale)
                                       .translated (plot.getPosition().toFloat()));
}

void SpectrumPicture::drawDelays (juce::Graphics& g) const
{
    // The lowest quarter of the plot, from 0 to the largest delay.
    const auto& after = *scene.after;
    const float largest = *std::max_element (after.delays.begin(), after.delays.end());

    if (! (largest > 0.0f))
        return;

    const float bottom = plotArea.getBottom() - 8.0f, reach = plotArea.getHeight() * 0.3f;
    const auto yAt = [&] (float delay) { return bottom - reach * delay / largest; };
    std::vector<juce::Point<float>> points;

    for (size_t n = 0; n < after.delays.size(); ++n)
        points.emplace_back (xOf (after.delayFrequencies[n]), yAt (after.delays[n]));

    g.setColour (theme::textHigh);
    g.fillPath (dashedStroke (clippedLine (points, plotArea), 1.25f, 2.0f, 2.5f));
    g.setFont (theme::font (theme::Type::labelMedium));

    for (const double frequency : { 50.0, 1000.0, 8000.0 })
    {
        if (frequency > after.delayFrequencies.back())
            continue;

        const float delay = after.delayAt (frequency);
        const juce::Point<float> point (xOf (frequency), yAt (delay));
        g.fillEllipse (juce::Rectangle<float> (6.0f, 6.0f).withCentre (point));
        g.drawText (timeAsLabel (static_cast<double> (delay)),
                    juce::Rectangle<float> (72.0f, 16.0f).withPosition (point.x + 8.0f, point.y - 18.0f),
                    juce::Justification::centredLeft);
    }
}

} // namespace faltwerk
