#include "Catalogue/CatalogueSearch.h"

#include "Catalogue/FoldedText.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <unordered_map>
#include <utility>

namespace faltwerk
{

namespace
{

/** Ranks of a match; lower is better. */
enum Match : int
{
    beginsInName,
    beginsElsewhere,
    withinWords,
    none
};

std::vector<std::string_view> wordsOf (std::string_view text)
{
    std::vector<std::string_view> words;

    while (! text.empty())
    {
        const auto end = std::min (text.find (' '), text.size());
        words.push_back (text.substr (0, end));
        text.remove_prefix (std::min (end + 1, text.size()));
    }

    return words;
}

Match matchOf (const CatalogueEntry& entry, std::string_view word) noexcept
{
    const std::string_view text = entry.searchText;
    Match best = none;

    for (size_t at = text.find (word); at != std::string_view::npos; at = text.find (word, at + 1))
    {
        const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n';

        if (begins)
            return at < entry.nameLength ? beginsInName : beginsElsewhere; // names come first

        best = withinWords;
    }

    return best;
}

Match matchOf (const CatalogueEntry& entry, const std::vector<std::string_view>& words) noexcept
{
    Match worst = beginsInName;

    for (const auto word : words)
        if ((worst = std::max (worst, matchOf (entry, word))) == none)
            break;

    return worst;
}

/** Returns the sort key of an entry; lower keys come first. */
double keyOf (const CatalogueEntry& entry, CatalogueOrder order) noexcept
{
    constexpr double last = std::numeric_limits<double>::infinity();

    if (order == CatalogueOrder::newest)
        return entry.modifiedMs != 0 ? -static_cast<double> (entry.modifiedMs) : last;

    if (! entry.hasFacts || ! entry.facts.problem.empty())
        return last;

    if (order == CatalogueOrder::channels)
        return entry.facts.numChannels > 0 ? static_cast<double> (entry.facts.numChannels) : last;

    const double key = order == CatalogueOrder::rate ? entry.facts.sampleRate : entry.facts.durationInSeconds();
    return key > 0.0 ? key : last;
}

/** Tells which entries belong to a place. */
class Membership
{
public:
    Membership (const CataloguePlace& wanted, const CatalogueMarks& marked)
        : place (wanted)
        , marks (marked)
    {
        if (place.kind == CataloguePlace::Kind::recent)
            for (size_t n = 0; n < marks.recents.size(); ++n)
                recency.emplace (marks.recents[n], n);
    }

    bool holds (const CatalogueEntry& entry) const
    {
        switch (place.kind)
        {
            case CataloguePlace::Kind::favourites:
                return marks.favourites.contains (entry.id);
            case CataloguePlace::Kind::recent:
                return recency.contains (entry.id);
            case CataloguePlace::Kind::category:
                return entry.isFactory() && entry.folder == place.name;
            case CataloguePlace::Kind::folder:
                return ! entry.isFactory() && ! entry.isSingle && isWithin (entry.folder, place.name);
            case CataloguePlace::Kind::presets:
                return entry.isPreset;
            case CataloguePlace::Kind::all:
                break;
        }

        return ! entry.isSingle;
    }

    double recencyOf (const CatalogueEntry& entry) const { return static_cast<double> (recency.at (entry.id)); }

private:
    const CataloguePlace& place;
    const CatalogueMarks& marks;
    std::unordered_map<std::string_view, size_t> recency;
};

} // namespace

std::vector<size_t> search (const CatalogueEntries& entries, const CatalogueQuery& query, const CatalogueMarks& marks)
{
    struct Found
    {
        Match match;
        double key;
        size_t index;
    };

    const auto text = folded (query.text);
    const auto words = wordsOf (text);
    const Membership place (query.place, marks);
    const bool isRecent = query.place.kind == CataloguePlace::Kind::recent;
    const bool ranks = isRecent || query.order == CatalogueOrder::name;
    std::vector<Found> found;
    found.reserve (entries.size());

    for (const size_t index : entries.byName())
    {
        const auto& entry = entries[index];

        if (! place.holds (entry))
            continue;

        const auto match = matchOf (entry, words);

        if (match != none)
            found.push_back ({ ranks ? match : beginsInName,
                               isRecent ? place.recencyOf (entry)
                               : ranks  ? 0.0
                                        : keyOf (entry, query.order),
                               index });
    }

    // Stable: equal entries stay in the order of names.
    std::stable_sort (found.begin(), found.end(),
                      [] (const Found& a, const Found& b)
                      { return a.match != b.match ? a.match < b.match : a.key < b.key; });

    std::vector<size_t> indices (found.size());
    std::transform (found.begin(), found.end(), indices.begin(), [] (const Found& each) { return each.index; });
    return indices;
}

size_t countIn (const CatalogueEntries& entries, const CataloguePlace& wanted, const CatalogueMarks& marks)
{
    const Membership place (wanted, marks);
    size_t count = 0;

    for (size_t n = 0; n < entries.size(); ++n)
        count += place.holds (entries[n]) ? 1u : 0u;

    return count;
}

const CatalogueEntry* neighbourOf (const CatalogueEntries& entries,
                                   std::span<const size_t> shown,
                                   std::string_view id,
                                   int step)
{
    // The position of the kernel among those that can be read.
    std::vector<size_t> readable;
    size_t before = 0; // number of readable kernels before it
    bool isReadable = false, wasPassed = false;

    for (const size_t index : shown)
    {
        const bool isIt = entries[index].id == id;

        if (isIt)
        {
            before = readable.size();
            wasPassed = true;
        }

        if (entries[index].facts.problem.empty())
        {
            isReadable = isReadable || isIt;
            readable.push_back (index);
        }
    }

    if (readable.empty() || (step == 0 && ! isReadable))
        return nullptr;

    const auto count = static_cast<long long> (readable.size());
    auto position = static_cast<long long> (wasPassed ? before : 0);

    // If it is not one of them, the first step forward leads to the one at its position.
    if (! isReadable && step > 0)
        --position;

    position = ((position + step) % count + count) % count;
    return &entries[readable[static_cast<size_t> (position)]];
}

} // namespace faltwerk
