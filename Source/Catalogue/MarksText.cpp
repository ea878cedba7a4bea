#include "Catalogue/MarksText.h"

#include "Catalogue/Files/Paths.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr std::string_view heading = "Faltwerk favourites ", currentVersion = "1";
constexpr std::string_view favouriteWord = "favourite ", recentWord = "recent ";
constexpr std::string_view hexDigits = "0123456789ABCDEF";

bool isPossibleId (const std::string& id) { return ! id.empty() && id.size() <= longestId && isUtf8 (id); }

std::string escaped (std::string_view id)
{
    std::string result;

    for (const char c : id)
    {
        const auto byte = static_cast<unsigned char> (c);

        if (byte < 0x20 || byte == 0x7f || c == '%')
            result += { '%', hexDigits[byte / 16], hexDigits[byte % 16] };
        else
            result += c;
    }

    return result;
}

std::optional<std::string> unescaped (std::string_view text)
{
    std::string result;

    for (size_t n = 0; n < text.size(); ++n)
    {
        if (text[n] != '%')
        {
            result += text[n];
            continue;
        }

        const auto high = n + 2 < text.size() ? hexDigits.find (text[n + 1]) : std::string_view::npos;
        const auto low = n + 2 < text.size() ? hexDigits.find (text[n + 2]) : std::string_view::npos;

        if (high == std::string_view::npos || low == std::string_view::npos)
            return std::nullopt;

        result += static_cast<char> (16 * high + low);
        n += 2;
    }

    return result;
}

std::string_view takeLine (std::string_view& text)
{
    const auto end = std::min (text.find ('\n'), text.size());
    auto line = text.substr (0, end);
    text.remove_prefix (std::min (end + 1, text.size()));

    if (line.ends_with ('\r'))
        line.remove_suffix (1);

    return line;
}

bool takeMark (std::string_view line, CatalogueMarks& marks)
{
    const bool isFavourite = line.starts_with (favouriteWord);

    if (! isFavourite && ! line.starts_with (recentWord))
        return false;

    line.remove_prefix (isFavourite ? favouriteWord.size() : recentWord.size());
    const auto id = unescaped (line);

    if (! id || ! isPossibleId (*id))
        return false;

    if (isFavourite && marks.favourites.size() < mostFavourites)
        marks.favourites.insert (*id);

    const auto& recents = marks.recents;

    if (! isFavourite && recents.size() < mostRecents
        && std::find (recents.begin(), recents.end(), *id) == recents.end())
        marks.recents.push_back (*id);

    return true;
}

} // namespace

void apply (const MarkChange& change, CatalogueMarks& marks)
{
    if (! isPossibleId (change.id))
        return;

    if (change.kind == MarkChange::Kind::noFavourite)
        marks.favourites.erase (change.id);

    if (change.kind == MarkChange::Kind::favourite && marks.favourites.size() < mostFavourites)
        marks.favourites.insert (change.id);

    if (change.kind == MarkChange::Kind::recent)
    {
        std::erase (marks.recents, change.id);
        marks.recents.insert (marks.recents.begin(), change.id);
        marks.recents.resize (std::min (marks.recents.size(), mostRecents));
    }
}

CatalogueMarks merged (CatalogueMarks marks, const CatalogueMarks& others)
{
    for (const auto& id : others.favourites)
        apply ({ MarkChange::Kind::favourite, id }, marks);

    for (const auto& id : others.recents)
        if (marks.recents.size() < mostRecents
            && std::find (marks.recents.begin(), marks.recents.end(), id) == marks.recents.end())
            marks.recents.push_back (id);

    return marks;
}

std::string toText (const CatalogueMarks& marks)
{
    std::vector<std::string_view> favourites (marks.favourites.begin(), marks.favourites.end());
    std::sort (favourites.begin(), favourites.end());
    auto text = std::string (heading) + std::string (currentVersion) + '\n';

    for (const auto id : favourites)
        ((text += favouriteWord) += escaped (id)) += '\n';

    for (const auto& id : marks.recents)
        ((text += recentWord) += escaped (id)) += '\n';

    return text;
}

MarksReading parseMarks (std::string_view text)
{
    MarksReading reading;
    const bool hasHeading = text.empty() || text.starts_with (heading);

    if (! text.empty() && hasHeading)
    {
        const auto version = takeLine (text).substr (heading.size());
        const bool isNumber = ! version.empty() && version.find_first_not_of ("0123456789") == std::string_view::npos;
        reading.isNewer = isNumber && version != currentVersion;
        reading.numDamagedLines = isNumber ? 0 : 1;

        if (reading.isNewer)
            return reading;
    }

    while (! text.empty())
    {
        const bool isCut = text.find ('\n') == std::string_view::npos;

        if (const auto line = takeLine (text); isCut || ! takeMark (line, reading.marks))
            ++reading.numDamagedLines;
    }

    if (! hasHeading) // missing or damaged
        reading.numDamagedLines = std::max<size_t> (reading.numDamagedLines, 1);

    return reading;
}

} // namespace faltwerk
