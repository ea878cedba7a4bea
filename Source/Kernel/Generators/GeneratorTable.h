#pragma once

#include "Kernel/Kernel.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** A number that a generator takes, for the command line and for dialogs. */
struct GeneratorParameter
{
    std::string_view id;   // kebab-case; ids never change
    std::string_view name; // as a label
    std::string_view unit; // "Hz"; empty if it has none
    double minimum, maximum, defaultValue;
    std::string_view help; // one line
    bool isWholeNumber;
    std::vector<std::string_view> choices {}; // what the numbers from the minimum on mean; empty: they are numbers
};

/** A way to make a kernel. */
struct Generator
{
    std::string_view id; // kebab-case; ids never change
    std::string_view name;
    std::string_view description; // one sentence
    std::vector<GeneratorParameter> parameters;
    int version = 1;           // of its arithmetic (see KernelRecipe)
    std::string_view group {}; // as a heading in a list; those of one stand together
};

/** Returns all generators, in the order in which they are shown. [any] */
std::span<const Generator> generators();

/** Returns the generator with an id, or null. [any] */
const Generator* findGenerator (std::string_view id);

/** Makes a kernel by a generator of the table: a value for each parameter that is not to have its default, by id. Fails
    if there is no such generator or parameter, if a value is out of range, if values do not go together (a cutoff above
    half the sample rate), or if the kernel would be too long. The same bits for the same values. [not audio]
    @param version  of the generator's arithmetic; 0 is the newest */
Outcome<Kernel> generate (std::string_view id, const std::map<std::string, double>& values, int version = 0);

} // namespace faltwerk
