#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Kernel/Cancellation.h"
#include "Plugin/State/Presets.h"

#include <vector>

namespace faltwerk
{

/** Returns an entry for each preset: name, name of the kernel, tags. Reads the beginnings of the user's presets, about
    0.1 ms each. @param user  null: only those that come with Faltwerk  @param isCancelled  called before each is read;
    after true the result is incomplete  [not audio] */
std::vector<CatalogueEntries::Entry> presetEntries (const Presets* user, const IsCancelled& isCancelled = {});

} // namespace faltwerk
