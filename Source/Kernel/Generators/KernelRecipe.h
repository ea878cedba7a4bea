#pragma once

#include "Kernel/Kernel.h"

#include <map>
#include <string>
#include <string_view>

namespace faltwerk
{

struct FactoryKernel;

/** How a generated kernel is made again: enough to keep in place of its audio.

    `version` is that of the generator's arithmetic. A generator whose result changes gets a new version and still makes
    the former ones. Results may differ in their last bits between processors; the recipe counts, not the bits. */
struct KernelRecipe
{
    std::string generator; // its id in the table of generators
    int version = 1;
    std::map<std::string, double> values; // of every parameter, the seed among them

    bool operator== (const KernelRecipe&) const = default;
};

/** Returns the recipe of a generator in its current version, with defaults for the values that are not given. An
    unknown generator gives a recipe that cannot be made. [not audio] */
KernelRecipe recipeFor (std::string_view generator, const std::map<std::string, double>& values);
KernelRecipe recipeFor (const FactoryKernel&);

/** Makes the kernel. Fails if the generator or its version is unknown here, and as generate() does. [not audio] */
Outcome<Kernel> make (const KernelRecipe&);

} // namespace faltwerk
