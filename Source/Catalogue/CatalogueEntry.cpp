#include "Catalogue/CatalogueEntry.h"

#include "Catalogue/Files/Paths.h"
#include "Catalogue/FoldedText.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Text/ComposedText.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr const char* factoryPrefix = "factory:";

/** Returns the words of a text, which are separated by ASCII characters other than letters and digits. */
std::vector<std::string> wordsOf (std::string_view text)
{
    std::vector<std::string> words;
    bool isNew = true;

    for (const char c : text)
    {
        const bool isPart = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '\''
                            || static_cast<unsigned char> (c) >= 0x80;

        if (isPart && isNew)
            words.emplace_back();

        if (isPart)
            words.back() += c;

        isNew = ! isPart;
    }

    return words;
}

void setSearchText (CatalogueEntry& entry, std::string_view folder)
{
    entry.searchText = folded (entry.name);
    entry.nameLength = entry.searchText.size();
    (entry.searchText += '\n') += folded (folder);
    entry.searchText += '\n';

    for (const auto& tag : entry.tags)
        (entry.searchText += folded (tag)) += ' ';
}

std::string factoryNameAsInBank (const std::string& name)
{
    const auto bank = factoryKernels();
    const auto found =
        std::find_if (bank.begin(), bank.end(),
                      [wanted = folded (name)] (const FactoryKernel& each) { return folded (each.name) == wanted; });
    return found != bank.end() ? std::string (found->name) : name;
}

} // namespace

std::string idOf (const std::string& factoryName, const std::string& path)
{
    if (! factoryName.empty())
        return factoryPrefix + factoryNameAsInBank (factoryName);

#if JUCE_MAC
    return toString (path).convertToPrecomposedUnicode().toStdString(); // file systems may return either form
#else
    return path;
#endif
}

CatalogueEntry makeEntry (const FactoryKernel& kernel)
{
    CatalogueEntry entry;
    entry.name = kernel.name;
    entry.id = idOf (entry.name, {});
    entry.folder = kernel.category;
    entry.tags.assign (kernel.tags.begin(), kernel.tags.end());
    setSearchText (entry, entry.folder);
    return entry;
}

std::string idOfPreset (const std::string& name) { return "preset:" + name; }

CatalogueEntry makePresetEntry (const std::string& name, const std::string& kernel, std::vector<std::string> tags)
{
    CatalogueEntry entry;
    entry.id = idOfPreset (name);
    entry.name = name;
    entry.folder = kernel;
    entry.tags = std::move (tags);
    entry.isPreset = true;
    setSearchText (entry, entry.folder);
    return entry;
}

CatalogueEntry makeEntry (const std::string& path, const std::string& kernelFolder)
{
    const auto end = std::min (path.rfind (pathSeparator), path.size());
    CatalogueEntry entry;
    entry.path = path;
    entry.id = idOf ({}, path);
    entry.folder = path.substr (0, std::max<size_t> (end, 1)); // "/" for a file in the root
    entry.name = composed (lastPartOf (path));
    entry.name.resize (std::min (entry.name.rfind ('.'), entry.name.size()));
    entry.isSingle = kernelFolder.empty();

    // Only the path below the kernel folder, and the folder's own name, describe the kernel.
    const std::string_view folder = entry.folder;
    const bool isBelow = ! kernelFolder.empty() && isWithin (entry.folder, kernelFolder);
    const auto below = isBelow ? folder.substr (std::min (kernelFolder.size(), folder.size())) : std::string_view();
    entry.tags = wordsOf (below);
    setSearchText (entry, lastPartOf (entry.isSingle ? entry.folder : kernelFolder) + ' ' + std::string (below));
    return entry;
}

bool isWithin (const std::string& folder, const std::string& outer)
{
    if (outer.empty() || folder.size() < outer.size())
        return false;

    const bool endsThere =
        folder.size() == outer.size() || outer.back() == pathSeparator || folder[outer.size()] == pathSeparator;

    if (! endsThere)
        return false;

#if JUCE_MAC || JUCE_WINDOWS
    return toString (folder.substr (0, outer.size())).equalsIgnoreCase (toString (outer));
#else
    return folder.starts_with (outer);
#endif
}

} // namespace faltwerk
