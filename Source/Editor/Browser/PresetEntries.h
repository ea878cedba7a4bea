#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Plugin/PluginProcessor.h"

#include <vector>

namespace faltwerk
{

/** Returns an entry for each of a processor's presets: name, name of the kernel, tags. Reads the beginnings of the user's
    presets. [message] */
std::vector<CatalogueEntries::Entry> presetEntries (const PluginProcessor&);

} // namespace faltwerk
