#include "Standalone/App.h"

#include "Editor/Window/PluginEditor.h"
#include "FaltwerkResources.h"
#include "Picture/Theme.h"
#include "Standalone/AudioSettings.h"
#include "Standalone/DeviceWatch.h"
#include "Standalone/StateKeeper.h"

#include <juce_audio_plugin_client/juce_audio_plugin_client.h>
#include <juce_audio_utils/juce_audio_utils.h>

#include <juce_audio_plugin_client/Standalone/juce_StandaloneFilterWindow.h>

#include <utility>

namespace faltwerk
{

namespace
{

/** The window: the editor in the system's frame. */
class Window : public juce::DocumentWindow, private juce::Value::Listener
{
public:
    explicit Window (juce::StandalonePluginHolder& pluginHolder)
        : juce::DocumentWindow ("Faltwerk", theme::panel, allButtons)
        , holder (pluginHolder)
        , watch (pluginHolder.deviceManager,
                 pluginHolder.getNumInputChannels(),
                 pluginHolder.getNumOutputChannels(),
                 [this] { deviceChanged(); })
    {
        setUsingNativeTitleBar (true);
        editor = dynamic_cast<PluginEditor*> (holder.processor->createEditorIfNeeded());
        editor->setStandalone ([this] { showAudioSettings (holder, juce::LookAndFeel::getDefaultLookAndFeel()); },
                               [this] { return watch.numDropOuts(); });
        editor->setInputOpener ([this] (bool isOpen) { openInput (isOpen); });
        holder.getMuteInputValue().addListener (this);
        valueChanged (holder.getMuteInputValue());
        setContentOwned (editor, true);
        setResizable (true, false);
        setConstrainer (editor->getConstrainer());
        setIcon (juce::ImageFileFormat::loadFrom (resources::faltwerk_png, resources::faltwerk_pngSize));
        centreWithSize (getWidth(), getHeight());
        setVisible (true);
    }

    ~Window() override
    {
        holder.getMuteInputValue().removeListener (this);
        clearContentComponent();
    }

    void activeWindowStatusChanged() override
    {
        juce::DocumentWindow::activeWindowStatusChanged();

        // Keys count from the first moment on, and none of the parts has the keyboard then.
        if (isActiveWindow() && ! std::exchange (wasActive, true))
            juce::MessageManager::callAsync (
                [safe = juce::Component::SafePointer<PluginEditor> (editor)]
                {
                    if (safe != nullptr)
                        safe->grabKeyboardFocus();
                });
    }

    void closeButtonPressed() override { juce::JUCEApplicationBase::getInstance()->systemRequestedQuit(); }

private:
    void valueChanged (juce::Value&) override { showDevice(); }

    void deviceChanged()
    {
        if (editor == nullptr) // not made yet
            return;

        showDevice();
        editor->resetLoad(); // what was missed meanwhile is no fault of this device
    }

    /** Lets the input through for as long as something is measured, whatever the user has chosen for the rest. */
    void openInput (bool isOpen)
    {
        holder.muteInput = ! isOpen && static_cast<bool> (holder.getMuteInputValue().getValue());
    }

    /** Says what keeps the sound from being heard. */
    void showDevice()
    {
        auto* const device = holder.deviceManager.getCurrentAudioDevice();
        const bool isOpen = device != nullptr && device->isOpen();

        if (watch.isMissing())
            editor->showDevice (missingDevice() + (isOpen ? "; meanwhile '" + device->getName() + "' plays." : "."),
                                ! isOpen);
        else if (! isOpen)
            editor->showDevice ("No audio device is open.", true);
        else if (holder.getProcessorHasPotentialFeedbackLoop() && static_cast<bool> (holder.shouldMuteInput.getValue()))
            editor->showDevice ("The input is muted against feedback: unmute it, or play the loop.", false);
        else
            editor->showDevice ({}, false);
    }

    /** Says which device is missing, and that it is opened once it is there. */
    juce::String missingDevice() const
    {
        const auto name = watch.missingDevice();

        if (name.isEmpty())
            return "No audio device was found: start or connect one, and it is opened";

        return "Audio device " + name + (watch.hasGone() ? " has gone" : " is not available")
               + ": start or connect it, and it is opened";
    }

    juce::StandalonePluginHolder& holder;
    PluginEditor* editor = nullptr; // owned by the window as its content
    DeviceWatch watch;
    bool wasActive = false;
};

class App : public juce::JUCEApplication
{
public:
    const juce::String getApplicationName() override { return "Faltwerk"; }
    const juce::String getApplicationVersion() override { return JucePlugin_VersionString; }
    bool moreThanOneInstanceAllowed() override { return true; }

    void initialise (const juce::String&) override
    {
        juce::LookAndFeel::setDefaultLookAndFeel (&lookAndFeel); // for dialogs
        juce::PropertiesFile::Options options;
        options.applicationName = getApplicationName();
        options.filenameSuffix = ".settings";
        options.osxLibrarySubFolder = "Application Support";
#if JUCE_LINUX || JUCE_BSD
        options.folderName = "~/.config";
#endif
        properties.setStorageParameters (options);

        holder = std::make_unique<juce::StandalonePluginHolder> (properties.getUserSettings(), false);
        window = std::make_unique<Window> (*holder);
        keeper = std::make_unique<StateKeeper> (
            *holder->processor, [this] { save(); }, [this] { systemRequestedQuit(); });
    }

    void shutdown() override
    {
        keeper = nullptr;
        window = nullptr;
        holder = nullptr; // saves the audio device's settings
        properties.saveIfNeeded();
        juce::LookAndFeel::setDefaultLookAndFeel (nullptr);
    }

    void systemRequestedQuit() override
    {
        if (holder != nullptr)
            save();

        quit();
    }

private:
    /** Replaces the file of settings by a new one, so that at any moment one of them is whole. */
    void save()
    {
        holder->savePluginState();
        holder->saveAudioDeviceState(); // as chosen, whether or not the device is there
        properties.saveIfNeeded();
    }

    LookAndFeel lookAndFeel;
    juce::ApplicationProperties properties;
    std::unique_ptr<juce::StandalonePluginHolder> holder;
    std::unique_ptr<Window> window;
    std::unique_ptr<StateKeeper> keeper;
};

} // namespace

juce::JUCEApplicationBase* createApp() { return new App(); }

} // namespace faltwerk
