#include "Kernel/Measuring/Sweeps/SweepText.h"

#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace faltwerk
{

namespace
{

/** A figure of a sweep, with what is written before it; the end is written behind the last. */
struct Field
{
    std::string_view before;
    double Sweep::*figure;
};

constexpr Field commentFields[] = { { "faltwerk sweep: ", &Sweep::from },   { " Hz to ", &Sweep::to },
                                    { " Hz in ", &Sweep::seconds },         { " s, lead-in ", &Sweep::leadIn },
                                    { " s, tail ", &Sweep::tail },          { " s, level ", &Sweep::levelDb },
                                    { " dB, made at ", &Sweep::sampleRate } };
constexpr std::string_view commentEnd = " Hz";

constexpr Field nameFields[] = { { "sweep ", &Sweep::from },
                                 { "-", &Sweep::to },
                                 { " Hz ", &Sweep::seconds },
                                 { " s ", &Sweep::levelDb } };
constexpr std::string_view nameEnd = " dB";

/** Returns a number that reads as the same again, with a point in every locale. */
std::string digits (double number)
{
    char text[40];
    std::snprintf (text, sizeof text, "%.10g", number);

    for (char& each : text)
        each = each == ',' ? '.' : each;

    return text;
}

template <size_t size>
std::string write (const Sweep& sweep, const Field (&fields)[size], std::string_view end)
{
    std::string text;

    for (const auto& field : fields)
        text += std::string (field.before) + digits (sweep.*field.figure);

    return text + std::string (end);
}

template <size_t size>
std::optional<Sweep> read (std::string_view text, const Field (&fields)[size], std::string_view end)
{
    Sweep sweep;
    const auto start = text.find (fields[0].before);

    if (start == std::string_view::npos)
        return {};

    text.remove_prefix (start);

    for (size_t n = 0; n < size; ++n)
    {
        text.remove_prefix (fields[n].before.size());
        const auto next = text.find (n + 1 < size ? fields[n + 1].before : end);

        if (next == std::string_view::npos)
            return {};

        const auto number = NumberReader().read (text.substr (0, next), false);

        if (! number)
            return {};

        sweep.*fields[n].figure = *number;
        text.remove_prefix (next);
    }

    const bool isPossible = problemOfLaw (sweep).empty() && sweep.leadIn >= 0.0 && sweep.leadIn < 1e4
                            && sweep.seconds < 1e4 && sweep.to < 1e6 && sweep.levelDb <= 0.0 && sweep.levelDb > -200.0;
    return isPossible ? std::optional (sweep) : std::nullopt;
}

} // namespace

std::string asText (const Sweep& sweep) { return write (sweep, commentFields, commentEnd); }

std::optional<Sweep> sweepInText (std::string_view text) { return read (text, commentFields, commentEnd); }

std::string fileNameOf (const Sweep& sweep) { return write (sweep, nameFields, nameEnd) + ".wav"; }

std::optional<Sweep> sweepInFile (const std::string& path)
{
    const auto file = juce::File::getCurrentWorkingDirectory().getChildFile (juce::String::fromUTF8 (path.c_str()));
    juce::FileInputStream stream (file);

    if (stream.openedOk())
    {
        std::string bytes (4096, ' ');
        bytes.resize (static_cast<size_t> (std::max (stream.read (bytes.data(), static_cast<int> (bytes.size())), 0)));

        if (auto sweep = sweepInText (bytes))
            return sweep;
    }

    return read (file.getFileName().toStdString(), nameFields, nameEnd);
}

} // namespace faltwerk
