#include "Catalogue/Facts/FactoryFacts.h"

#include "Catalogue/Facts/Thumbnail.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace faltwerk;

namespace
{

/** The line of a kernel in the table. */
std::string lineOf (std::string_view name, const CatalogueFacts& facts)
{
    std::string bars;

    for (const auto bar : facts.thumbnail)
    {
        char digits[3];
        std::snprintf (digits, sizeof digits, "%02x", static_cast<unsigned int> (bar));
        bars += digits;
    }

    return "    { \"" + std::string (name) + "\", " + std::to_string (facts.lengthInFrames) + ", "
           + std::to_string (facts.numChannels) + ",\n      \"" + bars + "\" },";
}

} // namespace

TEST_CASE ("The table of the factory bank's facts is that of the kernels it makes", "[browser]")
{
    for (const auto& description : factoryKernels())
    {
        const auto kernel = makeFactoryKernel (description.name);
        REQUIRE (kernel);
        Thumbnail thumbnail;
        thumbnail.add (kernel->paths);
        CatalogueFacts facts;
        facts.lengthInFrames = kernel->lengthInFrames();
        facts.sampleRate = kernel->sampleRate;
        facts.numChannels = kernel->paths.size();
        facts.thumbnail = thumbnail.bars();
        facts.hasThumbnail = true;

        // One step is what the arithmetic of another machine may round otherwise.
        const auto table = factsOfFactoryKernel (description.name);
        auto rounded = table;

        for (size_t bar = 0; bar < thumbnailWidth; ++bar)
            if (std::abs (int { table.thumbnail[bar] } - int { facts.thumbnail[bar] }) <= 1)
                rounded.thumbnail[bar] = facts.thumbnail[bar];

        if (! (rounded == facts))
            FAIL_CHECK ("the table should have\n"
                        << lineOf (description.name, facts) << "\nand has\n"
                        << lineOf (description.name, table));
    }
}

TEST_CASE ("What the factory bank does not hold has no facts", "[browser]")
{
    CHECK (factsOfFactoryKernel ("") == CatalogueFacts());
    CHECK (factsOfFactoryKernel ("concert hall") == CatalogueFacts()); // as the bank spells it
}
