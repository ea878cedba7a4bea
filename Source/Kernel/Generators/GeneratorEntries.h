#pragma once

#include "Kernel/Generators/GeneratorTable.h"

#include <functional>
#include <type_traits>

namespace faltwerk
{

/** A row of the table: the generator as it is described, and how to make its kernel from a complete list of values,
    one for each parameter and all in range, by the arithmetic of a version. */
struct GeneratorEntry
{
    Generator generator;
    std::function<Outcome<Kernel> (std::span<const double>, int version)> make;
};

/** A parameter of a struct, by a pointer to its member: whose default is the one in the struct. */
template <typename Parameters>
struct Slot
{
    GeneratorParameter parameter;
    std::function<void (Parameters&, double)> set;
};

template <typename Parameters, typename Value>
Slot<Parameters> slot (Value Parameters::*member,
                       std::string_view id,
                       std::string_view name,
                       std::string_view unit,
                       double minimum,
                       double maximum,
                       std::string_view help)
{
    const auto defaultValue = static_cast<double> (Parameters {}.*member);
    return { { id, name, unit, minimum, maximum, defaultValue, help, std::is_integral_v<Value> },
             [member] (Parameters& parameters, double value) { parameters.*member = static_cast<Value> (value); } };
}

/** A row for a struct of parameters with generate() and, where values may not go together, problemWith(). A struct
    whose arithmetic has changed has a member `version` with the newest as its default. */
template <typename Parameters>
GeneratorEntry entry (std::string_view id,
                      std::string_view name,
                      std::string_view description,
                      std::vector<Slot<Parameters>> slots)
{
    GeneratorEntry result { { id, name, description, {} }, {} };

    for (const auto& each : slots)
        result.generator.parameters.push_back (each.parameter);

    if constexpr (requires { Parameters {}.version; })
        result.generator.version = Parameters {}.version;

    result.make = [=] (std::span<const double> values, [[maybe_unused]] int version) -> Outcome<Kernel>
    {
        Parameters parameters;

        if constexpr (requires { parameters.version; })
            parameters.version = version;

        for (size_t n = 0; n < slots.size(); ++n)
            slots[n].set (parameters, values[n]);

        if constexpr (requires { problemWith (parameters); })
            if (const auto problem = problemWith (parameters); ! problem.empty())
                return Outcome<Kernel>::failure ("'" + std::string (id) + "' cannot be made: " + problem);

        return generate (parameters);
    };
    return result;
}

/** The two parameters that many have. */
template <typename Parameters>
Slot<Parameters> sampleRateSlot()
{
    return slot (&Parameters::sampleRate, "sample-rate", "Sample rate", "Hz", 8000, 384000,
                 "The kernel's sample rate.");
}

template <typename Parameters>
Slot<Parameters> seedSlot()
{
    return slot (&Parameters::seed, "seed", "Seed", "", 0, 4294967295,
                 "Start of the random numbers: another gives a variant.");
}

/** Returns the rows of the table: filters, then noise and rooms, then the rest. */
std::vector<GeneratorEntry> filterEntries();
std::vector<GeneratorEntry> noiseEntries();
std::vector<GeneratorEntry> roomEntries();
std::vector<GeneratorEntry> textureEntries();

} // namespace faltwerk
