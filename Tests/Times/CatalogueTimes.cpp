// A folder of 5000 kernels: opened, known, searched, left.

#include "Catalogue/CatalogueRun.h"
#include "Catalogue/CatalogueSearch.h"
#include "Times/Rows.h"

using namespace faltwerk;
using namespace faltwerk::test;
using faltwerk::times::milliseconds;
using faltwerk::times::row;

TEST_CASE ("Times of a catalogue of 5000 files", "[browser]")
{
    const TemporaryFolder base;
    constexpr size_t numKernels = 5000;

    for (size_t n = 0; n < numKernels; ++n)
        writeWave (base / ("k/" + std::to_string (n / 250) + "/kernel " + std::to_string (n) + ".wav"), 150, 2);

    for (const bool hasCache : { false, true })
    {
        const std::string name = hasCache ? "5000 files known from a cache: " : "5000 files never seen: ";
        auto catalogue = std::make_unique<Catalogue> (base / "user");
        const auto start = std::chrono::steady_clock::now();
        row (name + "the call returns",
             milliseconds (
                 [&]
                 {
                     catalogue->addWatcher();
                     catalogue->setFolders ({ (base / "k").getFullPathName() });
                 }),
             150.0);
        REQUIRE (comesTrue ([&] { return numFilesIn (*catalogue->snapshot()) >= 20; }));
        row (name + "the first rows", 1000.0 * secondsSince (start), 300.0);
        const auto entries = settled (*catalogue);
        row (name + "all known", 1000.0 * secondsSince (start), 10000.0);
        double worst = 0.0;

        for (const char* text : { "", "k", "kernel", "kernel 49", "zzz", "a b c d e f g" })
            for (const auto order : { CatalogueOrder::name, CatalogueOrder::duration })
                worst = std::max (worst, times::shortest (5, [&] { search (*entries, { text, {}, order }, {}); }));

        row ("a search in them, the slowest", worst, 5.0);
        row ("leaving them", milliseconds ([&] { catalogue.reset(); }), 300.0);
    }

    writeWave (base / "k/long.wav", 6000000, 2); // 24 MB
    double longest = 0.0;

    for (int n = 0; n < 30; ++n)
    {
        auto catalogue = std::make_unique<Catalogue> (base / ("user" + std::to_string (n)));
        catalogue->addWatcher();

        if (n % 2 == 0)
            catalogue->prioritise ({ base.path ("k/long.wav") });

        catalogue->setFolders ({ (base / "k").getFullPathName() });
        std::this_thread::sleep_for (std::chrono::milliseconds (n * n / 4));
        longest = std::max (longest, milliseconds ([&] { catalogue.reset(); }));
    }

    row ("leaving them whatever the catalogue is doing", longest, 300.0);
}
