#include "Kernel/Numbers/NumberHeading.h"

#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Sound.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

/** The first letters of a label, or all of it, and what its column holds. */
struct LabelWord
{
    std::string_view word;
    ColumnMeaning meaning;
};

constexpr LabelWord labelWords[] = {
    { "time", ColumnMeaning::time },
    { "times", ColumnMeaning::time },
    { "zeit", ColumnMeaning::time },
    { "temps", ColumnMeaning::time },
    { "t", ColumnMeaning::time },
    { "index", ColumnMeaning::index },
    { "idx", ColumnMeaning::index },
    { "sample", ColumnMeaning::index },
    { "samples", ColumnMeaning::index },
    { "frame", ColumnMeaning::index },
    { "tap", ColumnMeaning::index },
    { "n", ColumnMeaning::index },
    { "k", ColumnMeaning::index },
    { "i", ColumnMeaning::index },
    { "no", ColumnMeaning::index },
    { "nr", ColumnMeaning::index },
    { "freq", ColumnMeaning::frequency },
    { "frequency", ColumnMeaning::frequency },
    { "frequenz", ColumnMeaning::frequency },
    { "hz", ColumnMeaning::frequency },
    { "f", ColumnMeaning::frequency },
};

/** How a unit of time is written, and its length in seconds. */
struct TimeUnit
{
    std::string_view word;
    double seconds;
};

constexpr TimeUnit timeUnits[] = {
    { "s", 1.0 },
    { "sec", 1.0 },
    { "secs", 1.0 },
    { "second", 1.0 },
    { "seconds", 1.0 },
    { "sekunden", 1.0 },
    { "ms", 1e-3 },
    { "msec", 1e-3 },
    { "millisecond", 1e-3 },
    { "milliseconds", 1e-3 },
    { "millisekunden", 1e-3 },
    { "us", 1e-6 },
    { "usec", 1e-6 },
    { "\xc2\xb5s", 1e-6 }, // the micro sign
    { "\xce\xbcs", 1e-6 }, // the Greek letter
    { "\xb5s", 1e-6 },     // the micro sign of Latin-1
    { "microsecond", 1e-6 },
    { "microseconds", 1e-6 },
    { "mikrosekunden", 1e-6 },
    { "ns", 1e-9 },
    { "nsec", 1e-9 },
    { "nanosecond", 1e-9 },
    { "nanoseconds", 1e-9 },
    { "nanosekunden", 1e-9 },
};

/** How a line begins that belongs to another kind of file. */
struct Purpose
{
    std::string_view beginning, what;
};

constexpr Purpose purposes[] = {
    { "graphiceq:", "an equaliser's curve (GraphicEQ)" },
    { "filter:", "an equaliser's setting" },
    { "filter 1:", "an equaliser's setting" },
    { "filter  1:", "an equaliser's setting" },
    { "filter settings file", "an equaliser's setting" },
    { "preamp:", "an equaliser's setting" },
    { "equaliser:", "an equaliser's setting" },
    { "equalizer:", "an equaliser's setting" },
    { "biquad", "a list of biquad filters" },
    { "sr_44100:", "a list of biquad filters" },
    { "convolution:", "a configuration (Equalizer APO)" },
    { "include:", "a configuration (Equalizer APO)" },
    { "device:", "a configuration (Equalizer APO)" },
    { "channel: ", "a configuration (Equalizer APO)" },
    { "copy:", "a configuration (Equalizer APO)" },
    { "filter_length:", "a configuration (BruteFIR)" },
    { "sampling_rate:", "a configuration (BruteFIR)" },
    { "coeff \"", "a configuration (BruteFIR)" },
    { "/convolver/new", "a configuration (jconvolver)" },
    { "/impulse/read", "a configuration (jconvolver)" },
    { "devices:", "a configuration (CamillaDSP)" },
    { "filters:", "a configuration (CamillaDSP)" },
    { "pipeline:", "a configuration (CamillaDSP)" },
    { "<?xml", "an XML file" },
    { "<!doctype html", "a web page" },
    { "<html", "a web page" },
};

constexpr double usualRates[] = { 8000,  11025, 16000, 22050,  24000,  32000,  44100, 48000,
                                  64000, 88200, 96000, 176400, 192000, 352800, 384000 };

/** Returns the words of letters in a label, in lower case. */
std::vector<std::string> wordsIn (std::string_view label)
{
    constexpr size_t longestLabel = 60;
    const auto text = lowerCase (label.substr (0, longestLabel));
    const auto isPart = [] (char c) { return isLetter (c) || static_cast<unsigned char> (c) >= 0x80; };
    std::vector<std::string> words;

    for (auto begin = text.begin(); begin != text.end();)
    {
        begin = std::find_if (begin, text.end(), isPart);
        const auto end = std::find_if_not (begin, text.end(), isPart);

        if (begin != end)
            words.emplace_back (begin, end);

        begin = end;
    }

    return words;
}

/** Returns the length of a unit of time, in seconds; 0 if a word is none. */
double unitOf (std::string_view word)
{
    for (const auto& unit : timeUnits)
        if (word == unit.word)
            return unit.seconds;

    return 0.0;
}

