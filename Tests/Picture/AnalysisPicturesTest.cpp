#include "Kernel/Generators/FactoryBank.h"
#include "Picture/Decay/DecayPicture.h"
#include "Picture/Decay/DecayTable.h"
#include "Picture/Sheet/AnalysisSheet.h"
#include "Picture/Spectrogram/Magma.h"
#include "Picture/Spectrogram/SpectrogramPicture.h"
#include "Picture/Spectrum/SpectrumPicture.h"
#include "Picture/Theme.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Pictures.h"

#include <cmath>
#include <numbers>

using namespace faltwerk;

namespace
{

template <typename Draw>
juce::Image drawnBy (Draw&& draw, juce::Rectangle<float> area, float scale)
{
    juce::Image image (juce::Image::RGB, juce::roundToInt (area.getWidth() * scale),
                       juce::roundToInt (area.getHeight() * scale), true, juce::SoftwareImageType());
    juce::Graphics g (image);
    g.addTransform (juce::AffineTransform::scale (scale));
    g.fillAll (theme::canvas);
    draw (g);
    return image;
}

template <typename Picture>
juce::Image drawn (const Picture& picture, juce::Rectangle<float> area, float scale)
{
    return drawnBy ([&] (juce::Graphics& g) { picture.draw (g, area); }, area, scale);
}

bool isNear (juce::Colour a, juce::Colour b, int tolerance)
{
    return std::abs (a.getRed() - b.getRed()) <= tolerance && std::abs (a.getGreen() - b.getGreen()) <= tolerance
           && std::abs (a.getBlue() - b.getBlue()) <= tolerance;
}

const juce::Rectangle<float> area (0, 0, 800, 400);

} // namespace

TEST_CASE ("Magma is matplotlib's", "[editor]")
{
    // Values of the original's table.
    const std::pair<float, juce::uint32> known[] = { { 0.0f, 0xff000004 },
                                                     { 0.25f, 0xff51127c },
                                                     { 0.5f, 0xffb73779 },
                                                     { 0.75f, 0xfffc8961 },
                                                     { 1.0f, 0xfffcfdbf } };

    for (const auto& [place, colour] : known)
        CHECK (isNear (Magma::at (place), juce::Colour (colour), 5));

    CHECK (isNear (juce::Colour (Magma::table()[128]), juce::Colour (0xffb73779), 6));
}

TEST_CASE ("The spectrum's curve stands at the level of the response", "[editor]")
{
    const test::Juce juce;

    // A one-pole low-pass: 0 dB at low frequencies, falling by 6 dB an octave; drawn relative to its own 1 kHz.
    std::vector<float> path (4096);

    for (size_t n = 0; n < path.size(); ++n)
        path[n] = static_cast<float> (0.05 * std::pow (0.95, static_cast<double> (n)));

    const FrequencyResponse response (Kernel { { path }, 48000.0, Routing::mono, "one pole" });
    const auto curves = SpectrumCurves::of (response, 0.0);
    SpectrumScene scene;
    scene.after = &curves;
    const SpectrumPicture picture (scene, area);

    for (const float scale : { 1.0f, 2.0f })
    {
        const auto image = drawnBy ([&] (juce::Graphics& g) { picture.draw (g); }, area, scale);
        test::keep (image, "spectrum-" + juce::String (juce::roundToInt (scale)) + "x");
        const auto plot = picture.plot();

        for (const double frequency : { 40.0, 300.0, 1500.0, 6000.0 })
        {
            const auto z = std::polar (1.0, -2.0 * std::numbers::pi * frequency / 48000.0);
            const double expected = 20.0 * std::log10 (std::abs (0.05 / (1.0 - 0.95 * z)));
            const float x = plot.getX() + FrequencyAxis().positionOf (frequency) * plot.getWidth();
            const float y = plot.getY() + plot.getHeight() * static_cast<float> ((24.0 - expected) / 78.0);
            int gold = -1;

            for (int row = 0; row < image.getHeight() && gold < 0; ++row)
                if (isNear (image.getPixelAt (juce::roundToInt (x * scale), row), theme::kernel, 60))
                    gold = row;

            CAPTURE (frequency, scale);
            CHECK (static_cast<float> (gold) / scale == Approx (y).margin (2.5));
        }
    }
}

TEST_CASE ("The spectrogram shows a tone where it is", "[editor]")
{
    const test::Juce juce;
    std::vector<float> path (48000);

    for (size_t n = 12000; n < 36000; ++n) // a quarter to three quarters of a second
        path[n] = static_cast<float> (std::sin (2.0 * std::numbers::pi * 1000.0 * static_cast<double> (n) / 48000.0));

    const auto spectrogram = makeSpectrogram (Kernel { { path }, 48000.0, Routing::mono, "tone" });
    SpectrogramScene scene;
    scene.spectrogram = &spectrogram;
    scene.image = SpectrogramPicture::imageOf (spectrogram, 700, 260);
    scene.onset = 0.25;
    const SpectrogramPicture picture (scene, area);
    const auto image = drawnBy ([&] (juce::Graphics& g) { picture.draw (g); }, area, 1.0f);
    test::keep (image, "spectrogram-1x");
    const auto plot = picture.plot();
    const auto brightness = [&] (float time, double frequency)
    {
        const float y = plot.getBottom() - FrequencyAxis().positionOf (frequency) * plot.getHeight();
        return image.getPixelAt (juce::roundToInt (plot.getX() + time * plot.getWidth()), juce::roundToInt (y))
            .getBrightness();
    };

    CHECK (brightness (0.5f, 1000.0) > 0.9f);
    CHECK (brightness (0.5f, 5500.0) < 0.3f);
    CHECK (brightness (0.1f, 1000.0) < 0.1f);
    CHECK (brightness (0.9f, 1000.0) < 0.1f);

    // The onset's line, one and a half pixels wide.
    const int onset = static_cast<int> (plot.getX() + 0.25f * plot.getWidth()),
              top = juce::roundToInt (plot.getY()) + 12;
    CHECK (std::max (image.getPixelAt (onset - 1, top).getBrightness(), image.getPixelAt (onset, top).getBrightness())
           > 0.7f);
    CHECK (image.getPixelAt (onset + 4, top).getBrightness() < 0.5f);
}

