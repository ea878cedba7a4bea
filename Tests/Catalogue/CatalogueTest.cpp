#include "Catalogue/Catalogue.h"

#include "Catalogue/CatalogueRun.h"
#include "Catalogue/CatalogueSearch.h"
#include "Kernel/Generators/FactoryBank.h"

#include <algorithm>

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** What there is to see of an entry. */
bool isSame (const CatalogueEntry& a, const CatalogueEntry& b)
{
    return a.id == b.id && a.facts == b.facts && a.hasFacts == b.hasFacts && a.modifiedMs == b.modifiedMs
           && a.sizeInBytes == b.sizeInBytes && a.tags == b.tags && a.isSingle == b.isSingle;
}

} // namespace

TEST_CASE ("The factory bank is there at once, with its facts", "[browser]")
{
    const TemporaryFolder user;
    const Catalogue catalogue (user / "user");
    const auto entries = catalogue.snapshot();
    REQUIRE (entries->size() == factoryKernels().size());

    for (size_t n = 0; n < entries->size(); ++n)
    {
        const auto& entry = (*entries)[n];
        CAPTURE (entry.name);
        CHECK (entry.isFactory());
        CHECK (entry.name == factoryKernels()[n].name);
        CHECK (entry.folder == factoryKernels()[n].category);
        CHECK (entry.hasFacts);
        CHECK (entry.facts.hasThumbnail);
        CHECK (entry.facts.durationInSeconds() > 0.0);
    }

    CHECK (Catalogue::in (user / "user") == Catalogue::in (user / "user"));
}

TEST_CASE ("Facts of the kernel folders are found in the background, and kept for another time", "[browser]")
{
    const TemporaryFolder base;

    for (size_t n = 0; n < 60; ++n)
        writeWave (base / ("k/" + std::to_string (n % 7) + "/" + std::to_string (n) + ".wav"), 100 + n, 1 + n % 4,
                   n % 2 == 0 ? 48000 : 44100);

    writeBytes (base / "k/notes.txt", "Recorded in a church.");
    writeBytes (base / "k/numbers.txt", "1 2 3\n");
    writeBytes (base / "k/bad.wav", "no sound");
    std::vector<CatalogueEntry> before;

    {
        Catalogue catalogue (base / "user");
        catalogue.setFolders ({ (base / "k").getFullPathName() });
        CHECK (catalogue.progress().isScanning); // at once
        const auto entries = settled (catalogue);
        REQUIRE (numFilesIn (*entries) == 62); // but for the notes
        CHECK (catalogue.version() == entries->version());
        CHECK (catalogue.progress().numFiles == 62);
        CHECK (catalogue.progress().numReadings == 2 * 60 + 3); // headers first
        REQUIRE (entries->folders().size() == 1);
        CHECK (entries->folders()[0].problem == "");

        for (size_t n = 0; n < 60; ++n)
        {
            const auto* const entry =
                entryOf (*entries, base / ("k/" + std::to_string (n % 7) + "/" + std::to_string (n) + ".wav"));
            REQUIRE (entry != nullptr);
            CHECK (entry->hasFacts);
            CHECK (entry->facts.lengthInFrames == 100 + n);
            CHECK (entry->facts.numChannels == 1 + n % 4);
            CHECK (entry->facts.sampleRate == (n % 2 == 0 ? 48000.0 : 44100.0));
            CHECK (entry->facts.hasThumbnail);
            CHECK (entry->facts.thumbnail.back() == 255); // its samples rise
            CHECK (entry->tags == std::vector<std::string> { std::to_string (n % 7) });
        }

        CHECK_THAT (entryOf (*entries, base / "k/bad.wav")->facts.problem, Contains ("'bad.wav' could not be read"));
        CHECK (entryOf (*entries, base / "k/notes.txt") == nullptr);
        CHECK (entryOf (*entries, base / "k/numbers.txt")->facts.lengthInFrames == 3);

        for (size_t n = 0; n < entries->size(); ++n)
            before.push_back ((*entries)[n]);
    }

    const auto byId = [] (const CatalogueEntry& a, const CatalogueEntry& b) { return a.id < b.id; };
    std::sort (before.begin(), before.end(), byId);

    {
        Catalogue catalogue (base / "user");
        catalogue.setFolders ({ (base / "k").getFullPathName() });
        const auto entries = settled (catalogue);
        CHECK (catalogue.progress().numReadings == 0);
        std::vector<CatalogueEntry> after;

        for (size_t n = 0; n < entries->size(); ++n)
            after.push_back ((*entries)[n]);

        std::sort (after.begin(), after.end(), byId);
        CHECK (std::equal (before.begin(), before.end(), after.begin(), after.end(), isSame));
    }

    // A file that was changed since is read anew, and no other.
    writeWave (base / "k/0/0.wav", 7777, 2, 96000, 3);
    {
        Catalogue catalogue (base / "user");
        catalogue.setFolders ({ (base / "k").getFullPathName() });
        const auto entries = settled (catalogue);
        CHECK (catalogue.progress().numReadings == 2);
        CHECK (entryOf (*entries, base / "k/0/0.wav")->facts.lengthInFrames == 7777);
    }

    // A damaged cache is as if there were none.
    const auto cache = base / "user/Catalogue.cache";
    juce::MemoryBlock bytes;
    REQUIRE (cache.loadFileAsData (bytes));
    bytes[bytes.getSize() / 2] = static_cast<char> (bytes[bytes.getSize() / 2] ^ 1);
    REQUIRE (cache.replaceWithData (bytes.getData(), bytes.getSize()));
    Catalogue catalogue (base / "user");
    catalogue.setFolders ({ (base / "k").getFullPathName() });
    CHECK (numFilesIn (*settled (catalogue)) == 62);
    CHECK (catalogue.progress().numReadings == 2 * 60 + 3);
}

