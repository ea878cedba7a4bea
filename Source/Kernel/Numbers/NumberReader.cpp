#include "Kernel/Numbers/NumberReader.h"

#include "Kernel/Numbers/NumberText.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <locale>

namespace faltwerk
{

namespace
{

/** Digits that an integer below 2^53 surely holds, and the powers of ten that a double holds exactly: a product or
    quotient of two such numbers is rounded once, so it is the nearest. */
constexpr int exactDigits = 15, exactPower = 22;

/** Removes a sign; returns true if it was a minus. */
bool takeSign (std::string_view& rest)
{
    const bool minus = rest.starts_with ('-') || rest.starts_with (unicodeMinus);

    if (minus || rest.starts_with ('+'))
        rest.remove_prefix (rest.starts_with (unicodeMinus) ? unicodeMinus.size() : 1);

    return minus;
}

} // namespace

bool spellsNonFinite (std::string_view word)
{
    if (word.empty() || isDigit (word.back())) // as nearly every word
        return false;

    std::string letters;

    for (const char c : word.substr (0, 16))
        if (c != '+' && c != '-')
            letters += lowerCase (c);

    return letters == "nan" || letters == "inf" || letters == "infinity";
}

NumberReader::NumberReader() { stream.imbue (std::locale::classic()); }

Outcome<double> NumberReader::read (std::string_view word, bool decimalComma)
{
    const auto fail = [] (const char* what) { return Outcome<double>::failure (what); };

    if (spellsNonFinite (word))
        return fail ("is not a finite number");

    if (const auto slash = word.find ('/'); slash != std::string_view::npos && word.find ('/', slash + 1) == word.npos)
        return readFraction (word.substr (0, slash), word.substr (slash + 1), decimalComma);

    if (! scan (word, decimalComma))
        return fail ("is not a number");

    double number = 0.0;

    if (mantissa != 0 || numDigits > exactDigits)
        number = isExact() ? scaled() : convert();

    if (std::abs (number) > static_cast<double> (std::numeric_limits<float>::max()))
        return fail ("is too large a number");

    return isNegative ? -number : number;
}

Outcome<double> NumberReader::readFraction (std::string_view upper, std::string_view lower, bool decimalComma)
{
    const auto numerator = read (upper, decimalComma), denominator = read (lower, decimalComma);

    if (! numerator || ! denominator)
        return Outcome<double>::failure ("is not a number");

    const double number = *numerator / *denominator;

    if (! (std::abs (number) <= static_cast<double> (std::numeric_limits<float>::max())))
        return Outcome<double>::failure (*denominator == 0.0 ? "divides by 0" : "is too large a number");

    return number;
}

/** Takes a word apart; returns false if it is not a number. */
bool NumberReader::scan (std::string_view rest, bool decimalComma)
{
    isNegative = takeSign (rest);
    plain.clear();
    mantissa = 0;
    exponent = numDigits = 0;
    bool anyDigit = false, afterPoint = false;

    for (; ! rest.empty(); rest.remove_prefix (1))
    {
        const char c = rest.front();

        if (isDigit (c))
        {
            anyDigit = true;
            numDigits += numDigits > 0 || c != '0' ? 1 : 0;
            mantissa = numDigits <= exactDigits ? mantissa * 10 + (c - '0') : mantissa;
            exponent -= afterPoint ? 1 : 0;
            plain += c;
        }
        else if ((c == '.' || (decimalComma && c == ',')) && ! afterPoint)
        {
            afterPoint = true;
            plain += '.';
        }
        else
        {
            break;
        }
    }

    if (rest.empty() || ! anyDigit)
        return anyDigit;

    if (lowerCase (rest.front()) != 'e')
        return false;

    rest.remove_prefix (1);
    const bool isSmall = takeSign (rest);
    int power = 0;

    for (const char c : rest)
    {
        if (! isDigit (c))
            return false;

        power = std::min (power * 10 + (c - '0'), 99999);
    }

    power = isSmall ? -power : power;
    plain += 'e' + std::to_string (power);
    exponent += power;
    return ! rest.empty();
}

bool NumberReader::isExact() const noexcept { return numDigits <= exactDigits && std::abs (exponent) <= exactPower; }

double NumberReader::scaled() const noexcept
{
    double power = 1.0;

    for (int n = std::abs (exponent); n > 0; --n)
        power *= 10.0;

    const auto number = static_cast<double> (mantissa);
    return exponent < 0 ? number / power : number * power;
}

/** Converts by a stream with the classic locale: std::from_chars is not everywhere yet, and strtod obeys the host's
    locale. */
double NumberReader::convert()
{
    double number = 0.0;
    stream.clear();
    stream.str (plain);
    stream >> number; // fails only where the number is out of range, and then is the nearest
    return stream.fail() && number > 1.0 ? std::numeric_limits<double>::infinity() : number;
}

} // namespace faltwerk
