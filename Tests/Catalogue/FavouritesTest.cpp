#include "Catalogue/Favourites.h"

#include "Catalogue/CatalogueRun.h"
#include "Support/Files/Process.h"

#include <cstdlib>

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

CatalogueMarks saved (const TemporaryFolder& user) { return *Favourites (user / "").marks(); }

/** Without new ends of lines. */
bool replaceText (const juce::File& file, const juce::String& text)
{
    return file.replaceWithText (text, false, false, nullptr);
}

juce::String textIn (const TemporaryFolder& user) { return (user / "Favourites.txt").loadFileAsString(); }

} // namespace

TEST_CASE ("Favourites and recents count at once, and are kept", "[browser]")
{
    const TemporaryFolder base;
    const auto folder = base / "new/user";

    {
        Favourites favourites (folder);
        const auto version = favourites.version();
        const auto before = favourites.marks();
        favourites.setFavourite ("/k/\u00fc \U0001f3b8.wav", true);
        CHECK (favourites.isFavourite ("/k/\u00fc \U0001f3b8.wav"));
        CHECK (favourites.version() > version);
        favourites.setFavourite ("/k/b.wav", true);
        favourites.setFavourite ("/k/b.wav", false);
        favourites.addRecent ("factory:Cathedral");
        favourites.addRecent ("/k/c.wav");
        favourites.addRecent ("factory:Cathedral");
        CHECK (favourites.marks()->recents == std::vector<std::string> { "factory:Cathedral", "/k/c.wav" });
        CHECK (before->favourites.empty()); // what was handed out stays

        const auto last = favourites.version();
        favourites.setFavourite ("/k/b.wav", false); // nothing new
        favourites.addRecent ("factory:Cathedral");
        favourites.addRecent ("");
        CHECK (favourites.version() == last);
        CHECK (favourites.problem() == "");
    }

    const Favourites again (folder);
    CHECK (again.marks()->favourites == std::unordered_set<std::string> { "/k/\u00fc \U0001f3b8.wav" });
    CHECK (again.marks()->recents == std::vector<std::string> { "factory:Cathedral", "/k/c.wav" });
}

TEST_CASE ("A change is saved a moment later, and however soon all ends", "[browser]")
{
    const TemporaryFolder user;

    {
        Favourites favourites (user / "");
        favourites.setFavourite ("/a", true);
        CHECK (comesTrue ([&] { return textIn (user).contains ("favourite /a\n"); }));
        favourites.setFavourite ("/b", true);
        CHECK (comesTrue ([&] { return textIn (user).contains ("favourite /b\n"); }));
    }

    for (int n = 0; n < 60; ++n)
    {
        const auto id = "/" + std::to_string (n);
        {
            Favourites favourites (user / "");
            favourites.setFavourite (id, true);

            if (n % 3 == 1)
                std::this_thread::sleep_for (std::chrono::microseconds (100 * n));
        }
        CAPTURE (n);
        CHECK (saved (user).favourites.contains (id));
    }
}

TEST_CASE ("All instances that name a folder share its favourites", "[browser]")
{
    const TemporaryFolder user, other;
    auto first = Favourites::in (user / ""), second = Favourites::in (user / "");
    CHECK (first == second);
    CHECK (Favourites::in (other / "") != first);
    first->setFavourite ("/a", true);
    CHECK (second->isFavourite ("/a"));
    first.reset();
    second.reset();
    CHECK (Favourites::in (user / "")->isFavourite ("/a"));
}

TEST_CASE ("What another process has saved meanwhile is kept, and shown", "[browser]")
{
    const TemporaryFolder user;
    Favourites one (user / ""), two (user / "");
    one.setFavourite ("/one", true);
    one.addRecent ("/x");
    REQUIRE (comesTrue ([&] { return textIn (user).contains ("/x"); }));
    two.setFavourite ("/two", true);
    two.addRecent ("/y");
    REQUIRE (comesTrue ([&] { return textIn (user).contains ("/y"); }));
    CHECK (comesTrue ([&] { return two.isFavourite ("/one"); }));
    CHECK (two.marks()->recents == std::vector<std::string> { "/y", "/x" });
    two.setFavourite ("/one", false);
    REQUIRE (comesTrue ([&] { return ! textIn (user).contains ("/one"); }));
    one.addRecent ("/z");
    CHECK (comesTrue ([&] { return textIn (user).contains ("/z"); }));
    CHECK (saved (user).favourites == std::unordered_set<std::string> { "/two" });
    CHECK (saved (user).recents == std::vector<std::string> { "/z", "/y", "/x" });

    // A file that is gone is written again.
    REQUIRE ((user / "Favourites.txt").deleteFile());
    one.setFavourite ("/new", true);
    CHECK (comesTrue ([&] { return textIn (user).contains ("/two") && textIn (user).contains ("/new"); }));
}

// Run by the test below, in processes of its own.
TEST_CASE ("stars kernels", "[.stars]")
{
    const juce::String folder = juce::SystemStats::getEnvironmentVariable ("FALTWERK_STARS", {});
    const auto name = juce::SystemStats::getEnvironmentVariable ("FALTWERK_STARS_NAME", {}).toStdString();
    REQUIRE (folder.isNotEmpty());

    for (int n = 0; n < 20; ++n)
    {
        Favourites favourites { juce::File (folder) };
        favourites.setFavourite ("/" + name + std::to_string (n), true);
    }
}

#if ! JUCE_WINDOWS

