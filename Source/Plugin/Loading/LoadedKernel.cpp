#include "Plugin/Loading/LoadedKernel.h"

#include "Kernel/Reading/KernelFile.h"
#include "Plugin/Loading/SharedBuilds.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace faltwerk
{

namespace
{

using Document = std::shared_ptr<const LoadedKernel>;

/** The documents in use in this process. */
class Known
{
public:
    template <typename IsWanted>
    Document find (IsWanted&& isWanted)
    {
        const std::lock_guard guard (lock);
        std::erase_if (documents, [] (const auto& document) { return document.expired(); });

        for (const auto& each : documents)
            if (auto document = each.lock(); document != nullptr && isWanted (*document))
                return document;

        return nullptr;
    }

    /** Adds a document, or returns the one that is wanted already. */
    template <typename IsWanted>
    Document findOrAdd (Document document, IsWanted&& isWanted)
    {
        const std::lock_guard guard (lock);

        for (const auto& each : documents)
            if (auto found = each.lock(); found != nullptr && isWanted (*found))
                return found;

        documents.push_back (document);
        return document;
    }

private:
    std::mutex lock;
    std::vector<std::weak_ptr<const LoadedKernel>> documents;
};

Known& known()
{
    static Known documents;
    return documents;
}

/** Returns a document with the audio, copy and hash of another, under some name and origin. */
Document withAudioOf (const LoadedKernel& other, const std::string& name, const KernelOrigin& origin)
{
    const auto isWanted = [&] (const LoadedKernel& each)
    {
        return each.kernel == other.kernel && each.hash == other.hash && each.name == name
               && static_cast<const KernelOrigin&> (each) == origin;
    };

    if (auto found = known().find (isWanted))
        return found;

    auto document = std::make_shared<LoadedKernel> (other);
    static_cast<KernelOrigin&> (*document) = origin;
    document->name = name;
    document->source = nullptr;
    document->fallback = nullptr;

    if (document->encoded.empty() && ! document->recipe)
        document->encoded = KernelCopy (encodeKernel (*document->kernel));

    return known().findOrAdd (std::move (document), isWanted);
}

bool isRoutedLike (const Kernel& a, const Kernel& b)
{
    return a.routing == b.routing && a.numMatrixInputs == b.numMatrixInputs;
}

} // namespace

// --- Copies ----------------------------------------------------------------------------------------------------------

KernelCopy::KernelCopy (std::vector<std::byte> encoded)
{
    if (! encoded.empty())
        content = std::make_shared<const std::vector<std::byte>> (std::move (encoded));
}

std::span<const std::byte> KernelCopy::bytes() const noexcept
{
    return content != nullptr ? std::span<const std::byte> (*content) : std::span<const std::byte>();
}

bool KernelCopy::operator== (const KernelCopy& other) const noexcept
{
    return content == other.content
           || std::equal (bytes().begin(), bytes().end(), other.bytes().begin(), other.bytes().end());
}

KernelCopy sharedCopy (const std::string& hash, std::span<const std::byte> bytes)
{
    const auto isLikely = [&] (const LoadedKernel& each)
    { return each.hash == hash && each.encoded.size() == bytes.size(); };

    if (const auto found = bytes.empty() ? nullptr : known().find (isLikely))
        if (const auto own = found->encoded.bytes(); std::equal (own.begin(), own.end(), bytes.begin()))
            return found->encoded;

    std::vector<std::byte> copy;
    copy.reserve (bytes.size());
    copy.insert (copy.end(), bytes.begin(), bytes.end());
    return KernelCopy (std::move (copy));
}

// --- Documents -------------------------------------------------------------------------------------------------------

std::optional<KernelParts> partsOf (const KernelOrigin& origin)
{
    if (origin.otherFiles.empty())
        return origin.hasParts ? findKernelParts (origin.path) : std::nullopt;

    std::vector<std::string> files { origin.path };
    files.insert (files.end(), origin.otherFiles.begin(), origin.otherFiles.end());
    return partsOfFiles (std::move (files));
}

KernelOrigin movedTo (KernelOrigin origin, const std::string& path)
{
    const auto folder = juce::File (toString (path)).getParentDirectory();

    if (path != origin.path)
        for (auto& other : origin.otherFiles)
            other = folder.getChildFile (juce::File (toString (other)).getFileName()).getFullPathName().toStdString();

    origin.path = path;
    return origin;
}

FileStamp stampOf (const KernelOrigin& origin)
{
    if (! origin.hasParts && origin.otherFiles.empty())
        return FileStamp::of (origin.path);

    const auto parts = partsOf (origin);
    return parts ? FileStamp::of (parts->files) : FileStamp();
}

Outcome<Kernel> readOrigin (const KernelOrigin& origin)
{
    constexpr double rateOfBareNumbers = 48000.0; // Hz
    const auto parts = partsOf (origin);
    auto kernel = parts ? readKernelParts (*parts, origin.channels) : readKernel (origin.path, origin.channels);

    if (kernel && kernel->sampleRate == 0.0)
        kernel->sampleRate = rateOfBareNumbers;

    return kernel;
}

Document makeLoadedKernel (std::shared_ptr<const Kernel> kernel, KernelOrigin origin)
{
    origin.remark = kernel->remark;
    const auto hash = contentHash (*kernel);

    if (const auto alike = known().find (
            [&] (const LoadedKernel& each)
            { return each.hash == hash && each.kernel != nullptr && isRoutedLike (*each.kernel, *kernel); }))
        return withAudioOf (*alike, kernel->name, std::move (origin));

    LoadedKernel document;
    document.hash = hash;
    document.sampleRate = kernel->sampleRate;
    document.routing = kernel->routing;
    document.numRoutedMatrixInputs = kernel->numMatrixInputs;
    document.kernel = kernel;
    return withAudioOf (document, kernel->name, std::move (origin));
}

Document makeLoadedKernel (Kernel kernel, KernelOrigin origin)
{
    return makeLoadedKernel (std::make_shared<const Kernel> (std::move (kernel)), std::move (origin));
}

Document knownKernel (const LoadedKernel& wanted)
{
    if (wanted.hash.empty())
        return nullptr;

    const auto alike = known().find (
        [&wanted] (const LoadedKernel& each)
        {
            return each.hash == wanted.hash && each.kernel != nullptr && each.routing == wanted.routing
                   && each.numRoutedMatrixInputs == wanted.numRoutedMatrixInputs;
        });
    return alike != nullptr ? withAudioOf (*alike, wanted.name, wanted) : nullptr;
}

Document decodedKernel (const LoadedKernel& wanted)
{
    /** What copies are equal by: their content, and how it is routed. */
    struct Key
    {
        std::string hash;
        Routing routing;
        size_t numMatrixInputs;

        bool operator== (const Key&) const = default;
    };

    static SharedBuilds<Key, LoadedKernel> decoded;

    if (wanted.encoded.empty() || wanted.hash.empty())
        return nullptr;

    const auto decode = [&wanted]() -> Document
    {
        const auto layoutOf = [] (Routing routing)
        {
            return routing == Routing::matrix       ? ChannelLayout::matrix
                   : routing == Routing::perChannel ? ChannelLayout::perChannel
                                                    : ChannelLayout::automatic;
        };

        // The copy's channels are paths, in order. Version 1 of sessions did not tell how they are connected.
        auto kernel = decodeKernel (wanted.encoded.bytes(), wanted.name,
                                    ChannelChoice (layoutOf (wanted.routing), wanted.numRoutedMatrixInputs));

        if (! kernel)
            return nullptr;

        kernel->sampleRate = wanted.sampleRate; // an encoded copy holds whole numbers of hertz only

        if (contentHash (*kernel) != wanted.hash)
            return nullptr;

        LoadedKernel document (wanted);
        document.routing = kernel->routing;
        document.numRoutedMatrixInputs = kernel->numMatrixInputs;
        document.kernel = std::make_shared<const Kernel> (std::move (*kernel));
        return withAudioOf (document, wanted.name, wanted);
    };

    const auto found = decoded.get ({ wanted.hash, wanted.routing, wanted.numRoutedMatrixInputs }, decode);
    return found != nullptr ? withAudioOf (*found, wanted.name, wanted) : nullptr;
}

Outcome<Document> makeKernelOfRecipe (const KernelOrigin& origin, const std::string& name)
{
    /** The kernel carries the name, for sentences. */
    struct Key
    {
        KernelRecipe recipe;
        std::string name;

        bool operator== (const Key&) const = default;
    };

    static SharedBuilds<Key, LoadedKernel> made;
    std::string problem;
    const auto build = [&]() -> Document
    {
        auto kernel = make (*origin.recipe);
        problem = kernel.error();

        if (! kernel)
            return nullptr;

        kernel->name = name;
        return makeLoadedKernel (std::move (*kernel), origin);
    };

    const auto document = made.get ({ *origin.recipe, name }, build);
    return document != nullptr ? Outcome<Document> (withAudioOf (*document, name, origin))
                               : Outcome<Document>::failure (problem);
}

// --- Edited kernels --------------------------------------------------------------------------------------------------

EditedKernel::EditedKernel (std::shared_ptr<const Kernel> result, const Edits& appliedEdits, double gain)
    : edits (appliedEdits)
    , kernel (std::move (result))
    , normalisingGain (gain)
{
}

const std::vector<Overview>& EditedKernel::overviews() const
{
    std::call_once (once,
                    [this]
                    {
                        for (const auto& path : kernel->paths)
                            computed.emplace_back (path);
                    });
    return computed;
}

Outcome<std::shared_ptr<const EditedKernel>> editedKernel (const LoadedKernel& document, const Edits& edits)
{
    /** Equal content, routed alike and edited alike. */
    struct Key
    {
        std::string hash;
        Routing routing;
        size_t numMatrixInputs;
        Edits edits;

        bool operator== (const Key&) const = default;
    };

    using Result = std::shared_ptr<const EditedKernel>;
    static SharedBuilds<Key, EditedKernel> built;
    std::string problem;
    const auto build = [&]() -> Result
    {
        if (edits == Edits())
            return std::make_shared<const EditedKernel> (document.kernel, edits);

        auto result = edited (*document.kernel, edits);
        problem = result.error();

        if (! result)
            return nullptr;

        return std::make_shared<const EditedKernel> (std::make_shared<const Kernel> (std::move (result->kernel)), edits,
                                                     result->normalisingGain);
    };

    auto result = built.get ({ document.hash, document.routing, document.numRoutedMatrixInputs, edits }, build);
    return result != nullptr ? Outcome<Result> (std::move (result)) : Outcome<Result>::failure (problem);
}

} // namespace faltwerk
