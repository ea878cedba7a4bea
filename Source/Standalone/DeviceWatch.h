#pragma once

#include <juce_audio_devices/juce_audio_devices.h>

#include <functional>

namespace faltwerk
{

/** Notices that the audio device has gone, as when a JACK server ends or a USB interface is pulled out, and opens it
    again once it is back. A device that the user closes is not missed. [message] */
class DeviceWatch : private juce::Timer, private juce::ChangeListener
{
public:
    /** @param onChange  called when the device has gone, has come back, or is another one */
    DeviceWatch (juce::AudioDeviceManager&, std::function<void()> onChange);
    ~DeviceWatch() override;

    /** The name of the device that has gone; empty if none has. */
    const juce::String& missingDevice() const noexcept { return missing; }

    /** How many buffers the device has dropped since it settled, two seconds after it was opened. */
    int numDropOuts() const;

private:
    void timerCallback() override { look(); }
    void changeListenerCallback (juce::ChangeBroadcaster*) override { look(); }
    void look();
    void openAgain();
    juce::AudioIODevice* openDevice() const;

    static constexpr double secondsBetweenTries = 3.0, secondsToSettle = 2.0;

    juce::AudioDeviceManager& devices;
    std::function<void()> onChange;
    juce::AudioDeviceManager::AudioDeviceSetup setup; // of the device that was open last
    juce::String type, missing;
    const juce::AudioIODevice* seen = nullptr; // the device that was open last; compared, never used
    double openedAt = 0.0, triedAt = 0.0;      // s
    bool isOpening = false;
    int dropOutsBefore = 0;
};

} // namespace faltwerk
