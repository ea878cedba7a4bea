#include "Editor/Browser/PresetEntries.h"

#include "Plugin/Loading/KernelRequests.h"
#include "Plugin/State/FactoryPresets.h"

#include <memory>
#include <string>
#include <utility>

namespace faltwerk
{

std::vector<CatalogueEntries::Entry> presetEntries (const Presets* user, const IsCancelled& isCancelled)
{
    const auto own = user != nullptr ? user->names() : juce::StringArray();
    std::vector<CatalogueEntries::Entry> entries;

    for (const auto& each : allPresetNames (own))
    {
        if (isCancelled != nullptr && isCancelled())
            break;

        const auto name = each.toStdString();
        const auto* const factory = own.contains (each) ? nullptr : findFactoryPreset (name);
        std::string kernel;
        std::vector<std::string> tags;

        if (factory != nullptr)
        {
            kernel = factory->kernel.name;
            tags.emplace_back (factory->use);

            if (! factory->size.empty())
                tags.emplace_back (factory->size);

            tags.insert (tags.end(), factory->character.begin(), factory->character.end());
        }
        else if (own.contains (each))
        {
            kernel = user->kernelNameOf (each);
            tags.emplace_back ("My preset");
        }
        else
        {
            kernel = defaultFactoryKernel()->name;
        }

        entries.push_back (std::make_shared<const CatalogueEntry> (makePresetEntry (name, kernel, std::move (tags))));
    }

    return entries;
}

} // namespace faltwerk