bool isRate (double hertz) { return hertz >= lowestSampleRate && hertz <= highestSampleRate; }

/** Returns the rate in Hz that a line such as "2.0833E-5 // Sample interval" or "48000 // Sample rate" gives; 0 if it
    gives neither. */
double rateOfNamedValue (std::string_view line, std::string_view lower)
{
    const auto name = lower.find ("//");

    if (name == std::string_view::npos)
        return 0.0;

    const auto number = NumberReader().read (trimmed (line.substr (0, name)), false);
    const bool isInterval = lower.find ("sample interval", name) != std::string_view::npos;

    if (! number || ! (*number > 0.0))
        return 0.0;

    if (isInterval)
        return roundedRate (1.0 / *number, 1.0 / *number, 1.0 / *number);

    return lower.find ("sample rate", name) != std::string_view::npos && isRate (*number) ? *number : 0.0;
}

} // namespace

ColumnMeaning meaningOf (std::string_view label)
{
    const auto words = wordsIn (label);

    if (words.empty())
        return ColumnMeaning::unknown;

    for (const auto& known : labelWords)
        if (words.front() == known.word)
            return known.meaning;

    return unitOf (words.front()) > 0.0 ? ColumnMeaning::time : ColumnMeaning::unknown;
}

double timeUnitIn (std::string_view label)
{
    for (const auto& word : wordsIn (label))
        if (const double unit = unitOf (word); unit > 0.0)
            return unit;

    return 0.0;
}

std::vector<std::string> labelsIn (std::string_view line)
{
    constexpr size_t mostLabels = 300, longestLine = 10000;
    line = trimmed (line.substr (0, longestLine));

    while (! line.empty() && (line.front() == '*' || line.front() == '#' || line.front() == '%'))
        line = trimmed (line.substr (1));

    const char* const separators = line.find_first_of (",;\t") != std::string_view::npos ? ",;\t" : " ";
    std::vector<std::string> labels;

    for (size_t begin = 0; begin <= line.size() && labels.size() < mostLabels;)
    {
        const auto end = std::min (line.find_first_of (separators, begin), line.size());
        const auto label = trimmed (line.substr (begin, end - begin));

        if (! label.empty() || *separators != ' ')
            labels.push_back (lowerCase (label));

        begin = end + 1;
    }

    return labels;
}

bool isFrequencyResponse (const std::vector<std::string>& labels)
{
    constexpr std::string_view words[] = { "spl", "db", "magn", "mag(", "phase", "gain", "level", "amplitude" };
    const auto says = [&words] (const std::string& label)
    {
        return std::any_of (std::begin (words), std::end (words),
                            [&label] (std::string_view word) { return label.find (word) != std::string::npos; });
    };
    return ! labels.empty() && meaningOf (labels.front()) == ColumnMeaning::frequency
           && std::any_of (labels.begin() + 1, labels.end(), says);
}

double rateIn (std::string_view line)
{
    const auto text = lowerCase (line.substr (0, 200));

    if (const double rate = rateOfNamedValue (line.substr (0, 200), text); rate > 0.0)
        return rate;

    for (const std::string_view key : { "samplerate", "rate", "fs" })
    {
        for (size_t found = text.find (key); found != std::string::npos; found = text.find (key, found + 1))
        {
            if (found > 0 && isLetter (text[found - 1])) // within another word
                continue;

            const auto first = std::min (text.find_first_not_of (" \t:=,;()[]hz\"", found + key.size()), text.size());
            auto end = std::min (text.find_first_not_of ("0123456789.e", first), text.size());
            const auto unit = std::min (text.find_first_not_of (" \t", end), text.size());

            if (end > first && text[end - 1] == '.') // of a sentence
                --end;

            const auto number = NumberReader().read (std::string_view (text).substr (first, end - first), false);
            const double rate = number ? *number * (text.compare (unit, 3, "khz") == 0 ? 1000.0 : 1.0) : 0.0;

            if (isRate (rate))
                return rate;
        }
    }

    return 0.0;
}

double roundedRate (double hertz, double least, double most)
{
    const auto nearest =
        std::min_element (std::begin (usualRates), std::end (usualRates),
                          [hertz] (double a, double b) { return std::abs (a - hertz) < std::abs (b - hertz); });

    if (std::abs (hertz - *nearest) <= *nearest * 5e-4 || (*nearest >= least && *nearest <= most))
        return *nearest;

    const double whole = std::round (hertz);
    hertz = std::abs (hertz - whole) <= hertz * 1e-6 ? whole : hertz;
    return isRate (hertz) ? hertz : 0.0;
}

bool isUsualRate (double hertz)
{
    return std::find (std::begin (usualRates), std::end (usualRates), hertz) != std::end (usualRates);
}

std::string_view otherPurposeOf (std::string_view line)
{
    const auto lower = lowerCase (trimmed (line).substr (0, 200));

    for (const auto& purpose : purposes)
        if (lower.starts_with (purpose.beginning))
            return purpose.what;

    if (lower.find ("values on db scale") != std::string::npos)
        return "a list of levels in dB";

    return {};
}

} // namespace faltwerk
