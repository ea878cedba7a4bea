#include "Catalogue/CatalogueFiles.h"

#include "Catalogue/CatalogueRun.h"

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

const auto always = [] { return true; };

FactsReading read (const CatalogueFiles::Wish& wish) { return readFacts (wish.path, wish.headerOnly, always); }

/** Files below a folder, as a walk gives them. */
void walk (CatalogueFiles& files, const std::string& folder, const std::vector<std::string>& paths)
{
    files.beginWalk ({ { folder, {} } });

    for (const auto& path : paths)
        files.add ({ path, folder, false });

    files.endWalk();
}

} // namespace

TEST_CASE ("What is visible is looked into first, then headers, then the rest", "[browser]")
{
    const TemporaryFolder base;
    FactsCache cache (base / "cache");
    CatalogueFiles files (cache);
    std::vector<std::string> paths;

    for (const char* name : { "0.wav", "1.wav", "2.csv", "3.wav", "4.wav" })
    {
        writeBytes (base / ("k/" + juce::String (name)), name[0] == '2' ? "1,2" : waveText (100));
        paths.push_back (base.path ("k/" + juce::String (name)));
    }

    walk (files, base.path ("k"), paths);
    std::vector<std::string> wanted { "/no/such/file.wav", paths[3], "factory:Cathedral", paths[2] };
    std::vector<std::string> order;

    while (const auto wish = files.next (wanted))
    {
        REQUIRE (order.size() < 20);
        order.push_back (fileNameOf (wish->path) + (wish->headerOnly ? " header" : ""));
        files.take (*wish, read (*wish));

        if (order.size() == 4) // what is scrolled to meanwhile
            wanted.push_back (paths[4]);
    }

    CHECK (order
           == std::vector<std::string> { "3.wav", "2.csv", "0.wav header", "1.wav header", "4.wav", "0.wav", "1.wav" });
    CHECK (wanted == std::vector<std::string> { "/no/such/file.wav", "factory:Cathedral" });
    CHECK (files.count().files == 5);
    CHECK (files.count().withFacts == 5);
    CHECK_FALSE (files.nextTime());
}

TEST_CASE ("What a walk has not come to yet is still shown, and what it does not find is not", "[browser]")
{
    const TemporaryFolder base;
    FactsCache cache (base / "cache");
    CatalogueFiles files (cache);
    std::vector<std::string> paths;

    for (int n = 0; n < 6; ++n)
    {
        writeWave (base / ("k/" + std::to_string (n) + ".wav"));
        paths.push_back (base.path ("k/" + std::to_string (n) + ".wav"));
    }

    const auto shown = [&files]
    {
        std::vector<CatalogueFiles::Entry> entries;
        files.appendTo (entries);
        std::set<std::string> names;

        for (const auto& each : entries)
            names.insert (each->name);

        CHECK (names.size() == entries.size());
        return names;
    };
    const auto folder = base.path ("k");
    walk (files, folder, paths);
    const std::set<std::string> all { "0", "1", "2", "3", "4", "5" };
    CHECK (shown() == all);

    for (int stopped = 0; stopped < 3; ++stopped)
    {
        files.beginWalk ({ { folder, {} } });
        files.add ({ paths[4], folder, false });
        CHECK (shown() == all);
        files.add ({ paths[static_cast<size_t> (stopped)], folder, false });
        CHECK (shown() == all);
    }

    files.endWalk();
    CHECK (shown() == std::set<std::string> { "2", "4" });
    files.beginWalk ({ { base.path ("other"), {} } });
    CHECK (shown().empty()); // what lies in no kernel folder any more
}

TEST_CASE ("A file that was changed a moment ago is not read yet", "[browser]")
{
    const TemporaryFolder base;
    FactsCache cache (base / "cache");
    CatalogueFiles files (cache);
    writeWave (base / "k/a.wav");
    REQUIRE ((base / "k/a.wav").setLastModificationTime (juce::Time::getCurrentTime()));
    walk (files, base.path ("k"), { base.path ("k/a.wav") });
    std::vector<std::string> wanted { base.path ("k/a.wav") };
    CHECK_FALSE (files.next (wanted));
    REQUIRE (files.nextTime());
    CHECK (*files.nextTime() - CatalogueFiles::Clock::now() < std::chrono::milliseconds (2100));
    std::this_thread::sleep_until (*files.nextTime());
    const auto wish = files.next (wanted);
    REQUIRE (wish);

    // Changed since it was listed, it waits once more.
    writeWave (base / "k/a.wav", 77);
    REQUIRE ((base / "k/a.wav").setLastModificationTime (juce::Time::getCurrentTime()));
    files.take (*wish, read (*wish));
    CHECK_FALSE (files.next (wanted));
    CHECK (cache.size() == 0);
    age (base / "k/a.wav");
    CHECK_FALSE (files.look (wanted, CatalogueFiles::Clock::now() + std::chrono::seconds (1), always));
    const auto again = files.next (wanted);
    REQUIRE (again);
    files.take (*again, read (*again));
    CHECK_FALSE (files.next (wanted));
    CHECK (cache.size() == 1);
    CHECK (files.count().withFacts == 1);

    // Gone, a look says so.
    REQUIRE ((base / "k/a.wav").deleteFile());
    CHECK (files.look ({}, CatalogueFiles::Clock::now() + std::chrono::seconds (1), always));
}

#if ! JUCE_WINDOWS

TEST_CASE ("A link to what is there already is not shown", "[browser]")
{
    const TemporaryFolder base;
    FactsCache cache (base / "cache");
    CatalogueFiles files (cache);
    const auto folder = base.path ("k");
    writeWave (base / "k/a.wav");
    writeWave (base / "far/b.wav");
    REQUIRE (::symlink ("a.wav", base.path ("k/again.wav").c_str()) == 0);

    for (const char* name : { "b1.wav", "b2.wav" })
        REQUIRE (::symlink ("../far/b.wav", base.path ("k/" + juce::String (name)).c_str()) == 0);

    for (int round = 0; round < 2; ++round)
    {
        files.beginWalk ({ { folder, {} } });
        const auto paths = { base.path ("k/a.wav"), base.path ("k/again.wav"), base.path ("k/b1.wav"),
                             base.path ("k/b2.wav") };

        for (const auto& path : paths)
            files.add ({ path, folder, path != *paths.begin() });

        files.endWalk();
        std::vector<CatalogueFiles::Entry> entries;
        files.appendTo (entries);
        REQUIRE (entries.size() == 2);
        CHECK (entries[0]->name == "a");
        CHECK (entries[1]->name == "b1");
    }
}

#endif
