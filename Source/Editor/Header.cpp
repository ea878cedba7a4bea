#include "Editor/Header.h"

#include "Editor/Icons.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr int widthWithName = 1000; // narrower windows leave the product's name out

} // namespace

Header::Header (PluginProcessor& owner)
    : processor (owner)
    , loadButton (juce::CharPointer_UTF8 ("Load\xe2\x80\xa6"))
    , playButton ("Play", icons::play(), ControlButton::IconStyle::filled)
    , audioButton ("Audio", icons::sliders())
    , bypassButton ("Bypass", icons::power())
    , bypassAttachment (owner.parameters.bypass, [this] (float value) { showBypass (value >= 0.5f); })
{
    setOpaque (true);
    setComponentID ("header");
    loadButton.setComponentID ("load");
    playButton.setComponentID ("play");
    audioButton.setComponentID ("audio");
    bypassButton.setComponentID ("bypass");

    loadButton.setTooltip ("Load a kernel: WAV, AIFF, FLAC or Ogg Vorbis, mono or stereo");
    loadButton.onClick = [this] { onLoad(); };
    addAndMakeVisible (loadButton);

    playButton.setTooltip ("Play a dry loop into the input");
    playButton.onClick = [this]
    {
        processor.loop.setPlaying (! processor.loop.isPlaying());
        update();
    };
    addChildComponent (playButton);

    audioButton.setTooltip ("Choose the audio device; mute or unmute its input");
    audioButton.onClick = [this] { onAudioSettings(); };
    addChildComponent (audioButton);

    bypassButton.setTooltip ("Let the input pass unchanged; the tail rings out");
    bypassButton.onClick = [this]
    { bypassAttachment.setValueAsCompleteGesture (processor.parameters.bypass.get() ? 0.0f : 1.0f); };
    addAndMakeVisible (bypassButton);
    bypassAttachment.sendInitialUpdate();
}

void Header::setStandalone (bool isStandalone)
{
    playButton.setVisible (isStandalone);
    audioButton.setVisible (isStandalone);
    update();
    resized();
}

void Header::showKernelName (const juce::String& name, bool isLoading)
{
    hasKernel = name.isNotEmpty();
    kernelName = isLoading   ? juce::String (juce::CharPointer_UTF8 ("Loading\xe2\x80\xa6"))
                 : hasKernel ? name
                             : juce::String ("No kernel");
    repaint (nameBox);
}

void Header::showBypass (bool bypassed)
{
    bypassButton.show (bypassed ? "Bypassed" : "Bypass", icons::power(), bypassed ? theme::warning : theme::textHigh);
    resized();
}

void Header::update()
{
    const bool playing = processor.loop.isPlaying();
    playButton.show (playing ? "Stop" : "Play", playing ? icons::stop() : icons::play(), theme::signal);
}

void Header::paint (juce::Graphics& g)
{
    g.fillAll (theme::panel);
    const float centre = static_cast<float> (getHeight()) / 2.0f;
    icons::drawMark (g, { 18.0f, centre - 8.0f, 20.0f, 18.0f });

    if (getWidth() >= widthWithName)
    {
        g.setFont (theme::font (theme::Type::heading));
        g.setColour (theme::textHigh);
        g.drawText ("Faltwerk", juce::Rectangle<float> (50.0f, 0.0f, 80.0f, static_cast<float> (getHeight())),
                    juce::Justification::centredLeft);
    }

    g.setColour (theme::control);
    g.fillRoundedRectangle (nameBox.toFloat(), theme::controlRadius);
    g.setFont (theme::font (theme::Type::kernelName));
    g.setColour (hasKernel ? theme::textHigh : theme::textLow);
    g.drawText (kernelName, nameBox.reduced (12, 0), juce::Justification::centredLeft, true);
}

void Header::resized()
{
    constexpr int ring = ControlButton::ringMargin;
    auto row = getLocalBounds().withSizeKeepingCentre (getWidth(), theme::controlHeight + 2 * ring);
    row.removeFromRight (theme::edgeMargin - ring);
    row.removeFromLeft (getWidth() >= widthWithName ? 136 : 50);

    for (auto* button : { &bypassButton, &audioButton, &playButton })
        if (button->isVisible())
            button->setBounds (row.removeFromRight (button->idealWidth()));

    row.removeFromRight (theme::groupGap - 2 * ring);
    loadButton.setBounds (row.removeFromRight (loadButton.idealWidth()));
    nameBox = row.reduced (0, ring).withTrimmedRight (8 - ring);
    repaint();
}

} // namespace faltwerk
