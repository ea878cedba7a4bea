#include "Standalone/DeviceWatch.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

namespace
{

double now() { return juce::Time::getMillisecondCounterHiRes() / 1000.0; }

} // namespace

DeviceWatch::DeviceWatch (juce::AudioDeviceManager& manager, std::function<void()> whenItChanges)
    : devices (manager)
    , onChange (std::move (whenItChanges))
{
    devices.addChangeListener (this);
    startTimerHz (2);
    look();
}

DeviceWatch::~DeviceWatch()
{
    stopTimer();
    devices.removeChangeListener (this);
}

juce::AudioIODevice* DeviceWatch::openDevice() const
{
    auto* const device = devices.getCurrentAudioDevice();
    return device != nullptr && device->isOpen() ? device : nullptr;
}

int DeviceWatch::numDropOuts() const
{
    const auto* const device = openDevice();
    return device != nullptr ? std::max (0, device->getXRunCount() - dropOutsBefore) : 0;
}

void DeviceWatch::look()
{
    if (isOpening)
        return;

    if (auto* const device = openDevice())
    {
        const bool isAnother = std::exchange (seen, device) != device || missing.isNotEmpty();
        setup = devices.getAudioDeviceSetup();
        type = devices.getCurrentAudioDeviceType();
        missing = {};

        if (isAnother)
        {
            openedAt = now();
            onChange();
        }

        // What is dropped while a device and its connections are made says nothing of the sound.
        if (now() < openedAt + secondsToSettle)
            dropOutsBefore = device->getXRunCount();

        return;
    }

    if (seen == nullptr)
        return;

    const auto chosen = devices.getAudioDeviceSetup();

    if (chosen.outputDeviceName.isEmpty() && chosen.inputDeviceName.isEmpty()) // the user has closed it
    {
        seen = nullptr;
        missing = {};
        onChange();
        return;
    }

    if (missing.isEmpty())
    {
        missing = setup.outputDeviceName.isNotEmpty() ? setup.outputDeviceName : setup.inputDeviceName;
        triedAt = now();
        onChange();
    }
    else if (now() >= triedAt + secondsBetweenTries)
    {
        openAgain();
        triedAt = now();
    }
}

void DeviceWatch::openAgain()
{
    for (auto* const each : devices.getAvailableDeviceTypes())
    {
        if (each->getTypeName() != type)
            continue;

        each->scanForDevices();

        if (! each->getDeviceNames (false).contains (setup.outputDeviceName)
            && ! each->getDeviceNames (true).contains (setup.inputDeviceName))
            return;

        const juce::ScopedValueSetter<bool> opening (isOpening, true);
        devices.closeAudioDevice();
        devices.setAudioDeviceSetup (setup, false);
    }
}

} // namespace faltwerk
