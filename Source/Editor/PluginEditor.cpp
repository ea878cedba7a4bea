#include "Editor/PluginEditor.h"

#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int updatesPerSecond = 30;

juce::String factsOf (const Kernel& kernel)
{
    const auto space = juce::String::charToString (0xa0), dot = " " + juce::String::charToString (0xb7) + " ";
    const double seconds = kernel.lengthInSeconds(), kilohertz = kernel.sampleRate / 1000.0;
    const auto milliseconds =
        seconds < 0.01 ? juce::String (seconds * 1000.0, 2) : juce::String (juce::roundToInt (seconds * 1000.0));
    const auto length = seconds >= 1.0 ? juce::String (seconds, 2) + space + "s" : milliseconds + space + "ms";
    const bool whole = kilohertz == std::round (kilohertz);
    const auto rate = whole ? juce::String (juce::roundToInt (kilohertz)) : juce::String (kilohertz, 1);
    return length + dot + routingAsText (kernel) + dot + rate + space + "kHz";
}

} // namespace

PluginEditor::PluginEditor (PluginProcessor& plugin)
    : juce::AudioProcessorEditor (plugin)
    , owner (plugin)
    , header (plugin)
    , gain (plugin.parameters.gain, ParameterKnob::Changes::signal, ParameterKnob::Polarity::bipolar)
    , mix (plugin.parameters.mix, ParameterKnob::Changes::signal, ParameterKnob::Polarity::unipolar)
    , wet (plugin.parameters.wet, ParameterKnob::Changes::signal, ParameterKnob::Polarity::unipolar)
    , dry (plugin.parameters.dry, ParameterKnob::Changes::signal, ParameterKnob::Polarity::unipolar)
    , out (plugin.parameters.out, ParameterKnob::Changes::signal, ParameterKnob::Polarity::bipolar)
    , inputMeter ("Input level", Meter::Scale::right)
    , outputMeter ("Output level", Meter::Scale::left)
{
    setLookAndFeel (&lookAndFeel);
    setOpaque (true);
    setTitle ("Faltwerk");

    header.onLoad = [this] { chooseFile(); };
    addAndMakeVisible (header);
    addAndMakeVisible (waveform);
    addAndMakeVisible (inputMeter);

    for (auto* knob : { &gain, &mix, &wet, &dry, &out })
        addAndMakeVisible (knob);

    addAndMakeVisible (outputMeter);
    addAndMakeVisible (statusLine);
    showHint ("Drop a sound file anywhere to use it as the kernel.");

    setResizable (true, true);
    setResizeLimits (minimumWidth, minimumHeight, 3840, 2160);
    setSize (referenceWidth, referenceHeight);

    update();
    startTimerHz (updatesPerSecond);
}

PluginEditor::~PluginEditor() { setLookAndFeel (nullptr); }

void PluginEditor::setStandalone (std::function<void()> showAudioSettings)
{
    header.onAudioSettings = std::move (showAudioSettings);
    header.setStandalone (true);
}

void PluginEditor::showHint (const juce::String& text)
{
    hint = text;
    showStatus (owner.kernelStatus());
}

void PluginEditor::update()
{
    const double now = juce::Time::getMillisecondCounterHiRes() / 1000.0;
    updateMeters (lastUpdate > 0.0 ? now - lastUpdate : 0.0);
    lastUpdate = now;

    const auto status = owner.kernelStatus();

    if (status.version != shownVersion || owner.isLoading() != shownLoading)
        showStatus (status);

    header.update();
}

void PluginEditor::updateMeters (double seconds)
{
    const size_t last = owner.getMainBusNumInputChannels() > 1 ? 1 : 0;
    const float inputLeft = owner.meters.takeInputPeak (0), inputRight = owner.meters.takeInputPeak (1);
    inputMeter.update ({ inputLeft, last == 1 ? inputRight : inputLeft }, seconds);

    const float outputLeft = owner.meters.takeOutputPeak (0), outputRight = owner.meters.takeOutputPeak (1);
    outputMeter.update ({ outputLeft, owner.getMainBusNumOutputChannels() > 1 ? outputRight : outputLeft }, seconds);

    loadTime += seconds;

    if (loadTime < 1.0 && worstLoads[0] > 0.0)
        return;

    loadTime = 0.0;
    const auto reading = owner.load.take();
    std::rotate (worstLoads.rbegin(), worstLoads.rbegin() + 1, worstLoads.rend());
    worstLoads[0] = reading.worst;
    statusLine.showLoad (reading.mean, *std::max_element (worstLoads.begin(), worstLoads.end()));
}

