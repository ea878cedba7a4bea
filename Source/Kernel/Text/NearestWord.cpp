#include "Kernel/Text/NearestWord.h"

#include "Kernel/Numbers/NumberText.h"

#include <algorithm>
#include <numeric>

namespace faltwerk
{

namespace
{

/** Returns how many letters must be put in, left out or changed to make one word of another (V. I. Levenshtein,
    Binary codes capable of correcting deletions, insertions and reversals, Soviet Physics Doklady 10, 1966). */
size_t distance (std::string_view from, std::string_view to)
{
    std::vector<size_t> row (to.size() + 1);
    std::iota (row.begin(), row.end(), size_t { 0 });

    for (size_t i = 0; i < from.size(); ++i)
    {
        size_t diagonal = row[0];
        row[0] = i + 1;

        for (size_t j = 0; j < to.size(); ++j)
        {
            const size_t changed = diagonal + (from[i] == to[j] ? 0u : 1u);
            diagonal = row[j + 1];
            row[j + 1] = std::min ({ changed, row[j] + 1, diagonal + 1 });
        }
    }

    return row.back();
}

} // namespace

std::string nearestWord (std::string_view word, const std::vector<std::string>& known)
{
    constexpr size_t longest = 200;
    const auto lower = lowerCase (word.substr (0, longest));
    std::string nearest;
    size_t least = std::min (std::max<size_t> (2, lower.size() / 3) + 1, std::max<size_t> (lower.size(), 1));

    for (const auto& each : known)
    {
        if (const auto wrong = distance (lower, lowerCase (each)); wrong < least)
        {
            least = wrong;
            nearest = each;
        }
    }

    return nearest;
}

} // namespace faltwerk
