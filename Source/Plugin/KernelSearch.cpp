#include "Plugin/KernelSearch.h"

#include "Kernel/KernelFile.h"
#include "Plugin/Utf8.h"

#include <chrono>

namespace faltwerk
{

namespace
{

using Document = std::shared_ptr<const KernelDocument>;

/** A search of whole folders ends after so long, in seconds: sooner if there is a copy to sound with. */
constexpr double longestSearch = 20.0, longestSearchWithCopy = 2.0;

std::string fileNameOf (const std::string& path)
{
    return toString (path)
        .fromLastOccurrenceOf ("/", false, false)
        .fromLastOccurrenceOf ("\\", false, false)
        .toStdString();
}

std::string nameOf (const KernelDocument& wanted)
{
    return wanted.path.empty() ? wanted.name : fileNameOf (wanted.path);
}

/** The document if a file holds the wanted kernel. */
Document tryFile (const juce::File& file, const KernelDocument& wanted)
{
    const auto path = file.getFullPathName().toStdString();

    if (path.empty() || ! file.existsAsFile())
        return nullptr;

    KernelOrigin origin = wanted;
    origin.path = path;
    origin.factoryName.clear(); // whatever the session calls it
    origin.isOnlyInSessions = false;
    auto kernel = readOrigin (origin);

    if (! kernel)
        return nullptr;

    if (! wanted.hash.empty() && contentHash (*kernel) != wanted.hash)
        return nullptr;

    if (! wanted.name.empty())
        kernel->name = wanted.name;

    return makeDocument (std::move (*kernel), std::move (origin));
}

Document tryFactory (const KernelDocument& wanted)
{
    if (wanted.factoryName.empty())
        return nullptr;

    const auto document = makeFactoryDocument (wanted.factoryName);
    return document && (wanted.hash.empty() || (*document)->hash == wanted.hash) ? *document : nullptr;
}

Document tryCopy (const KernelDocument& wanted)
{
    auto kernel = decodeKernel (wanted.encoded, wanted.name);

    if (! kernel)
        return nullptr;

    kernel->sampleRate = wanted.sampleRate; // an encoded copy holds whole numbers of hertz only

    if (contentHash (*kernel) != wanted.hash)
        return nullptr;

    // The copy's channels are paths, in order; how they are connected it does not tell.
    if (wanted.routing != Routing::mono && kernel->routing != wanted.routing)
    {
        const bool isMatrix = wanted.routing == Routing::matrix;
        const size_t inputs = wanted.numRoutedMatrixInputs;
        auto routed = makeKernel (kernel->paths, kernel->sampleRate, kernel->name,
                                  isMatrix ? ChannelLayout::matrix : ChannelLayout::perChannel, inputs);

        if (routed && routed->routing == wanted.routing)
            kernel = std::move (routed);
    }

    KernelOrigin origin = wanted;
    origin.factoryName.clear(); // the bank makes another by now
    origin.isOnlyInSessions = true;
    return makeDocument (std::move (*kernel), std::move (origin));
}

/** Files that may hold the kernel, those of its name first. */
class Candidates
{
public:
    Candidates (const KernelDocument& kernel, const KernelSearch& where)
        : wanted (kernel)
        , search (where)
        , deadline (Clock::now()
                    + std::chrono::duration_cast<Clock::duration> (
                        std::chrono::duration<double> (kernel.encoded.empty() ? longestSearch : longestSearchWithCopy)))
    {
    }

    Document find()
    {
        const auto name = toString (nameOf (wanted));

        for (const bool sameName : { true, false })
            for (const auto& folder : search.folders)
                if (juce::File::isAbsolutePath (folder))
                    for (const auto& entry : juce::RangedDirectoryIterator (juce::File (folder), true))
                    {
                        if (mustEnd())
                            return nullptr;

                        const auto file = entry.getFile();

                        if ((file.getFileName() == name) == sameName && (sameName || mayHold (file)))
                            if (auto found = tryFile (file, wanted))
                                return found;
                    }

        return nullptr;
    }

private:
    using Clock = std::chrono::steady_clock;

    bool mustEnd() const
    {
        return Clock::now() > deadline || (search.isNoLongerOf != nullptr && search.isNoLongerOf());
    }

    /** By its header: rate, and no more than that is certain. */
    bool mayHold (const juce::File& file) const
    {
        return juce::approximatelyEqual (sampleRateOfFile (file.getFullPathName().toStdString()), wanted.sampleRate);
    }

    const KernelDocument& wanted;
    const KernelSearch& search;
    const Clock::time_point deadline;
};

KernelLoader::Result success (Document document, std::string message = {}, bool offersRelink = false)
{
    KernelLoader::Result result;
    result.succeeded = result.isKept = true;
    result.document = std::move (document);
    result.message = std::move (message);
    result.offersRelink = offersRelink;
    return result;
}

} // namespace

KernelLoader::Result restoreKernel (const Document& wanted, const KernelSearch& search)
{
    if (wanted == nullptr || wanted->kernel != nullptr)
        return success (wanted);

    const auto name = "'" + nameOf (*wanted) + "'";
    const bool hasPath = juce::File::isAbsolutePath (toString (wanted->path));
    const auto file = hasPath ? juce::File (toString (wanted->path)) : juce::File();

    if (auto found = hasPath ? tryFile (file, *wanted) : nullptr)
        return success (found);

    if (auto found = tryFactory (*wanted))
        return success (found);

    if (! wanted->relativePath.empty())
        for (const auto& folder : search.folders)
            if (juce::File::isAbsolutePath (folder))
                if (auto found = tryFile (juce::File (folder).getChildFile (toString (wanted->relativePath)), *wanted))
                    return success (found);

    if (! wanted->hash.empty())
        if (auto found = Candidates (*wanted, search).find())
            return success (found, name + " was not where it was: using '" + found->path + "'");

    if (auto found = tryCopy (*wanted))
        return success (found,
                        wanted->path.empty() ? std::string()
                                             : name + (file.existsAsFile() ? " has changed" : " was not found")
                                                   + ": using the copy in the session",
                        ! wanted->path.empty());

    return success (wanted, name + " was not found and the session holds no copy: load it again", true);
}

} // namespace faltwerk
