// Writes a session: an XML document, then the copies of its kernels.

#include "Plugin/State/PluginState.h"
#include "Plugin/Threads/StampReader.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <locale>
#include <sstream>
#include <utility>

namespace faltwerk
{

namespace
{

using Kernels = std::vector<LoadedKernelPointer>;

/** Writes a number with all digits, so that it is read back exactly. */
juce::String exact (double value)
{
    std::ostringstream stream;
    stream.imbue (std::locale::classic());
    stream.precision (17);
    stream << value;
    return stream.str();
}

std::string relativeTo (const juce::StringArray& folders, const LoadedKernel& kernel)
{
    if (! kernel.origin.path.empty())
        for (const auto& folder : folders)
            if (const juce::File file (toString (kernel.origin.path)); file.isAChildOf (juce::File (folder)))
                return file.getRelativePathFrom (juce::File (folder)).replaceCharacter ('\\', '/').toStdString();

    return kernel.origin.relativePath;
}

void writeKernel (juce::XmlElement& xml, const LoadedKernel& kernel, const juce::StringArray& folders)
{
    xml.setAttribute ("name", toString (kernel.name));
    xml.setAttribute ("path", toString (kernel.origin.path));
    xml.setAttribute ("relativePath", toString (relativeTo (folders, kernel)));
    xml.setAttribute ("factory", toString (kernel.origin.factoryName));
    xml.setAttribute ("hash", toString (kernel.hash));
    xml.setAttribute ("sampleRate", exact (kernel.sampleRate));
    xml.setAttribute ("layout", static_cast<int> (kernel.origin.channels.layout));
    xml.setAttribute ("layoutInputs", static_cast<int> (kernel.origin.channels.numMatrixInputs));
    xml.setAttribute ("mirrored", kernel.origin.channels.isMirrored ? 1 : 0);
    xml.setAttribute ("remark", toString (kernel.origin.remark));
    xml.setAttribute ("pair", kernel.origin.hasParts ? 1 : 0);
    xml.setAttribute ("routing", static_cast<int> (kernel.routing));
    xml.setAttribute ("matrixInputs", static_cast<int> (kernel.numRoutedMatrixInputs));

    for (const auto channel : kernel.origin.channels.channelsByHand)
        xml.createNewChildElement ("channel")->setAttribute ("number", static_cast<int> (channel));

    for (const auto& file : kernel.origin.otherFiles)
        xml.createNewChildElement ("part")->setAttribute ("path", toString (file));

    if (kernel.origin.recipe)
    {
        auto* const recipe = xml.createNewChildElement ("recipe");
        recipe->setAttribute ("generator", toString (kernel.origin.recipe->generator));
        recipe->setAttribute ("version", kernel.origin.recipe->version);

        for (const auto& [id, value] : kernel.origin.recipe->values)
        {
            auto* const element = recipe->createNewChildElement ("value");
            element->setAttribute ("id", toString (id));
            element->setAttribute ("value", exact (value));
        }
    }
}

constexpr auto patience =
    std::chrono::milliseconds (20); // to wait for all files of a session; after it, copies are written

/** Returns true if a session needs a kernel's copy. Waits for the stamp of its file until the deadline. */
bool needsCopy (const LoadedKernel& kernel, const InstanceOptions& options, StampReader::Clock::time_point deadline)
{
    if (kernel.origin.recipe && kernel.encoded.empty())
        return false;

    if (options.embedsKernel || kernel.origin.isOnlyInSessions || kernel.origin.stamp == FileStamp())
        return true;

    // A file that is gone, does not answer, or was written again may hold another kernel.
    const juce::SharedResourcePointer<StampReader> stamps;
    return kernel.origin.stamp != stamps->stampBy (deadline, kernel.origin);
}

int placeIn (Kernels& kernels, const LoadedKernelPointer& kernel)
{
    const auto found =
        std::find_if (kernels.begin(), kernels.end(), [&] (const auto& each) { return isSameKernel (each, kernel); });

    if (found != kernels.end())
    {
        const auto known = [] (const LoadedKernel& each)
        { return std::pair (! each.hash.empty(), ! each.encoded.empty()); };

        if (known (*kernel) > known (**found))
            *found = kernel;

        return static_cast<int> (found - kernels.begin());
    }

    kernels.push_back (kernel);
    return static_cast<int> (kernels.size()) - 1;
}

/** Writes a kernel's edits and its place in the list. Returns the place; -1 without a kernel. */
int writeEntry (juce::XmlElement& xml, const KernelEntry& entry, Kernels& kernels)
{
    auto* const edits = xml.createNewChildElement ("edits");
    edits->setAttribute ("start", exact (entry.edits.start));
    edits->setAttribute ("fadeIn", exact (entry.edits.fadeIn));
    edits->setAttribute ("fadeOut", exact (entry.edits.fadeOut));

    if (entry.edits.end)
        edits->setAttribute ("end", exact (*entry.edits.end));

    for (const auto& node : entry.edits.nodes)
    {
        auto* const element = edits->createNewChildElement ("node");
        element->setAttribute ("seconds", exact (node.seconds));
        element->setAttribute ("gainDb", exact (node.gainDb));
    }

    if (entry.source == nullptr)
        return -1;

    const int place = placeIn (kernels, entry.source);
    xml.setAttribute ("kernel", place);
    return place;
}

void writeState (juce::XmlElement& xml, const PluginState::Saved& saved, Kernels& kernels)
{
    auto* const values = xml.createNewChildElement ("parameters");

    for (const auto& [id, value] : saved.parameters)
        values->setAttribute (id, exact (static_cast<double> (value)));

    const int place = writeEntry (xml, { saved.source, saved.edits }, kernels);

    // A kernel that is on its way here and loaded in another slot needs no fallback.
    if (place >= 0 && saved.source->isOnItsWay() && ! kernels[static_cast<size_t> (place)]->hash.empty())
        return;

    for (const auto& fallback : saved.fallbacks)
        writeEntry (*xml.createNewChildElement ("fallback"), fallback, kernels);
}

void writeView (juce::XmlElement& xml, const ViewState& view)
{
    xml.setAttribute ("view", view.view);
    xml.setAttribute ("from", exact (view.from));
    xml.setAttribute ("to", exact (view.to));
    xml.setAttribute ("width", view.width);
    xml.setAttribute ("height", view.height);

    for (const auto& [name, value] : view.choices)
    {
        auto* const choice = xml.createNewChildElement ("choice");
        choice->setAttribute ("name", juce::String (name));
        choice->setAttribute ("value", value);
    }
}

} // namespace

void PluginState::write (juce::MemoryBlock& destination, const juce::StringArray& folders) const
{
    Kernels kernels;
    juce::XmlElement xml ("faltwerk");
    auto* const optionsElement = xml.createNewChildElement ("options");
    optionsElement->setAttribute ("embedsKernel", options.embedsKernel ? 1 : 0);
    optionsElement->setAttribute ("cutsTailOnBypass", options.cutsTailOnBypass ? 1 : 0);
    optionsElement->setAttribute ("locksMix", options.locksMix ? 1 : 0);
    xml.setAttribute ("slot", isB ? "B" : "A");

    if (! preset.empty())
    {
        xml.setAttribute ("preset", toString (preset));
        xml.setAttribute ("differsFromPreset", differsFromPreset ? 1 : 0);
    }

    for (const auto* const saved : { &current, other ? &*other : nullptr, beforeTrying ? &*beforeTrying : nullptr })
        if (saved != nullptr && saved->source != nullptr)
            placeIn (kernels, saved->source);

    writeState (*xml.createNewChildElement ("present"), current, kernels);

    if (other)
        writeState (*xml.createNewChildElement ("other"), *other, kernels);

    if (beforeTrying)
        writeState (*xml.createNewChildElement ("beforeTrying"), *beforeTrying, kernels);

    if (view != ViewState())
        writeView (*xml.createNewChildElement ("view"), view);

    std::vector<std::span<const std::byte>> copies; // of the kernels, in order
    size_t audioSize = 0;
    const auto deadline = StampReader::Clock::now() + patience;

    for (const auto& kernel : kernels)
    {
        writeKernel (*xml.createNewChildElement ("kernel"), *kernel, folders);
        copies.push_back (needsCopy (*kernel, options, deadline) ? kernel->encoded.bytes()
                                                                 : std::span<const std::byte>());
        audioSize += copies.back().size() + sizeof (juce::int64);
    }

    const auto text = xml.toString (juce::XmlElement::TextFormat().singleLine());
    destination.setSize (0);
    destination.ensureSize (text.getNumBytesAsUTF8() + audioSize + 16);
    juce::MemoryOutputStream stream (destination, false);
    stream.writeInt (magic);
    stream.writeInt (currentVersion);
    stream.writeInt (static_cast<int> (text.getNumBytesAsUTF8()));
    stream.write (text.toRawUTF8(), text.getNumBytesAsUTF8());

    for (const auto& copy : copies)
    {
        stream.writeInt64 (static_cast<juce::int64> (copy.size()));
        stream.write (copy.data(), copy.size());
    }
}

} // namespace faltwerk
