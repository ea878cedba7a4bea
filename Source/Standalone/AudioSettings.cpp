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

/** Returns true if any driver knows a device. */
bool findsDevices (juce::AudioDeviceManager& manager)
{
    for (auto* const type : manager.getAvailableDeviceTypes())
    {
        type->scanForDevices();

        if (! type->getDeviceNames (false).isEmpty() || ! type->getDeviceNames (true).isEmpty())
            return true;
    }

    return false;
}

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
        hasDevices = findsDevices (holder.deviceManager);
        mute.setComponentID ("muteInput");
        mute.setTitle ("Input muted");
        mute.setClickingTogglesState (true);
        mute.getToggleStateValue().referTo (holder.getMuteInputValue());
        addAndMakeVisible (mute);
        devices.setItemHeight (theme::controlHeight);
        addChildComponent (devices);
        devices.setVisible (hasDevices);
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

        if (! hasDevices)
        {
            g.setFont (theme::font (theme::Type::body));
            g.setColour (theme::textHigh);
            g.drawFittedText ("No audio device was found: connect one or start the sound server, "
                              "then open this window again.",
                              devices.getBounds().reduced (margin, 0).withHeight (48), juce::Justification::centredLeft,
                              2);
        }
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
    bool hasDevices = false;
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
