#include "Catalogue/CatalogueSearch.h"

#include "Catalogue/FoldedText.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Support/Catch.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <sstream>

using namespace faltwerk;
using Kind = CataloguePlace::Kind;
using Names = std::vector<std::string>;

namespace
{

CatalogueEntry fileEntry (const std::string& path, const std::string& folder = "/k")
{
    return makeEntry (path, folder);
}

CatalogueEntry withFacts (CatalogueEntry entry, uint64_t length, double rate, size_t channels, int64_t modified = 1)
{
    entry.hasFacts = true;
    entry.facts.lengthInFrames = length;
    entry.facts.sampleRate = rate;
    entry.facts.numChannels = channels;
    entry.modifiedMs = modified;
    return entry;
}

CatalogueEntry withProblem (CatalogueEntry entry)
{
    entry.hasFacts = true;
    entry.facts.problem = "'x' could not be read.";
    return entry;
}

CatalogueEntries entriesOf (const std::vector<CatalogueEntry>& entries)
{
    std::vector<CatalogueEntries::Entry> shared;

    for (const auto& each : entries)
        shared.push_back (std::make_shared<const CatalogueEntry> (each));

    return { std::move (shared), {}, 1 };
}

Names namesOf (const CatalogueEntries& entries, const std::vector<size_t>& indices)
{
    Names names;

    for (const size_t index : indices)
        names.push_back (entries[index].name);

    return names;
}

Names find (const CatalogueEntries& entries, const CatalogueQuery& query, const CatalogueMarks& marks = {})
{
    return namesOf (entries, search (entries, query, marks));
}

Names find (const CatalogueEntries& entries, const std::string& text)
{
    return find (entries, CatalogueQuery { text, {}, {} });
}

/** Many entries from a seed. */
std::vector<CatalogueEntry> manyEntries (size_t count, uint32_t seed)
{
    const std::vector<std::string> words { "Hall", "plate", "Stra\u00dfe", "\u0417\u0430\u043b", "big",       "BIGGER",
                                           "room", "2",     "10",          "\u5927\u5ef3",       "caf\u00e9", "mic",
                                           "left", "st" };
    std::mt19937 random (seed);
    const auto word = [&] { return words[random() % words.size()]; };
    std::vector<CatalogueEntry> entries;

    for (size_t n = 0; n < count; ++n)
    {
        auto path = "/k/" + word() + " " + word();

        if (random() % 2 == 0)
            path += "/" + word() + "-" + word();

        path += "/" + word() + " " + word() + word() + " " + std::to_string (n) + ".wav";
        auto entry = fileEntry (path, random() % 10 == 0 ? "" : "/k");
        entry.modifiedMs = static_cast<int64_t> (1 + random() % 50);

        if (random() % 8 == 0)
            entry = withProblem (entry);
        else if (random() % 4 != 0)
            entry = withFacts (entry, random() % 50,
                               random() % 3 == 0 ? 0.0 : 100.0 * static_cast<double> (1 + random() % 4),
                               1 + random() % 4, entry.modifiedMs);

        entries.push_back (entry);
    }

    return entries;
}

/** A simple model of a search: which entries, and in which groups; the order within is by name. */
struct Model
{
    static Names wordsOf (const std::string& text)
    {
        std::istringstream stream (text);
        Names words;

        for (std::string word; stream >> word;)
            words.push_back (word);

        return words;
    }

    static bool anyBegins (const std::string& text, const std::string& word)
    {
        // Letters of words that follow another without a space do not begin.
        return (" " + text).find (" " + word) != std::string::npos;
    }

    /** 0: the words begin words of the name; 1: of anything; 2: are anywhere; 3: are not. */
    static int rankOf (const CatalogueEntry& entry, const std::string& query)
    {
        const auto name = folded (entry.name);
        auto all = name + "\n" + folded (entry.folder.substr (entry.isSingle ? 0 : 1));

        if (entry.isSingle)
            all = name + "\n" + folded (entry.folder.substr (entry.folder.rfind ('/') + 1));

        auto spaced = all;
        std::replace (spaced.begin(), spaced.end(), '\n', ' ');
        int rank = 0;

        for (const auto& word : wordsOf (folded (query)))
            rank = std::max (rank, anyBegins (name, word)                 ? 0
                                   : anyBegins (spaced, word)             ? 1
                                   : all.find (word) != std::string::npos ? 2
                                                                          : 3);

        return rank;
    }

