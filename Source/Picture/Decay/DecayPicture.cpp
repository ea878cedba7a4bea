#include "Picture/Decay/DecayPicture.h"

#include "Picture/PlotLine.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float leftGutter = 56.0f, rightGutter = 24.0f, bottomGutter = 40.0f, topGutter = 20.0f;

/** Strokes a line with the dashes of EDT, T20 or T30, or a full line. */
void strokeAs (int style, juce::Graphics& g, const juce::Path& line, float thickness)
{
    if (style == 2)
    {
        g.strokePath (line, juce::PathStrokeType (thickness));
        return;
    }

    g.fillPath (dashedStroke (line, thickness, style == 0 ? 5.0f : 1.5f, 3.0f));
}

/** Returns the length of a band that is drawn, in s, without most of a silent end. */
double lengthOf (const BandDecay& band)
{
    const double length = static_cast<double> (band.level.levels.size()) * band.level.step;
    return std::min (std::max (length, 0.01), std::max (band.crossingInSeconds * 1.5, 0.02));
}

/** Returns the end of its scale, in dB. */
double lowestLevelOf (const BandDecay& band)
{
    return std::isfinite (band.rangeInDb)
               ? std::clamp (-10.0 * std::ceil ((band.rangeInDb + 12.0) / 10.0), -100.0, -50.0)
               : -50.0;
}

} // namespace

DecayPicture::DecayPicture (const BandDecay& toDraw)
    : DecayPicture (toDraw, nullptr, { { { "EDT", toDraw.edt }, { "T20", toDraw.t20 }, { "T30", toDraw.t30 } } })
{
}

DecayPicture DecayPicture::ofMid (const Decay& decay)
{
    const auto band = [&decay] (double centre) -> const BandDecay&
    {
        return *std::find_if (decay.bands.begin(), decay.bands.end(),
                              [centre] (const BandDecay& each) { return each.centre == centre; });
    };
    return { band (500.0),
             &band (1000.0),
             { { { "EDT", decay.mid (&BandDecay::edt) },
                 { "T20", decay.mid (&BandDecay::t20) },
                 { "T30", decay.mid (&BandDecay::t30) } } } };
}

DecayPicture::DecayPicture (const BandDecay& toDraw, const BandDecay* second, std::array<Time, 3> timesToShow)
    : band (toDraw)
    , other (second)
    , times (timesToShow)
    , lengthInSeconds (lengthOf (toDraw))
    , lowestDb (lowestLevelOf (toDraw))
{
    if (other != nullptr)
    {
        lengthInSeconds = std::max (lengthInSeconds, lengthOf (*other));
        lowestDb = std::min (lowestDb, lowestLevelOf (*other));
    }
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

        if (other == nullptr)
        {
            drawBand (g, plot);
        }
        else
        {
            drawCurve (g, plot, band, theme::kernelBright);
            drawCurve (g, plot, *other, theme::kernel);
        }
    }

    if (other == nullptr)
        drawMarks (g, plot);

    drawLegend (g, plot);
}

void DecayPicture::drawBand (juce::Graphics& g, juce::Rectangle<float> plot) const
{
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

    if (band.hasNoise) // where it takes over
        g.fillEllipse (juce::Rectangle<float> (8.0f, 8.0f).withCentre (curve.getCurrentPosition()));
}

/** Draws the marks beside the curves of one band. */
void DecayPicture::drawMarks (juce::Graphics& g, juce::Rectangle<float> plot) const
{
    const auto unit = juce::String::charToString (0xa0) + "dB";

    if (band.hasNoise)
    {
        const float y = std::min (yOf (band.noiseInDb, plot) + 4.0f, plot.getBottom() - 18.0f);
        g.setColour (theme::warning);
        g.setFont (theme::font (theme::Type::label));
        g.drawText ("Noise floor " + numberAsLabel (band.noiseInDb) + unit,
                    juce::Rectangle<float> (160.0f, 16.0f).withPosition (plot.getX() + 8.0f, y),
                    juce::Justification::centredLeft);
    }

    drawMark (g, plot, band.t20, -5.0, {});
    drawMark (g, plot, band.t20, -25.0, "T20 ends " + numberAsLabel (-25.0) + unit);
    drawMark (g, plot, band.t30, -35.0, "T30 ends " + numberAsLabel (-35.0) + unit);
}

