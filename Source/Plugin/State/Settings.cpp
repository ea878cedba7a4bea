#include "Plugin/State/Settings.h"

#include <algorithm>
#include <map>

namespace faltwerk
{

namespace
{

constexpr int smallestScale = 75, largestScale = 200;

juce::PropertiesFile::Options options()
{
    juce::PropertiesFile::Options result;
    result.millisecondsBeforeSaving = -1; // not by a timer: there may be no message loop
    result.storageFormat = juce::PropertiesFile::storeAsXML;
    return result;
}

Settings::Values read (const juce::PropertiesFile& file)
{
    const Settings::Values standard;
    Settings::Values values;
    values.embedsKernels = file.getBoolValue ("embedsKernels", standard.embedsKernels);
    values.cutsTailOnBypass = file.getBoolValue ("cutsTailOnBypass", standard.cutsTailOnBypass);
    values.startsEmpty = file.getBoolValue ("startsEmpty", standard.startsEmpty);
    values.reducesMotion = file.getBoolValue ("reducesMotion", standard.reducesMotion);

    if (const int normalise = file.getIntValue ("normalise", -1);
        normalise >= 0 && normalise <= static_cast<int> (Normalise::loudness))
        values.normalise = static_cast<Normalise> (normalise);

    if (const int scale = file.getIntValue ("scalePercent"); scale >= smallestScale && scale <= largestScale)
        values.scalePercent = scale;

    for (const auto& folder : juce::StringArray::fromLines (file.getValue ("kernelFolders")))
        if (juce::File::isAbsolutePath (folder))
            values.kernelFolders.addIfNotAlreadyThere (folder);

    if (const auto folder = file.getValue ("lastFolder"); juce::File::isAbsolutePath (folder))
        values.lastFolder = folder;

    return values;
}

} // namespace

juce::File standardUserFolder()
{
    auto folder = juce::File::getSpecialLocation (juce::File::userApplicationDataDirectory);

#if JUCE_MAC
    folder = folder.getChildFile ("Application Support");
#endif

    return folder.getChildFile ("Faltwerk");
}

std::shared_ptr<Settings> Settings::in (const juce::File& folder)
{
    static std::mutex knownLock;
    static std::map<juce::String, std::weak_ptr<Settings>> known;

    const std::lock_guard guard (knownLock);
    auto& place = known[folder.getFullPathName()];
    auto settings = place.lock();

    if (settings == nullptr)
        place = settings = std::make_shared<Settings> (folder);

    return settings;
}

Settings::Settings (const juce::File& folder)
    : ownFolder (folder)
    , file (folder.getChildFile ("Settings.xml"), options())
    , values (read (file))
{
}

Settings::Values Settings::get() const
{
    const std::lock_guard guard (lock);
    return values;
}

std::string Settings::set (const Values& wanted)
{
    const std::lock_guard guard (lock);
    values = wanted;
    values.scalePercent = std::clamp (values.scalePercent, smallestScale, largestScale);
    file.setValue ("embedsKernels", values.embedsKernels);
    file.setValue ("cutsTailOnBypass", values.cutsTailOnBypass);
    file.setValue ("startsEmpty", values.startsEmpty);
    file.setValue ("normalise", static_cast<int> (values.normalise));
    file.setValue ("scalePercent", values.scalePercent);
    file.setValue ("reducesMotion", values.reducesMotion);
    file.setValue ("kernelFolders", values.kernelFolders.joinIntoString ("\n"));
    file.setValue ("lastFolder", values.lastFolder);

    if (file.saveIfNeeded())
        return {};

    return "The settings could not be saved in '" + ownFolder.getFullPathName().toStdString()
           + "'. Check the space on the disk and your rights there.";
}

} // namespace faltwerk
