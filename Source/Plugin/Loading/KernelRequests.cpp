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

std::shared_ptr<LoadedKernel> named (const KernelOrigin& origin, std::string name)
{
    auto kernel = std::make_shared<LoadedKernel>();
    kernel->origin = origin;
    kernel->name = std::move (name);
    return kernel;
}

/** Reads a file as the wanted kernel; fails if it holds another. */
Outcome<LoadedKernelPointer> readFile (const LoadedKernel& wanted, const std::string& path)
{
    auto origin = movedTo (wanted.origin, path);
    origin.factoryName.clear(); // it is a file now
    origin.recipe.reset();
    origin.isOnlyInSessions = false;
    origin.stamp = stampOf (origin); // before it is read, so that a later change is noticed
    auto kernel = readOrigin (origin);

    if (! kernel)
        return Outcome<LoadedKernelPointer>::failure (kernel.error());

    if (! wanted.hash.empty() && contentHash (*kernel) != wanted.hash)
        return Outcome<LoadedKernelPointer>::failure ("'" + nameOfFile (path) + "' holds another kernel than before.");

    if (! wanted.name.empty())
        kernel->name = wanted.name;

    return makeLoadedKernel (std::move (*kernel), std::move (origin));
}

/** Makes the kernel of a recipe. For sessions of before recipes, makes the bank's kernel if its hash is equal. */
Outcome<LoadedKernelPointer> makeGenerated (const LoadedKernel& wanted)
{
    if (wanted.origin.recipe)
        return makeKernelOfRecipe (wanted.origin, wanted.name);

    const auto* const factory = findFactoryKernel (wanted.origin.factoryName);

    if (factory == nullptr)
        return Outcome<LoadedKernelPointer>::failure (
            wanted.origin.factoryName.empty() ? std::string() : makeFactoryKernel (wanted.origin.factoryName).error());

    auto origin = wanted.origin;
    origin.factoryName = factory->name;
    origin.recipe = recipeFor (*factory);
    origin.isOnlyInSessions = false;
    auto document = makeKernelOfRecipe (origin, wanted.name.empty() ? origin.factoryName : wanted.name);
    return document && (wanted.hash.empty() || (*document)->hash == wanted.hash)
               ? document
               : Outcome<LoadedKernelPointer>::failure ({});
}

Outcome<LoadedKernelPointer> callMaker (const LoadedKernel& wanted)
{
    auto kernel = wanted.maker->get();

    if (! kernel)
        return Outcome<LoadedKernelPointer>::failure (kernel.error());

    auto origin = wanted.origin;
    origin.isOnlyInSessions = true;

    if ((*kernel)->name == wanted.name || wanted.name.empty())
        return makeLoadedKernel (*kernel, std::move (origin));

    Kernel renamed = **kernel;
    renamed.name = wanted.name;
    return makeLoadedKernel (std::move (renamed), std::move (origin));
}

/** Returns the kernel from another instance or from the session's copy; null if there is neither. */
LoadedKernelPointer withoutFile (const LoadedKernel& wanted)
{
    LoadedKernel copy (wanted);
    copy.origin.factoryName.clear(); // the bank makes another kernel under this name
    copy.origin.recipe.reset();
    copy.origin.isOnlyInSessions = true;
    copy.origin.stamp = {};

    if (auto known = knownKernel (copy))
        return known;

    return decodedKernel (copy);
}

LoadResult success (LoadedKernelPointer document)
{
    LoadResult result;
    result.succeeded = result.isKept = true;
    result.source = std::move (document);
    return result;
}

LoadResult failure (std::string message)
{
    LoadResult result;
    result.message = std::move (message);
    return result;
}

LoadResult missing (const LoadedKernelPointer& wanted, const juce::StringArray& folders)
{
    const bool isLookedFor = ! wanted->hash.empty() && ! folders.isEmpty();
    auto result = success (wanted);
    result.message =
        "'" + nameInMessages (*wanted) + "' was not found"
        + (isLookedFor ? ": looking for it in your kernel folders" : " and the session holds no copy: locate it");
    result.offersRelink = true;
    return result;
}

LoadResult obtain (const LoadedKernelPointer& wanted, const juce::StringArray& folders, IfMissing ifMissing)
{
    if (wanted == nullptr || wanted->kernel != nullptr)
        return success (wanted);

    // A kernel that is loaded for the first time is refused if it cannot sound; a known one is kept.
    const bool isFirstTime = wanted->isOnItsWay() && ifMissing == IfMissing::fails;
    const auto loaded = [&] (LoadedKernelPointer document)
    {
        auto result = success (std::move (document));
        result.isKept = ! isFirstTime;

        if (isFirstTime && ! result.source->origin.remark.empty())
            result.message = "'" + nameInMessages (*result.source) + "' " + result.source->origin.remark;

        return result;
    };

    if (wanted->maker != nullptr)
    {
        auto made = callMaker (*wanted);
        return made ? loaded (*made) : failure (made.error());
    }

    auto generated = makeGenerated (*wanted);

    if (generated)
        return loaded (*generated);

    if (auto found = withoutFile (*wanted))
        return loaded (std::move (found));

    std::string problem = generated.error();

    if (juce::File::isAbsolutePath (toString (wanted->origin.path)))
    {
        auto read = readFile (*wanted, wanted->origin.path);

        if (read)
            return loaded (*read);

        problem = read.error();
    }

    if (! wanted->origin.relativePath.empty())
        for (const auto& folder : folders)
            if (juce::File::isAbsolutePath (folder))
                if (const auto file = juce::File (folder).getChildFile (toString (wanted->origin.relativePath));
                    file.existsAsFile())
                    if (auto read = readFile (*wanted, file.getFullPathName().toStdString()))
                        return loaded (*read);

    if (! isFirstTime)
        return missing (wanted, folders);

    auto result = failure (problem.empty() ? "'" + nameInMessages (*wanted) + "' was not found. Choose another kernel."
                                           : problem);
    result.file = wanted->origin.path;
    return result;
}

} // namespace

LoadedKernelPointer kernelOfFile (const KernelOrigin& origin)
{
    const auto parts = partsOf (origin);
    return named (origin, parts ? parts->name : nameOfFile (origin.path));
}

LoadedKernelPointer factoryKernelNamed (const std::string& name)
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

LoadedKernelPointer kernelOfRecipe (const std::string& name, const KernelRecipe& recipe)
{
    KernelOrigin origin;
    origin.recipe = recipe;
    return named (origin, name);
}

LoadedKernelPointer kernelOfMaker (const std::string& name, std::shared_ptr<KernelMaker> maker)
{
    auto kernel = named ({}, name);
    kernel->maker = std::move (maker);
    return kernel;
}

LoadedKernelPointer defaultFactoryKernel() { return factoryKernelNamed ("Concert Hall"); }

std::string nameInMessages (const LoadedKernel& kernel)
{
    if (kernel.origin.path.empty())
        return kernel.name;

    return toString (kernel.origin.path)
        .fromLastOccurrenceOf ("/", false, false)
        .fromLastOccurrenceOf ("\\", false, false)
        .toStdString();
}

IfMissing ifNotHad (const LoadedKernelPointer& kernel)
{
    return kernel != nullptr && kernel->fallback != nullptr ? IfMissing::fails : IfMissing::isKept;
}

LoadRequest requestFor (LoadedKernelPointer wanted, juce::StringArray folders, IfMissing ifMissing)
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
