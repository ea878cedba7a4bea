#include "Plugin/State/PluginState.h"

#include "Kernel/Sound.h"
#include "Plugin/Threads/StampReader.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <locale>
#include <sstream>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr int magic = 0x57544c46; // FLTW
constexpr int mostTextBytes = 1 << 22, mostDepth = 16, mostParts = 65536;
constexpr size_t mostKernels = 32, mostFallbacksRead = 2 * PluginState::mostFallbacks, mostRecipeValues = 128;
constexpr size_t mostPathsByHand = 4, mostOtherFiles = 3;

using Kernels = std::vector<std::shared_ptr<const LoadedKernel>>;

// --- Writing ---------------------------------------------------------------------------------------------------------

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
    if (! kernel.path.empty())
        for (const auto& folder : folders)
            if (const juce::File file (toString (kernel.path)); file.isAChildOf (juce::File (folder)))
                return file.getRelativePathFrom (juce::File (folder)).replaceCharacter ('\\', '/').toStdString();

    return kernel.relativePath;
}

void writeKernel (juce::XmlElement& xml, const LoadedKernel& kernel, const juce::StringArray& folders)
{
    xml.setAttribute ("name", toString (kernel.name));
    xml.setAttribute ("path", toString (kernel.path));
    xml.setAttribute ("relativePath", toString (relativeTo (folders, kernel)));
    xml.setAttribute ("factory", toString (kernel.factoryName));
    xml.setAttribute ("hash", toString (kernel.hash));
    xml.setAttribute ("sampleRate", exact (kernel.sampleRate));
    xml.setAttribute ("layout", static_cast<int> (kernel.channels.layout));
    xml.setAttribute ("layoutInputs", static_cast<int> (kernel.channels.numMatrixInputs));
    xml.setAttribute ("mirrored", kernel.channels.isMirrored ? 1 : 0);
    xml.setAttribute ("remark", toString (kernel.remark));
    xml.setAttribute ("pair", kernel.hasParts ? 1 : 0);
    xml.setAttribute ("routing", static_cast<int> (kernel.routing));
    xml.setAttribute ("matrixInputs", static_cast<int> (kernel.numRoutedMatrixInputs));

    for (const auto channel : kernel.channels.channelsByHand)
        xml.createNewChildElement ("channel")->setAttribute ("number", static_cast<int> (channel));

    for (const auto& file : kernel.otherFiles)
        xml.createNewChildElement ("part")->setAttribute ("path", toString (file));

    if (kernel.recipe)
    {
        auto* const recipe = xml.createNewChildElement ("recipe");
        recipe->setAttribute ("generator", toString (kernel.recipe->generator));
        recipe->setAttribute ("version", kernel.recipe->version);

        for (const auto& [id, value] : kernel.recipe->values)
        {
            auto* const element = recipe->createNewChildElement ("value");
            element->setAttribute ("id", toString (id));
            element->setAttribute ("value", exact (value));
        }
    }
}

constexpr auto patience = std::chrono::milliseconds (20); // with all files of a session, before their copies are kept

/** Returns true if a kernel's copy belongs into a session. Waits for its file until the deadline. */
bool needsCopy (const LoadedKernel& kernel, const InstanceOptions& options, StampReader::Clock::time_point deadline)
{
    if (kernel.recipe && kernel.encoded.empty())
        return false;

    if (options.embedsKernel || kernel.isOnlyInSessions || kernel.stamp == FileStamp())
        return true;

    // A file that has gone, does not answer, or was written again, holds another kernel for all that is known.
    const juce::SharedResourcePointer<StampReader> stamps;
    return kernel.stamp != stamps->stampBy (deadline, kernel);
}

int placeIn (Kernels& kernels, const std::shared_ptr<const LoadedKernel>& kernel)
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

/** Writes a kernel's place in the list, which it returns (-1 without a kernel), and its edits. */
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

    if (entry.kernel == nullptr)
        return -1;

    const int place = placeIn (kernels, entry.kernel);
    xml.setAttribute ("kernel", place);
    return place;
}

