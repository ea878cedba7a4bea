#include "Kernel/Generators/GeneratorTable.h"

#include "Kernel/Generators/GeneratorEntries.h"
#include "Kernel/Text/NearestWord.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdio>

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

/** What belongs together in a list, and in which order: what most people look for comes first. */
struct Group
{
    std::string_view name;
    std::vector<std::string_view> ids;
};

const std::vector<Group>& groups()
{
    static const std::vector<Group> all {
        { "Rooms", { "shoebox", "noise-hall" } },
        { "Plates and springs", { "plate", "spring" } },
        { "Cabinets and resonators", { "cabinet", "resonator" } },
        { "Echoes", { "delayed-delta", "comb" } },
        { "Noise and textures", { "noise", "velvet-noise", "swell", "grains" } },
        { "Filters",
          { "low-pass", "high-pass", "band-pass", "band-stop", "moving-average", "gaussian", "differentiator",
            "hilbert", "delta" } },
    };
    return all;
}

const std::vector<GeneratorEntry>& entries()
{
    static const auto all = []
    {
        std::vector<GeneratorEntry> made, result;

        for (auto make : { filterEntries, noiseEntries, roomEntries, textureEntries })
            for (auto& each : make())
                made.push_back (withLevel (std::move (each)));

        for (const auto& group : groups())
        {
            for (const auto id : group.ids)
            {
                const auto found = std::find_if (made.begin(), made.end(),
                                                 [id] (const auto& each) { return each.generator.id == id; });
                assert (found != made.end());
                found->generator.group = group.name;
                result.push_back (std::move (*found));
                made.erase (found);
            }
        }

        assert (made.empty()); // each is in a group
        return result;
    }();
    return all;
}

/** Returns "Did you mean 'x'?" if a word is nearly one of those there are, and otherwise what there is. */
template <typename Things>
std::string suggestion (std::string_view word, const Things& things)
{
    std::vector<std::string> ids;
    std::string list;

    for (const auto& thing : things)
    {
        ids.emplace_back (thing.id);
        list += (list.empty() ? "" : ", ") + ids.back();
    }

    const auto nearest = nearestWord (word, ids);
    return nearest.empty() ? "There are: " + list + "." : "Did you mean '" + nearest + "'?";
}

std::string inWords (double value, std::string_view unit)
{
    char text[64];
    std::snprintf (text, sizeof text, "%.10g", value);
    return unit.empty() ? std::string (text) : text + (" " + std::string (unit));
}

/** Returns which values are possible in place of one; empty if it is possible. */
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
