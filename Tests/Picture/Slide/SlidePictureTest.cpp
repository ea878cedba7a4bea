#include "Picture/Slide/SlidePicture.h"

#include "Picture/Theme.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Pictures.h"

#include <cmath>
#include <numeric>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

SlideScene sceneOf (std::vector<float> x, const std::vector<float>& taps, int n)
{
    SlideScene scene;
    scene.x = std::move (x);
    scene.kernel = firstTapsOf (taps, taps.size());
    scene.n = n;
    scene.secondsPerTap = 1.0 / 48000.0;
    return scene;
}

juce::Image draw (const SlidePicture& picture, float scale)
{
    const auto& area = picture.layout().whole;
    juce::Image image (juce::Image::RGB, juce::roundToInt (scale * static_cast<float> (area.getWidth())),
                       juce::roundToInt (scale * static_cast<float> (area.getHeight())), true,
                       juce::SoftwareImageType());
    juce::Graphics g (image);
    g.addTransform (juce::AffineTransform::scale (scale));
    g.fillAll (theme::canvas);
    picture.drawStill (g);
    picture.drawMoving (g);
    return image;
}

/** A kernel that swings, so that its product with a signal can be seen. */
std::vector<float> swingingTaps (size_t length)
{
    std::vector<float> taps (length);

    for (size_t n = 0; n < length; ++n)
        taps[n] =
            static_cast<float> (std::cos (0.55 * static_cast<double> (n)) * std::exp (-0.07 * static_cast<double> (n)));

    return taps;
}

const juce::Rectangle<int> reference (0, 0, 1100, 416), compact (0, 0, 720, 240);

} // namespace

TEST_CASE ("A slide's output is the full convolution, and each sample the sum of the products", "[editor]")
{
    for (const auto& [numSamples, numTaps] :
         { std::pair<size_t, size_t> (64, 24), { 64, 1 }, { 64, 3 }, { 64, 32 }, { 5, 8 }, { 1, 1 } })
    {
        CAPTURE (numSamples, numTaps);
        const auto x = noise (numSamples, 11), h = noise (numTaps, 12);
        auto scene = sceneOf (x, h, 0);
        const auto expected = oracle (x, h);
        const auto output = scene.output();
        REQUIRE (output.size() == expected.size());
        REQUIRE (scene.last() == static_cast<int> (expected.size()) - 1);

        for (scene.n = 0; scene.n <= scene.last(); ++scene.n)
        {
            // Double precision in both: what the transform of the oracle rounds.
            const auto n = static_cast<size_t> (scene.n);
            CHECK (output[n] == Approx (expected[n]).margin (1e-12));

            double sum = 0.0;

            for (int k = 1 - scene.numBars(); k <= scene.last(); ++k)
                sum += scene.productAt (k);

            CHECK (sum == Approx (expected[n]).margin (1e-12));
        }
    }
}

TEST_CASE ("Each mode keeps its samples, and its bar lies where they are", "[editor]")
{
    const Juce juce;

    for (const auto& [numSamples, numTaps] :
         { std::pair (64, 24), { 64, 1 }, { 64, 2 }, { 64, 3 }, { 5, 8 }, { 8, 8 } })
    {
        CAPTURE (numSamples, numTaps);
        auto scene = sceneOf (noise (static_cast<size_t> (numSamples), 1), noise (static_cast<size_t> (numTaps), 2), 0);
        const SlideLayout layout (numSamples, numTaps, reference, ConvolutionMode::full, false);

        const auto check = [&] (ConvolutionMode mode, int first, int length)
        {
            scene.mode = mode;
            const auto bar = layout.rangeBar (mode);
            CHECK (bar.getX() == layout.xOf (first));
            CHECK (bar.getRight() == layout.xOf (first + length));

            for (int n = 0; n <= scene.last(); ++n)
                CHECK (scene.isKept (n) == (n >= first && n < first + length));
        };

        check (ConvolutionMode::full, 0, numSamples + numTaps - 1);
        check (ConvolutionMode::same, (numTaps - 1) / 2, numSamples);
        check (ConvolutionMode::valid, std::min (numSamples, numTaps) - 1, std::abs (numSamples - numTaps) + 1);

        // The kernel begins over zeros only but for one sample, and ends so; both are on the axis.
        CHECK (layout.window (0).getX() == layout.xOf (1 - numTaps));
        CHECK (layout.window (0).getRight() == layout.xOf (1));
        CHECK (layout.window (layout.last()).getX() == layout.xOf (numSamples - 1));
        CHECK (layout.plot.contains (layout.window (0).withHeight (1)));
        CHECK (layout.plot.contains (layout.window (layout.last()).withHeight (1)));
        CHECK (layout.indexAt (layout.middleOf (numSamples / 2)) == numSamples / 2);
        CHECK (layout.indexAt (static_cast<float> (layout.xOf (-1))) == -1);
    }
}

