#include "Picture/SpectrumPicture.h"

#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float leftGutter = 56.0f, rightGutter = 24.0f, bottomGutter = 32.0f, topGutter = 8.0f;
constexpr size_t numPoints = 560;

float heightOf (double level, juce::Rectangle<float> plot)
{
    constexpr double range = SpectrumPicture::highestDb - SpectrumPicture::lowestDb;
    const double position = (SpectrumPicture::highestDb - level) / range;
    return plot.getY() + plot.getHeight() * static_cast<float> (std::clamp (position, -0.05, 1.0));
}

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
    curves.frequencies = logarithmicallySpaced (20.0, 20000.0, numPoints);

    for (const double power : response.power (curves.frequencies, octaves))
        curves.levels.push_back (static_cast<float> (10.0 * std::log10 (std::max (power, 1e-30)) - referenceDb));

    // Beyond half of a low sample rate there is nothing to see.
    const double end = response.binWidth() * static_cast<double> (response.numBins() - 1);

    for (size_t n = 0; n < numPoints; ++n)
        if (curves.frequencies[n] > end)
            curves.levels[n] = -200.0f;

    curves.delayFrequencies = logarithmicallySpaced (20.0, std::min (20000.0, end / 1.2), 31);

    for (const double delay : response.arrivalTime (curves.delayFrequencies, 1.0 / 3.0))
        curves.delays.push_back (static_cast<float> (std::max (delay, 0.0)));

    return curves;
}

double SpectrumCurves::referenceOf (const FrequencyResponse& response)
{
    const double place[] = { 1000.0 };
    return 10.0 * std::log10 (std::max (response.power (place, 1.0)[0], 1e-30));
}

SpectrumPicture::SpectrumPicture (const SpectrumCurves& afterToUse, const SpectrumCurves* beforeToUse)
    : after (afterToUse)
    , before (beforeToUse)
{
}

juce::Rectangle<float> SpectrumPicture::plotArea (juce::Rectangle<float> area)
{
    return area.withTrimmedLeft (leftGutter)
        .withTrimmedRight (rightGutter)
        .withTrimmedTop (topGutter)
        .withTrimmedBottom (bottomGutter);
}

juce::Path SpectrumPicture::curveOf (const SpectrumCurves& curves, juce::Rectangle<float> plot) const
{
    juce::Path path;

    for (size_t n = 0; n < curves.frequencies.size(); ++n)
    {
        const juce::Point<float> point (plot.getX() + axis.positionOf (curves.frequencies[n]) * plot.getWidth(),
                                        heightOf (static_cast<double> (curves.levels[n]), plot));
        n == 0 ? path.startNewSubPath (point) : path.lineTo (point);
    }

    return path;
}

void SpectrumPicture::draw (juce::Graphics& g, juce::Rectangle<float> area) const
{
    const auto plot = plotArea (area);

    if (plot.getWidth() < 8.0f || plot.getHeight() < 8.0f)
        return;

    const PlotFrame frame (g, plot);

    for (const auto& tick : axis.ticks())
        frame.placeLine (plot.getX() + axis.positionOf (tick.value) * plot.getWidth(), tick.label);

    frame.unit ("Hz");
    const int step = plot.getHeight() >= 200.0f ? 12 : 24;

    for (int level = 12; level >= static_cast<int> (lowestDb); level -= step)
        frame.levelLine (heightOf (level, plot),
                         numberAsLabel (level)
                             + (level == 12 ? juce::String::charToString (0xa0) + "dB" : juce::String()),
                         level == 0);

    const juce::Graphics::ScopedSaveState saved (g);
    g.reduceClipRegion (plot.toNearestInt());

    if (before != nullptr)
    {
        g.setColour (theme::textLow);
        g.strokePath (curveOf (*before, plot), juce::PathStrokeType (1.25f));
    }

    const auto curve = curveOf (after, plot);
    auto filled = curve;
    filled.lineTo (plot.getBottomRight());
    filled.lineTo (plot.getBottomLeft());
    filled.closeSubPath();
    g.setGradientFill ({ theme::kernel.withAlpha (0.28f), 0.0f, heightOf (6.0, plot), theme::kernel.withAlpha (0.02f),
                         0.0f, plot.getBottom(), false });
    g.fillPath (filled);
    g.setColour (theme::kernel);
    g.strokePath (curve, juce::PathStrokeType (1.75f, juce::PathStrokeType::curved));
    drawDelays (g, plot);
}

void SpectrumPicture::drawDelays (juce::Graphics& g, juce::Rectangle<float> plot) const
{
    // The lowest quarter of the plot, from 0 to the largest delay.
    const float largest = *std::max_element (after.delays.begin(), after.delays.end());

    if (! (largest > 0.0f))
        return;

    const float bottom = plot.getBottom() - 8.0f, reach = plot.getHeight() * 0.22f;
    const auto pointOf = [&] (size_t n)
    {
        return juce::Point<float> (plot.getX() + axis.positionOf (after.delayFrequencies[n]) * plot.getWidth(),
                                   bottom - reach * after.delays[n] / largest);
    };

    juce::Path line, dashed;

    for (size_t n = 0; n < after.delays.size(); ++n)
        n == 0 ? line.startNewSubPath (pointOf (n)) : line.lineTo (pointOf (n));

    constexpr float dashes[] = { 2.0f, 2.5f };
    juce::PathStrokeType (1.25f).createDashedStroke (dashed, line, dashes, 2);
    g.setColour (theme::textHigh);
    g.fillPath (dashed);
    g.setFont (theme::font (theme::Type::labelMedium));

    for (const double frequency : { 50.0, 1000.0, 8000.0 })
    {
        const auto found = std::lower_bound (after.delayFrequencies.begin(), after.delayFrequencies.end(), frequency);

        if (found == after.delayFrequencies.end())
            continue;

        const auto n = static_cast<size_t> (found - after.delayFrequencies.begin());
        const auto point = pointOf (n);
        g.fillEllipse (juce::Rectangle<float> (5.0f, 5.0f).withCentre (point));
        g.drawText (timeAsLabel (static_cast<double> (after.delays[n])),
                    juce::Rectangle<float> (72.0f, 16.0f).withPosition (point.x + 8.0f, point.y - 18.0f),
                    juce::Justification::centredLeft);
    }
}

} // namespace faltwerk