void writeSlot (juce::XmlElement& xml, const PluginState::Slot& slot, Kernels& kernels)
{
    auto* const values = xml.createNewChildElement ("parameters");

    for (const auto& [id, value] : slot.parameters)
        values->setAttribute (id, exact (static_cast<double> (value)));

    const int place = writeEntry (xml, { slot.kernel, slot.edits }, kernels);

    // One that is on its way here and has arrived in another slot needs nothing to come back to.
    if (place >= 0 && slot.kernel->isOnItsWay() && ! kernels[static_cast<size_t> (place)]->hash.empty())
        return;

    for (const auto& fallback : slot.fallbacks)
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

// --- Reading ---------------------------------------------------------------------------------------------------------

/** Returns true if a text is safe for JUCE's XML parser, which recurses for every nesting, expands entities of a
    document type, and never frees names. */
bool isHarmless (const char* text, int size)
{
    int depth = 0, numParts = 0; // elements and attributes, or more

    for (int n = 0; n + 1 < size; ++n)
    {
        if (text[n] == '<' && text[n + 1] == '!')
            return false;

        if (text[n] == '<' && text[n + 1] != '?')
            depth += text[n + 1] == '/' ? -1 : 1;

        if (text[n] == '/' && text[n + 1] == '>')
            --depth;

        if (text[n] == '<' || text[n] == '=')
            ++numParts;

        if (depth > mostDepth || numParts > mostParts)
            return false;
    }

    return true;
}

std::unique_ptr<juce::XmlElement> readXml (juce::MemoryInputStream& stream)
{
    const int size = stream.readInt();

    if (size < 0 || size > mostTextBytes || size > stream.getNumBytesRemaining())
        return nullptr;

    juce::MemoryBlock text;
    stream.readIntoMemoryBlock (text, size);
    const auto* const characters = static_cast<const char*> (text.getData());

    // JUCE reads past the end of a text that ends within a character.
    if (! juce::CharPointer_UTF8::isValidString (characters, size) || ! isHarmless (characters, size))
        return nullptr;

    auto xml = juce::parseXML (juce::String::fromUTF8 (characters, size));
    return xml != nullptr && xml->hasTagName ("faltwerk") ? std::move (xml) : nullptr;
}

/** Reads a number exactly, which JUCE's own reader does not guarantee; returns `otherwise` if there is none. */
double readNumber (const juce::XmlElement& xml, const juce::String& name, double otherwise = 0.0)
{
    std::istringstream stream (xml.getStringAttribute (name).toStdString());
    stream.imbue (std::locale::classic());
    double value = 0.0;
    return stream >> value && std::isfinite (value) ? value : otherwise;
}

size_t readCount (const juce::XmlElement& xml, const char* name)
{
    return static_cast<size_t> (std::clamp (xml.getIntAttribute (name), 0, static_cast<int> (mostKernelChannels)));
}

template <typename Enumeration>
Enumeration readChoice (const juce::XmlElement& xml, const char* name, Enumeration last)
{
    const int value = xml.getIntAttribute (name);
    return value >= 0 && value <= static_cast<int> (last) ? static_cast<Enumeration> (value) : Enumeration {};
}

KernelRecipe readRecipe (const juce::XmlElement& xml)
{
    KernelRecipe recipe { xml.getStringAttribute ("generator").toStdString(), xml.getIntAttribute ("version", 1), {} };

    for (const auto* const value : xml.getChildWithTagNameIterator ("value"))
        if (recipe.values.size() < mostRecipeValues)
            recipe.values.emplace (value->getStringAttribute ("id").toStdString(), readNumber (*value, "value"));

    return recipe;
}

std::shared_ptr<const LoadedKernel> readKernel (const juce::XmlElement& xml, juce::MemoryInputStream& stream)
{
    auto kernel = std::make_shared<LoadedKernel>();
    kernel->name = xml.getStringAttribute ("name").toStdString();
    kernel->path = xml.getStringAttribute ("path").toStdString();
    kernel->relativePath = xml.getStringAttribute ("relativePath").toStdString();
    kernel->factoryName = xml.getStringAttribute ("factory").toStdString();
    kernel->hash = xml.getStringAttribute ("hash").toStdString();

    if (const double rate = readNumber (xml, "sampleRate"); rate >= lowestSampleRate && rate <= highestSampleRate)
        kernel->sampleRate = rate;

    kernel->channels.layout = readChoice (xml, "layout", ChannelLayout::byHand);
    kernel->channels.numMatrixInputs = readCount (xml, "layoutInputs");
    kernel->channels.isMirrored = xml.getBoolAttribute ("mirrored", false);

    for (const auto* const channel : xml.getChildWithTagNameIterator ("channel"))
        if (kernel->channels.channelsByHand.size() < mostPathsByHand)
            kernel->channels.channelsByHand.push_back (
                static_cast<size_t> (std::max (channel->getIntAttribute ("number"), 0)));

    for (const auto* const part : xml.getChildWithTagNameIterator ("part"))
        if (kernel->otherFiles.size() < mostOtherFiles)
            kernel->otherFiles.push_back (part->getStringAttribute ("path").toStdString());

    kernel->remark = xml.getStringAttribute ("remark").toStdString();
    kernel->hasParts = xml.getBoolAttribute ("pair", false);
    kernel->routing = readChoice (xml, "routing", Routing::matrix);
    kernel->numRoutedMatrixInputs = readCount (xml, "matrixInputs");

    const auto size = stream.readInt64();

    if (size > 0 && size <= stream.getNumBytesRemaining())
    {
        const auto* const bytes = static_cast<const std::byte*> (stream.getData()) + stream.getPosition();
        kernel->encoded = sharedCopy (kernel->hash, { bytes, static_cast<size_t> (size) });
        stream.skipNextBytes (size);
    }

    if (const auto* const recipe = xml.getChildByName ("recipe"))
        kernel->recipe = readRecipe (*recipe);

    kernel->isOnlyInSessions = ! kernel->recipe; // until its file has been found
    return kernel;
}

void readParameters (const juce::XmlElement& xml, PluginState::Slot& slot)
{
    constexpr double largest = std::numeric_limits<float>::max(), none = std::numeric_limits<double>::quiet_NaN();

    if (const auto* const values = xml.getChildByName ("parameters"))
    {
        for (int n = 0; n < values->getNumAttributes(); ++n)
        {
            const auto& id = values->getAttributeName (n);
            slot.parameters.emplace_back (
                id, static_cast<float> (std::clamp (readNumber (*values, id, none), -largest, largest)));
        }
    }
}

KernelEntry readEntry (const juce::XmlElement& xml, const Kernels& kernels)
{
    KernelEntry entry;

    if (const auto* const edits = xml.getChildByName ("edits"))
    {
        entry.edits.start = readNumber (*edits, "start");
        entry.edits.fadeIn = readNumber (*edits, "fadeIn");
        entry.edits.fadeOut = readNumber (*edits, "fadeOut");

        if (edits->hasAttribute ("end"))
            entry.edits.end = readNumber (*edits, "end");

        for (const auto* const node : edits->getChildWithTagNameIterator ("node"))
            entry.edits.nodes.push_back ({ readNumber (*node, "seconds"), readNumber (*node, "gainDb") });

        entry.edits = entry.edits.sanitised();
    }

    const int place = xml.getIntAttribute ("kernel", -1);

    if (place >= 0 && place < static_cast<int> (kernels.size()))
        entry.kernel = kernels[static_cast<size_t> (place)];

    return entry;
}

PluginState::Slot readSlot (const juce::XmlElement& xml, const Kernels& kernels)
{
    PluginState::Slot slot;
    readParameters (xml, slot);
    auto entry = readEntry (xml, kernels);
    slot.kernel = std::move (entry.kernel);
    slot.edits = std::move (entry.edits);

    for (const auto* const fallback : xml.getChildWithTagNameIterator ("fallback"))
        if (slot.fallbacks.size() < mostFallbacksRead)
            slot.fallbacks.push_back (readEntry (*fallback, kernels));

    return slot;
}

ViewState readView (const juce::XmlElement& xml)
{
    ViewState view;
    view.view = xml.getIntAttribute ("view");
    view.from = readNumber (xml, "from");
    view.to = readNumber (xml, "to");
    view.width = xml.getIntAttribute ("width");
    view.height = xml.getIntAttribute ("height");

    for (const auto* const choice : xml.getChildWithTagNameIterator ("choice"))
        if (view.choices.size() < ViewState::mostChoices)
            view.choices.emplace (choice->getStringAttribute ("name").toStdString(), choice->getIntAttribute ("value"));

    return view.sanitised();
}

void readFirstVersion (const juce::XmlElement& xml, juce::MemoryInputStream& stream, PluginState& state)
{
    readParameters (xml, state.present);
    state.present.parameters.emplace_back ("normalise", 0.0f); // levels were as loaded

    if (const auto* const element = xml.getChildByName ("kernel"))
    {
        auto kernel = std::make_shared<LoadedKernel> (*readKernel (*element, stream));
        kernel->routing = Routing::mono; // unknown: by the number of channels
        state.present.kernel = std::move (kernel);
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

    for (const auto* const slot : { &present, other ? &*other : nullptr, beforeTrying ? &*beforeTrying : nullptr })
        if (slot != nullptr && slot->kernel != nullptr)
            placeIn (kernels, slot->kernel);

    writeSlot (*xml.createNewChildElement ("present"), present, kernels);

    if (other)
        writeSlot (*xml.createNewChildElement ("other"), *other, kernels);

    if (beforeTrying)
        writeSlot (*xml.createNewChildElement ("beforeTrying"), *beforeTrying, kernels);

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

std::optional<PluginState> PluginState::read (const void* data, size_t size)
{
    juce::MemoryInputStream stream (data, size, false);

    if (stream.readInt() != magic)
        return {};

    PluginState state;
    state.version = stream.readInt();

    if (state.version < 1 || state.version > currentVersion)
        return {};

    const auto xml = readXml (stream);

    if (xml == nullptr)
        return {};

    if (state.version == 1)
    {
        readFirstVersion (*xml, stream, state);
        return state;
    }

    Kernels kernels;

    for (const auto* const element : xml->getChildWithTagNameIterator ("kernel"))
        if (kernels.size() < mostKernels)
            kernels.push_back (readKernel (*element, stream));

    if (const auto* const element = xml->getChildByName ("options"))
    {
        state.options.embedsKernel = element->getBoolAttribute ("embedsKernel", true);
        state.options.cutsTailOnBypass = element->getBoolAttribute ("cutsTailOnBypass");
        state.options.locksMix = element->getBoolAttribute ("locksMix");
    }

    const auto* const presentElement = xml->getChildByName ("present");

    if (presentElement == nullptr)
        return {};

    state.present = readSlot (*presentElement, kernels);

    if (const auto* const otherElement = xml->getChildByName ("other"))
        state.other = readSlot (*otherElement, kernels);

    if (const auto* const beforeElement = xml->getChildByName ("beforeTrying"))
        state.beforeTrying = readSlot (*beforeElement, kernels);

    if (const auto* const viewElement = xml->getChildByName ("view"))
        state.view = readView (*viewElement);

    state.isB = xml->getStringAttribute ("slot") == "B";
    state.preset = xml->getStringAttribute ("preset").toStdString();
    state.differsFromPreset = xml->getBoolAttribute ("differsFromPreset");
    return state;
}

} // namespace faltwerk
