// The watch over audio devices that come and go, with devices that are made up.

#include "Standalone/DeviceWatch.h"
#include "Support/Catch.h"
#include "Support/Plugin.h"

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** What is plugged in, and how often it was looked for. */
struct WindowDriver
{
    juce::StringArray names;
    int numScans = 0;
    bool isLost = false; // what was open has ended
};

class Device : public juce::AudioIODevice
{
public:
    Device (WindowDriver& owner, const juce::String& itsName, const juce::String& itsType)
        : juce::AudioIODevice (itsName, itsType)
        , desk (owner)
    {
        desk.isLost = false;
    }

    juce::StringArray getOutputChannelNames() override { return { "1", "2" }; }
    juce::StringArray getInputChannelNames() override { return { "1", "2" }; }
    juce::Array<double> getAvailableSampleRates() override { return { 48000.0 }; }
    juce::Array<int> getAvailableBufferSizes() override { return { 256 }; }
    int getDefaultBufferSize() override { return 256; }

    juce::String open (const juce::BigInteger&, const juce::BigInteger&, double, int) override
    {
        opened = true;
        return {};
    }

    void close() override { opened = false; }
    bool isOpen() override { return opened && ! desk.isLost; }
    void start (juce::AudioIODeviceCallback*) override {}
    void stop() override {}
    bool isPlaying() override { return isOpen(); }
    juce::String getLastError() override { return {}; }
    int getCurrentBufferSizeSamples() override { return 256; }
    double getCurrentSampleRate() override { return 48000.0; }
    int getCurrentBitDepth() override { return 32; }
    juce::BigInteger getActiveOutputChannels() const override { return 3; }
    juce::BigInteger getActiveInputChannels() const override { return 3; }
    int getOutputLatencyInSamples() override { return 0; }
    int getInputLatencyInSamples() override { return 0; }

private:
    WindowDriver& desk;
    bool opened = false;
};

class Type : public juce::AudioIODeviceType
{
public:
    Type (WindowDriver& owner, const juce::String& name)
        : juce::AudioIODeviceType (name)
        , desk (owner)
    {
    }

    void scanForDevices() override
    {
        ++desk.numScans;
        found = desk.names;
    }

    juce::StringArray getDeviceNames (bool) const override { return found; }
    int getDefaultDeviceIndex (bool) const override { return 0; }
    int getIndexOfDevice (juce::AudioIODevice* device, bool) const override
    {
        return device != nullptr ? found.indexOf (device->getName()) : -1;
    }
    bool hasSeparateInputsAndOutputs() const override { return true; }

    juce::AudioIODevice* createDevice (const juce::String& output, const juce::String&) override
    {
        return new Device (desk, output, getTypeName());
    }

private:
    WindowDriver& desk;
    juce::StringArray found;
};

/** Two types of devices, as ALSA and JACK. */
class Manager : public juce::AudioDeviceManager
{
public:
    void createAudioDeviceTypes (juce::OwnedArray<juce::AudioIODeviceType>& list) override
    {
        list.add (new Type (cards, "Cards"));
        list.add (new Type (server, "Server"));
    }

    juce::String openName()
    {
        auto* const device = getCurrentAudioDevice();
        return device != nullptr && device->isOpen() ? device->getName() : juce::String();
    }

    WindowDriver cards, server;
};

/** A manager that was started with settings, and its watch. */
struct Stage
{
    explicit Stage (const juce::String& settings = {}, const juce::StringArray& cards = {})
    {
        devices.cards.names = cards;
        devices.initialise (2, 2, juce::parseXML (settings).get(), true);
        watch = std::make_unique<DeviceWatch> (devices, 2, 2, [this] { ++numChanges; });
    }

    void pass (double seconds)
    {
        for (int n = 0; n < juce::roundToInt (2.0 * seconds); ++n)
            watch->update (time += 0.5);
    }

    Manager devices;
    double time = juce::Time::getMillisecondCounterHiRes() / 1000.0;
    int numChanges = 0;
    std::unique_ptr<DeviceWatch> watch;
};

