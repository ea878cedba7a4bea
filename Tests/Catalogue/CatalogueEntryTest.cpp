#include "Catalogue/CatalogueEntry.h"

#include "Support/Catch.h"

using namespace faltwerk;

using Words = std::vector<std::string>;

#if ! JUCE_WINDOWS

TEST_CASE ("An entry of a file has its name, folder, and the folders' words as tags", "[browser]")
{
    const auto entry = makeEntry ("/music/Kernels/Big Halls/st-florian (2)/\u00dcber.all.WAV", "/music/Kernels");
    CHECK (entry.id == entry.path);
    CHECK (entry.name == "\u00dcber.all");
    CHECK (entry.folder == "/music/Kernels/Big Halls/st-florian (2)");
    CHECK (entry.tags == Words { "Big", "Halls", "st", "florian", "2" });
    CHECK_FALSE (entry.isFactory());
    CHECK_FALSE (entry.isSingle);
    CHECK (entry.searchText.substr (0, entry.nameLength) == "uber all");
    CHECK (entry.searchText == "uber all\nkernels big halls st florian 2\nbig halls st florian 2 ");

    // What is above the kernel folder says nothing.
    CHECK (entry.searchText.find ("music") == std::string::npos);

    const auto single = makeEntry ("/music/other/a.wav", "");
    CHECK (single.isSingle);
    CHECK (single.tags.empty());
    CHECK (single.searchText == "a\nother\n");
    CHECK (makeEntry ("/a.wav", "/").folder == "/");
    CHECK (makeEntry ("/d/a.wav", "/").tags == Words { "d" });
    CHECK (makeEntry ("/music/none", "/music").name == "none");
}

TEST_CASE ("An entry of a preset is found by its name and its kernel and its tags", "[browser]")
{
    const auto entry = makePresetEntry ("Gro\u00dfe Halle", "Concert Hall", { "Strings", "Large" });
    CHECK (entry.id == idOfPreset ("Gro\u00dfe Halle"));
    CHECK (entry.id != idOf ("Gro\u00dfe Halle", {}));
    CHECK (entry.isPreset);
    CHECK_FALSE (entry.isFactory()); // no kernel of the bank
    CHECK (entry.searchText == "grosse halle\nconcert hall\nstrings large ");
    CHECK (entry.searchText.substr (0, entry.nameLength) == "grosse halle");
}

TEST_CASE ("A folder is within another by whole names", "[browser]")
{
    CHECK (isWithin ("/a", "/a"));
    CHECK (isWithin ("/a/b", "/a"));
    CHECK (isWithin ("/a/b", "/"));
    CHECK_FALSE (isWithin ("/ab", "/a"));
    CHECK_FALSE (isWithin ("/a", "/a/b"));
    CHECK_FALSE (isWithin ("/b/a", "/a"));
    CHECK_FALSE (isWithin ("/a", ""));
}

#endif

TEST_CASE ("An id names one of the bank as the bank spells it, and a file by its path", "[browser]")
{
    CHECK (idOf ("concert HALL", "") == "factory:Concert Hall");
    CHECK (idOf ("Concert Hall", "/a/b.wav") == "factory:Concert Hall");
    CHECK (idOf ("no such kernel", "") == "factory:no such kernel");
    CHECK (idOf ("", "/a/b.wav") == "/a/b.wav");
    CHECK (idOf ("", "").empty());
}
