#include "Kernel/NumberHeading.h"

#include "Kernel/NumberReader.h"
#include "Kernel/NumberText.h"
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
    { "time", ColumnMeaning::seconds },
    { "zeit", ColumnMeaning::seconds },
    { "temps", ColumnMeaning::seconds },
    { "t", ColumnMeaning::seconds },
    { "s", ColumnMeaning::seconds },
    { "sec", ColumnMeaning::seconds },
    { "seconds", ColumnMeaning::seconds },
    { "ms", ColumnMeaning::milliseconds },
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
        return roundedRate (1.0 / *number);

    return lower.find ("sample rate", name) != std::string_view::npos && isRate (*number) ? *number : 0.0;
}

} // namespace

ColumnMeaning meaningOf (std::string_view label)
{
    const auto begin = std::min (label.find_first_not_of (" \t\"'*#%"), label.size());
    const auto lower = lowerCase (label.substr (begin, 60));
    const auto end = static_cast<size_t> (std::find_if_not (lower.begin(), lower.end(), isLetter) - lower.begin());
    const std::string_view word (lower.data(), end);

    for (const auto& known : labelWords)
        if (word == known.word)
            return known.meaning == ColumnMeaning::seconds && lower.find ("ms", end) != std::string::npos
                       ? ColumnMeaning::milliseconds
                       : known.meaning;

    return ColumnMeaning::unknown;
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

double roundedRate (double hertz)
{
    for (const double usual : usualRates)
        if (std::abs (hertz - usual) <= usual * 5e-4)
            return usual;

    const double whole = std::round (hertz);
    hertz = std::abs (hertz - whole) <= hertz * 1e-6 ? whole : hertz;
    return isRate (hertz) ? hertz : 0.0;
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