TEST_CASE ("The bars of a kernel are its first taps, or its stretches with their energy", "[editor]")
{
    auto path = decayingNoise (3000, 4);
    path.insert (path.begin(), 480, 0.0f); // a pre-delay

    const auto first = firstTapsOf (path, 24);
    CHECK (first.firstTap == 480);
    CHECK (first.lengthInTaps == 3480);
    CHECK (first.bars == std::vector<float> (path.begin() + 480, path.begin() + 504));

    const auto whole = stretchesOf (path, Overview (path), 32);
    CHECK (whole.firstTap == 480);
    CHECK (whole.tapsPerBar == Approx (3000.0 / 32.0));
    REQUIRE (whole.bars.size() == 32);

    for (size_t n = 0; n < 32; ++n)
    {
        CAPTURE (n);
        const auto begin = path.begin() + 480 + static_cast<std::ptrdiff_t> (n * 3000 / 32);
        const auto end = path.begin() + 480 + static_cast<std::ptrdiff_t> ((n + 1) * 3000 / 32);
        const double energy = std::inner_product (begin, end, begin, 0.0);
        const float largest =
            *std::max_element (begin, end, [] (float a, float b) { return std::abs (a) < std::abs (b); });
        const double bar = static_cast<double> (whole.bars[n]);
        CHECK (bar * bar == Approx (energy).epsilon (1e-5)); // sums of squares are kept in single precision
        CHECK (std::signbit (whole.bars[n]) == std::signbit (largest));
    }

    // A kernel with fewer taps than that shows each of them, whatever was asked for.
    const std::vector<float> three { 0.25f, -0.5f, 0.125f };
    CHECK (firstTapsOf (three, 32).bars == three);
    CHECK (stretchesOf (three, Overview (three), 32).bars == three);
    CHECK (stretchesOf (three, Overview (three), 32).tapsPerBar == 1.0);

    const std::vector<float> silent (100, 0.0f);
    CHECK (firstTapsOf (silent, 8).bars == std::vector<float> (8, 0.0f));
    CHECK (firstTapsOf (silent, 8).firstTap == 0);
    CHECK (firstTapsOf ({}, 8).bars.empty());
}

TEST_CASE ("The input of a slide is the newest sound, as the mean of both channels", "[editor]")
{
    History history (2, 16384);
    const auto write = [&history] (const std::vector<float>& left, const std::vector<float>& right)
    {
        const float* const channels[] = { left.data(), right.data() };
        history.write (channels, left.size());
    };

    CHECK_FALSE (newestSound (history, 0, 64));
    const auto left = noise (20000, 5), right = noise (20000, 6);
    write ({ left.begin(), left.begin() + 63 }, { right.begin(), right.begin() + 63 });
    CHECK_FALSE (newestSound (history, 0, 64)); // too short yet
    write ({ left.begin() + 63, left.end() }, { right.begin() + 63, right.end() });

    const auto check = [&] (size_t end)
    {
        const auto sound = newestSound (history, 0, 64);
        REQUIRE (sound);
        REQUIRE (sound->samples.size() == 64);

        for (size_t n = 0; n < 64; ++n)
            CHECK (sound->samples[n] == Approx (0.5f * (left[end - 64 + n] + right[end - 64 + n])).margin (1e-7));

        CHECK (sound->end == history.size());
    };

    check (20000);
    write (std::vector<float> (1000, 0.0f), std::vector<float> (1000, 1e-6f)); // between two notes
    check (20000);
    CHECK_FALSE (newestSound (history, 20000, 64)); // nothing but silence since
    write (std::vector<float> (10000, 0.0f), std::vector<float> (10000, 0.0f));
    CHECK_FALSE (newestSound (history, 0, 64)); // long gone
}