    static double keyOf (const CatalogueEntry& entry, CatalogueOrder order)
    {
        constexpr double last = 1e300;
        const auto& facts = entry.facts;

        if (order == CatalogueOrder::newest)
            return -static_cast<double> (entry.modifiedMs);

        if (order == CatalogueOrder::name)
            return 0.0;

        if (! entry.hasFacts || facts.problem != "")
            return last;

        if (order == CatalogueOrder::channels)
            return static_cast<double> (facts.numChannels);

        const double key = order == CatalogueOrder::rate ? facts.sampleRate : facts.durationInSeconds();
        return key > 0.0 ? key : last;
    }
};

} // namespace

TEST_CASE ("Every word that is typed must occur in name, folder or tags, whatever its case and accents", "[browser]")
{
    const auto entries =
        entriesOf ({ fileEntry ("/k/Halls/Gro\u00dfe Halle.wav"), fileEntry ("/k/Halls/small.wav"),
                     fileEntry ("/k/Pl\u00e4tten/U\u0308ber.wav"), fileEntry ("/k/\u0417\u0430\u043b 2.wav"),
                     fileEntry ("/k/\u5927\u5ef3.wav"), fileEntry ("/k/Guitar \U0001f3b8.wav") });
    CHECK (find (entries, "").size() == 6);
    CHECK (find (entries, "  ").size() == 6);
    CHECK (find (entries, "halle gro") == Names { "Gro\u00dfe Halle" });
    CHECK (find (entries, "HALLS") == Names { "Gro\u00dfe Halle", "small" });
    CHECK (find (entries, "halls sm") == Names { "small" });
    CHECK (find (entries, "mall") == Names { "small" });
    CHECK (find (entries, "grosse") == Names { "Gro\u00dfe Halle" });
    CHECK (find (entries, "\u00fcber") == Names { "\u00dcber" });
    CHECK (find (entries, "uber platten") == Names { "\u00dcber" });
    CHECK (find (entries, "pla\u0308") == Names { "\u00dcber" });
    CHECK (find (entries, "\u0437\u0410") == Names { "\u0417\u0430\u043b 2" });
    CHECK (find (entries, "\u5ef3") == Names { "\u5927\u5ef3" });
    CHECK (find (entries, "\U0001f3b8") == Names { "Guitar \U0001f3b8" });
    CHECK (find (entries, "small x").empty());
    CHECK (find (entries, "k").size() == 6); // the kernel folder's own name
    CHECK (find (entries, "wav").empty());
    CHECK (find (entries, "halle\nhalls").size() == 1);
}

TEST_CASE ("The bank is found by category and tags", "[browser]")
{
    std::vector<CatalogueEntry> bank;

    for (const auto& each : factoryKernels())
        bank.push_back (makeEntry (each));

    const auto entries = entriesOf (bank);

    for (const auto& each : factoryKernels())
    {
        for (const auto tag : each.tags)
        {
            const auto found = find (entries, std::string (each.category) + " " + std::string (tag));
            CAPTURE (each.name, tag);
            CHECK (std::find (found.begin(), found.end(), each.name) != found.end());
        }
    }

    CHECK (find (entries, "concert").front() == "Concert Hall");
}

TEST_CASE ("What begins in the name comes first, then what begins, then what is within", "[browser]")
{
    const auto entries = entriesOf ({ fileEntry ("/k/within/a shallow.wav"), fileEntry ("/k/hall/b.wav"),
                                      fileEntry ("/k/x/z hall.wav"), fileEntry ("/k/hall/c shallow.wav"),
                                      fileEntry ("/k/x/Hall 10.wav"), fileEntry ("/k/x/hall 9.wav") });
    CHECK (find (entries, "hall") == Names { "hall 9", "Hall 10", "z hall", "b", "c shallow", "a shallow" });

    // Sorted by anything else, the order is all that counts.
    CHECK (find (entries, { "hall", {}, CatalogueOrder::newest })
           == Names { "a shallow", "b", "c shallow", "hall 9", "Hall 10", "z hall" });
}

