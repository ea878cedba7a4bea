#include "Catalogue/Files/FolderWalk.h"

#include "Catalogue/CatalogueRun.h"

#include <algorithm>
#include <random>
#include <set>

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

const auto always = [] { return true; };

/** What a walk finds, in order, below a folder that is taken off the paths. */
struct Walked
{
    std::vector<std::string> paths;
    std::vector<bool> areLinks;
    std::vector<CatalogueFolder> folders;

    std::vector<std::string> sorted() const
    {
        auto result = paths;
        std::sort (result.begin(), result.end());
        return result;
    }
};

Walked walked (FolderWalk& walk, const TemporaryFolder& base, const std::vector<juce::String>& folders)
{
    Walked result;

    for (const auto& each : folders)
        result.folders.push_back ({ base.path (each), "old" });

    const auto prefix = base.path ("").size() + 1;
    CHECK (walk.run (result.folders, always,
                     [&] (const FoundKernel& found)
                     {
                         result.paths.push_back (found.path.substr (prefix));
                         result.areLinks.push_back (found.isLink);
                         CHECK (found.path.starts_with (found.kernelFolder));
                     }));
    return result;
}

Walked walked (const TemporaryFolder& base, const std::vector<juce::String>& folders, WalkLimits limits = {})
{
    FolderWalk walk (limits);
    return walked (walk, base, folders);
}

using Paths = std::vector<std::string>;

/** Until a folder's listing is taken for granted. */
void settle() { juce::Thread::sleep (2050); }

} // namespace

TEST_CASE ("A walk finds what may be kernels, at any depth, and nothing hidden", "[browser]")
{
    const TemporaryFolder base;

    for (const char* name : { "k/a.wav", "k/\u00fc \U0001f3b8.FLAC", "k/in/deep/er/b.csv", "k/x.wav/c.aiff", "k/no.cpp",
                              "k/.hidden.wav", "k/.git/d.wav", "k/._a.wav", "k/noextension", "beside/e.wav" })
        REQUIRE ((base / juce::String::fromUTF8 (name)).create());

    const auto found = walked (base, { "k" });
    CHECK (found.sorted() == Paths { "k/a.wav", "k/in/deep/er/b.csv", "k/x.wav/c.aiff", "k/\u00fc \U0001f3b8.FLAC" });
    CHECK (found.folders[0].problem == "");
    CHECK (walked (base, {}).paths.empty());
    CHECK (walked (base, { "k/.git" }).paths == Paths { "k/.git/d.wav" }); // if it is asked for
}

TEST_CASE ("Folders that are missing, none, named twice or within others give sentences and nothing twice", "[browser]")
{
    const TemporaryFolder base;

    for (const char* name : { "k/a.wav", "k/in/b.wav", "file.wav" })
        REQUIRE ((base / name).create());

    const auto found = walked (base, { "k", "none", "file.wav", "k/in" });
    CHECK (found.sorted() == Paths { "k/a.wav", "k/in/b.wav" });
    CHECK (found.folders[0].problem == "");
    CHECK_THAT (found.folders[1].problem, Contains ("none' was not found"));
    CHECK_THAT (found.folders[2].problem, Contains ("file.wav' is not a folder"));
    CHECK (found.folders[3].problem == "");

#if ! JUCE_WINDOWS
    REQUIRE (::symlink (base.path ("k").c_str(), base.path ("again").c_str()) == 0);
    const auto twice = walked (base, { "k", "again" });
    CHECK (twice.sorted() == Paths { "k/a.wav", "k/in/b.wav" });
    CHECK_THAT (twice.folders[1].problem, Contains ("is the same as another"));
#endif
}

#if ! JUCE_WINDOWS

TEST_CASE ("Links are followed once, and never round", "[browser]")
{
    const TemporaryFolder base;

    for (const char* name : { "k/a.wav", "k/in/b.wav", "far/c.wav", "far/more/d.wav", "k/e.txt" })
        REQUIRE ((base / name).create());

    const auto link = [&base] (const char* target, const char* name)
    { REQUIRE (::symlink (target, base.path (name).c_str()) == 0); };
    link ("a.wav", "k/0 link.wav");
    link ("loop.wav", "k/loop.wav");
    link ("nothing.wav", "k/broken.wav");
    link (".", "k/self");
    link ("..", "k/up");
    link ("/", "k/root");
    link ("../in", "k/in/me");
    link ("../far", "k/far");
    link ("../far/c.wav", "k/0 far.wav");
    link ("../k", "far/back");
    link ("in", "k/in.wav"); // a folder by a kernel's name

    const auto found = walked (base, { "k" });
    CHECK (found.sorted()
           == Paths { "k/0 far.wav", "k/0 link.wav", "k/a.wav", "k/e.txt", "k/far/c.wav", "k/far/more/d.wav",
                      "k/in/b.wav" });
    CHECK (found.folders[0].problem == "");
    CHECK (std::is_sorted (found.areLinks.begin(), found.areLinks.end())); // all that are real first
    CHECK (std::count (found.areLinks.begin(), found.areLinks.end(), true) == 2);
}

TEST_CASE ("Pipes are no kernels, and names that are no UTF-8 are told of", "[browser]")
{
    const TemporaryFolder base;
    REQUIRE ((base / "k/a.wav").create());
    REQUIRE (::mkfifo (base.path ("k/pipe.wav").c_str(), 0600) == 0);
    std::ofstream ((base.path ("k") + "/\xff\xfe.wav").c_str()) << "x";
    const auto found = walked (base, { "k" });
    CHECK (found.paths == Paths { "k/a.wav" });
    CHECK_THAT (found.folders[0].problem, Contains ("names are not UTF-8"));
    std::remove ((base.path ("k") + "/\xff\xfe.wav").c_str());
}

