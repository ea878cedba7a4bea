#pragma once

#include <juce_audio_devices/juce_audio_devices.h>

#include <functional>
#include <memory>

namespace faltwerk
{

/** Notices that the wanted audio device is not open, and opens it once it is there: a JACK server that starts after the
    app or ends under it, a USB interface that is pulled out. Wanted is the device that the user has chosen, or any if
    he has chosen none; a user who has closed the device wants none. [message] */
class DeviceWatch : private juce::Timer, private juce::ChangeListener
{
public:
    /** @param numInputs, numOutputs  channels to open of a device
        @param onChange  called when the device has gone, has come, or is another one */
    DeviceWatch (juce::AudioDeviceManager&, int numInputs, int numOutputs, std::function<void()> onChange);
    ~DeviceWatch() override;

    /** Returns true if the wanted device is not open, though another may be. */
    bool isMissing() const noexcept { return missing; }

    /** Returns true if the missing device was open before. */
    bool hasGone() const;

    /** Returns the missing device's name as the user knows it, as in "'system' (JACK)"; empty if any would do. */
    juce::String missingDevice() const;

    /** Returns the number of buffers that the device has dropped since two seconds after it was opened. */
    int numDropOuts() const;

    /** Looks at the device; the timer does it twice a second. @param now  s, of a clock that never goes back */
    void update (double now);

private:
    enum class Choice
    {
        any,       // nothing was ever chosen
        anyOfType, // a type was chosen while it had no devices
        named,
        none
    };

    struct Device
    {
        juce::String type, output, input; // empty: any
    };

    void timerCallback() override;
    void changeListenerCallback (juce::ChangeBroadcaster*) override { timerCallback(); }
    bool readChoice();
    Device wanted() const;
    bool isWantedOpen() const;
    void tryToOpen();
    void open (juce::AudioIODeviceType&, bool hasOther);
    juce::AudioIODevice* openDevice() const;
    juce::AudioIODeviceType* typeListing (const Device&, bool scans) const;
    juce::AudioIODeviceType* typeNamed (const juce::String&) const;

    static constexpr double secondsToSettle = 2.0, secondsBetweenTries = 3.0;
    static constexpr double leastRestPerTry = 20.0; // times the time that a try took: it holds up the window

    juce::AudioDeviceManager& devices;
    const int numInputs, numOutputs;
    std::function<void()> onChange;

    std::unique_ptr<juce::XmlElement> chosen; // as the device manager keeps it; nullptr if nothing was ever chosen
    Choice choice = Choice::any;
    juce::AudioDeviceManager::AudioDeviceSetup setup; // of the wanted device when it was open last
    juce::String type;
    const juce::AudioIODevice* seen = nullptr; // the device that was open last; compared, never used
    bool isFirstLook = true, missing = false, isListed = false, isOpening = false;
    double openedAt = 0.0, nextTryAt = 0.0; // s
    int dropOutsBefore = 0;
};

} // namespace faltwerk
