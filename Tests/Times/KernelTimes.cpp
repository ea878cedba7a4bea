// Kernels: made, read, edited, analysed, drawn.

#include "Kernel/Analysis/Decay/Decay.h"
#include "Kernel/Analysis/FrequencyResponse.h"
#include "Kernel/Analysis/Spectrogram.h"
#include "Kernel/Edits/EditRun.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumericKernel.h"
#include "Picture/Slide/SlidePicture.h"
#include "Picture/Spectrum/SpectrumPicture.h"
#include "Picture/Theme.h"
#include "Support/Plugin.h"
#include "Times/Rows.h"

using namespace faltwerk;
using namespace faltwerk::times;

TEST_CASE ("Times of kernels' generators and numbers", "[kernel]")
{
    double longest = 0.0;
    std::string slowest;

    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const double time = milliseconds ([&] { makeFactoryKernel (index); });

        if (time > longest)
            slowest = factoryKernels()[index].name;

        longest = std::max (longest, time);
    }

    row ("a kernel of the factory bank, the slowest: " + slowest, longest, 1500.0);
    row ("the default kernel", shortest (3, [] { defaultKernel(); }), 200.0);

    std::string text;

    while (text.size() < 10000000)
        text += "0.12345678901234567\n-1.5e-3\n";

    row ("10 MB of numbers, read", shortest (3, [&] { REQUIRE (parseNumbers (text)); }), 500.0);
}

TEST_CASE ("Times of edits and analysis of a 10 s stereo kernel", "[kernel]")
{
    const auto kernel = test::hall (10.0, 3.0);
    Edits all;
    all.start = 0.01;
    all.end = 9.9;
    all.reverse = true;
    all.attack = 0.1;
    all.decay = 0.8;
    all.nodes = { { 0.5, 0.0 }, { 1.0, -3.0 }, { 4.0, 2.0 }, { 8.0, -20.0 } };
    all.fadeIn = 0.5;
    all.fadeOut = 3.0;
    all.width = 1.3;
    all.damping = 0.4;
    all.gainDb = -3.0;
    all.preDelay = 0.05;

    for (const double stretch : { 1.0, 0.9 })
    {
        for (const auto normalise : { Normalise::energy, Normalise::loudness })
        {
            all.stretch = stretch;
            all.normalise = normalise;
            row (std::string ("all edits, ") + (stretch == 1.0 ? "" : "stretched, ")
                     + (normalise == Normalise::energy ? "by energy" : "by loudness"),
                 shortest (7, [&] { REQUIRE (edited (kernel, all)); }), 30.0);
        }
    }

    row ("decay in all bands", shortest (3, [&] { analyseDecay (kernel); }), 300.0);
    row ("all that a page of analysis needs",
         shortest (3,
                   [&]
                   {
                       analyseDecay (kernel);
                       const FrequencyResponse response (kernel);
                       SpectrumCurves::of (response, SpectrumCurves::referenceOf (response));
                       makeSpectrogram (kernel);
                   }),
         300.0);
}

TEST_CASE ("Times of the sliding picture", "[kernel]")
{
    const test::Juce juce;
    SlideScene scene;
    scene.x = slideTestSignal (64);
    scene.kernel = { test::decayingNoise (24, 3), 0, 24, 1.0 };
    scene.n = 40;
    SlidePicture picture (scene, { 0, 0, 1100, 416 });

    for (const auto& [scale, goal] : { std::pair (1.0f, 8.0), { 2.0f, 20.0 } })
    {
        juce::Image image (juce::Image::RGB, juce::roundToInt (1100.0f * scale), juce::roundToInt (416.0f * scale),
                           true, juce::SoftwareImageType());
        juce::Graphics g (image);
        g.addTransform (juce::AffineTransform::scale (scale));
        const auto name = "the sliding picture at " + std::to_string (juce::roundToInt (scale)) + "x";
        row (name + ", whole",
             shortest (20,
                       [&]
                       {
                           g.fillAll (theme::canvas);
                           picture.drawStill (g);
                           picture.drawMoving (g);
                       }),
             goal);
        row (name + ", a step",
             shortest (20,
                       [&]
                       {
                           const juce::Graphics::ScopedSaveState saved (g);
                           g.reduceClipRegion (picture.changedBetween (40, 41));
                           picture.drawMoving (g);
                       }),
             goal / 4.0);
    }
}