void PluginEditor::showStatus (const KernelLoader::Status& status)
{
    shownVersion = status.version;
    shownLoading = owner.isLoading();

    const bool found = status.document != nullptr && status.document->kernel != nullptr;
    const auto name =
        status.document != nullptr ? juce::String::fromUTF8 (status.document->name.c_str()) : juce::String();
    header.showKernelName (name, shownLoading && ! found);
    waveform.show (status.document);
    statusLine.showKernel (found ? factsOf (*status.document->kernel) : juce::String());

    if (status.message.empty())
        statusLine.showMessage (hint, StatusLine::Kind::hint);
    else
        statusLine.showMessage (juce::String::fromUTF8 (status.message.c_str()), StatusLine::Kind::failure);
}

void PluginEditor::chooseFile()
{
    chooser = std::make_unique<juce::FileChooser> ("Load a kernel", juce::File(),
                                                   "*.wav;*.aif;*.aiff;*.aifc;*.flac;*.ogg;*.mp3;*.csv;*.txt");
    chooser->launchAsync (juce::FileBrowserComponent::openMode | juce::FileBrowserComponent::canSelectFiles,
                          [this] (const juce::FileChooser& chosen)
                          {
                              if (chosen.getResult() != juce::File())
                                  owner.loadKernel (chosen.getResult());
                          });
}

void PluginEditor::fileDragEnter (const juce::StringArray& files, int, int)
{
    waveform.setDropHighlight (true, juce::File (files[0]).getFileName());
}

void PluginEditor::fileDragExit (const juce::StringArray&) { waveform.setDropHighlight (false); }

void PluginEditor::filesDropped (const juce::StringArray& files, int, int)
{
    waveform.setDropHighlight (false);
    owner.loadKernel (juce::File (files[0]));
}

void PluginEditor::paint (juce::Graphics& g)
{
    g.fillAll (theme::panel);
    const auto title = [&g] (const juce::String& text, int x, int y)
    {
        g.setColour (theme::signal);
        g.fillEllipse (static_cast<float> (x), static_cast<float> (y) + 4.0f, 8.0f, 8.0f);
        g.setColour (theme::textMid);
        g.setFont (theme::font (theme::Type::labelMedium));
        g.drawText (text, x + 14, y, 80, 16, juce::Justification::centredLeft);
    };

    if (isCompact())
        return;

    const int top = waveform.getBottom() + 12;
    title ("Input", gain.getX() + 10, top);
    title ("Output", mix.getX() + 10, top);
}

void PluginEditor::resized()
{
    const bool compact = isCompact();
    auto area = getLocalBounds();
    header.setBounds (area.removeFromTop (compact ? theme::compactHeaderHeight : theme::headerHeight));
    statusLine.setBounds (area.removeFromBottom (compact ? theme::compactFooterHeight : theme::footerHeight));
    auto strip = area.removeFromBottom (compact ? theme::compactStripHeight : theme::stripHeight);
    waveform.setBounds (area);

    strip = strip.withTrimmedTop (12).reduced (theme::edgeMargin, 0);
    const int meterHeight = compact ? strip.getHeight() - 12 : Meter::height;
    inputMeter.setBounds (strip.removeFromLeft (Meter::width).withHeight (meterHeight));
    outputMeter.setBounds (strip.removeFromRight (Meter::width).withHeight (meterHeight));
    strip = strip.withTrimmedTop (compact ? 0 : 20)
                .withHeight (compact ? ParameterKnob::compactHeight : ParameterKnob::cellHeight);
    strip.reduce (theme::groupGap - 12, 0);

    gain.setBounds (strip.removeFromLeft (ParameterKnob::cellWidth));

    for (auto* knob : { &out, &dry, &wet, &mix })
        knob->setBounds (strip.removeFromRight (ParameterKnob::cellWidth));
}

juce::AudioProcessorEditor* PluginProcessor::createEditor() { return new PluginEditor (*this); }

} // namespace faltwerk