TEST_CASE ("Kernels are sorted by duration, channels, rate and time, the unknown behind", "[browser]")
{
    const auto entries =
        entriesOf ({ withFacts (fileEntry ("/k/a.wav"), 48000, 48000, 2, 30),
                     withFacts (fileEntry ("/k/b.wav"), 500, 0, 1, 20), withProblem (fileEntry ("/k/c.wav")),
                     fileEntry ("/k/d.wav"), withFacts (fileEntry ("/k/e.wav"), 44100, 96000, 4, 40),
                     withFacts (fileEntry ("/k/f.wav"), 48000, 48000, 2, 30) });
    const auto by = [&] (CatalogueOrder order) { return find (entries, { "", {}, order }); };
    CHECK (by (CatalogueOrder::name) == Names { "a", "b", "c", "d", "e", "f" });
    CHECK (by (CatalogueOrder::duration) == Names { "e", "a", "f", "b", "c", "d" });
    CHECK (by (CatalogueOrder::channels) == Names { "b", "a", "f", "e", "c", "d" });
    CHECK (by (CatalogueOrder::rate) == Names { "a", "f", "e", "b", "c", "d" });
    CHECK (by (CatalogueOrder::newest) == Names { "e", "a", "f", "b", "c", "d" });
}

TEST_CASE ("Places hold favourites, recents, categories and folders", "[browser]")
{
    std::vector<CatalogueEntry> all { fileEntry ("/k/a.wav"), fileEntry ("/k/in/b.wav"), fileEntry ("/k/inner/c.wav"),
                                      makeEntry ("/far/d.wav", ""), makeEntry ("/k/in/single.wav", "") };

    for (const auto& each : factoryKernels())
        all.push_back (makeEntry (each));

    const auto entries = entriesOf (all);
    CatalogueMarks marks;
    marks.favourites = { "/far/d.wav", "/k/a.wav", "factory:Cathedral", "/gone.wav" };
    marks.recents = { "/k/inner/c.wav", "/gone.wav", "factory:Cathedral", "/far/d.wav", "/k/a.wav" };
    const auto in = [&] (Kind kind, const std::string& name = {}, const std::string& text = {}) {
        return find (entries, { text, { kind, name }, CatalogueOrder::name }, marks);
    };

    CHECK (in (Kind::favourites) == Names { "a", "Cathedral", "d" });
    CHECK (in (Kind::recent) == Names { "c", "Cathedral", "d", "a" });
    CHECK (in (Kind::recent, "", "c") == Names { "c", "Cathedral" });
    CHECK (find (entries, { "", { Kind::recent, "" }, CatalogueOrder::newest }, marks)
           == Names { "c", "Cathedral", "d", "a" });
    CHECK (in (Kind::folder, "/k") == Names { "a", "b", "c" });
    CHECK (in (Kind::folder, "/k/in") == Names { "b" });
    CHECK (in (Kind::folder, "/nothing").empty());
    CHECK (in (Kind::all).size() == factoryKernels().size() + 3);
    const auto bank = factoryKernels();
    CHECK (in (Kind::category, "Halls").size()
           == static_cast<size_t> (
               std::count_if (bank.begin(), bank.end(), [] (const auto& each) { return each.category == "Halls"; })));
    CHECK (in (Kind::category, "halls").empty());

    // Presets are asked for in a list of their own.
    CHECK (in (Kind::presets).empty());
    const auto presets = entriesOf ({ makePresetEntry ("b", "Hall", { "Drums" }), makePresetEntry ("a", "Drums", {}),
                                      makePresetEntry ("drums", "", {}) });
    CHECK (find (presets, { "", { Kind::presets, "" }, CatalogueOrder::name }) == Names { "a", "b", "drums" });
    CHECK (find (presets, { "drums", { Kind::presets, "" }, CatalogueOrder::name }) == Names { "drums", "a", "b" });

    for (const auto kind : { Kind::all, Kind::favourites, Kind::recent, Kind::category, Kind::folder, Kind::presets })
        for (const char* name : { "", "/k", "/k/in", "Halls", "Rooms" })
            CHECK (countIn (entries, { kind, name }, marks) == in (kind, name).size());
}

