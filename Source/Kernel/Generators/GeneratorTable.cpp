#include "Kernel/Generators/GeneratorTable.h"

#include "Kernel/Generators/GeneratorEntries.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace faltwerk
{

namespace
{

/** Adds the parameter that every generator has. */
GeneratorEntry withLevel (GeneratorEntry entry)
{
    entry.generator.parameters.push_back (
        { "level", "Level", "dB", -60.0, 60.0, 0.0, "Added to the kernel's own level.", false });
    entry.make = [make = std::move (entry.make)] (std::span<const double> values, int version)
    {
        auto kernel = make (values.first (values.size() - 1), version);
        const auto gain = static_cast<float> (std::pow (10.0, values.back() / 20.0));

        if (kernel && values.back() != 0.0)
            for (auto& path : kernel->paths)
                for (auto& sample : path)
                    sample *= gain;

        return kernel;
    };
    return entry;
}

const std::vector<GeneratorEntry>& entries()
{
    static const auto all = []
    {
        std::vector<GeneratorEntry> result;

        for (auto make : { filterEntries, noiseEntries, roomEntries, textureEntries })
            for (auto& each : make())
                result.push_back (withLevel (std::move (each)));

        return result;
    }();
    return all;
}

/** How many letters must be typed, deleted or replaced to come from one word to another. */
size_t editDistance (std::string_view a, std::string_view b)
{
    std::vector<size_t> row (b.size() + 1);
    std::iota (row.begin(), row.end(), size_t { 0 });

    for (size_t i = 0; i < a.size(); ++i)
    {
        size_t diagonal = row[0]++;

        for (size_t j = 0; j < b.size(); ++j)
        {
            const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min ({ replaced, row[j] + 1, diagonal + 1 });
        }
    }

    return row.back();
}

/** "Did you mean 'x'?" if a word is nearly one of those there are, and otherwise what there is. */
template <typename Things>
std::string suggestion (std::string_view word, const Things& things)
{
    std::string list;
    std::string_view nearest;
    size_t smallest = std::max<size_t> (2, word.size() / 3) + 1;

    for (const auto& thing : things)
    {
        list += (list.empty() ? "" : ", ") + std::string (thing.id);

        if (const size_t distance = editDistance (word, thing.id); distance < smallest)
        {
            smallest = distance;
            nearest = thing.id;
        }
    }

    return nearest.empty() ? "There are: " + list + "." : "Did you mean '" + std::string (nearest) + "'?";
}

std::string inWords (double value, std::string_view unit)
{
    char text[64];
    std::snprintf (text, sizeof text, "%.10g", value);
    return unit.empty() ? std::string (text) : text + (" " + std::string (unit));
}

/** Which values are possible instead of one; empty if it is possible. */
std::string betterChoice (const GeneratorParameter& parameter, double value)
{
    if (! (value >= parameter.minimum && value <= parameter.maximum))
        return inWords (parameter.minimum, {}) + " to " + inWords (parameter.maximum, parameter.unit);

    return parameter.isWholeNumber && value != std::floor (value) ? inWords (std::round (value), parameter.unit)
                                                                  : std::string();
}

} // namespace

std::span<const Generator> generators()
{
    static const auto all = []
    {
        std::vector<Generator> result;

        for (const auto& each : entries())
            result.push_back (each.generator);

        return result;
    }();
    return all;
}

const Generator* findGenerator (std::string_view id)
{
    const auto all = generators();
    const auto found = std::find_if (all.begin(), all.end(), [id] (const Generator& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

Outcome<Kernel> generate (std::string_view id, const std::map<std::string, double>& values, int version)
{
    const auto* generator = findGenerator (id);

    if (generator == nullptr)
        return Outcome<Kernel>::failure ("There is no generator '" + std::string (id) + "'. "
                                         + suggestion (id, generators()));

    const auto& parameters = generator->parameters;
    std::vector<double> complete;
    std::transform (parameters.begin(), parameters.end(), std::back_inserter (complete),
                    [] (const GeneratorParameter& each) { return each.defaultValue; });

    for (const auto& [name, value] : values)
    {
        const auto found = std::find_if (parameters.begin(), parameters.end(),
                                         [&name = name] (const GeneratorParameter& each) { return each.id == name; });

        if (found == parameters.end())
            return Outcome<Kernel>::failure ("'" + std::string (id) + "' has no parameter '" + name + "'. "
                                             + suggestion (name, parameters));

        if (const auto better = betterChoice (*found, value); ! better.empty())
            return Outcome<Kernel>::failure ("The " + name + " of '" + std::string (id) + "' cannot be "
                                             + inWords (value, found->unit) + ". Choose " + better + ".");

        complete[static_cast<size_t> (found - parameters.begin())] = value;
    }

    return entries()[static_cast<size_t> (generator - generators().data())].make (
        complete, version == 0 ? generator->version : version);
}

} // namespace faltwerk
