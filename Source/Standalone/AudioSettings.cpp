#include "Standalone/AudioSettings.h"

#include "Editor/Controls/Toggle.h"
#include "Picture/Theme.h"

#include <juce_audio_plugin_client/juce_audio_plugin_client.h>
#include <juce_audio_utils/juce_audio_utils.h>

#include <juce_audio_plugin_client/Standalone/juce_StandaloneFilterWindow.h>

#include <memory>

namespace faltwerk
{

namespace
{

constexpr int width = 560, height = 420, muteHeight = 76, margin = 20;

/** The switch for the input, with what it is for, over JUCE's choice of devices. */
class Contents : public juce::Component
{
public:
    Contents (juce::StandalonePluginHolder& holder, juce::LookAndFeel& lookAndFeel)
        : devices (holder.deviceManager,
                   0,
                   holder.getNumInputChannels(),
                   0,
                   holder.getNumOutputChannels(),
                   false,
                   false,
                   true,
                   false)
    {
        setLookAndFeel (&lookAndFeel);
        mute.setComponentID ("muteInput");
        mute.setTitle ("Input muted");
        mute.setClickingTogglesState (true);
        mute.getToggleStateValue().referTo (holder.getMuteInputValue());
        addAndMakeVisible (mute);
        devices.setItemHeight (theme::controlHeight);
        addAndMakeVisible (devices);
        setSize (width, height);
    }

    ~Contents() override { setLookAndFeel (nullptr); }

    void paint (juce::Graphics& g) override
    {
        g.fillAll (theme::panel);
        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::textMid);
        g.drawFittedText ("A microphone near loudspeakers feeds back: keep it muted then, or use headphones.",
                          mute.getBounds().withX (margin).translated (0, 32).withWidth (getWidth() - 2 * margin),
                          juce::Justification::centredLeft, 1);
    }

    void resized() override
    {
        auto area = getLocalBounds();
        mute.setBounds (area.removeFromTop (muteHeight)
                            .withTrimmedTop (8)
                            .withTrimmedLeft (margin - 4)
                            .withSize (mute.idealWidth(), theme::controlHeight + 4));
        devices.setBounds (area);
    }

private:
    Toggle mute { "Input muted", theme::signal };
    juce::AudioDeviceSelectorComponent devices;
};

} // namespace

void showAudioSettings (juce::StandalonePluginHolder& holder, juce::LookAndFeel& lookAndFeel)
{
    juce::DialogWindow::LaunchOptions window;
    window.content.setOwned (new Contents (holder, lookAndFeel));
    window.dialogTitle = "Audio device";
    window.dialogBackgroundColour = theme::panel;
    window.escapeKeyTriggersCloseButton = true;
    window.useNativeTitleBar = true;
    window.resizable = true;
    window.launchAsync();
}

} // namespace faltwerk