TEST_CASE ("Single files are shown though they lie in no kernel folder", "[browser]")
{
    const TemporaryFolder base;
    writeWave (base / "k/a.wav", 10);
    writeWave (base / "far/b.wav", 20);
    writeWave (base / "far/c.wav", 30);
    Catalogue catalogue (base / "user");
    catalogue.addWatcher();
    catalogue.setFolders ({ (base / "k").getFullPathName(), "relative", (base / "k").getFullPathName() });
    catalogue.setSingles ({ base.path ("far/b.wav"), base.path ("k/a.wav"), base.path ("far/none.wav"),
                            "factory:Cathedral", "relative.wav", "/", base.path ("far"), base.path ("far/b.wav") });
    auto entries = settled (catalogue);
    CHECK (numFilesIn (*entries) == 2);
    CHECK (entries->folders().size() == 1);
    CHECK_FALSE (entryOf (*entries, base / "k/a.wav")->isSingle);
    REQUIRE (entryOf (*entries, base / "far/b.wav") != nullptr);
    CHECK (entryOf (*entries, base / "far/b.wav")->isSingle);
    CHECK (entryOf (*entries, base / "far/b.wav")->facts.lengthInFrames == 20);
    CHECK (search (*entries, { "b", {}, {} }, {}).size() < search (*entries, {}, {}).size());

    // It becomes one of a folder, and one again, with what is known of it.
    catalogue.setFolders ({ (base / "k").getFullPathName(), (base / "far").getFullPathName() });
    entries = settled (catalogue);
    CHECK (numFilesIn (*entries) == 3);
    CHECK_FALSE (entryOf (*entries, base / "far/b.wav")->isSingle);
    CHECK (entryOf (*entries, base / "far/b.wav")->facts.lengthInFrames == 20);
    catalogue.setFolders ({});
    entries = settled (catalogue);
    CHECK (numFilesIn (*entries) == 2);
    CHECK (entryOf (*entries, base / "k/a.wav")->isSingle);
    CHECK (entryOf (*entries, base / "far/b.wav")->isSingle);

    // Removed, it goes, and comes again.
    REQUIRE ((base / "far/b.wav").deleteFile());
    CHECK (comesTrue ([&] { return entryOf (*catalogue.snapshot(), base / "far/b.wav") == nullptr; }));
    catalogue.setSingles ({});
    CHECK (numFilesIn (*settled (catalogue)) == 0);
}

