#include "Kernel/Analysis/Decay/EchoDensity.h"
#include "Kernel/Analysis/Levels.h"
#include "Kernel/Analysis/LiveSpectrum.h"
#include "Kernel/Overview.h"
#include "Picture/Decay/DecayPicture.h"
#include "Picture/Sheet/AnalysisSheet.h"
#include "Picture/Slide/SlidePicture.h"
#include "Picture/Spectrogram/SpectrogramPicture.h"
#include "Picture/Spectrum/SpectrumPicture.h"
#include "Picture/Waveform/WaveformPicture.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <cmath>

// Kernels as quiet and as loud as floats can be: every analysis and picture takes them, in bounded work.

using namespace faltwerk;

namespace
{

const test::Sizes lengths { 1, 2, 200, 5000 };

/** Noise that decays, with a peak of a magnitude. */
Kernel kernelOf (size_t length, double magnitude)
{
    auto path = test::decayingNoise (length, 5);
    float peak = 0.0f;

    for (const float x : path)
        peak = std::max (peak, std::abs (x));

    for (auto& x : path)
        x = static_cast<float> (static_cast<double> (x) / static_cast<double> (peak) * magnitude);

    return { { path }, 48000.0, Routing::mono, "extreme" };
}

juce::Image blank() { return { juce::Image::RGB, 600, 300, true, juce::SoftwareImageType() }; }

/** The four pictures of a kernel, and the sliding one, each in an image of its own. */
std::vector<juce::Image> picturesOf (const Kernel& kernel)
{
    const juce::Rectangle<float> area (0.0f, 0.0f, 600.0f, 300.0f);
    std::vector<juce::Image> images;
    const Overview overview (kernel.paths[0]);

    for (const bool decibels : { false, true })
    {
        WaveformScene scene;
        scene.kernel = { &overview, &overview, kernel.lengthInFrames(), kernel.sampleRate };
        scene.to = kernel.lengthInSeconds();
        scene.fullScale = scene.kernel.peak();
        scene.decibels = decibels;
        juce::Graphics g (images.emplace_back (blank()));
        WaveformPicture (scene, area).draw (g);
    }

    {
        const FrequencyResponse response (kernel);
        const auto curves = SpectrumCurves::of (response, SpectrumCurves::referenceOf (response));
        SpectrumScene scene;
        scene.after = &curves;
        juce::Graphics g (images.emplace_back (blank()));
        SpectrumPicture (scene, area).draw (g);

        for (const float level : curves.levels)
            REQUIRE (std::isfinite (level));
    }

    {
        const auto spectrogram = makeSpectrogram (kernel, { .numColumns = 40, .numRows = 30 });
        SpectrogramScene scene;
        scene.spectrogram = &spectrogram;
        scene.image = SpectrogramPicture::imageOf (spectrogram, 480, 240);
        scene.from = spectrogram.settings.fromSeconds;
        scene.to = spectrogram.settings.toSeconds;
        juce::Graphics g (images.emplace_back (blank()));
        SpectrogramPicture (scene, area).draw (g);
        CHECK (std::isfinite (spectrogram.loudest));

        for (const float level : spectrogram.levels)
            REQUIRE (std::isfinite (level));
    }

    {
        const auto decay = analyseDecay (kernel);
        juce::Graphics g (images.emplace_back (blank()));
        DecayPicture (decay.broadband()).draw (g, area);
    }

    {
        SlideScene scene;
        scene.x = slideTestSignal (64);
        scene.kernel = stretchesOf (kernel.paths[0], overview, 24);
        scene.n = 30;
        juce::Graphics g (images.emplace_back (blank()));
        const SlidePicture picture (scene, area.toNearestInt());
        picture.drawStill (g);
        picture.drawMoving (g);
    }

    return images;
}

/** The share of pixels that differ by more than a shade. */
double difference (const juce::Image& a, const juce::Image& b)
{
    int different = 0;

    for (int y = 0; y < a.getHeight(); ++y)
        for (int x = 0; x < a.getWidth(); ++x)
        {
            const auto one = a.getPixelAt (x, y), other = b.getPixelAt (x, y);
            different += std::abs (one.getRed() - other.getRed()) > 8
                                 || std::abs (one.getGreen() - other.getGreen()) > 8
                                 || std::abs (one.getBlue() - other.getBlue()) > 8
                             ? 1
                             : 0;
        }

    return different / static_cast<double> (a.getWidth() * a.getHeight());
}

void checkFigure (const Figure& measured, const Figure& expected)
{
    CHECK (measured.missing == expected.missing);

    if (expected && measured)
        CHECK (measured.value == Approx (expected.value).epsilon (1e-4).margin (1e-4));
}

constexpr double magnitudes[] = { 1e-30, 1e-18, 1e10, 1e18, 1e19, 1e23, 1e24, 1e30, 1e38, 3e38 };

} // namespace

