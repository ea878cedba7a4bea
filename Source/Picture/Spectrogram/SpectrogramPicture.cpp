#include "Picture/Spectrogram/SpectrogramPicture.h"

#include "Picture/PlotLine.h"
#include "Picture/Spectrogram/Magma.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr float leftGutter = 56.0f, rightGutter = 96.0f, bottomGutter = 40.0f, topGutter = 12.0f;

} // namespace

juce::Image SpectrogramPicture::imageOf (const Spectrogram& spectrogram, int width, int height)
{
    const size_t numColumns = spectrogram.settings.numColumns, numRows = spectrogram.settings.numRows;
    juce::Image image (juce::Image::RGB, std::max (width, 1), std::max (height, 1), false, juce::SoftwareImageType());
    const juce::Image::BitmapData pixels (image, juce::Image::BitmapData::writeOnly);
    const auto& colours = Magma::table();

    /** Two neighbours and the second one's share. */
    struct Place
    {
        size_t first, next;
        float share;

        Place (int n, int count, size_t size)
        {
            const float at =
                (static_cast<float> (n) + 0.5f) / static_cast<float> (count) * static_cast<float> (size) - 0.5f;
            const float inside = std::clamp (at, 0.0f, static_cast<float> (size - 1));
            first = static_cast<size_t> (inside);
            next = std::min (first + 1, size - 1);
            share = inside - static_cast<float> (first);
        }
    };

    std::vector<Place> rows;

    for (int y = 0; y < pixels.height; ++y)
        rows.emplace_back (pixels.height - 1 - y, pixels.height, numRows);

    std::vector<float> column (numRows);
    constexpr auto perDecibel = static_cast<float> (255.0 / rangeInDb);

    for (int x = 0; x < pixels.width; ++x)
    {
        const Place place (x, pixels.width, numColumns);
        const float* const left = spectrogram.levels.data() + place.first * numRows;
        const float* const right = spectrogram.levels.data() + place.next * numRows;

        for (size_t row = 0; row < numRows; ++row)
            column[row] = 255.5f + perDecibel * (left[row] + place.share * (right[row] - left[row]));

        for (int y = 0; y < pixels.height; ++y)
        {
            const auto& row = rows[static_cast<size_t> (y)];
            const float level = column[row.first] + row.share * (column[row.next] - column[row.first]);
            const auto index = static_cast<size_t> (std::clamp (level, 0.0f, 255.0f));
            reinterpret_cast<juce::PixelRGB*> (pixels.getPixelPointer (x, y))->set (colours[index]);
        }
    }

    return image;
}

std::vector<SpectrogramPoint> SpectrogramPicture::contourOf (const Spectrogram& spectrogram)
{
    if (std::all_of (spectrogram.levels.begin(), spectrogram.levels.end(),
                     [] (float level) { return level <= -200.0f; }))
        return {};

    const auto times = spectrogram.lastTimesWithin (contourDb);
    const size_t numRows = spectrogram.settings.numRows;
    std::vector<SpectrogramPoint> points;

    for (size_t row = 0; row < numRows; ++row)
    {
        const double frequency = spectrogram.frequencyOf (row);

        if (frequency < 32.0 || frequency > 15000.0)
            continue;

        // The mean of times near it, with weights that fall to nothing half an octave away: chance makes single rows
        // of a decay end early or late.
        double sum = times[row], weights = 1.0;
        const auto add = [&] (size_t near)
        {
            const double octaves = std::abs (std::log2 (spectrogram.frequencyOf (near) / frequency));

            if (octaves >= 0.5)
                return false;

            const double weight = 0.5 + 0.5 * std::cos (2.0 * std::numbers::pi * octaves);
            sum += weight * times[near];
            weights += weight;
            return true;
        };

        for (size_t above = row + 1; above < numRows && add (above); ++above)
            ;

        for (size_t below = row; below-- > 0 && add (below);)
            ;

        points.push_back ({ sum / weights, frequency });
    }

    return points;
}

SpectrogramPicture::SpectrogramPicture (const SpectrogramScene& toDraw, juce::Rectangle<float> area)
    : scene (toDraw)
    , plotArea (area.withTrimmedLeft (leftGutter)
                    .withTrimmedRight (rightGutter)
                    .withTrimmedTop (topGutter)
                    .withTrimmedBottom (bottomGutter))
{
}

float SpectrogramPicture::xOf (double seconds) const noexcept
{
    return plotArea.getX()
           + static_cast<float> ((seconds - scene.from) / (scene.to - scene.from)) * plotArea.getWidth();
}

double SpectrogramPicture::timeAt (float x) const noexcept
{
    return scene.from + (scene.to - scene.from) * static_cast<double> ((x - plotArea.getX()) / plotArea.getWidth());
}

float SpectrogramPicture::yOf (double frequency) const noexcept
{
    return plotArea.getBottom() - scene.frequencies.positionOf (frequency) * plotArea.getHeight();
}

double SpectrogramPicture::frequencyAt (float y) const noexcept
{
    return scene.frequencies.frequencyAt ((plotArea.getBottom() - y) / plotArea.getHeight());
}

