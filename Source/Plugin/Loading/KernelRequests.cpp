#include "Plugin/Loading/KernelRequests.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Reading/KernelFile.h"
#include "Plugin/Utf8.h"

#include <new>
#include <utility>

namespace faltwerk
{

namespace
{

using Document = std::shared_ptr<const LoadedKernel>;

std::shared_ptr<LoadedKernel> named (const KernelOrigin& origin, std::string name)
{
    auto kernel = std::make_shared<LoadedKernel>();
    static_cast<KernelOrigin&> (*kernel) = origin;
    kernel->name = std::move (name);
    return kernel;
}

/** Reads a file as the wanted kernel; fails if it holds another. */
Outcome<Document> readFile (const LoadedKernel& wanted, const std::string& path)
{
    KernelOrigin origin = movedTo (wanted, path);
    origin.factoryName.clear(); // whatever a session says
    origin.recipe.reset();
    origin.isOnlyInSessions = false;
    origin.stamp = stampOf (origin); // before it is read: what is written meanwhile counts as changed
    auto kernel = readOrigin (origin);

    if (! kernel)
        return Outcome<Document>::failure (kernel.error());

    if (! wanted.hash.empty() && contentHash (*kernel) != wanted.hash)
        return Outcome<Document>::failure ("'" + nameOfFile (path) + "' holds another kernel than before.");

    if (! wanted.name.empty())
        kernel->name = wanted.name;

    return makeLoadedKernel (std::move (*kernel), std::move (origin));
}

/** Makes the kernel of a recipe. In sessions that know no recipes, the bank counts if it still makes the same. */
Outcome<Document> makeGenerated (const LoadedKernel& wanted)
{
    if (wanted.recipe)
        return makeKernelOfRecipe (wanted, wanted.name);

    const auto* const factory = findFactoryKernel (wanted.factoryName);

    if (factory == nullptr)
        return Outcome<Document>::failure (wanted.factoryName.empty() ? std::string()
                                                                      : makeFactoryKernel (wanted.factoryName).error());

    KernelOrigin origin = wanted;
    origin.factoryName = factory->name;
    origin.recipe = recipeFor (*factory);
    origin.isOnlyInSessions = false;
    auto document = makeKernelOfRecipe (origin, wanted.name.empty() ? origin.factoryName : wanted.name);
    return document && (wanted.hash.empty() || (*document)->hash == wanted.hash) ? document
                                                                                 : Outcome<Document>::failure ({});
}

Outcome<Document> makeSource (const LoadedKernel& wanted)
{
    auto kernel = wanted.source->get();

    if (! kernel)
        return Outcome<Document>::failure (kernel.error());

    KernelOrigin origin = wanted;
    origin.isOnlyInSessions = true;

    if ((*kernel)->name == wanted.name || wanted.name.empty())
        return makeLoadedKernel (*kernel, std::move (origin));

    Kernel renamed = **kernel;
    renamed.name = wanted.name;
    return makeLoadedKernel (std::move (renamed), std::move (origin));
}

/** Returns what is there without a file: in this process, or as the session's copy. */
Document withoutFile (const LoadedKernel& wanted)
{
    LoadedKernel copy (wanted);
    copy.factoryName.clear(); // the bank makes another by now
    copy.recipe.reset();
    copy.isOnlyInSessions = true;
    copy.stamp = {};

    if (auto known = knownKernel (copy))
        return known;

    return decodedKernel (copy);
}

KernelLoader::Result success (Document document)
{
    KernelLoader::Result result;
    result.succeeded = result.isKept = true;
    result.document = std::move (document);
    return result;
}

KernelLoader::Result failure (std::string message)
{
    KernelLoader::Result result;
    result.message = std::move (message);
    return result;
}

KernelLoader::Result missing (const Document& wanted, const juce::StringArray& folders)
{
    const bool isLookedFor = ! wanted->hash.empty() && ! folders.isEmpty();
    auto result = success (wanted);
    result.message =
        "'" + nameInMessages (*wanted) + "' was not found"
        + (isLookedFor ? ": looking for it in your kernel folders" : " and the session holds no copy: locate it");
    result.offersRelink = true;
    return result;
}

KernelLoader::Result obtain (const Document& wanted, const juce::StringArray& folders, IfMissing ifMissing)
{
    if (wanted == nullptr || wanted->kernel != nullptr)
        return success (wanted);

    // A kernel that has never been here is refused where it cannot sound; one that has is kept all the same.
    const bool isFirstTime = wanted->isOnItsWay() && ifMissing == IfMissing::fails;
    const auto arrived = [&] (Document document)
    {
        auto result = success (std::move (document));
        result.isKept = ! isFirstTime;

        if (isFirstTime && ! result.document->remark.empty())
            result.message = "'" + nameInMessages (*result.document) + "' " + result.document->remark;

        return result;
    };

    if (wanted->source != nullptr)
    {
        auto made = makeSource (*wanted);
        return made ? arrived (*made) : failure (made.error());
    }

    auto generated = makeGenerated (*wanted);

    if (generated)
        return arrived (*generated);

    if (auto found = withoutFile (*wanted))
        return arrived (std::move (found));

    std::string problem = generated.error();

    if (juce::File::isAbsolutePath (toString (wanted->path)))
    {
        auto read = readFile (*wanted, wanted->path);

        if (read)
            return arrived (*read);

        problem = read.error();
    }

    if (! wanted->relativePath.empty())
        for (const auto& folder : folders)
            if (juce::File::isAbsolutePath (folder))
                if (const auto file = juce::File (folder).getChildFile (toString (wanted->relativePath));
                    file.existsAsFile())
                    if (auto read = readFile (*wanted, file.getFullPathName().toStdString()))
                        return arrived (*read);

    if (! isFirstTime)
        return missing (wanted, folders);

    auto result = failure (problem.empty() ? "'" + nameInMessages (*wanted) + "' was not found. Choose another kernel."
                                           : problem);
    result.file = wanted->path;
    return result;
}

} // namespace

Document kernelOfFile (const KernelOrigin& origin)
{
    const auto parts = partsOf (origin);
    return named (origin, parts ? parts->name : nameOfFile (origin.path));
}

Document factoryKernelNamed (const std::string& name)
{
    KernelOrigin origin;
    origin.factoryName = name;

    if (const auto* const factory = findFactoryKernel (name))
    {
        origin.factoryName = factory->name;
        origin.recipe = recipeFor (*factory);
    }

    return named (origin, origin.factoryName);
}

Document kernelOfRecipe (const std::string& name, const KernelRecipe& recipe)
{
    KernelOrigin origin;
    origin.recipe = recipe;
    return named (origin, name);
}

Document kernelOfSource (const std::string& name, std::shared_ptr<KernelSource> source)
{
    auto kernel = named ({}, name);
    kernel->source = std::move (source);
    return kernel;
}

Document defaultFactoryKernel() { return factoryKernelNamed ("Concert Hall"); }

std::string nameInMessages (const LoadedKernel& kernel)
{
    if (kernel.path.empty())
        return kernel.name;

    return toString (kernel.path)
        .fromLastOccurrenceOf ("/", false, false)
        .fromLastOccurrenceOf ("\\", false, false)
        .toStdString();
}

IfMissing ifNotHad (const Document& kernel)
{
    return kernel != nullptr && kernel->fallback != nullptr ? IfMissing::fails : IfMissing::isKept;
}

KernelLoader::Request requestFor (Document wanted, juce::StringArray folders, IfMissing ifMissing)
{
    return [wanted = std::move (wanted), folders = std::move (folders), ifMissing]
    {
        try
        {
            return obtain (wanted, folders, ifMissing);
        }
        catch (const std::bad_alloc&)
        {
            if (wanted == nullptr || (wanted->isOnItsWay() && ifMissing == IfMissing::fails))
                throw;

            auto result = success (wanted);
            result.message = "There is not enough memory for '" + nameInMessages (*wanted) + "': close other programs";
            return result;
        }
    };
}

} // namespace faltwerk
