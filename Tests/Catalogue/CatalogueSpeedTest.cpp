#include "Catalogue/CatalogueRun.h"

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

constexpr size_t numKernels = 5000, numDamaged = 400;

/** A folder of 5000 files, some of them damaged in all ways, and what is no file beside them. */
void writeLibrary (const TemporaryFolder& base)
{
    const auto wave = waveText (150, 2);

    for (size_t n = 0; n < numKernels; ++n)
    {
        const auto file = base / ("k/" + std::to_string (n / 250) + "/kernel " + std::to_string (n) + ".wav");
        const auto kind = n < numDamaged ? n % 4 : 4;
        file.getParentDirectory().createDirectory();
        std::ofstream stream (toPath (file.getFullPathName().toStdString()), std::ios::binary);

        if (kind == 1)
            stream << wave.substr (0, 20 + n % 20);
        else if (kind == 2)
            stream << "This is a text that somebody has named like a sound.";
        else if (kind == 3)
            stream << std::string (300, '\0');
        else if (kind == 4)
            stream << wave;
    }

    for (size_t n = 0; n < numKernels; ++n)
        age (base / ("k/" + std::to_string (n / 250) + "/kernel " + std::to_string (n) + ".wav"));

#if ! JUCE_WINDOWS
    for (int n = 0; n < 20; ++n)
    {
        const auto folder = "k/" + std::to_string (n) + "/";
        REQUIRE ((base / (folder + "folder.wav")).createDirectory());
        REQUIRE (::mkfifo (base.path (folder + "pipe.wav").c_str(), 0600) == 0);
        REQUIRE (::symlink ("loop.wav", base.path (folder + "loop.wav").c_str()) == 0);
        REQUIRE (::symlink ("..", base.path (folder + "up").c_str()) == 0);
    }

    if (! isRoot())
        for (size_t n = numDamaged; n < numDamaged + 50; ++n)
            REQUIRE (
                ::chmod (base.path ("k/" + std::to_string (n / 250) + "/kernel " + std::to_string (n) + ".wav").c_str(),
                         0)
                == 0);
#endif
}

} // namespace

TEST_CASE ("In a folder of 5000 files with damaged ones all are known in the end", "[browser]")
{
    const TemporaryFolder base;
    writeLibrary (base);
    for (const bool hasCache : { false, true })
    {
        const auto catalogue = std::make_unique<Catalogue> (base / "user");
        catalogue->addWatcher();
        catalogue->setFolders ({ (base / "k").getFullPathName() });
        REQUIRE (comesTrue ([&] { return numFilesIn (*catalogue->snapshot()) >= 20; }));
        const auto entries = settled (*catalogue);
        CHECK (numFilesIn (*entries) == numKernels);
        CHECK ((catalogue->progress().numReadings == 0) == hasCache);
        CHECK (entries->folders()[0].problem == "");
        size_t numDamagedFound = 0, numWhole = 0;

        for (size_t n = 0; n < entries->size(); ++n)
        {
            const auto& entry = (*entries)[n];

            if (entry.isFactory())
                continue;

            if (! entry.facts.problem.empty())
                CHECK_THAT (entry.facts.problem, Contains ("'" + entry.name + ".wav' could not be "));

            numDamagedFound += entry.facts.problem.empty() ? 0u : 1u;
            numWhole +=
                entry.facts.hasThumbnail && entry.facts.lengthInFrames == 150 && entry.facts.numChannels == 2 ? 1u : 0u;
        }

        const size_t expected = numDamaged + (isRoot() ? 0 : 50);
        CHECK (numDamagedFound == expected);
        CHECK (numWhole == numKernels - expected);
    }

    CHECK ((base / "user/Catalogue.cache").getSize() < 2000000);
}