juce::String settingsFor (const juce::String& type, const juce::String& name)
{
    return "<DEVICESETUP deviceType=\"" + type + "\" audioOutputDeviceName=\"" + name + "\" audioInputDeviceName=\""
           + name + "\"/>";
}

} // namespace

TEST_CASE ("Any device is opened that comes after the start if none was ever chosen", "[controls]")
{
    const Juce juce;
    Stage stage;
    CHECK (stage.watch->isMissing());
    CHECK_FALSE (stage.watch->hasGone());
    CHECK (stage.watch->missingDevice().isEmpty());
    const int before = stage.devices.server.numScans;
    stage.pass (30.0);
    CHECK (stage.watch->isMissing());
    CHECK (stage.devices.server.numScans - before <= 10); // no more than every three seconds

    stage.devices.server.names = { "system" };
    stage.pass (4.0);
    CHECK (stage.devices.openName() == "system");
    CHECK_FALSE (stage.watch->isMissing());

    // It goes: only this one is waited for.
    stage.devices.server.names = {};
    stage.devices.server.isLost = true;
    stage.devices.cards.names = { "Card" };
    stage.pass (10.0);
    CHECK (stage.watch->hasGone());
    CHECK (stage.watch->missingDevice() == "'system' (Server)");
    stage.devices.server.names = { "system" };
    stage.pass (4.0);
    CHECK (stage.devices.openName() == "system");
}

TEST_CASE ("A device that was chosen is opened when it comes after the start", "[controls]")
{
    const Juce juce;
    Stage stage (settingsFor ("Server", "system"));
    CHECK (stage.watch->missingDevice() == "'system' (Server)");
    const int numScans = stage.devices.cards.numScans; // of JUCE, at the start
    stage.devices.cards.names = { "Card" };            // not wanted
    stage.devices.server.names = { "another" };
    stage.pass (10.0);
    CHECK (stage.devices.openName().isEmpty());
    CHECK (stage.devices.cards.numScans == numScans);
    stage.devices.server.names = { "another", "system" };
    stage.pass (4.0);
    CHECK (stage.devices.openName() == "system");
    CHECK_FALSE (stage.watch->isMissing());
    const int numChanges = stage.numChanges;
    stage.pass (10.0);
    CHECK (stage.numChanges == numChanges);
}

TEST_CASE ("A device that plays in place of the chosen one gives way to it, once", "[controls]")
{
    const Juce juce;
    Stage stage (settingsFor ("Server", "system"), { "Card" });
    CHECK (stage.devices.openName() == "Card");
    CHECK (stage.watch->isMissing());
    stage.devices.server.names = { "system" };
    stage.pass (4.0);
    CHECK (stage.devices.openName() == "system");
    CHECK_FALSE (stage.watch->isMissing());
}

TEST_CASE ("A user who has chosen no device is left alone", "[controls]")
{
    const Juce juce;
    Stage stage (settingsFor ("Server", {}));
    CHECK_FALSE (stage.watch->isMissing());
    stage.devices.server.names = { "system" };
    const int before = stage.devices.server.numScans;
    stage.pass (20.0);
    CHECK (stage.devices.openName().isEmpty());
    CHECK (stage.devices.server.numScans == before);
}

TEST_CASE ("A user who closes the device while it plays is left alone", "[controls]")
{
    const Juce juce;
    Stage stage (settingsFor ("Cards", "Card"), { "Card" });
    CHECK (stage.devices.openName() == "Card");
    stage.devices.setAudioDeviceSetup ({}, true);
    stage.pass (20.0);
    CHECK_FALSE (stage.watch->isMissing());
    CHECK (stage.devices.openName().isEmpty());
}

TEST_CASE ("A type that is chosen while it has no devices is waited for", "[controls]")
{
    const Juce juce;
    Stage stage;
    stage.devices.setCurrentAudioDeviceType ("Server", true);
    stage.devices.cards.names = { "Card" };
    stage.pass (10.0);
    CHECK (stage.watch->isMissing());
    stage.devices.server.names = { "system" };
    stage.pass (4.0);
    CHECK (stage.devices.openName() == "system");
    const auto kept = stage.devices.createStateXml();
    REQUIRE (kept != nullptr);
    CHECK (kept->getStringAttribute ("audioOutputDeviceName") == "system");
}
