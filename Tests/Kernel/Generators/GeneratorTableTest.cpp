#include "Kernel/Generators/GeneratorTable.h"

#include "Kernel/Generators/FilterGenerators.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

bool isKebabCase (std::string_view id)
{
    return ! id.empty() && id.front() != '-' && id.back() != '-'
           && id.find_first_not_of ("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

/** Values for a quick one of its kind: a low rate, and a plate with few modes. */
std::map<std::string, double> quickValues (std::string_view id)
{
    std::map<std::string, double> values { { "sample-rate", 8000 } };

    if (id == "plate")
        values.insert ({ { "width", 0.5 }, { "height", 0.4 }, { "length", 0.4 } });

    return values;
}

/** A kernel that passes every check of kernels, or a sentence that begins with a capital and ends with a full stop. */
void checkOutcome (const Outcome<Kernel>& outcome)
{
    if (outcome)
        CHECK (makeKernel (outcome->paths, outcome->sampleRate, outcome->name).error() == "");
    else
        CHECK ((outcome.error().size() > 40 && outcome.error().back() == '.'));
}

} // namespace

TEST_CASE ("The table of generators is complete and consistent", "[kernel]")
{
    std::set<std::string_view> ids;
    CHECK (generators().size() >= 21);

    for (const auto& generator : generators())
    {
        CAPTURE (generator.id);
        CHECK (isKebabCase (generator.id));
        CHECK (ids.insert (generator.id).second);
        CHECK (! generator.name.empty());
        CHECK (generator.description.back() == '.');
        CHECK (findGenerator (generator.id) == &generator);

        std::set<std::string_view> parameterIds, helps;

        for (const auto& parameter : generator.parameters)
        {
            CAPTURE (parameter.id);
            CHECK (isKebabCase (parameter.id));
            CHECK (parameterIds.insert (parameter.id).second);
            CHECK (! parameter.name.empty());
            CAPTURE (parameter.help);
            CHECK (parameter.help.back() == '.');
            CHECK (helps.insert (parameter.help).second); // each says by itself what it is of

            for (const char* const beginning :
                 { "Of ", "Between ", "From ", "The same", "The other", "0 ", "1 ", "2 " })
                CHECK_FALSE (parameter.help.starts_with (beginning));

            CHECK (std::count (parameter.help.begin(), parameter.help.end(), ' ') >= 2);
            CHECK (parameter.minimum < parameter.maximum);
            CHECK (parameter.defaultValue >= parameter.minimum);
            CHECK (parameter.defaultValue <= parameter.maximum);

            if (parameter.isWholeNumber)
                CHECK (parameter.defaultValue == std::floor (parameter.defaultValue));
        }

        CHECK (parameterIds.count ("sample-rate") == 1);
    }

    CHECK (findGenerator ("nothing") == nullptr);
}

TEST_CASE ("Generators stand in groups, rooms first, and each group stands together", "[kernel]")
{
    std::vector<std::string_view> groups;

    for (const auto& generator : generators())
    {
        CAPTURE (generator.id);
        CHECK (! generator.group.empty());

        if (groups.empty() || groups.back() != generator.group)
        {
            CHECK (std::find (groups.begin(), groups.end(), generator.group) == groups.end());
            groups.push_back (generator.group);
        }
    }

    CHECK (groups.front() == "Rooms");
    CHECK (groups.size() == 6);
    CHECK (generators().size() == 21); // none is lost
}

TEST_CASE ("Every generator works at every rate and at both ends of its ranges, or says why not", "[kernel]")
{
    for (const auto& generator : generators())
    {
        CAPTURE (generator.id);

        for (const double rate : { 8000.0, 44100.0 })
        {
            CAPTURE (rate);
            const auto kernel = generate (generator.id, { { "sample-rate", rate } });
            REQUIRE (kernel);
            CHECK (kernel->sampleRate == rate);
            checkOutcome (kernel);
        }

        // The highest rate is 8 times as much work: not for the plate, which has a rate of its own.
        if (generator.id != "plate")
            checkOutcome (generate (generator.id, { { "sample-rate", 384000 } }));

        // Both ends of each range.
        for (const auto& parameter : generator.parameters)
            for (const double value : { parameter.minimum, parameter.maximum })
                if (parameter.id != "sample-rate")
                {
                    CAPTURE (parameter.id, value);
                    auto values = quickValues (generator.id);
                    values[std::string (parameter.id)] = value;
                    checkOutcome (generate (generator.id, values));
                }
    }
}

TEST_CASE ("A value reaches its parameter", "[kernel]")
{
    LowPass filter;
    filter.cutoff = 3210;
    filter.taps = 99;
    filter.attenuation = 70;
    filter.sampleRate = 96000;
    CHECK (
        *generate ("low-pass", { { "cutoff", 3210 }, { "taps", 99 }, { "attenuation", 70 }, { "sample-rate", 96000 } })
        == generate (filter));

    // Whichever parameter changes, the kernel does.
    for (const auto& generator : generators())
    {
        auto values = quickValues (generator.id);

        if (generator.id == "shoebox")
        {
            values["sample-rate"] = 24000; // which hears the octave of 8 kHz
            values["sources"] = 2;         // which have a spacing
        }

        const auto before = *generate (generator.id, values);

        for (const auto& parameter : generator.parameters)
        {
            CAPTURE (generator.id, parameter.id);
            const std::string id (parameter.id);
            const double now = values.count (id) != 0 ? values[id] : parameter.defaultValue;
            double other = now > 0.5 * (parameter.minimum + parameter.maximum) ? 0.9 * now + 0.1 * parameter.minimum
                                                                               : now + 0.1 * (parameter.maximum - now);
            other = id == "sample-rate" ? 1.1 * now : id.find ("cutoff") != id.npos ? 1.1 * now : other;
            other = id == "taps" ? now + 10.0 : id == "echoes" ? now + 1.0 : id == "sigma" ? now + 1.0 : other;
            other = parameter.isWholeNumber ? (std::round (other) != now ? std::round (other)
                                               : now > parameter.minimum ? now - 1.0
                                                                         : now + 1.0)
                                            : other;
            auto changed = values;
            changed[id] = other;
            const auto kernel = generate (generator.id, changed);
            REQUIRE (kernel.error() == "");
            CHECK ((kernel->paths != before.paths || kernel->sampleRate != before.sampleRate));
        }
    }
}

TEST_CASE ("What a generator cannot do gets one sentence", "[kernel]")
{
    const auto errorOf = [] (std::string_view id, const std::map<std::string, double>& values)
    { return generate (id, values).error(); };

    CHECK (errorOf ("low-pas", {}) == "There is no generator 'low-pas'. Did you mean 'low-pass'?");
    CHECK_THAT (errorOf ("xyzzy", {}), Contains ("There are: shoebox, ") && Contains ("delta"));
    CHECK (errorOf ("low-pass", { { "cutof", 3 } }) == "'low-pass' has no parameter 'cutof'. Did you mean 'cutoff'?");
    CHECK_THAT (errorOf ("low-pass", { { "colour", 3 } }), Contains ("There are: cutoff, taps"));
    CHECK (errorOf ("low-pass", { { "cutoff", -3 } })
           == "The cutoff of 'low-pass' cannot be -3 Hz. Choose 1 to 192000 Hz.");
    CHECK_THAT (errorOf ("low-pass", { { "cutoff", std::numeric_limits<double>::quiet_NaN() } }), Contains ("Choose"));
    CHECK (errorOf ("low-pass", { { "taps", 5.5 } }) == "The taps of 'low-pass' cannot be 5.5. Choose 6.");
    CHECK_THAT (errorOf ("high-pass", { { "cutoff", 24000 } }),
                Contains ("half the sample rate") && Contains ("24000"));
    CHECK_THAT (errorOf ("band-stop", { { "low-cutoff", 2000 } }), Contains ("2000 Hz, is not below its upper one"));
    CHECK_THAT (errorOf ("comb", { { "delay", 2000 }, { "echoes", 10000 } }),
                Contains ("960000001 frames") && Contains ("at most 11520000"));
    CHECK_THAT (errorOf ("noise", { { "length", 60 }, { "sample-rate", 384000 } }), Contains ("23040000 frames"));
    CHECK_THAT (errorOf ("plate", { { "width", 5 }, { "height", 5 } }), Contains ("modes"));
    CHECK_THAT (errorOf ("grains", { { "lowest", 4000 }, { "sample-rate", 8000 } }), Contains ("Lower the lowest"));
}
