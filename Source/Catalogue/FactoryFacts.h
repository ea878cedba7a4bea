#pragma once

#include "Catalogue/CatalogueEntry.h"

#include <string_view>

namespace faltwerk
{

/** The facts of a kernel of the factory bank, from a table: making the bank to look at it takes five seconds, and
    cannot be stopped at once. Its test makes it, and prints each line that the table should have. No length for what
    the bank does not hold. [any] */
CatalogueFacts factsOfFactoryKernel (std::string_view name);

} // namespace faltwerk
