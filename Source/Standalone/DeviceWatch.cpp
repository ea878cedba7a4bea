#include "Standalone/DeviceWatch.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

namespace
{

double clockTime() { return juce::Time::getMillisecondCounterHiRes() / 1000.0; }

bool lists (const juce::AudioIODeviceType& type, const juce::String& name, bool asInput)
{
    return name.isEmpty() || type.getDeviceNames (asInput).contains (name);
}

bool hasDevices (const juce::AudioIODeviceType& type)
{
    return ! type.getDeviceNames (false).isEmpty() || ! type.getDeviceNames (true).isEmpty();
}

} // namespace

DeviceWatch::DeviceWatch (juce::AudioDeviceManager& manager,
                          int inputs,
                          int outputs,
                          std::function<void()> whenItChanges)
    : devices (manager)
    , numInputs (inputs)
    , numOutputs (outputs)
    , onChange (std::move (whenItChanges))
{
    devices.addChangeListener (this);
    startTimerHz (2);
    update (clockTime());
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

juce::AudioIODeviceType* DeviceWatch::typeNamed (const juce::String& name) const
{
    for (auto* const each : devices.getAvailableDeviceTypes())
        if (each->getTypeName() == name)
            return each;

    return nullptr;
}

bool DeviceWatch::hasGone() const
{
    return missing && (setup.outputDeviceName.isNotEmpty() || setup.inputDeviceName.isNotEmpty());
}

juce::String DeviceWatch::missingDevice() const
{
    const auto device = wanted();
    const auto name = device.output.isNotEmpty() ? device.output : device.input;
    return ! missing || name.isEmpty() ? juce::String() : name.quoted ('\'') + " (" + device.type + ")";
}

int DeviceWatch::numDropOuts() const
{
    const auto* const device = openDevice();
    return device != nullptr ? std::max (0, device->getXRunCount() - dropOutsBefore) : 0;
}

/** Reads what the user wants. Returns true if it is something else than before. */
bool DeviceWatch::readChoice()
{
    auto newest = devices.createStateXml();
    const bool isFirst = std::exchange (isFirstLook, false);

    if (! isFirst && (newest == nullptr ? chosen == nullptr : newest->isEquivalentTo (chosen.get(), true)))
        return false;

    const auto nameOf = [&newest] (const char* attribute) { return newest->getStringAttribute (attribute); };

    if (newest == nullptr)
        choice = Choice::any;
    else if (nameOf ("audioOutputDeviceName").isNotEmpty() || nameOf ("audioInputDeviceName").isNotEmpty())
        choice = Choice::named;
    else if (const auto* const chosenType = typeNamed (nameOf ("deviceType"));
             ! isFirst && chosenType != nullptr && ! hasDevices (*chosenType))
        choice = Choice::anyOfType;
    else
        choice = Choice::none;

    chosen = std::move (newest);
    setup = {};
    return true;
}

DeviceWatch::Device DeviceWatch::wanted() const
{
    if (choice == Choice::named)
        return { chosen->getStringAttribute ("deviceType"), chosen->getStringAttribute ("audioOutputDeviceName"),
                 chosen->getStringAttribute ("audioInputDeviceName") };

    if (choice == Choice::anyOfType)
        return { chosen->getStringAttribute ("deviceType"), {}, {} };

    return hasGone() ? Device { type, setup.outputDeviceName, setup.inputDeviceName } : Device();
}

bool DeviceWatch::isWantedOpen() const
{
    if (openDevice() == nullptr)
        return choice == Choice::none;

    const auto current = devices.getAudioDeviceSetup();
    const auto device = wanted();
    return choice != Choice::named
           || (current.outputDeviceName == device.output && current.inputDeviceName == device.input);
}

void DeviceWatch::timerCallback() { update (clockTime()); }

void DeviceWatch::update (double now)
{
    if (isOpening)
        return;

    auto* const device = openDevice();
    bool hasChanged = readChoice();
    const bool isMissingNow = ! isWantedOpen();
    hasChanged |= std::exchange (missing, isMissingNow) != isMissingNow;

    if (device != nullptr)
    {
        hasChanged |= std::exchange (seen, device) != device;

        if (hasChanged)
            openedAt = now;

        // What is dropped while a device and its connections are made says nothing of the sound.
        if (now < openedAt + secondsToSettle)
            dropOutsBefore = device->getXRunCount();

        if (! missing)
        {
            setup = devices.getAudioDeviceSetup();
            type = devices.getCurrentAudioDeviceType();
        }
    }

    if (hasChanged)
    {
        isListed = typeListing (wanted(), false) != nullptr;
        nextTryAt = now + secondsBetweenTries;
        onChange();
    }
    else if (missing && now >= nextTryAt)
    {
        const double begin = clockTime();
        tryToOpen();
        nextTryAt = now + std::max (secondsBetweenTries, leastRestPerTry * (clockTime() - begin));
    }
}

/** Returns the type that lists a device, or nullptr. @param scans  looks for devices anew */
juce::AudioIODeviceType* DeviceWatch::typeListing (const Device& device, bool scans) const
{
    const bool isKnownType = typeNamed (device.type) != nullptr;

    for (auto* const each : devices.getAvailableDeviceTypes())
    {
        if (isKnownType && each->getTypeName() != device.type)
            continue;

        if (scans)
            each->scanForDevices();

        if (hasDevices (*each) && lists (*each, device.output, false) && lists (*each, device.input, true))
            return each;
    }

    return nullptr;
}

/** Opens the wanted device if it is there. While another one plays, only when it has just come: a try that fails
    interrupts the sound. */
void DeviceWatch::tryToOpen()
{
    auto* const itsType = typeListing (wanted(), true);
    const bool wasListed = std::exchange (isListed, itsType != nullptr);
    const bool hasOther = openDevice() != nullptr;

    if (isListed && ! (hasOther && wasListed))
        open (*itsType, hasOther);
}

void DeviceWatch::open (juce::AudioIODeviceType& itsType, bool hasOther)
{
    const juce::ScopedValueSetter<bool> opening (isOpening, true);
    devices.closeAudioDevice();

    if (choice == Choice::anyOfType)
    {
        const auto defaultOf = [&itsType] (bool asInput)
        { return itsType.getDeviceNames (asInput)[itsType.getDefaultDeviceIndex (asInput)]; };
        juce::AudioDeviceManager::AudioDeviceSetup defaults;
        defaults.outputDeviceName = defaultOf (false);
        defaults.inputDeviceName = defaultOf (true);
        devices.setAudioDeviceSetup (defaults, true);
    }
    else if (choice == Choice::any && hasGone())
        devices.setAudioDeviceSetup (setup, false);
    else
        devices.initialise (numInputs, numOutputs, chosen.get(), hasOther);
}

} // namespace faltwerk
