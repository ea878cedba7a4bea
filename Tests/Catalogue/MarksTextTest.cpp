#include "Catalogue/MarksText.h"

#include "Support/Catch.h"

#include <random>

using namespace faltwerk;
using Catch::Matchers::Contains;
using Kind = MarkChange::Kind;

namespace
{

CatalogueMarks someMarks()
{
    CatalogueMarks marks;
    marks.favourites = { "factory:Concert Hall", "/k/a%41.wav", "/k/new\nline\r.wav", "/k/ \u00dc\U0001f3b8 .wav" };
    marks.recents = { "/k/z.wav", "factory:Tuned Comb", "/k/tab\t\x7f.wav" };
    return marks;
}

} // namespace

TEST_CASE ("Marks come back from their text, whatever is in their ids", "[browser]")
{
    const auto marks = someMarks();
    const auto text = toText (marks);
    CHECK_THAT (text, Catch::Matchers::StartsWith ("Faltwerk favourites 1\nfavourite "));
    CHECK_THAT (text, Contains ("\nfavourite /k/a%2541.wav\n") && Contains ("\nrecent /k/tab%09%7F.wav\n"));
    const auto reading = parseMarks (text);
    CHECK (reading.marks == marks);
    CHECK (reading.numDamagedLines == 0);
    CHECK_FALSE (reading.isNewer);
    CHECK (toText (reading.marks) == text);

    // As an editor of another system saves it.
    std::string windows;

    for (const char c : text)
        windows += c == '\n' ? std::string ("\r\n") : std::string (1, c);

    CHECK (parseMarks (windows).marks == marks);
    CHECK (parseMarks ("").marks == CatalogueMarks());
    CHECK (parseMarks ("").numDamagedLines == 0);
}

TEST_CASE ("Damaged lines of marks are counted, and the others are read", "[browser]")
{
    const auto text = toText (someMarks());
    const auto damaged =
        parseMarks (text + "favourite\nfavourite \nrecent %4\nstar /a\n\nrecent /k/%C3.wav\nrecent /k/y.wav\n");
    CHECK (damaged.numDamagedLines == 6);
    auto expected = someMarks();
    expected.recents.emplace_back ("/k/y.wav");
    CHECK (damaged.marks == expected);

    const auto headless = parseMarks (text.substr (3));
    CHECK (headless.numDamagedLines == 1);
    CHECK (headless.marks == someMarks());

    const auto newer = parseMarks ("Faltwerk favourites 2\nfavourite /a\n");
    CHECK (newer.isNewer);
    CHECK (newer.marks == CatalogueMarks());

    // Cut off within a line, it does not hold half of an id.
    const auto cut = parseMarks (text.substr (0, text.size() - 3));
    CHECK (cut.numDamagedLines == 1);
    CHECK (cut.marks.recents == std::vector<std::string> { "/k/z.wav", "factory:Tuned Comb" });

    constexpr uint32_t seed = 31;
    std::mt19937 random (seed);

    for (int round = 0; round < 5000; ++round)
    {
        auto changed = text;
        changed[random() % changed.size()] = static_cast<char> (random());
        const auto reading = parseMarks (changed);
        CAPTURE (seed, round);

        // What comes of it is itself sound, and all lines but two at most are read (a new line makes two of one).
        const auto again = parseMarks (toText (reading.marks));

        if (again.numDamagedLines != 0 || ! (again.marks == reading.marks)
            || (! reading.isNewer && reading.marks.favourites.size() + reading.marks.recents.size() < 5))
            FAIL (changed);
    }
}

TEST_CASE ("Changes of marks keep their bounds, and the newest recents", "[browser]")
{
    CatalogueMarks marks;

    for (const auto kind : { Kind::favourite, Kind::recent })
        for (const auto& id : { std::string(), std::string ("\xff"), std::string (longestId + 1, 'a') })
            apply ({ kind, id }, marks);

    CHECK (marks == CatalogueMarks());

    for (size_t n = 0; n < mostFavourites + 10; ++n)
    {
        apply ({ Kind::favourite, std::to_string (n) }, marks);
        apply ({ Kind::recent, std::to_string (n) }, marks);
    }

    CHECK (marks.favourites.size() == mostFavourites);
    CHECK (marks.recents.size() == mostRecents);
    CHECK (marks.recents.front() == std::to_string (mostFavourites + 9));
    apply ({ Kind::recent, marks.recents[20] }, marks);
    CHECK (marks.recents.size() == mostRecents);
    CHECK (marks.recents[0] == std::to_string (mostFavourites - 11));
    CHECK (marks.recents[1] == std::to_string (mostFavourites + 9));
    CHECK (marks.recents[21] == std::to_string (mostFavourites - 12));
    apply ({ Kind::noFavourite, "7" }, marks);
    CHECK_FALSE (marks.favourites.contains ("7"));
    CHECK (parseMarks (toText (marks)).marks == marks);
}

TEST_CASE ("Marks are merged with those of the first in front", "[browser]")
{
    CatalogueMarks a, b;
    a.favourites = { "1", "2" };
    b.favourites = { "2", "3" };
    a.recents = { "x", "y" };
    b.recents = { "y", "z" };
    const auto both = merged (a, b);
    CHECK (both.favourites == std::unordered_set<std::string> { "1", "2", "3" });
    CHECK (both.recents == std::vector<std::string> { "x", "y", "z" });
}