void SpectrogramPicture::draw (juce::Graphics& g) const
{
    const auto& plot = plotArea;

    if (plot.getWidth() < 8.0f || plot.getHeight() < 8.0f)
        return;

    const TimeAxis time (scene.from, scene.to, plot.getWidth(), 90.0f);
    const PlotFrame frame (g, plot);

    for (const auto& tick : time.ticks)
        frame.placeLine (xOf (tick.value), &tick == &time.ticks.front()
                                               ? tick.label + juce::String::charToString (0xa0) + time.unit
                                               : tick.label);

    frame.unit ("Hz");

    for (const auto& tick : scene.frequencies.ticks())
        frame.levelLine (yOf (tick.value), tick.label);

    {
        const juce::Graphics::ScopedSaveState saved (g);
        const auto area = plot.getSmallestIntegerContainer();
        g.reduceClipRegion (area);
        g.setColour (juce::Colours::black);
        g.fillRect (area);

        if (scene.spectrogram != nullptr)
        {
            const auto& settings = scene.spectrogram->settings;
            const float scale = g.getInternalContext().getPhysicalPixelScaleFactor();
            const bool isExact =
                settings.fromSeconds == scene.from && settings.toSeconds == scene.to
                && settings.lowest == scene.frequencies.lowest && settings.highest == scene.frequencies.highest
                && scene.image.getWidth() == juce::roundToInt (static_cast<float> (area.getWidth()) * scale)
                && scene.image.getHeight() == juce::roundToInt (static_cast<float> (area.getHeight()) * scale);
            const float x0 = xOf (settings.fromSeconds), x1 = xOf (settings.toSeconds);
            const float y0 = yOf (settings.highest), y1 = yOf (settings.lowest);
            g.setOpacity (1.0f);
            g.setImageResamplingQuality (juce::Graphics::lowResamplingQuality); // until the exact one is there
            g.drawImageTransformed (
                scene.image,
                isExact ? juce::AffineTransform::scale (1.0f / scale).translated (area.getPosition().toFloat())
                        : juce::AffineTransform::scale ((x1 - x0) / static_cast<float> (scene.image.getWidth()),
                                                        (y1 - y0) / static_cast<float> (scene.image.getHeight()))
                              .translated (x0, y0));
        }

        g.setColour (juce::Colours::white.withAlpha (0.06f));

        for (const auto& tick : scene.frequencies.ticks())
            g.fillRect (plot.getX(), std::round (yOf (tick.value)), plot.getWidth(), 1.0f);

        if (scene.onset >= scene.from && scene.onset <= scene.to)
        {
            g.setColour (theme::kernelBright);
            g.fillRect (xOf (scene.onset) - 0.75f, plot.getY(), 1.5f, plot.getHeight());
        }

        if (! scene.contour.empty())
            drawContour (g);
    }

    // Round corners, by what lies around them.
    juce::Path corners;
    corners.addRectangle (plot.expanded (0.5f));
    corners.addRoundedRectangle (plot, 4.0f);
    corners.setUsingNonZeroWinding (false);
    g.setColour (theme::canvas);
    g.fillPath (corners);

    drawColourBar (g);
}

void SpectrogramPicture::drawContour (juce::Graphics& g) const
{
    std::vector<juce::Point<float>> points;

    for (const auto& [seconds, frequency] : scene.contour)
        points.emplace_back (xOf (seconds), yOf (frequency));

    const auto line = clippedLine (points, plotArea);

    if (line.isEmpty())
        return; // it lies in another stretch of the kernel

    g.setColour (juce::Colours::white);
    g.fillPath (dashedStroke (line, 1.25f, 4.0f, 3.0f));

    const auto label = numberAsLabel (-contourDb) + " dB contour";
    const auto middle = line.getPointAlongPath (line.getLength() * 0.45f);
    g.setFont (theme::font (theme::Type::labelMedium));
    const float width = theme::widthOf (theme::font (theme::Type::labelMedium), label) + 12.0f;
    const bool fits = middle.x + 12.0f + width < plotArea.getRight();
    const auto box = juce::Rectangle<float> (width, 18.0f).withY (middle.y - 9.0f);
    const auto place = fits ? box.withX (middle.x + 12.0f) : box.withRightX (middle.x - 12.0f);
    g.setColour (juce::Colours::black.withAlpha (0.45f));
    g.fillRoundedRectangle (place, 4.0f);
    g.setColour (juce::Colours::white);
    g.drawText (label, place, juce::Justification::centred);
}

void SpectrogramPicture::drawColourBar (juce::Graphics& g) const
{
    const auto& plot = plotArea;
    const auto bar = plot.withX (plot.getRight() + 24.0f).withWidth (12.0f);
    const juce::Graphics::ScopedSaveState saved (g);
    juce::Path corners;
    corners.addRoundedRectangle (bar, 3.0f);
    g.setFont (theme::font (theme::Type::label));

    for (int level = 0; level >= -static_cast<int> (rangeInDb); level -= 24)
    {
        const float y = bar.getY() + bar.getHeight() * static_cast<float> (-level / rangeInDb);
        g.setColour (theme::textLow);
        g.drawText (numberAsLabel (level),
                    juce::Rectangle<float> (48.0f, 16.0f)
                        .withPosition (bar.getRight() + 8.0f,
                                       std::clamp (y - 8.0f, bar.getY() - 3.0f, bar.getBottom() - 13.0f)),
                    juce::Justification::centredLeft);
    }

    g.drawText ("dB",
                juce::Rectangle<float> (48.0f, 16.0f).withPosition (bar.getRight() + 8.0f, plot.getBottom() + 10.0f),
                juce::Justification::centredLeft);
    g.reduceClipRegion (corners);

    for (int n = 0; n < 256; ++n)
    {
        g.setColour (Magma::at (1.0f - static_cast<float> (n) / 255.0f));
        g.fillRect (bar.getX(), bar.getY() + bar.getHeight() * static_cast<float> (n) / 256.0f, bar.getWidth(),
                    bar.getHeight() / 256.0f + 0.5f);
    }
}

} // namespace faltwerk
