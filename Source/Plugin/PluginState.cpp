#include "Plugin/PluginState.h"

#include "Kernel/KernelFile.h"

#include <algorithm>
#include <limits>

namespace faltwerk
{

namespace
{

constexpr int magic = 0x57544c46; // FLTW

juce::String toString (const std::string& utf8)
{
    return juce::String::fromUTF8 (utf8.data(), static_cast<int> (utf8.size()));
}

std::string fileNameOf (const std::string& path) { return juce::File (toString (path)).getFileName().toStdString(); }

} // namespace

void PluginState::write (juce::MemoryBlock& destination) const
{
    juce::XmlElement xml ("faltwerk");
    auto* const values = xml.createNewChildElement ("parameters");

    for (const auto& [id, value] : parameters)
        values->setAttribute (id, static_cast<double> (value));

    if (hasKernel)
    {
        auto* const element = xml.createNewChildElement ("kernel");
        element->setAttribute ("name", toString (kernel.name));
        element->setAttribute ("path", toString (kernel.path));
        element->setAttribute ("hash", toString (kernel.hash));
        element->setAttribute ("sampleRate", kernel.sampleRate);
    }

    const auto text = xml.toString (juce::XmlElement::TextFormat().singleLine());
    juce::MemoryOutputStream stream (destination, false);
    stream.writeInt (magic);
    stream.writeInt (currentVersion);
    stream.writeInt (static_cast<int> (text.getNumBytesAsUTF8()));
    stream.write (text.toRawUTF8(), text.getNumBytesAsUTF8());
    stream.writeInt64 (static_cast<juce::int64> (hasKernel ? kernel.encoded.size() : 0));

    if (hasKernel)
        stream.write (kernel.encoded.data(), kernel.encoded.size());
}

std::optional<PluginState> PluginState::read (const void* data, size_t size)
{
    juce::MemoryInputStream stream (data, size, false);

    if (stream.readInt() != magic)
        return {};

    const int version = stream.readInt();

    if (version < 1 || version > currentVersion)
        return {};

    const auto xmlSize = stream.readInt();

    if (xmlSize < 0 || xmlSize > stream.getNumBytesRemaining())
        return {};

    juce::MemoryBlock text;
    stream.readIntoMemoryBlock (text, xmlSize);
    const auto xml = juce::parseXML (juce::String::fromUTF8 (static_cast<const char*> (text.getData()), xmlSize));

    if (xml == nullptr || ! xml->hasTagName ("faltwerk"))
        return {};

    PluginState state;

    if (const auto* const values = xml->getChildByName ("parameters"))
        for (int n = 0; n < values->getNumAttributes(); ++n)
            state.parameters.emplace_back (values->getAttributeName (n),
                                           static_cast<float> (values->getAttributeValue (n).getDoubleValue()));

    if (const auto* const element = xml->getChildByName ("kernel"))
    {
        state.hasKernel = true;
        state.kernel.name = element->getStringAttribute ("name").toStdString();
        state.kernel.path = element->getStringAttribute ("path").toStdString();
        state.kernel.hash = element->getStringAttribute ("hash").toStdString();
        state.kernel.sampleRate = element->getDoubleAttribute ("sampleRate");

        const auto copySize = stream.readInt64();

        if (copySize > 0
            && copySize <= std::min<juce::int64> (stream.getNumBytesRemaining(), std::numeric_limits<int>::max()))
        {
            state.kernel.encoded.resize (static_cast<size_t> (copySize));
            stream.read (state.kernel.encoded.data(), static_cast<int> (copySize));
        }
    }

    return state;
}

KernelLoader::Result restoreKernel (const KernelDocument& wanted)
{
    KernelLoader::Result result;
    result.succeeded = true;

    const auto name = wanted.path.empty() ? wanted.name : fileNameOf (wanted.path);
    const bool hasFile = ! wanted.path.empty() && juce::File (toString (wanted.path)).existsAsFile();

    if (hasFile)
    {
        if (auto kernel = readKernel (wanted.path);
            kernel && (wanted.hash.empty() || contentHash (*kernel) == wanted.hash))
        {
            kernel->name = wanted.name.empty() ? kernel->name : wanted.name;
            result.document = makeDocument (std::move (*kernel), wanted.path);
            return result;
        }
    }

    if (auto kernel = decodeKernel (wanted.encoded, wanted.name))
    {
        kernel->sampleRate = wanted.sampleRate; // an encoded copy holds whole numbers of hertz only

        if (contentHash (*kernel) == wanted.hash)
        {
            result.document = makeDocument (std::move (*kernel), wanted.path);

            if (! wanted.path.empty())
                result.message =
                    "'" + name + (hasFile ? "' has changed" : "' was not found") + ": using the copy in the session";

            return result;
        }
    }

    auto missing = std::make_shared<KernelDocument>();
    missing->name = wanted.name;
    missing->path = wanted.path;
    missing->hash = wanted.hash;
    missing->sampleRate = wanted.sampleRate;
    missing->encoded = wanted.encoded;
    result.document = std::move (missing);
    result.message = "'" + name + "' was not found and the session holds no copy: load it again";
    return result;
}

} // namespace faltwerk