TEST_CASE ("Folders that may not be read are told of, and looked into when they may", "[browser]")
{
    if (isRoot())
    {
        skip ("root may read everything.");
        return;
    }

    const TemporaryFolder base;

    for (const char* name : { "k/a.wav", "k/shut/b.wav" })
        REQUIRE ((base / name).create());

    FolderWalk walk;
    CHECK (walked (walk, base, { "k" }).paths.size() == 2);
    settle();
    walked (walk, base, { "k" });
    CHECK_FALSE (walk.hasChanged (always));

    for (const mode_t mode : { 0000u, 0400u, 0100u })
    {
        CAPTURE (mode);
        REQUIRE (::chmod (base.path ("k/shut").c_str(), mode) == 0);
        CHECK (walk.hasChanged (always));
        const auto shut = walked (walk, base, { "k" });
        CHECK (shut.paths == Paths { "k/a.wav" });
        CHECK_THAT (shut.folders[0].problem, Contains ("shut' could not be opened"));
        CHECK_FALSE (walk.hasChanged (always));
        REQUIRE (::chmod (base.path ("k/shut").c_str(), 0700) == 0);
        CHECK (walk.hasChanged (always));
        CHECK (walked (walk, base, { "k" }).paths.size() == 2);
        settle();
        walked (walk, base, { "k" });
    }
}

TEST_CASE ("A further walk finds what has come, gone and moved", "[browser]")
{
    const TemporaryFolder base;
    std::set<std::string> expected;
    constexpr uint32_t seed = 61;
    std::mt19937 random (seed);
    FolderWalk walk;
    REQUIRE ((base / "k").createDirectory());

    for (int round = 0; round < 60; ++round)
    {
        const auto folder = "k/" + std::to_string (random() % 5) + "/" + std::to_string (random() % 3);
        const auto name = folder + "/" + std::to_string (random() % 10) + ".wav";
        CAPTURE (seed, round, name);

        if (random() % 3 != 0)
        {
            REQUIRE ((base / name).create());
            expected.insert (name);
        }
        else if (! expected.empty())
        {
            const auto gone = std::next (expected.begin(), static_cast<std::ptrdiff_t> (random() % expected.size()));
            REQUIRE ((base / *gone).deleteFile());
            expected.erase (gone);
        }

        CHECK (walked (walk, base, { "k" }).sorted() == Paths (expected.begin(), expected.end()));
    }

    settle();
    walked (walk, base, { "k" });
    CHECK_FALSE (walk.hasChanged (always));
    CHECK (walked (walk, base, { "k" }).sorted() == Paths (expected.begin(), expected.end())); // as remembered
    REQUIRE ((base / "k/0/0").createDirectory());
    REQUIRE ((base / "k/0/0/new.wav").create());
    CHECK (walk.hasChanged (always));
    CHECK (walked (walk, base, { "k" }).paths.size() == expected.size() + 1);

    settle();
    walked (walk, base, { "k" });
    REQUIRE (std::rename (base.path ("k").c_str(), base.path ("moved").c_str()) == 0);
    CHECK (walk.hasChanged (always));
    CHECK_THAT (walked (walk, base, { "k" }).folders[0].problem, Contains ("was not found"));
    CHECK_FALSE (walk.hasChanged (always));
    REQUIRE (std::rename (base.path ("moved").c_str(), base.path ("k").c_str()) == 0);
    CHECK (walk.hasChanged (always));
    CHECK (walked (walk, base, { "k" }).paths.size() == expected.size() + 1);
}

#endif

TEST_CASE ("More than the limits is left out, with a sentence", "[browser]")
{
    const TemporaryFolder base;

    for (int folder = 0; folder < 10; ++folder)
        for (int n = 0; n < 10; ++n)
            REQUIRE ((base / ("k/" + std::to_string (folder) + "/" + std::to_string (n) + ".wav")).create());

    const auto kernels = walked (base, { "k" }, { 42, 1000, 1000, 100 });
    CHECK (kernels.paths.size() == 42);
    CHECK_THAT (kernels.folders[0].problem, Contains ("more kernels than can be shown"));

    const auto folders = walked (base, { "k" }, { 1000, 5, 1000, 100 });
    CHECK (folders.paths.size() == 40);
    CHECK_THAT (folders.folders[0].problem, Contains ("too many folders"));

    const auto names = walked (base, { "k" }, { 1000, 1000, 50, 100 });
    CHECK (names.paths.size() <= 50);
    CHECK (names.paths.size() >= 30);
    CHECK_THAT (names.folders[0].problem, Contains ("too many files"));

    REQUIRE ((base / "deep/1/2/3/4/5/6.wav").create());
    REQUIRE ((base / "deep/1/7.wav").create());
    const auto deep = walked (base, { "deep" }, { 1000, 1000, 1000, 3 });
    CHECK (deep.paths == Paths { "deep/1/7.wav" });
    CHECK_THAT (deep.folders[0].problem, Contains ("without end"));
}

TEST_CASE ("A walk stops when it is told, and goes on another time", "[browser]")
{
    const TemporaryFolder base;

    for (int n = 0; n < 300; ++n)
        REQUIRE ((base / ("k/" + std::to_string (n % 30) + "/" + std::to_string (n) + ".wav")).create());

    FolderWalk walk;

    for (const int most : { 0, 1, 5, 20 })
    {
        std::vector<CatalogueFolder> folders { { base.path ("k"), {} } };
        int questions = 0;
        size_t count = 0;
        CHECK_FALSE (walk.run (
            folders, [&] { return ++questions <= most; }, [&count] (const FoundKernel&) { ++count; }));
        CHECK (count < 300);
        CHECK (questions == most + 1);
    }

    CHECK (walked (walk, base, { "k" }).paths.size() == 300);
}
