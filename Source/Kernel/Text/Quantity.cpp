#include "Kernel/Text/Quantity.h"

#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"

#include <string>

namespace faltwerk
{

namespace
{

struct RelatedUnit
{
    std::string_view unit, other; // the other in small letters
    double factor;
};

constexpr RelatedUnit relatedUnits[] = { { "Hz", "k", 1000.0 }, { "Hz", "khz", 1000.0 }, { "s", "ms", 0.001 },
                                         { "ms", "s", 1000.0 }, { "m", "cm", 0.01 },     { "m", "mm", 0.001 },
                                         { "cm", "m", 100.0 },  { "cm", "mm", 0.1 },     { "mm", "m", 1000.0 },
                                         { "mm", "cm", 10.0 } };

void replace (std::string& text, std::string_view from, std::string_view to)
{
    for (size_t at = 0; (at = text.find (from, at)) != std::string::npos; at += to.size())
        text.replace (at, from.size(), to);
}

} // namespace

std::optional<double> factorBetween (std::string_view written, std::string_view unit)
{
    const auto word = lowerCase (written);

    if (word.empty() || word == lowerCase (unit))
        return 1.0;

    for (const auto& related : relatedUnits)
        if (related.unit == unit && related.other == word)
            return related.factor;

    return {};
}

std::optional<double> readQuantity (std::string_view text, std::string_view unit, bool decimalComma)
{
    std::string plain (text);
    replace (plain, "\xc2\xa0", " "); // a space that does not break
    replace (plain, unicodeMinus, "-");
    auto digits = trimmed (plain);
    auto written = digits;

    // The unit begins behind the last digit or point.
    while (! digits.empty() && ! isDigit (digits.back()) && digits.back() != '.')
        digits.remove_suffix (1);

    written.remove_prefix (digits.size());
    const auto factor = factorBetween (trimmed (written), unit);
    const auto number = NumberReader().read (digits, decimalComma && digits.find ('.') == digits.npos);
    const bool isNote = (unit == "s" || unit == "ms") && digits.find ('/') != digits.npos;
    return factor && number && ! isNote ? std::optional (*number * *factor) : std::nullopt;
}

} // namespace faltwerk
