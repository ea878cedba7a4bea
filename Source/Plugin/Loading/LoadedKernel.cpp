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

/** The kernels in use in this process. */
class Known
{
public:
    template <typename IsWanted>
    LoadedKernelPointer find (IsWanted&& isWanted)
    {
        const std::lock_guard guard (lock);
        std::erase_if (kernels, [] (const auto& each) { return each.expired(); });

        for (const auto& each : kernels)
            if (auto found = each.lock(); found != nullptr && isWanted (*found))
                return found;

        return nullptr;
    }

    /** Adds a kernel, or returns the one that is wanted if there is one by now. */
    template <typename IsWanted>
    LoadedKernelPointer findOrAdd (LoadedKernelPointer kernel, IsWanted&& isWanted)
    {
        const std::lock_guard guard (lock);

        for (const auto& each : kernels)
            if (auto found = each.lock(); found != nullptr && isWanted (*found))
                return found;

        kernels.push_back (kernel);
        return kernel;
    }

private:
    std::mutex lock;
    std::vector<std::weak_ptr<const LoadedKernel>> kernels;
};

Known& known()
{
    static Known kernels;
    return kernels;
}

/** Returns a kernel with the audio, copy and hash of another, under some name and origin. */
LoadedKernelPointer withAudioOf (const LoadedKernel& other, const std::string& name, const KernelOrigin& origin)
{
    const auto isWanted = [&] (const LoadedKernel& each)
    { return each.kernel == other.kernel && each.hash == other.hash && each.name == name && each.origin == origin; };

    if (auto found = known().find (isWanted))
        return found;

    auto result = std::make_shared<LoadedKernel> (other);
    result->origin = origin;
    result->name = name;
    result->maker = nullptr;
    result->fallback = nullptr;

    if (result->encoded.empty() && ! result->origin.recipe)
        result->encoded = KernelCopy (encodeKernel (*result->kernel));

    return known().findOrAdd (std::move (result), isWanted);
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

// --- Loaded kernels -------------------------------------------------------------------------------------------------

LoadedKernelPointer makeLoadedKernel (std::shared_ptr<const Kernel> kernel, KernelOrigin origin)
{
    origin.remark = kernel->remark;
    const auto hash = contentHash (*kernel);

    if (const auto alike = known().find (
            [&] (const LoadedKernel& each)
            { return each.hash == hash && each.kernel != nullptr && isRoutedLike (*each.kernel, *kernel); }))
        return withAudioOf (*alike, kernel->name, std::move (origin));

    LoadedKernel result;
    result.hash = hash;
    result.sampleRate = kernel->sampleRate;
    result.routing = kernel->routing;
    result.numRoutedMatrixInputs = kernel->numMatrixInputs;
    result.kernel = kernel;
    return withAudioOf (result, kernel->name, std::move (origin));
}

LoadedKernelPointer makeLoadedKernel (Kernel kernel, KernelOrigin origin)
{
    return makeLoadedKernel (std::make_shared<const Kernel> (std::move (kernel)), std::move (origin));
}

LoadedKernelPointer knownKernel (const LoadedKernel& wanted)
{
    if (wanted.hash.empty())
        return nullptr;

    const auto alike = known().find (
        [&wanted] (const LoadedKernel& each)
        {
            return each.hash == wanted.hash && each.kernel != nullptr && each.routing == wanted.routing
                   && each.numRoutedMatrixInputs == wanted.numRoutedMatrixInputs;
        });
    return alike != nullptr ? withAudioOf (*alike, wanted.name, wanted.origin) : nullptr;
}

LoadedKernelPointer decodedKernel (const LoadedKernel& wanted)
{
    /** Identifies a copy: its content and routing. */
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

    const auto decode = [&wanted]() -> LoadedKernelPointer
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

        LoadedKernel result (wanted);
        result.routing = kernel->routing;
        result.numRoutedMatrixInputs = kernel->numMatrixInputs;
        result.kernel = std::make_shared<const Kernel> (std::move (*kernel));
        return withAudioOf (result, wanted.name, wanted.origin);
    };

    const auto found = decoded.get ({ wanted.hash, wanted.routing, wanted.numRoutedMatrixInputs }, decode);
    return found != nullptr ? withAudioOf (*found, wanted.name, wanted.origin) : nullptr;
}

Outcome<LoadedKernelPointer> makeKernelOfRecipe (const KernelOrigin& origin, const std::string& name)
{
    /** Identifies a generated kernel. The name is a part of it, for messages. */
    struct Key
    {
        KernelRecipe recipe;
        std::string name;

        bool operator== (const Key&) const = default;
    };

    static SharedBuilds<Key, LoadedKernel> made;
    std::string problem;
    const auto build = [&]() -> LoadedKernelPointer
    {
        auto kernel = make (*origin.recipe);
        problem = kernel.error();

        if (! kernel)
            return nullptr;

        kernel->name = name;
        return makeLoadedKernel (std::move (*kernel), origin);
    };

    const auto result = made.get ({ *origin.recipe, name }, build);
    return result != nullptr ? Outcome<LoadedKernelPointer> (withAudioOf (*result, name, origin))
                             : Outcome<LoadedKernelPointer>::failure (problem);
}

} // namespace faltwerk
