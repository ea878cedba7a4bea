#include "Plugin/Parameters/ParameterText.h"

#include <cmath>

namespace faltwerk
{

namespace
{

const auto minus = juce::String::charToString (0x2212);
const auto space = juce::String::charToString (0xa0); // does not break
const auto infinity = juce::String::charToString (0x221e);

constexpr float atTheEnd = 1.0001f; // a frequency this near its range's end is there

juce::String rounded (double value, int decimals)
{
    const double scale = std::pow (10.0, decimals);
    const double nearest = std::round (value * scale) / scale;
    return (nearest < 0.0 ? minus : juce::String())
           + (decimals == 0 ? juce::String (juce::roundToInt (std::abs (nearest)))
                            : juce::String (std::abs (nearest), decimals));
}

/** Returns a number with one decimal, or none if that is 0. */
juce::String shortly (double value)
{
    const double tenths = std::round (value * 10.0);
    return rounded (value, std::fmod (tenths, 10.0) == 0.0 ? 0 : 1);
}

juce::String frequency (float value)
{
    const auto hertz = static_cast<double> (value);
    return hertz < 999.5 ? (hertz < 99.5 ? shortly (hertz) : rounded (hertz, 0)) + space + "Hz"
                         : rounded (hertz / 1000.0, hertz < 9995.0 ? 2 : 1) + space + "kHz";
}

/** What stands before a unit, and the unit, in one way of writing. */
struct Reading
{
    juce::String number, unit;
};

Reading read (const juce::String& text)
{
    const auto plain = text.replace (minus, "-")
                           .replace (infinity, "inf")
                           .replace (space, " ")
                           .replaceCharacter (',', '.')
                           .toLowerCase()
                           .removeCharacters (" \t");
    const int end = plain.initialSectionContainingOnly ("+-.0123456789/").length();
    return { plain.substring (0, end), plain.substring (end) };
}

/** Returns a decimal number, whole and alone. */
std::optional<double> decimal (const juce::String& text)
{
    const auto digits = text.startsWithChar ('-') || text.startsWithChar ('+') ? text.substring (1) : text;

    if (! digits.containsOnly (".0123456789") || ! digits.containsAnyOf ("0123456789")
        || digits.indexOfChar ('.') != digits.lastIndexOfChar ('.'))
        return {};

    const double value = text.getDoubleValue();
    return std::isfinite (value) ? std::optional (value) : std::nullopt;
}

/** Returns the length of a note in milliseconds; "1/8." counts as dotted. */
std::optional<double> note (const Reading& reading, double beatsPerMinute)
{
    const bool hasDot = reading.number.endsWithChar ('.');
    const auto upper = decimal (reading.number.upToFirstOccurrenceOf ("/", false, false));
    const auto lower = decimal (reading.number.fromFirstOccurrenceOf ("/", false, false).trimCharactersAtEnd ("."));
    const bool isDotted = hasDot || reading.unit == "d", isTriplet = reading.unit == "t";

    if (! upper || ! lower || *lower <= 0.0 || ! (beatsPerMinute > 0.0)
        || ! (reading.unit.isEmpty() || isDotted || isTriplet))
        return {};

    const double quarters = 4.0 * *upper / *lower * (isDotted ? 1.5 : 1.0) * (isTriplet ? 2.0 / 3.0 : 1.0);
    return quarters * 60000.0 / beatsPerMinute;
}

/** Returns the factor from a written unit to the parameter's own. */
std::optional<double> factorOf (const juce::String& written, Unit unit)
{
    const auto factor = [&written] (std::initializer_list<std::pair<const char*, double>> names)
    {
        std::optional<double> found = written.isEmpty() ? std::optional (1.0) : std::nullopt;

        for (const auto& [name, value] : names)
            if (written == name)
                found = value;

        return found;
    };

    switch (unit)
    {
        case Unit::decibels:
        case Unit::decibelsOrSilence:
            return factor ({ { "db", 1.0 } });
        case Unit::milliseconds:
            return factor ({ { "ms", 1.0 }, { "s", 1000.0 } });
        case Unit::percent:
            return factor ({ { "%", 1.0 } });
        case Unit::hertz:
        case Unit::lowCut:
        case Unit::highCut:
            return factor ({ { "hz", 1.0 }, { "k", 1000.0 }, { "khz", 1000.0 } });
        case Unit::factor:
            return factor ({});
    }

    return {};
}

/** Returns the value that "off" means in a unit; empty if it has none. */
std::optional<float> off (Unit unit)
{
    switch (unit)
    {
        case Unit::decibels:
        case Unit::decibelsOrSilence:
            return quietestLevel;
        case Unit::milliseconds:
            return 0.0f;
        case Unit::lowCut:
            return lowestFrequency;
        case Unit::highCut:
            return highestFrequency;
        case Unit::percent:
        case Unit::hertz:
        case Unit::factor:
            break;
    }

    return {};
}

} // namespace

bool isLowCutOff (float frequency) noexcept { return frequency <= lowestFrequency * atTheEnd; }

bool isHighCutOff (float frequency) noexcept { return frequency >= highestFrequency / atTheEnd; }

juce::String nameOf (Unit unit)
{
    switch (unit)
    {
        case Unit::decibels:
        case Unit::decibelsOrSilence:
            return "dB";
        case Unit::milliseconds:
            return "ms";
        case Unit::percent:
            return "%";
        case Unit::hertz:
        case Unit::lowCut:
        case Unit::highCut:
            return "Hz";
        case Unit::factor:
            break;
    }

    return {};
}

juce::String textOf (float value, Unit unit)
{
    const auto exact = static_cast<double> (value);

    switch (unit)
    {
        case Unit::decibels:
            return rounded (exact, 1) + space + "dB";
        case Unit::decibelsOrSilence:
            return (value <= quietestLevel ? minus + infinity : rounded (exact, 1)) + space + "dB";
        case Unit::milliseconds:
            return (exact < 99.95 ? shortly (exact) : rounded (exact, 0)) + space + "ms";
        case Unit::percent:
            return rounded (exact, 0) + space + "%";
        case Unit::hertz:
            return frequency (value);
        case Unit::lowCut:
            return isLowCutOff (value) ? "off" : frequency (value);
        case Unit::highCut:
            return isHighCutOff (value) ? "off" : frequency (value);
        case Unit::factor:
            return rounded (exact, 2);
    }

    return {};
}

juce::String spokenText (const juce::String& text)
{
    return text.replace (space, " ")
        .replace (minus, "minus ")
        .replace (infinity, "infinity")
        .replace (" %", " percent")
        .replace (" dB", " decibels")
        .replace (" ms", " milliseconds")
        .replace (" kHz", " kilohertz")
        .replace (" Hz", " hertz");
}

std::optional<float> valueOf (const juce::String& text, Unit unit, double beatsPerMinute)
{
    const auto reading = read (text);
    const bool isLevel = unit == Unit::decibels || unit == Unit::decibelsOrSilence;

    if (reading.number.isEmpty() && reading.unit == "off")
        return off (unit);

    if (isLevel && reading.number == "-" && (reading.unit == "inf" || reading.unit == "infdb"))
        return quietestLevel;

    if (unit == Unit::milliseconds && reading.number.containsChar ('/'))
    {
        const auto length = note (reading, beatsPerMinute);
        return length ? std::optional (static_cast<float> (*length)) : std::nullopt;
    }

    const auto number = decimal (reading.number);
    const auto factor = factorOf (reading.unit, unit);
    return number && factor ? std::optional (static_cast<float> (*number * *factor)) : std::nullopt;
}

} // namespace faltwerk