TEST_CASE ("A search finds what a simple model finds, in its order", "[browser]")
{
    constexpr uint32_t seed = 51;
    const auto entries = entriesOf (manyEntries (400, seed));
    std::mt19937 random (seed);
    const Names pieces { "",    "h",    "hall",       "LL",     "strasse", "\u00dfe", "\u0437\u0410", "2", "1",
                         "big", "gger", "cafe\u0301", "\u5ef3", "st",      "k",       "plate r",      "zz" };

    for (int round = 0; round < 400; ++round)
    {
        const auto query = pieces[random() % pieces.size()] + " " + pieces[random() % pieces.size()];
        const auto order = static_cast<CatalogueOrder> (random() % 5);
        CAPTURE (seed, round, query, static_cast<int> (order));
        std::vector<size_t> expected;

        for (size_t n = 0; n < entries.size(); ++n)
            if (! entries[n].isSingle && Model::rankOf (entries[n], query) < 3)
                expected.push_back (n);

        const auto key = [&] (size_t n)
        {
            const int rank = order == CatalogueOrder::name ? Model::rankOf (entries[n], query) : 0;
            return std::pair (rank, Model::keyOf (entries[n], order));
        };
        std::sort (expected.begin(), expected.end(),
                   [&] (size_t a, size_t b)
                   {
                       if (key (a) != key (b))
                           return key (a) < key (b);

                       const int natural = naturalOrder (folded (entries[a].name), folded (entries[b].name));
                       return natural != 0 ? natural < 0
                                           : std::pair (entries[a].name, entries[a].id)
                                                 < std::pair (entries[b].name, entries[b].id);
                   });
        CHECK (search (entries, { query, {}, order }, {}) == expected);
    }
}

TEST_CASE ("The next and the previous kernel go round, and pass over what cannot be read", "[browser]")
{
    const auto entries =
        entriesOf ({ withProblem (fileEntry ("/k/a.wav")), fileEntry ("/k/b.wav"), withProblem (fileEntry ("/k/c.wav")),
                     fileEntry ("/k/d.wav"), fileEntry ("/k/e.wav"), withProblem (fileEntry ("/k/f.wav")) });
    const auto shown = search (entries, {}, {});
    const auto from = [&] (const std::string& id, int step)
    {
        const auto* const found = neighbourOf (entries, shown, id, step);
        return found != nullptr ? found->name : std::string ("none");
    };

    CHECK (from ("/k/b.wav", 1) == "d");
    CHECK (from ("/k/d.wav", 1) == "e");
    CHECK (from ("/k/e.wav", 1) == "b");
    CHECK (from ("/k/b.wav", -1) == "e");
    CHECK (from ("/k/d.wav", -1) == "b");
    CHECK (from ("/k/b.wav", 2) == "e");
    CHECK (from ("/k/b.wav", -7) == "e");
    CHECK (from ("/k/b.wav", 3) == "b");
    CHECK (from ("/k/b.wav", 0) == "b");

    // From what cannot be read, to the one on either side.
    CHECK (from ("/k/a.wav", 1) == "b");
    CHECK (from ("/k/a.wav", -1) == "e");
    CHECK (from ("/k/c.wav", 1) == "d");
    CHECK (from ("/k/c.wav", -1) == "b");
    CHECK (from ("/k/f.wav", 1) == "b");
    CHECK (from ("/k/f.wav", -1) == "e");
    CHECK (from ("/k/c.wav", 0) == "none");

    // From what is not shown, to the first or the last.
    CHECK (from ("factory:Cathedral", 1) == "b");
    CHECK (from ("", -1) == "e");
    CHECK (from ("", 0) == "none");

    CHECK (neighbourOf (entries, {}, "/k/b.wav", 1) == nullptr);
    const size_t unreadable[] { 0, 2 };
    CHECK (neighbourOf (entries, unreadable, "/k/a.wav", 1) == nullptr);
    const size_t one[] { 3 };
    CHECK (neighbourOf (entries, one, "/k/d.wav", 1) == &entries[3]);
    CHECK (neighbourOf (entries, one, "/k/d.wav", -1) == &entries[3]);

    // Each once, in the order shown, both ways.
    const auto many = entriesOf (manyEntries (300, 52));
    const auto list = search (many, { "", {}, CatalogueOrder::duration }, {});

    for (const int step : { 1, -1 })
    {
        Names expected, walked;

        for (const size_t index : list)
            if (many[index].facts.problem.empty())
                expected.push_back (many[index].id);

        if (step < 0)
            std::reverse (expected.begin(), expected.end());

        std::string id;

        for (size_t n = 0; n < expected.size(); ++n)
            walked.push_back (id = neighbourOf (many, list, id, step)->id);

        CHECK (walked == expected);
        CHECK (neighbourOf (many, list, id, step)->id == expected.front());
    }
}