TEST_CASE ("Numbers of a slide have significant digits, true signs and groups", "[editor]")
{
    const auto minus = juce::String::charToString (0x2212), narrow = juce::String::charToString (0x202f),
               space = juce::String::charToString (0xa0);
    CHECK (significant (5.0432, 4) == "5.043");
    CHECK (significant (-5.0432, 4) == minus + "5.043");
    CHECK (significant (0.08412, 3) == "0.0841");
    CHECK (significant (0.99996, 4) == "1.000");
    CHECK (significant (0.099996, 4) == "0.1000");
    CHECK (significant (123456.0, 4) == "123456");
    CHECK (significant (-1.5e9, 4) == minus + "1500000000");
    CHECK (significant (0.000032131, 4) == "32.13" + space + "ppm");
    CHECK (significant (-6.0512e-6, 3) == minus + "6.05" + space + "ppm");
    CHECK (significant (4.2e-9, 4) == "0.004200" + space + "ppm");
    CHECK (significant (1e-15, 4) == "0");
    CHECK (significant (0.0000999996, 4) == "0.0001000");
    CHECK (significant (0.0, 4) == "0");
    CHECK (grouped (136320) == "136" + narrow + "320");
    CHECK (grouped (3840) == "3840");
    CHECK (grouped (11520000) == "11" + narrow + "520" + narrow + "000");
}

TEST_CASE ("Bars of a slide are as high as their values, bright under the kernel, over padding of zeros", "[editor]")
{
    const Juce juce;
    std::vector<float> x (64, 0.0f), h (24, 0.0f);
    x[20] = 0.5f;
    x[30] = -0.25f;
    x[50] = 0.125f;
    h[0] = 0.2f;
    h[10] = -0.1f;
    SlidePicture picture (sceneOf (x, h, 30), reference);
    const auto& layout = picture.layout();

    for (const float scale : { 1.0f, 2.0f })
    {
        CAPTURE (scale);
        const auto image = draw (picture, scale);

        // How far a colour reaches over (or under) the zero line of a slot, in logical pixels.
        const auto height = [&] (int index, const SlideLayout::Lane& lane, juce::Colour colour)
        {
            const int column = juce::roundToInt (scale * layout.middleOf (index) - scale * 0.5f);
            int above = 0, below = 0;

            for (int y = juce::roundToInt (scale * static_cast<float> (lane.area.getY()));
                 y < juce::roundToInt (scale * static_cast<float> (lane.area.getBottom())); ++y)
                if (image.getPixelAt (column, y) == colour)
                    ++(y < juce::roundToInt (scale * static_cast<float> (lane.zero)) ? above : below);

            return static_cast<float> (above - below) / scale;
        };

        const auto reach = static_cast<float> (layout.input.reach);
        const auto near = [scale] (float value) { return Approx (value).margin (static_cast<double> (0.51f / scale)); };
        CHECK (height (20, layout.input, theme::signal) == near (reach)); // the largest fills its lane
        CHECK (height (30, layout.input, theme::signal) == near (-0.5f * reach));
        CHECK (height (50, layout.input, theme::signalDim) == near (0.25f * reach)); // not under the kernel
        CHECK (height (50, layout.input, theme::signal) == 0.0f);
        CHECK (height (29, layout.input, theme::signal) == near (1.0f)); // a zero of x is a sample nevertheless

        // y[20] = 0.1, y[30] = 0.5 (-0.1) + (-0.25) 0.2 = -0.1, in white; y[31] is not there yet.
        CHECK (height (20, layout.output, theme::signal) == near (reach));
        CHECK (height (30, layout.output, theme::focus) == near (-reach));
        CHECK (height (40, layout.output, theme::signal) == 0.0f);

        // Flipped: h[10] lies at k = 20, h[0] at k = 30.
        CHECK (std::abs (height (25, layout.kernel, theme::kernel)) <= 1.0f);
        CHECK (height (30, layout.kernel, theme::kernel) == near (reach));
    }

    // Beyond the ends of x there are rings on the zero line, blue where they count.
    picture.moveTo (5);
    const auto image = draw (picture, 2.0f);
    const auto ringOf = [&] (int index, juce::Colour colour)
    {
        return share (image.getClippedImage (juce::Rectangle<int> (2 * layout.xOf (index), 2 * layout.input.zero - 6,
                                                                   2 * layout.pitch, 14)),
                      colour, 0.15f)
               > 0.04;
    };
    CHECK (ringOf (-1, theme::signal));
    CHECK (ringOf (-18, theme::signal));
    CHECK_FALSE (ringOf (-19, theme::signal));
    CHECK (ringOf (-19, theme::outline));
    CHECK (ringOf (-23, theme::outline));
    CHECK (ringOf (64, theme::outline));
    CHECK (ringOf (86, theme::outline));
    CHECK_FALSE (ringOf (87, theme::outline));
}

