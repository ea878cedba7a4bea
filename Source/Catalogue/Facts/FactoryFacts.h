#pragma once

#include "Catalogue/CatalogueEntry.h"

#include <string_view>

namespace faltwerk
{

/** Returns the facts of a factory kernel from a table, since computing all factory kernels takes five seconds. A test
    computes them and prints the lines that the table should have. The length is 0 for an unknown name. [any] */
CatalogueFacts factsOfFactoryKernel (std::string_view name);

} // namespace faltwerk
