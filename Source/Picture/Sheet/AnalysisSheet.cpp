#include "Picture/Sheet/AnalysisSheet.h"

#include "Kernel/Analysis/Decay/EchoDensity.h"
#include "Kernel/Analysis/Levels.h"
#include "Kernel/Overview.h"
#include "Picture/Decay/DecayPicture.h"
#include "Picture/Decay/DecayTable.h"
#include "Picture/Spectrogram/SpectrogramPicture.h"
#include "Picture/Spectrum/SpectrumPicture.h"
#include "Picture/Theme.h"
#include "Picture/Waveform/WaveformPicture.h"

#include <cmath>

namespace faltwerk
{

namespace
{

using Area = juce::Rectangle<float>;

constexpr float margin = 32.0f, gap = 24.0f, titleHeight = 72.0f, panelHeight = 372.0f;

/** Draws a card with a heading. Returns the area that is left for the picture. */
Area drawCard (juce::Graphics& g, Area card, const juce::String& heading)
{
    g.setColour (theme::panel);
    g.fillRoundedRectangle (card, theme::cardRadius);
    g.setColour (theme::textHigh);
    g.setFont (theme::font (theme::Type::heading));
    g.drawText (heading, card.reduced (16.0f, 12.0f).withHeight (20.0f), juce::Justification::centredLeft);
    return card.withTrimmedTop (44.0f).withTrimmedBottom (8.0f);
}

juce::String decibels (double amplitude)
{
    return numberAsLabel (20.0 * std::log10 (std::max (amplitude, 1e-10)), 1) + juce::String::charToString (0xa0)
           + "dB";
}

juce::String describe (const Kernel& kernel, const Decay& decay)
{
    const auto levels = measureLevels (kernel);
    const auto density = measureEchoDensity (std::span (kernel.paths[0]).subspan (decay.onset), kernel.sampleRate);
    const auto space = juce::String::charToString (0xa0), dot = "  " + juce::String::charToString (0xb7) + "  ";
    auto text = juce::String (routingAsText (kernel)) + dot + juce::String (kernel.sampleRate / 1000.0) + space + "kHz"
                + dot + numberAsLabel (kernel.lengthInSeconds(), 3) + space + "s" + dot + "peak "
                + decibels (levels.peak) + dot + "energy "
                + numberAsLabel (10.0 * std::log10 (std::max (levels.energy, 1e-20)), 1) + space + "dB" + dot + "onset "
                + numberAsLabel (1000.0 * static_cast<double> (decay.onset) / kernel.sampleRate, 1) + space + "ms";

    if (density.mixingTime)
        text += dot + "dense after " + numberAsLabel (1000.0 * density.mixingTime.value) + space + "ms";

    return text;
}

} // namespace

juce::Image AnalysisSheet::render (const Kernel& kernel, const Decay& decay, float scale)
{
    juce::Image image (juce::Image::RGB, juce::roundToInt (static_cast<float> (width) * scale),
                       juce::roundToInt (static_cast<float> (height) * scale), true, juce::SoftwareImageType());
    juce::Graphics g (image);
    g.addTransform (juce::AffineTransform::scale (scale));
    const Area page (0.0f, 0.0f, static_cast<float> (width), static_cast<float> (height));
    g.setGradientFill ({ theme::canvasTop, 0.0f, 0.0f, theme::canvasBottom, 0.0f, page.getBottom(), false });
    g.fillRect (page);

    auto inner = page.reduced (margin);
    auto title = inner.removeFromTop (titleHeight);
    g.setColour (theme::textHigh);
    g.setFont (theme::font (theme::Type::title));
    g.drawText (juce::String::fromUTF8 (kernel.name.c_str()), title.removeFromTop (32.0f),
                juce::Justification::centredLeft);
    g.setColour (theme::textMid);
    g.setFont (theme::font (theme::Type::body));
    g.drawText (describe (kernel, decay), title.removeFromTop (22.0f), juce::Justification::centredLeft);

    const float columnWidth = (inner.getWidth() - gap) / 2.0f;
    const auto upper = inner.removeFromTop (panelHeight);
    inner.removeFromTop (gap);
    const auto lower = inner.removeFromTop (panelHeight);
    inner.removeFromTop (gap);

    {
        const Overview left (kernel.paths.front()), right (kernel.paths.back());
        const bool mono = kernel.paths.size() == 1;
        const auto card = drawCard (g, upper.withWidth (columnWidth), "Waveform");
        WaveformScene scene;
        scene.kernel = { &left, mono ? &left : &right, kernel.lengthInFrames(), kernel.sampleRate };
        scene.to = TimeAxis::holding (scene.kernel.lengthInSeconds(), card.getWidth(), 90.0f).end;
        scene.fullScale = scene.kernel.peak();
        WaveformPicture (scene, card).draw (g);
    }

    {
        const FrequencyResponse response (kernel);
        const auto curves = SpectrumCurves::of (response, SpectrumCurves::referenceOf (response));
        SpectrumScene scene;
        scene.after = &curves;
        SpectrumPicture (scene, drawCard (g, upper.withTrimmedLeft (columnWidth + gap),
                                          "Spectrum, about its mean level, and mean arrival time (dotted)"))
            .draw (g);
    }

    {
        const auto spectrogram = makeSpectrogram (kernel);
        SpectrogramScene scene;
        scene.spectrogram = &spectrogram;
        scene.image = SpectrogramPicture::imageOf (spectrogram, 1400, 640);
        scene.onset = static_cast<double> (decay.onset) / kernel.sampleRate;
        scene.contour = SpectrogramPicture::contourOf (spectrogram);
        scene.from = spectrogram.settings.fromSeconds;
        scene.to = spectrogram.settings.toSeconds;
        SpectrogramPicture (scene, drawCard (g, lower.withWidth (columnWidth), "Spectrogram")).draw (g);
    }

    DecayPicture (decay.broadband())
        .draw (g, drawCard (g, lower.withTrimmedLeft (columnWidth + gap), "Decay, whole band"));
    const auto table = drawCard (g, inner, "Decay in octave bands");
    DecayTable (decay).draw (g, table.reduced (8.0f, 0.0f));
    return image;
}

} // namespace faltwerk
