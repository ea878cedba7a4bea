#include "Catalogue/CatalogueRun.h"

#include <cstdio>

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** Sees to it that something comes to pass within the few seconds that are promised. */
bool isSeen (const std::function<bool()>& condition) { return comesTrue (condition, 6.0); }

bool has (const Catalogue& catalogue, const juce::File& file)
{
    return entryOf (*catalogue.snapshot(), file) != nullptr;
}

uint64_t lengthOf (const Catalogue& catalogue, const juce::File& file)
{
    const auto entries = catalogue.snapshot();
    const auto* const entry = entryOf (*entries, file);
    return entry != nullptr && entry->facts.hasThumbnail ? entry->facts.lengthInFrames : 0;
}

std::string problemOf (const Catalogue& catalogue)
{
    const auto entries = catalogue.snapshot();
    return entries->folders().empty() ? std::string ("no folder") : entries->folders()[0].problem;
}

/** A catalogue that is watched, of a folder with two files. */
struct Watched
{
    explicit Watched (const TemporaryFolder& base)
    {
        writeWave (base / "k/a.wav", 10);
        writeWave (base / "k/in/b.wav", 20);
        catalogue = std::make_unique<Catalogue> (base / "user");
        catalogue->addWatcher();
        catalogue->setFolders ({ (base / "k").getFullPathName() });
        REQUIRE (numFilesIn (*settled (*catalogue)) == 2);
    }

    std::unique_ptr<Catalogue> catalogue;
};

} // namespace

TEST_CASE ("Files that come, change and go are followed while somebody watches", "[browser]")
{
    const TemporaryFolder base;
    const Watched watched (base);
    const auto& catalogue = *watched.catalogue;
    writeWave (base / "k/new/c.wav", 30);
    writeWave (base / "k/a.wav", 40, 1, 48000, 2); // in place
    REQUIRE ((base / "k/in/b.wav").deleteFile());
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/new/c.wav") == 30; }));
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/a.wav") == 40; }));
    CHECK (isSeen ([&] { return ! has (catalogue, base / "k/in/b.wav"); }));

    writeWave (base / "other.wav", 50);
    REQUIRE ((base / "other.wav").moveFileTo (base / "k/a.wav")); // another in its place
    REQUIRE (std::rename (base.path ("k/new").c_str(), base.path ("k/old").c_str()) == 0);
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/a.wav") == 50; }));
    CHECK (isSeen (
        [&] { return ! has (catalogue, base / "k/new/c.wav") && lengthOf (catalogue, base / "k/old/c.wav") == 30; }));

    writeBytes (base / "k/a.wav", "no sound");
    CHECK (isSeen (
        [&]
        {
            const auto entries = catalogue.snapshot();
            return ! entryOf (*entries, base / "k/a.wav")->facts.problem.empty();
        }));

    // A moment after nobody watches any more, nothing is followed, until somebody does.
    watched.catalogue->removeWatcher();
    settled (catalogue);
    const auto version = catalogue.version();
    writeWave (base / "k/d.wav", 60);
    juce::Thread::sleep (2500);
    CHECK (catalogue.version() == version);
    watched.catalogue->addWatcher();
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/d.wav") == 60; }));
}

TEST_CASE ("A kernel folder that goes and comes is followed, with a sentence", "[browser]")
{
    const TemporaryFolder base;
    const Watched watched (base);
    const auto& catalogue = *watched.catalogue;
    REQUIRE (std::rename (base.path ("k").c_str(), base.path ("moved").c_str()) == 0);
    CHECK (isSeen ([&] { return numFilesIn (*catalogue.snapshot()) == 0; }));
    CHECK_THAT (problemOf (catalogue), Contains ("k' was not found"));
    REQUIRE (std::rename (base.path ("moved").c_str(), base.path ("k").c_str()) == 0);
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/in/b.wav") == 20; }));
    CHECK (problemOf (catalogue) == "");

    REQUIRE ((base / "k").deleteRecursively());
    CHECK (isSeen ([&] { return numFilesIn (*catalogue.snapshot()) == 0; }));
    REQUIRE ((base / "k").replaceWithText ("a file now"));
    CHECK (isSeen ([&] { return problemOf (catalogue).find ("is not a folder") != std::string::npos; }));
}

#if ! JUCE_WINDOWS

TEST_CASE ("A kernel folder, or one in it, that may no longer be read is followed, with a sentence", "[browser]")
{
    if (isRoot())
    {
        skip ("root may read everything.");
        return;
    }

    const TemporaryFolder base;
    const Watched watched (base);
    const auto& catalogue = *watched.catalogue;
    juce::Thread::sleep (4500); // till the folders are taken for granted

    REQUIRE (::chmod (base.path ("k").c_str(), 0000) == 0);
    CHECK (isSeen ([&] { return numFilesIn (*catalogue.snapshot()) == 0; }));
    CHECK_THAT (problemOf (catalogue), Contains ("k' could not be opened. Check that you may read it."));
    REQUIRE (::chmod (base.path ("k").c_str(), 0700) == 0);
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/in/b.wav") == 20; }));
    CHECK (problemOf (catalogue) == "");

    REQUIRE (::chmod (base.path ("k/in").c_str(), 0400) == 0);
    CHECK (isSeen ([&] { return ! has (catalogue, base / "k/in/b.wav"); }));
    CHECK (has (catalogue, base / "k/a.wav"));
    CHECK_THAT (problemOf (catalogue), Contains ("in' could not be opened"));
    REQUIRE (::chmod (base.path ("k/in").c_str(), 0700) == 0);
    CHECK (isSeen ([&] { return has (catalogue, base / "k/in/b.wav") && problemOf (catalogue).empty(); }));
}

TEST_CASE ("Links, and pipes in the place of files, are followed", "[browser]")
{
    const TemporaryFolder base;
    const Watched watched (base);
    const auto& catalogue = *watched.catalogue;
    writeWave (base / "far/c.wav", 30);
    writeWave (base / "far/d.wav", 40);
    REQUIRE (::symlink (base.path ("far/c.wav").c_str(), base.path ("k/link.wav").c_str()) == 0);
    REQUIRE (::symlink ("a.wav", base.path ("k/again.wav").c_str()) == 0);
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/link.wav") == 30; }));
    CHECK_FALSE (has (catalogue, base / "k/again.wav")); // it is there by its own name

    // The link's folder has it by a better name, whichever comes first.
    REQUIRE (::symlink (base.path ("far").c_str(), base.path ("k/zfar").c_str()) == 0);
    CHECK (isSeen ([&] { return lengthOf (catalogue, base / "k/zfar/d.wav") == 40; }));
    CHECK (isSeen ([&] { return has (catalogue, base / "k/zfar/c.wav") && ! has (catalogue, base / "k/link.wav"); }));

    REQUIRE ((base / "far/d.wav").deleteFile());
    CHECK (isSeen ([&] { return ! has (catalogue, base / "k/zfar/d.wav"); }));
    REQUIRE ((base / "k/a.wav").deleteFile());
    REQUIRE (::mkfifo (base.path ("k/a.wav").c_str(), 0600) == 0);
    CHECK (isSeen ([&] { return ! has (catalogue, base / "k/a.wav"); }));
    CHECK (has (catalogue, base / "k/in/b.wav"));
}

#endif