TEST_CASE ("Pictures of kernels at extreme levels are those at full scale", "[editor]")
{
    const test::Juce juce;

    for (const size_t length : lengths)
    {
        const auto expected = picturesOf (kernelOf (length, 1.0));

        for (const double magnitude : magnitudes)
        {
            const auto pictures = picturesOf (kernelOf (length, magnitude));

            for (size_t n = 0; n + 1 < pictures.size(); ++n) // the last one writes values beside its bars
            {
                CAPTURE (length, magnitude, n);
                CHECK (difference (pictures[n], expected[n]) < 0.002);
            }
        }

        // Denormal taps are too coarse to look alike.
        for (const double magnitude : { 1e-45, 1e-38, 0.0 })
            CHECK (picturesOf (kernelOf (length, magnitude)).size() == expected.size());
    }
}

TEST_CASE ("Figures of kernels at extreme levels are those at full scale", "[editor]")
{
    for (const size_t length : lengths)
    {
        const auto plain = kernelOf (length, 1.0);
        const auto expected = analyseDecay (plain);
        const auto levels = measureLevels (plain);
        const auto density = measureEchoDensity (plain.paths[0], 48000.0);
        const double places[] = { 100.0, 1000.0, 10000.0 };
        const auto power = FrequencyResponse (plain).power (places, 0.3);

        for (const double magnitude : magnitudes)
        {
            CAPTURE (length, magnitude);
            const auto kernel = kernelOf (length, magnitude);
            const auto decay = analyseDecay (kernel);
            CHECK (decay.onset == expected.onset);
            REQUIRE (decay.bands.size() == expected.bands.size());

            for (size_t band = 0; band < decay.bands.size(); ++band)
            {
                for (const auto figure : { &BandDecay::edt, &BandDecay::t20, &BandDecay::t30, &BandDecay::c50,
                                           &BandDecay::c80, &BandDecay::d50, &BandDecay::ts, &BandDecay::curvature })
                    checkFigure (decay.bands[band].*figure, expected.bands[band].*figure);

                CHECK (decay.bands[band].rangeInDb == Approx (expected.bands[band].rangeInDb).margin (1e-3));
                CHECK (std::isfinite (decay.bands[band].noiseInDb));
            }

            const auto louder = measureLevels (kernel);
            CHECK (louder.peak / magnitude == Approx (levels.peak));
            CHECK (louder.rms / magnitude == Approx (levels.rms));
            CHECK (louder.energy / magnitude / magnitude == Approx (levels.energy));
            CHECK (louder.framesTo60dB == levels.framesTo60dB);
            checkFigure (measureEchoDensity (kernel.paths[0], 48000.0).mixingTime, density.mixingTime);
            CHECK (measureDecaySlope (kernel).rate == Approx (measureDecaySlope (plain).rate).epsilon (1e-4));
            const auto louderPower = FrequencyResponse (kernel).power (places, 0.3);

            for (size_t n = 0; n < power.size(); ++n)
                CHECK (louderPower[n] / magnitude / magnitude == Approx (power[n]).epsilon (1e-4));
        }

        for (const double magnitude : { 1e-45, 1e-38, 0.0 })
        {
            CAPTURE (length, magnitude);

            for (const auto& band : analyseDecay (kernelOf (length, magnitude)).bands)
            {
                CHECK (std::isfinite (band.rangeInDb));

                for (const auto figure : { &BandDecay::edt, &BandDecay::c50, &BandDecay::d50, &BandDecay::ts })
                    CHECK (std::isfinite ((band.*figure).value));
            }
        }
    }
}

TEST_CASE ("The page of an analysis draws kernels at extreme levels", "[editor]")
{
    const test::Juce juce;

    for (const double magnitude : { 0.0, 1e-45, 1e24, 3e38 })
    {
        const auto kernel = kernelOf (200, magnitude);
        CHECK (AnalysisSheet::render (kernel, analyseDecay (kernel), 1.0f).isValid());
    }
}

TEST_CASE ("A live spectrum forgets samples that were as large as floats can be", "[editor]")
{
    LiveSpectrum spectrum ({ 100.0, 1000.0, 10000.0 }, 48000.0);
    std::vector<float> loud (LiveSpectrum::windowSize), quiet (LiveSpectrum::windowSize);

    for (size_t n = 0; n < loud.size(); ++n)
        loud[n] = n % 2 == 0 ? 3e38f : -3e38f;

    spectrum.update (loud, loud, 0.02);

    for (int n = 0; n < 6000; ++n)
        spectrum.update (quiet, quiet, 0.05);

    for (const double power : spectrum.meanPowers())
        CHECK (power < 1e-6);
}