TEST_CASE ("Only what a step of a slide changes is drawn anew", "[editor]")
{
    const Juce juce;

    for (const auto& area : { reference, compact })
    {
        auto scene = sceneOf (slideTestSignal (64), swingingTaps (24), 0);
        scene.compact = area == compact;
        SlidePicture picture (std::move (scene), area);

        for (const float scale : { 1.0f, 2.0f })
        {
            for (const auto& [from, to] :
                 { std::pair (40, 41), { 0, 1 }, { 60, 59 }, { 86, 85 }, { 12, 80 }, { 86, 0 } })
            {
                CAPTURE (area.getWidth(), scale, from, to);
                picture.moveTo (from);
                const auto before = draw (picture, scale);
                picture.moveTo (to);
                const auto after = draw (picture, scale);
                const auto changed = picture.changedBetween (from, to);
                int outside = 0, inside = 0;

                for (int y = 0; y < after.getHeight(); ++y)
                    for (int x = 0; x < after.getWidth(); ++x)
                        if (before.getPixelAt (x, y) != after.getPixelAt (x, y))
                            ++(changed.containsPoint ((juce::Point (x, y).toFloat() / scale).toInt()) ? inside
                                                                                                      : outside);

                CHECK (inside > 0);
                CHECK (outside == 0);
            }

            // And that is little: a step repaints less than a quarter of the picture.
            int64_t pixels = 0;

            for (const auto& part : picture.changedBetween (40, 41))
                pixels += static_cast<int64_t> (part.getWidth()) * part.getHeight();

            CHECK (pixels < static_cast<int64_t> (area.getWidth()) * area.getHeight() / 4);
        }
    }
}

TEST_CASE ("Pictures of slides can be looked at", "[editor]")
{
    const Juce juce;

    struct Look
    {
        const char* name;
        std::vector<float> taps;
        int n;
        ConvolutionMode mode;
        SlideScene::Input input;
    };

    for (const auto& look :
         { Look { "reference", swingingTaps (24), 40, ConvolutionMode::full, SlideScene::Input::live },
           { "same", swingingTaps (16), 3, ConvolutionMode::same, SlideScene::Input::frozen },
           { "valid", swingingTaps (32), 70, ConvolutionMode::valid, SlideScene::Input::frozen },
           { "three-taps", { 0.25f, 0.5f, 0.25f }, 20, ConvolutionMode::full, SlideScene::Input::silent },
           { "one-tap", { -0.5f }, 63, ConvolutionMode::valid, SlideScene::Input::live },
           { "eight-taps", swingingTaps (8), 0, ConvolutionMode::same, SlideScene::Input::live } })
    {
        for (const auto& area : { reference, compact, juce::Rectangle<int> (0, 0, 720, 316) })
        {
            auto scene = sceneOf (slideTestSignal (64), look.taps, look.n);
            scene.mode = look.mode;
            scene.input = look.input;
            scene.compact = area == compact;
            const SlidePicture picture (std::move (scene), area);

            for (const float scale : { 1.0f, 2.0f })
            {
                const auto image = draw (picture, scale);
                const auto& layout = picture.layout();
                const auto bars = layout.window (look.n).getIntersection (layout.kernel.area).toFloat() * scale;
                CHECK (share (image.getClippedImage (bars.toNearestInt()), theme::kernel, 0.1f) > 0.02);
                CHECK (share (image, theme::signal, 0.1f) > 0.005);
                keep (image, "slide-" + juce::String (look.name) + "-" + juce::String (area.getWidth()) + "x"
                                 + juce::String (area.getHeight()) + "-" + juce::String (scale, 0) + "x");
            }
        }
    }
}
