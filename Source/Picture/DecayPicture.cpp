#include "Picture/DecayPicture.h"

#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float leftGutter = 56.0f, rightGutter = 24.0f, bottomGutter = 40.0f, topGutter = 20.0f;

/** The dashes of EDT's, T20's and T30's lines; none for a full line. */
void strokeAs (int style, juce::Graphics& g, const juce::Path& line, float thickness)
{
    if (style == 2)
    {
        g.strokePath (line, juce::PathStrokeType (thickness));
        return;
    }

    const float dashes[2] = { style == 0 ? 5.0f : 1.5f, style == 0 ? 3.0f : 3.0f };
    juce::Path dashed;
    juce::PathStrokeType (thickness).createDashedStroke (dashed, line, dashes, 2);
    g.fillPath (dashed);
}

} // namespace

DecayPicture::DecayPicture (const BandDecay& toDraw)
    : band (toDraw)
    , lengthInSeconds (static_cast<double> (toDraw.level.levels.size()) * toDraw.level.step)
    , lowestDb (std::isfinite (toDraw.rangeInDb)
                    ? std::clamp (-10.0 * std::ceil ((toDraw.rangeInDb + 12.0) / 10.0), -100.0, -50.0)
                    : -50.0)
{
    // Most of a kernel that ends in silence is not worth the room.
    const double end = std::max (band.crossingInSeconds * 1.5, 0.02);
    lengthInSeconds = std::min (std::max (lengthInSeconds, 0.01), end);
}

juce::Rectangle<float> DecayPicture::plotArea (juce::Rectangle<float> area)
{
    return area.withTrimmedLeft (leftGutter)
        .withTrimmedRight (rightGutter)
        .withTrimmedTop (topGutter)
        .withTrimmedBottom (bottomGutter);
}

float DecayPicture::xOf (double seconds, juce::Rectangle<float> plot) const
{
    return plot.getX() + static_cast<float> (seconds / lengthInSeconds) * plot.getWidth();
}

float DecayPicture::yOf (double level, juce::Rectangle<float> plot) const
{
    return plot.getY() + static_cast<float> (std::clamp (level / lowestDb, -0.1, 1.2)) * plot.getHeight();
}

juce::Path DecayPicture::pathOf (const DecayCurve& curve, juce::Rectangle<float> plot, float offsetDb) const
{
    juce::Path path;

    for (size_t n = 0; n < curve.levels.size(); ++n)
    {
        const juce::Point<float> point (xOf (static_cast<double> (n) * curve.step, plot),
                                        yOf (static_cast<double> (curve.levels[n] + offsetDb), plot));
        n == 0 ? path.startNewSubPath (point) : path.lineTo (point);

        if (point.x > plot.getRight())
            break;
    }

    return path;
}

void DecayPicture::draw (juce::Graphics& g, juce::Rectangle<float> area) const
{
    const auto plot = plotArea (area);

    if (plot.getWidth() < 8.0f || plot.getHeight() < 8.0f)
        return;

    const PlotFrame frame (g, plot);
    const TimeAxis time (0.0, lengthInSeconds, plot.getWidth(), 90.0f);

    for (const auto& tick : time.ticks)
        frame.placeLine (xOf (tick.value, plot),
                         tick.value == 0.0 ? tick.label + juce::String::charToString (0xa0) + time.unit : tick.label);

    const int step = plot.getHeight() >= 240.0f ? 10 : 20;

    for (int level = 0; level > static_cast<int> (lowestDb); level -= step)
        frame.levelLine (yOf (level, plot),
                         level == 0 ? "0" + juce::String::charToString (0xa0) + "dB" : numberAsLabel (level),
                         level == 0);

    if (band.level.levels.empty())
        return;

    {
        const juce::Graphics::ScopedSaveState saved (g);
        g.reduceClipRegion (plot.toNearestInt());

        auto level = pathOf (band.level, plot, 0.0f);
        level.lineTo (level.getCurrentPosition().x, plot.getBottom());
        level.lineTo (plot.getBottomLeft());
        level.closeSubPath();
        g.setColour (theme::decayLevel);
        g.fillPath (level);

        if (band.hasNoise)
        {
            const float y = yOf (band.noiseInDb, plot);
            g.setColour (theme::warning.withAlpha (0.08f));
            g.fillRect (plot.withTop (y));
            juce::Path line;
            line.startNewSubPath (plot.getX(), y);
            line.lineTo (plot.getRight(), y);
            g.setColour (theme::warning);
            strokeAs (0, g, line, 1.0f);
        }

        const auto curve = pathOf (band.schroeder, plot, 0.0f);
        auto filled = curve;
        filled.lineTo (curve.getCurrentPosition().x, plot.getBottom());
        filled.lineTo (plot.getBottomLeft());
        filled.closeSubPath();
        g.setGradientFill ({ theme::kernel.withAlpha (0.30f), 0.0f, plot.getY(), theme::kernel.withAlpha (0.03f), 0.0f,
                             plot.getBottom(), false });
        g.fillPath (filled);

        drawLine (g, plot, band.edt, 0.0, 0);
        drawLine (g, plot, band.t20, -5.0, 1);
        drawLine (g, plot, band.t30, -5.0, 2);

        g.setColour (theme::kernel);
        g.strokePath (curve, juce::PathStrokeType (2.0f, juce::PathStrokeType::curved));
        g.fillEllipse (juce::Rectangle<float> (8.0f, 8.0f).withCentre (curve.getCurrentPosition()));
    }

    if (band.hasNoise)
    {
        const float y = std::min (yOf (band.noiseInDb, plot) + 4.0f, plot.getBottom() - 18.0f);
        g.setColour (theme::warning);
        g.setFont (theme::font (theme::Type::label));
        g.drawText ("Noise floor " + numberAsLabel (band.noiseInDb) + juce::String::charToString (0xa0) + "dB",
                    juce::Rectangle<float> (160.0f, 16.0f).withPosition (plot.getX() + 8.0f, y),
                    juce::Justification::centredLeft);
    }

    drawMark (g, plot, band.t20, -5.0, {});
    drawMark (g, plot, band.t20, -25.0, "T20 ends " + numberAsLabel (-25.0) + juce::String::charToString (0xa0) + "dB");
    drawMark (g, plot, band.t30, -35.0, "T30 ends " + numberAsLabel (-35.0) + juce::String::charToString (0xa0) + "dB");
    drawLegend (g, plot);
}

