#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Plugin/Presets.h"

#include <vector>

namespace faltwerk
{

/** Returns an entry for each preset: name, name of the kernel, tags. Reads the beginnings of the user's presets, about
    0.1 ms each. @param user  null: only those that come with Faltwerk  [any, not audio] */
std::vector<CatalogueEntries::Entry> presetEntries (const Presets* user);

} // namespace faltwerk