TEST_CASE ("The decay's curve falls along its slope and ends in a dot", "[editor]")
{
    const test::Juce juce;
    auto path = test::noise (96000, 1);
    const auto floor = test::noise (96000, 2, 0.25 * std::pow (10.0, -60.0 / 20.0));

    for (size_t n = 0; n < path.size(); ++n)
        path[n] = path[n] * static_cast<float> (std::pow (10.0, -3.0 * static_cast<double> (n) / 48000.0)) + floor[n];

    const auto band = analyseBroadbandDecay (Kernel { { path }, 48000.0, Routing::mono, "decay" });
    const DecayPicture picture (band);

    for (const float scale : { 1.0f, 2.0f })
    {
        const auto image = drawn (picture, area, scale);
        test::keep (image, "decay-" + juce::String (juce::roundToInt (scale)) + "x");
        const auto plot = DecayPicture::plotArea (area);

        // T is 1 s; the picture reaches to 1.5 times the crossing, and to 10 dB below the noise.
        for (const double seconds : { 0.2, 0.5, 0.8 })
        {
            const float x =
                plot.getX() + static_cast<float> (seconds / (1.5 * band.crossingInSeconds)) * plot.getWidth();
            int gold = -1;

            for (int row = 0; row < image.getHeight() && gold < 0; ++row)
                if (isNear (image.getPixelAt (juce::roundToInt (x * scale), row), theme::kernel, 50))
                    gold = row;

            const float lowest = -80.0f;
            CAPTURE (seconds, scale, band.crossingInSeconds);
            CHECK (static_cast<float> (gold) / scale
                   == Approx (plot.getY() + plot.getHeight() * static_cast<float> (-60.0 * seconds) / lowest)
                          .margin (5.0));
        }

        CHECK (test::share (image, theme::warning, 0.1f) > 0.0005); // the noise floor's line and label
    }
}

TEST_CASE ("The table has every band, the mean of the middle, and n/a", "[editor]")
{
    const test::Juce juce;
    const auto decay = analyseDecay (defaultKernel());
    const DecayTable table (decay);
    REQUIRE (table.rows().size() == 9);
    CHECK (table.rows()[0].name == juce::String (juce::CharPointer_UTF8 ("125\xc2\xa0Hz")));
    CHECK (table.rows()[7].name == "Mid");
    CHECK (table.rows()[8].name == "Broadband");
    CHECK (DecayTable::textOf (Figure { -3.14159 }, DecayTable::columns[3])
           == juce::String (juce::CharPointer_UTF8 ("\xe2\x88\x92"
                                                    "3.1")));
    CHECK (DecayTable::textOf (Figure::none (Figure::Missing::noise), DecayTable::columns[0]) == "n/a");
    test::keep (drawn (table, area, 2.0f), "decay-table-2x");
    CHECK (table.rowArea (area, 8).getBottom() <= area.getBottom());
}

TEST_CASE ("A page is drawn of every kind of kernel", "[editor]")
{
    const test::Juce juce;

    for (const char* const name : { "Concert Hall", "Telephone", "Open 1x12", "Slapback" })
    {
        const auto kernel = *makeFactoryKernel (std::string_view (name));
        test::keep (AnalysisSheet::render (kernel, analyseDecay (kernel), 1.0f),
                    "sheet-" + juce::String (name).replaceCharacter (' ', '-'));
    }

    const Kernel delta { { { 1.0f } }, 48000.0, Routing::mono, "delta" };
    test::keep (AnalysisSheet::render (delta, analyseDecay (delta), 1.0f), "sheet-delta");
}

TEST_CASE ("Peaks of the live output are dots and the kernel before its edits is a line", "[editor]")
{
    const test::Juce juce;
    SpectrumScene scene;
    scene.signals = SignalScale { 0.0, true, false };
    const juce::Rectangle<float> area (0.0f, 0.0f, 800.0f, 400.0f);
    const SpectrumPicture picture (scene, area);
    const std::vector<float> level (560, -30.0f);

    for (const float scale : { 1.0f, 2.0f })
    {
        CAPTURE (scale);
        const auto shareOfColumns = [&] (const SpectrumPicture::Signals& signals)
        {
            const auto image = drawnBy ([&] (juce::Graphics& g) { picture.drawSignals (g, signals); }, area, scale);
            int painted = 0, columns = 0;

            for (int x = image.getWidth() / 4; x < image.getWidth() * 3 / 4; ++x, ++columns)
                for (int y = 0; y < image.getHeight(); ++y)
                    if (image.getPixelAt (x, y).getBrightness() > 0.5f)
                    {
                        ++painted;
                        break;
                    }

            return static_cast<double> (painted) / columns;
        };
        SpectrumPicture::Signals line, dots;
        line.output = level;
        dots.peaks = level;
        CHECK (shareOfColumns (line) == 1.0);
        CHECK (shareOfColumns (dots) > 0.3);
        CHECK (shareOfColumns (dots) < 0.6);
    }
}
