// Reads a session from any bytes.

#include "Kernel/Sound.h"
#include "Plugin/State/PluginState.h"

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

constexpr int mostTextBytes = 1 << 22, mostDepth = 16, mostParts = 65536;
constexpr size_t mostKernels = 32, mostFallbacksRead = 2 * PluginState::mostFallbacks, mostRecipeValues = 128;
constexpr size_t mostPathsByHand = 4, mostOtherFiles = 3;

using Kernels = std::vector<LoadedKernelPointer>;

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

LoadedKernelPointer readKernel (const juce::XmlElement& xml, juce::MemoryInputStream& stream)
{
    auto kernel = std::make_shared<LoadedKernel>();
    kernel->name = xml.getStringAttribute ("name").toStdString();
    kernel->origin.path = xml.getStringAttribute ("path").toStdString();
    kernel->origin.relativePath = xml.getStringAttribute ("relativePath").toStdString();
    kernel->origin.factoryName = xml.getStringAttribute ("factory").toStdString();
    kernel->hash = xml.getStringAttribute ("hash").toStdString();

    if (const double rate = readNumber (xml, "sampleRate"); rate >= lowestSampleRate && rate <= highestSampleRate)
        kernel->sampleRate = rate;

    kernel->origin.channels.layout = readChoice (xml, "layout", ChannelLayout::byHand);
    kernel->origin.channels.numMatrixInputs = readCount (xml, "layoutInputs");
    kernel->origin.channels.isMirrored = xml.getBoolAttribute ("mirrored", false);

    for (const auto* const channel : xml.getChildWithTagNameIterator ("channel"))
        if (kernel->origin.channels.channelsByHand.size() < mostPathsByHand)
            kernel->origin.channels.channelsByHand.push_back (
                static_cast<size_t> (std::max (channel->getIntAttribute ("number"), 0)));

    for (const auto* const part : xml.getChildWithTagNameIterator ("part"))
        if (kernel->origin.otherFiles.size() < mostOtherFiles)
            kernel->origin.otherFiles.push_back (part->getStringAttribute ("path").toStdString());

    kernel->origin.remark = xml.getStringAttribute ("remark").toStdString();
    kernel->origin.hasParts = xml.getBoolAttribute ("pair", false);
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
        kernel->origin.recipe = readRecipe (*recipe);

    kernel->origin.isOnlyInSessions = ! kernel->origin.recipe; // until its file has been found
    return kernel;
}

void readParameters (const juce::XmlElement& xml, PluginState::Saved& saved)
{
    constexpr double largest = std::numeric_limits<float>::max(), none = std::numeric_limits<double>::quiet_NaN();

    if (const auto* const values = xml.getChildByName ("parameters"))
    {
        for (int n = 0; n < values->getNumAttributes(); ++n)
        {
            const auto& id = values->getAttributeName (n);
            saved.parameters.emplace_back (
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
        entry.source = kernels[static_cast<size_t> (place)];

    return entry;
}

PluginState::Saved readState (const juce::XmlElement& xml, const Kernels& kernels)
{
    PluginState::Saved saved;
    readParameters (xml, saved);
    auto entry = readEntry (xml, kernels);
    saved.source = std::move (entry.source);
    saved.edits = std::move (entry.edits);

    for (const auto* const fallback : xml.getChildWithTagNameIterator ("fallback"))
        if (saved.fallbacks.size() < mostFallbacksRead)
            saved.fallbacks.push_back (readEntry (*fallback, kernels));

    return saved;
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
    readParameters (xml, state.current);
    state.current.parameters.emplace_back ("normalise", 0.0f); // levels were as loaded

    if (const auto* const element = xml.getChildByName ("kernel"))
    {
        auto kernel = std::make_shared<LoadedKernel> (*readKernel (*element, stream));
        kernel->routing = Routing::mono; // unknown: by the number of channels
        state.current.source = std::move (kernel);
    }
}

} // namespace

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

    state.current = readState (*presentElement, kernels);

    if (const auto* const otherElement = xml->getChildByName ("other"))
        state.other = readState (*otherElement, kernels);

    if (const auto* const beforeElement = xml->getChildByName ("beforeTrying"))
        state.beforeTrying = readState (*beforeElement, kernels);

    if (const auto* const viewElement = xml->getChildByName ("view"))
        state.view = readView (*viewElement);

    state.isB = xml->getStringAttribute ("slot") == "B";
    state.preset = xml->getStringAttribute ("preset").toStdString();
    state.differsFromPreset = xml->getBoolAttribute ("differsFromPreset");
    return state;
}

} // namespace faltwerk