/** Where the curve comes to a level. */
double DecayPicture::timeOfLevel (double level) const
{
    const auto& levels = band.schroeder.levels;
    const auto found = std::find_if (levels.begin(), levels.end(),
                                     [level] (float each) { return static_cast<double> (each) <= level; });
    return static_cast<double> (found - levels.begin()) * band.schroeder.step;
}

/** A ring at the end of a range of the fit, with its name. */
void DecayPicture::drawMark (juce::Graphics& g,
                             juce::Rectangle<float> plot,
                             const Figure& time,
                             double level,
                             const juce::String& label) const
{
    if (! time)
        return;

    const double start = timeOfLevel (-5.01);
    const juce::Point<float> at (xOf (start + (-5.0 - level) / 60.0 * time.value, plot), yOf (level, plot));

    if (! plot.contains (at))
        return;

    const auto ring = juce::Rectangle<float> (9.0f, 9.0f).withCentre (at);
    g.setColour (theme::canvas);
    g.fillEllipse (ring);
    g.setColour (theme::focus);
    g.drawEllipse (ring.reduced (0.5f), 2.0f);

    if (label.isEmpty() || plot.getHeight() < 160.0f)
        return;

    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    const float width = theme::widthOf (theme::font (theme::Type::label), label) + 2.0f;
    const bool fits = at.x + 12.0f + width < plot.getRight();
    g.drawText (
        label,
        juce::Rectangle<float> (width, 16.0f).withY (at.y - 18.0f).withX (fits ? at.x + 10.0f : at.x - 10.0f - width),
        juce::Justification::centredLeft, false);
}

/** The line that a time stands for, through the curve's place at the level where its fit begins. */
void DecayPicture::drawLine (juce::Graphics& g,
                             juce::Rectangle<float> plot,
                             const Figure& time,
                             double startDb,
                             int style) const
{
    if (! time)
        return;

    const double begin = timeOfLevel (startDb - 0.01);
    const double end = begin + (lowestDb - startDb) / -60.0 * time.value;
    juce::Path line;
    line.startNewSubPath (xOf (begin, plot), yOf (startDb, plot));
    line.lineTo (xOf (end, plot), yOf (lowestDb, plot));
    g.setColour (theme::textHigh.withAlpha (style == 2 ? 0.9f : 0.75f));
    strokeAs (style, g, line, 1.25f);
}

void DecayPicture::drawLegend (juce::Graphics& g, juce::Rectangle<float> plot) const
{
    if (plot.getWidth() < 260.0f || plot.getHeight() < 120.0f)
        return;

    const auto box = juce::Rectangle<float> (152.0f, 68.0f).withPosition (plot.getRight() - 160.0f, plot.getY() + 8.0f);
    g.setColour (theme::card.withAlpha (0.92f));
    g.fillRoundedRectangle (box, theme::cardRadius);
    g.setFont (theme::font (theme::Type::label));
    const std::pair<const char*, const Figure&> rows[] = { { "EDT", band.edt },
                                                           { "T20", band.t20 },
                                                           { "T30", band.t30 } };
    int style = 0;

    for (const auto& [name, figure] : rows)
    {
        const auto row =
            box.reduced (12.0f, 7.0f).withHeight (18.0f).translated (0.0f, 18.0f * static_cast<float> (style));
        g.setColour (theme::textLow);
        g.drawText (name, row, juce::Justification::centredLeft);
        juce::Path sample;
        sample.startNewSubPath (row.getX() + 34.0f, row.getCentreY());
        sample.lineTo (row.getX() + 62.0f, row.getCentreY());
        g.setColour (theme::textHigh);
        strokeAs (style++, g, sample, 1.5f);
        g.setColour (figure ? theme::textHigh : theme::warning);
        g.drawText (figure ? numberAsLabel (figure.value, 2) + juce::String::charToString (0xa0) + "s"
                           : juce::String ("n/a"),
                    row, juce::Justification::centredRight);
    }
}

} // namespace faltwerk