TEST_CASE ("Processes that save at the same time lose nothing of each other", "[browser]")
{
    const TemporaryFolder user;
    std::vector<std::thread> threads;

    for (const char* name : { "a", "b", "c", "d" })
        threads.emplace_back (
            [&user, name]
            {
                runProcess ({ "/usr/bin/env", "FALTWERK_STARS=" + user.path (""),
                              std::string ("FALTWERK_STARS_NAME=") + name, FALTWERK_CATALOGUE_TESTS, "[.stars]" });
            });

    for (auto& each : threads)
        each.join();

    const auto marks = saved (user);
    CHECK (marks.favourites.size() == 80);
    CHECK (user.numFiles() == 1);
}

#endif

TEST_CASE ("A damaged file of favourites loses nothing", "[browser]")
{
    const TemporaryFolder user;
    const auto file = user / "Favourites.txt";
    const juce::String damaged = "Faltwerk favourites 1\nfavourite /a\nfavour/b\nrecent /c\n";
    REQUIRE (replaceText (file, damaged));

    {
        Favourites favourites (user / "");
        CHECK (favourites.isFavourite ("/a"));
        CHECK (favourites.marks()->recents == std::vector<std::string> { "/c" });
        CHECK_THAT (favourites.problem(), Contains ("Favourites.txt' is damaged: 1 of its lines"));
        CHECK (file.loadFileAsString() == damaged); // untouched while there is nothing to save
        favourites.setFavourite ("/d", true);
        REQUIRE (comesTrue ([&] { return textIn (user).contains ("/d"); }));
        CHECK_THAT (favourites.problem(), Contains ("is damaged"));
    }

    CHECK ((user / "Favourites damaged.txt").loadFileAsString() == damaged);
    CHECK (saved (user).favourites == std::unordered_set<std::string> { "/a", "/d" });

    // Damaged once more, the first copy stays.
    const juce::String bytes = "\x01\x02 no favourites";
    REQUIRE (replaceText (file, bytes));
    {
        Favourites favourites (user / "");
        favourites.setFavourite ("/e", true);
    }
    CHECK ((user / "Favourites damaged.txt").loadFileAsString() == damaged);
    CHECK (user.numFiles() == 3);

    // Damaged while it is in use, what is still known is saved.
    Favourites favourites (user / "");
    favourites.setFavourite ("/f", true);
    REQUIRE (comesTrue ([&] { return textIn (user).contains ("/f"); }));

    for (const char* text : { "", "rubbish", "Faltwerk favourites 1\nfavourite /g\nrubb" })
    {
        const auto id = "/" + std::to_string (std::string (text).size());
        REQUIRE (replaceText (file, text));
        favourites.setFavourite (id, true);
        REQUIRE (comesTrue ([&] { return textIn (user).contains (id + "\n"); }));
        CHECK (saved (user).favourites.contains ("/e"));
        CHECK (saved (user).favourites.contains ("/f"));
    }

    CHECK (saved (user).favourites.contains ("/g"));
}

TEST_CASE ("A file of a newer version, or that cannot be written, is left alone, and said so", "[browser]")
{
    const TemporaryFolder user;
    const auto file = user / "Favourites.txt";
    const juce::String newer = "Faltwerk favourites 2\nsomething else\n";
    REQUIRE (replaceText (file, newer));

    {
        Favourites favourites (user / "");
        CHECK_THAT (favourites.problem(), Contains ("of a newer Faltwerk"));
        favourites.setFavourite ("/a", true);
        CHECK (favourites.isFavourite ("/a")); // while it lasts
        juce::Thread::sleep (400);
        CHECK (file.loadFileAsString() == newer);

        // What could not be saved is when it can.
        REQUIRE (replaceText (file, "Faltwerk favourites 1\nfavourite /b\n"));
        favourites.setFavourite ("/c", true);
        CHECK (comesTrue ([&] { return textIn (user).contains ("/a") && textIn (user).contains ("/c"); }));
        CHECK (comesTrue ([&] { return favourites.isFavourite ("/b"); }));
        CHECK (favourites.problem() == "");
    }

    REQUIRE (file.deleteFile());
    REQUIRE (file.createDirectory());
    REQUIRE ((file.getChildFile ("x")).create());
    Favourites favourites (user / "");
    CHECK_THAT (favourites.problem(), Contains ("could not be read"));
    favourites.setFavourite ("/a", true);
    juce::Thread::sleep (400);
    REQUIRE (file.deleteRecursively());
    favourites.setFavourite ("/b", true);
    CHECK (comesTrue ([&] { return textIn (user).contains ("/a") && textIn (user).contains ("/b"); }));

#if ! JUCE_WINDOWS
    if (isRoot())
        return;

    REQUIRE (::chmod (user.path ("").c_str(), 0500) == 0);
    favourites.setFavourite ("/c", true);
    CHECK (comesTrue ([&] { return favourites.problem().find ("could not be written") != std::string::npos; }));
    REQUIRE (::chmod (user.path ("").c_str(), 0700) == 0);
    favourites.setFavourite ("/d", true);
    CHECK (comesTrue ([&] { return textIn (user).contains ("/c") && textIn (user).contains ("/d"); }));
    CHECK (comesTrue ([&] { return favourites.problem().empty(); }));
#endif
}

TEST_CASE ("Favourites may be changed from many threads", "[browser]")
{
    const TemporaryFolder user;

    {
        Favourites favourites (user / "");
        std::vector<std::thread> threads;

        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back (
                [&favourites, thread]
                {
                    for (int n = 0; n < 100; ++n)
                    {
                        favourites.setFavourite ("/" + std::to_string (thread) + "-" + std::to_string (n), true);
                        favourites.addRecent (std::to_string (n));
                    }
                });

        for (auto& each : threads)
            each.join();

        CHECK (favourites.marks()->favourites.size() == 400);
    }

    CHECK (saved (user).favourites.size() == 400);
    CHECK (saved (user).recents.size() == mostRecents);
}