/** Draws one of two octaves, with its name where it has fallen by 20 dB. */
void DecayPicture::drawCurve (juce::Graphics& g,
                              juce::Rectangle<float> plot,
                              const BandDecay& octave,
                              juce::Colour colour) const
{
    g.setColour (colour);
    g.strokePath (pathOf (octave.schroeder, plot, 0.0f), juce::PathStrokeType (2.0f, juce::PathStrokeType::curved));
    const auto& levels = octave.schroeder.levels;
    const auto at =
        std::find_if (levels.begin(), levels.end(), [] (float level) { return level <= -20.0f; }) - levels.begin();
    const bool isUpper = octave.centre < 1000.0;
    const auto name = isUpper ? numberAsLabel (octave.centre) + juce::String::charToString (0xa0) + "Hz"
                              : numberAsLabel (octave.centre / 1000.0) + juce::String::charToString (0xa0) + "kHz";
    g.setFont (theme::font (theme::Type::labelMedium));
    g.drawText (
        name,
        juce::Rectangle<float> (60.0f, 16.0f)
            .withPosition (xOf (static_cast<double> (at) * octave.schroeder.step, plot) + (isUpper ? 10.0f : -70.0f),
                           yOf (-20.0, plot) + (isUpper ? -16.0f : 2.0f)),
        isUpper ? juce::Justification::centredLeft : juce::Justification::centredRight);
}

/** Returns the time at which the curve comes to a level. */
double DecayPicture::timeOfLevel (double level) const
{
    const auto& levels = band.schroeder.levels;
    const auto found = std::find_if (levels.begin(), levels.end(),
                                     [level] (float each) { return static_cast<double> (each) <= level; });
    return static_cast<double> (found - levels.begin()) * band.schroeder.step;
}

/** Draws a ring at the end of a range of the fit, with its name. */
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

/** Draws the line of a decay time, through the curve's place at the level where its fit begins. */
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
    g.setColour (theme::textHigh.withAlpha (style == 2 ? 0.9f : 0.75f));
    strokeAs (
        style, g,
        clippedLine ({ { xOf (begin, plot), yOf (startDb, plot) }, { xOf (end, plot), yOf (lowestDb, plot) } }, plot),
        1.25f);
}

void DecayPicture::drawLegend (juce::Graphics& g, juce::Rectangle<float> plot) const
{
    if (plot.getWidth() < 260.0f || plot.getHeight() < 120.0f)
        return;

    const auto box = juce::Rectangle<float> (152.0f, 68.0f).withPosition (plot.getRight() - 160.0f, plot.getY() + 8.0f);
    g.setColour (theme::card.withAlpha (0.92f));
    g.fillRoundedRectangle (box, theme::cardRadius);
    g.setFont (theme::font (theme::Type::label));
    int style = 0;

    for (const auto& [name, figure] : times)
    {
        const auto row =
            box.reduced (12.0f, 7.0f).withHeight (18.0f).translated (0.0f, 18.0f * static_cast<float> (style));
        g.setColour (theme::textLow);
        g.drawText (name, row, juce::Justification::centredLeft);
        juce::Path sample;
        sample.startNewSubPath (row.getX() + 34.0f, row.getCentreY());
        sample.lineTo (row.getX() + 62.0f, row.getCentreY());
        g.setColour (theme::textHigh);

        if (other == nullptr) // a mean has no line in the picture
            strokeAs (style, g, sample, 1.5f);

        ++style;
        g.setColour (figure ? theme::textHigh : theme::warning);
        g.drawText (figure ? numberAsLabel (figure.value, 2) + juce::String::charToString (0xa0) + "s"
                           : juce::String ("n/a"),
                    row, juce::Justification::centredRight);
    }
}

} // namespace faltwerk
