#include "Picture/Waveform/WaveformPicture.h"

#include "Picture/Theme.h"
#include "Support/Catch.h"
#include "Support/Plugin.h"
#include "Support/Window/Pictures.h"

#include <cmath>
#include <utility>
#include <vector>

using namespace faltwerk;

TEST_CASE ("The waveform's height is its level in dB", "[editor]")
{
    const test::Juce juce;

    // 1 s that falls by 60 dB, upward; a constant -40 dB downward.
    std::vector<float> left (48000), right (48000, 0.01f);

    for (size_t n = 0; n < left.size(); ++n)
        left[n] = static_cast<float> (std::pow (10.0, -3.0 * static_cast<double> (n) / 48000.0));

    const Overview leftOverview (left), rightOverview (right);
    WaveformScene scene;
    scene.kernel = { &leftOverview, &rightOverview, left.size(), 48000.0 };
    const juce::Rectangle<float> area (0, 0, 800, 400);
    const WaveformPicture picture (scene, area);

    for (const float scale : { 1.0f, 2.0f })
    {
        juce::Image image (juce::Image::RGB, static_cast<int> (800 * scale), static_cast<int> (400 * scale), true);
        {
            juce::Graphics g (image);
            g.addTransform (juce::AffineTransform::scale (scale));
            g.fillAll (theme::canvas);
            picture.draw (g);
        }
        test::keep (image, "waveform-" + juce::String (scale, 0) + "x");

        const auto plot = picture.plot();
        const auto isGold = [&] (float x, float y)
        {
            const auto colour = image.getPixelAt (juce::roundToInt (x * scale), juce::roundToInt (y * scale));
            return colour.getRed() > colour.getBlue() + 40;
        };

        for (const float position : { 0.1f, 0.25f, 0.5f, 0.7f })
        {
            const float x = plot.getX() + position * plot.getWidth() + 3.0f; // beside the grid's lines
            const float half = plot.getHeight() / 2.0f;
            float top = plot.getY();

            while (top < plot.getCentreY() && ! isGold (x, top))
                top += 0.5f;

            const float expectedLevel = -60.0f * (position + 3.0f / plot.getWidth());
            CHECK (top == Approx (plot.getCentreY() - half * (1.0f + expectedLevel / 80.0f)).margin (1.5));

            float bottom = plot.getBottom();

            while (bottom > plot.getCentreY() && ! isGold (x, bottom))
                bottom -= 0.5f;

            CHECK (bottom == Approx (plot.getCentreY() + half * 0.5f).margin (1.5)); // -40 of 80 dB
        }
    }
}

TEST_CASE ("The names of the lanes stay clear of the handles", "[editor]")
{
    const test::Juce juce;
    const std::vector<float> quiet (48000, 1e-3f);
    const Overview left (quiet), right (quiet);
    const auto draw = [&] (std::vector<double> handles, const char* leftName, const char* rightName)
    {
        WaveformScene scene;
        scene.kernel = { &left, &right, quiet.size(), 48000.0 };
        scene.handles = std::move (handles);
        scene.leftName = leftName;
        scene.rightName = rightName;
        const WaveformPicture picture (scene, { 0, 0, 800, 400 });
        juce::Image image (juce::Image::RGB, 800, 400, true);
        juce::Graphics g (image);
        g.fillAll (theme::canvas);
        picture.draw (g);
        const float place = scene.handles.empty() ? 0.0f : picture.xOf (scene.handles.front());
        return std::pair (image, juce::Rectangle<float> (place - 7.0f, 0.0f, 14.0f, 400.0f).toNearestInt());
    };

    for (const auto& [leftName, rightName] : { std::pair { "L", "R" }, std::pair { "L to L", "R to R" } })
    {
        for (double time = 0.9; time <= 1.0; time += 0.002)
        {
            CAPTURE (time);
            const auto [image, strip] = draw ({ time, time - 0.03, time - 0.1 }, leftName, rightName);
            const auto nameless = draw ({}, "", "").first;
            CHECK (test::difference (image, nameless, 0) > 0.0);
            CHECK (test::difference (image.getClippedImage (strip), nameless.getClippedImage (strip), 0) == 0.0);
        }
    }
}

TEST_CASE ("The time axis has round steps in a fitting unit", "[editor]")
{
    const auto labels = [] (double seconds, float width)
    {
        juce::StringArray result;

        for (const auto& tick : TimeAxis::holding (seconds, width, 90.0f).ticks)
            result.add (tick.label);

        return result.joinIntoString (" ");
    };

    CHECK (labels (3.2, 1000.0f) == "0.0 0.5 1.0 1.5 2.0 2.5 3.0");
    CHECK (labels (0.25, 500.0f) == "0 50 100 150 200 250");
    CHECK (labels (0.001, 450.0f) == "0.0 0.2 0.4 0.6 0.8 1.0");
    CHECK (labels (60.0, 900.0f) == "0.0 10.0 20.0 30.0 40.0 50.0 60.0");
    CHECK (TimeAxis::holding (3.2, 1000.0f, 90.0f).unit == "s");
    CHECK (TimeAxis::holding (0.25, 500.0f, 90.0f).unit == "ms");
    CHECK (TimeAxis::holding (3.21, 1000.0f, 90.0f).end == Approx (3.3));
    CHECK (TimeAxis::holding (0.0, 1000.0f, 90.0f).end > 0.0);
}

TEST_CASE ("The typeface is bundled, with figures of one width", "[editor]")
{
    const test::Juce juce;

    for (const auto type : { theme::Type::body, theme::Type::label, theme::Type::labelMedium, theme::Type::heading })
    {
        const auto font = theme::font (type);
        CHECK (font.getTypefaceName() == "Inter");
        CHECK (theme::widthOf (font, "1111111111") == Approx (theme::widthOf (font, "0000000000")).margin (0.01));
        CHECK (theme::widthOf (font, "11") == Approx (theme::widthOf (font, "88")).margin (0.01));
    }
}
