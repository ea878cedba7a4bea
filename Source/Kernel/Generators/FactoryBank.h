#pragma once

#include "Kernel/Kernel.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** A kernel that comes with Faltwerk: not a file, but how to make it. */
struct FactoryKernel
{
    std::string_view category; // "Rooms", "Halls", "Plates", "Springs", "Cabinets", "Filters" or "Textures"
    std::string_view name;     // differs from that of every other
    std::vector<std::string_view> tags;
    std::string_view generator; // its id in the table of generators
    std::map<std::string, double> values;
};

/** Returns the bank, category by category. [any] */
std::span<const FactoryKernel> factoryKernels();

/** Makes a kernel of the bank, named as there, in less than a second; the same bits each time. It is not kept.
    @param index  below the number of factory kernels. [not audio] */
Kernel makeFactoryKernel (size_t index);

/** Makes a kernel of the bank by its name, in any case of letters. Fails if the bank has none of that name.
    [not audio] */
Outcome<Kernel> makeFactoryKernel (std::string_view name);

/** Returns the kernel of the bank with a name, in any case of letters, or null. [any] */
const FactoryKernel* findFactoryKernel (std::string_view name);

/** Makes the bank's "Concert Hall", with which a new instance starts. [not audio] */
Kernel defaultKernel();

} // namespace faltwerk