TEST_CASE ("A file that is still being written is read when it is at rest", "[browser]")
{
    const TemporaryFolder base;
    const auto whole = waveText (50000);
    REQUIRE ((base / "k").createDirectory());
    Catalogue catalogue (base / "user");
    catalogue.addWatcher();
    catalogue.setFolders ({ (base / "k").getFullPathName() });
    settled (catalogue);

    {
        std::ofstream stream (toPath (base.path ("k/a.wav")), std::ios::binary);

        for (size_t n = 0; n < whole.size(); n += 5000)
        {
            stream.write (whole.data() + n, static_cast<std::streamsize> (std::min<size_t> (5000, whole.size() - n)));
            stream.flush();
            juce::Thread::sleep (60);
            const auto* const entry = entryOf (*catalogue.snapshot(), base / "k/a.wav");
            CHECK ((entry == nullptr || ! entry->hasFacts || entry->facts.problem.empty()));
        }
    }

    CHECK (comesTrue (
        [&]
        {
            const auto entries = catalogue.snapshot();
            const auto* const entry = entryOf (*entries, base / "k/a.wav");
            return entry != nullptr && entry->facts.hasThumbnail && entry->facts.lengthInFrames == 50000;
        }));
    REQUIRE (isSettled (catalogue));
}

TEST_CASE ("A catalogue ends whatever it is doing", "[browser]")
{
    const TemporaryFolder base;

    for (int n = 0; n < 500; ++n)
        writeWave (base / ("k/" + std::to_string (n % 20) + "/" + std::to_string (n) + ".wav"), 200);

    writeWave (base / "k/long.wav", 6000000, 2); // 24 MB

    for (int n = 0; n < 10; ++n)
    {
        auto catalogue = std::make_unique<Catalogue> (base / ("user" + std::to_string (n)));
        catalogue->addWatcher();

        if (n % 2 == 0)
            catalogue->prioritise ({ base.path ("k/long.wav") });

        catalogue->setFolders ({ (base / "k").getFullPathName() });
        std::this_thread::sleep_for (std::chrono::milliseconds (3 * n * n));
        catalogue.reset();

        // What it had found by then is whole: another one goes on from there.
        Catalogue next (base / ("user" + std::to_string (n)));
        next.addWatcher();
        next.setFolders ({ (base / "k").getFullPathName() });
        CHECK (numFilesIn (*settled (next)) == 501);
    }
}

TEST_CASE ("Folders may be changed at any moment, from any thread", "[browser]")
{
    const TemporaryFolder base;

    for (int n = 0; n < 300; ++n)
        writeWave (base / ("k/" + std::to_string (n % 3) + "/" + std::to_string (n) + ".wav"), 50);

    Catalogue catalogue (base / "user");
    catalogue.addWatcher();
    std::vector<std::thread> threads;
    std::atomic<bool> isWrong { false };

    for (int thread = 0; thread < 3; ++thread)
        threads.emplace_back (
            [&, thread]
            {
                uint64_t version = 0;

                for (int n = 0; n < 200; ++n)
                {
                    if (thread == 0)
                        catalogue.setFolders ({ (base / "k/0").getFullPathName(),
                                                (base / ("k/" + std::to_string (n % 3))).getFullPathName() });
                    else if (thread == 1)
                        catalogue.setSingles ({ base.path ("k/1/" + std::to_string (1 + 3 * (n % 20)) + ".wav") });
                    else
                        catalogue.prioritise ({ base.path ("k/0/" + std::to_string (3 * (n % 20)) + ".wav") });

                    const auto entries = catalogue.snapshot();
                    isWrong = isWrong || entries->version() < version || entries->byName().size() != entries->size();
                    version = entries->version();
                    std::this_thread::sleep_for (std::chrono::microseconds (500));
                }
            });

    for (auto& each : threads)
        each.join();

    CHECK_FALSE (isWrong);
    catalogue.setSingles ({});
    catalogue.setFolders ({ (base / "k").getFullPathName() });
    const auto entries = settled (catalogue);
    CHECK (numFilesIn (*entries) == 300);
    catalogue.setFolders ({ (base / "k/2").getFullPathName() });
    CHECK (numFilesIn (*settled (catalogue)) == 100);
    CHECK (numFilesIn (*entries) == 300); // what was handed out stays
}

TEST_CASE ("A snapshot is in the natural order of names", "[browser]")
{
    const TemporaryFolder base;

    for (const char* name : { "hall 10", "hall 9", "Hall 1", "\u00fcber", "Zoo", "apple" })
        writeWave (base / ("k/" + juce::String::fromUTF8 (name) + ".wav"));

    Catalogue catalogue (base / "user");
    catalogue.setFolders ({ (base / "k").getFullPathName() });
    const auto entries = settled (catalogue);
    std::vector<std::string> names;

    for (const auto index : entries->byName())
        if (! (*entries)[index].isFactory())
            names.push_back ((*entries)[index].name);

    CHECK (names == std::vector<std::string> { "apple", "Hall 1", "hall 9", "hall 10", "\u00fcber", "Zoo" });
}
