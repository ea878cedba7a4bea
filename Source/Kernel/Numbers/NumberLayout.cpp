#include "Kernel/Numbers/NumberHeading.h"
#include "Kernel/Numbers/NumberLines.h"
#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"

namespace faltwerk
{

namespace
{

bool isEmpty (std::string_view line) { return line.find_first_not_of (" \t\v\f,;") == std::string_view::npos; }

/** Returns the number of words of two letters or more in a line, at most 2. */
size_t numWords (std::string_view line)
{
    size_t count = 0;

    for (size_t n = 0; n < line.size() && count < 2; ++n)
    {
        const size_t begin = n;

        while (n < line.size() && isLetter (line[n]))
            ++n;

        const bool isWord = n - begin >= 2 && (begin == 0 || ! isDigit (line[begin - 1]));
        count += isWord && ! spellsNonFinite (line.substr (begin, n - begin)) ? 1u : 0u;
    }

    return count;
}

/** Finds the first line of numbers, and what the lines before it say. */
class HeadingScan
{
public:
    explicit HeadingScan (std::string_view scanned)
        : text (scanned)
    {
    }

    Outcome<LineLayout> run()
    {
        layout.begin = text.size();
        forEachLine (text, [this] (std::string_view line) { return take (line); });

        if (! purpose.empty())
            return Outcome<LineLayout>::failure ("it is " + std::string (purpose)
                                                 + ", not an impulse response. A kernel needs an impulse response");

        // Numbers and words in every line: the first of them is wrong.
        if (layout.begin == text.size() && wordyLine != nullptr)
            layout.begin = static_cast<size_t> (wordyLine - text.data());

        layout.labels = labelsIn (lastLine);
        return layout;
    }

private:
    bool take (std::string_view line)
    {
        const auto content = withoutComment (line);
        hasStars = hasStars || (layout.numHeadingLines == 0 && line.starts_with ('*'));
        const bool isNumbers = ! isEmpty (content) && beginsLikeNumber (content);
        const bool isNamedValue = hasStars && content.size() < line.size(); // 6 // Response length

        if (isNumbers && ! isNamedValue && numWords (content) < 2)
        {
            layout.begin = static_cast<size_t> (line.data() - text.data());
            return false;
        }

        if (isNumbers && ! isNamedValue && wordyLine == nullptr)
            wordyLine = line.data();

        if (trimmed (line).empty())
            return true;

        if (layout.sampleRate == 0.0)
            layout.sampleRate = rateIn (line);

        if (purpose.empty())
            purpose = otherPurposeOf (line);

        ++layout.numHeadingLines;
        lastLine = line;
        return purpose.empty();
    }

    const std::string_view text;
    LineLayout layout;
    std::string_view purpose, lastLine;
    const char* wordyLine = nullptr; // the first that begins with a number but holds words
    bool hasStars = false;           // the first line begins with one
};

/** Finds out what commas in the lines of numbers can mean. */
class CommaScan
{
public:
    /** Returns true while further lines can tell more. */
    bool take (std::string_view line)
    {
        line = withoutComment (line);

        if (isEmpty (line))
            return true;

        size_t words = 0, commas = 0, lastComma = 0;
        bool inWord = false, afterComma = false, afterExponent = false;

        for (size_t n = 0; n < line.size(); ++n)
        {
            const char c = line[n];

            if (c == '"') // a comma between quotes is part of the number
            {
                const auto end = std::min (line.find ('"', n + 1), line.size());
                quoted.take (trimmed (line.substr (n + 1, end - n - 1)));
                n = end;
                inWord = false;
                continue;
            }

            if (isBlank (c) || c == ';')
            {
                isSeparated = isSeparated || c == ';' || c == '\t';
                inWord = afterComma = afterExponent = false;
                continue;
            }

            if (! inWord)
            {
                bare.take (line.substr (n, std::min (line.find_first_of ("; \t\v\f\"", n), line.size()) - n));
                ++words;
            }

            inWord = true;
            afterExponent = afterExponent || c == 'e' || c == 'E';

            if (c != ',')
                continue;

            if (afterComma || afterExponent || n + 1 == line.size() || ! isDigit (line[n + 1]))
                isDecimalPossible = false;

            isBesideQuotes =
                isBesideQuotes || line[n == 0 ? 0 : n - 1] == '"' || line[std::min (n + 1, line.size() - 1)] == '"';
            hasLeadingZero = hasLeadingZero || isFraction (line, n);
            afterComma = true;
            lastComma = n;
            ++commas;
        }

        if (commas > 0 && example.empty())
        {
            const auto begin = line.substr (0, lastComma).find_last_of ("; \t\v\f");
            const auto first = begin == std::string_view::npos ? 0 : begin + 1;
            example = line.substr (first, line.find_first_of ("; \t\v\f", lastComma) - first);
        }

        numLines += 1;
        hasBlanks = hasBlanks || words > 1;
        count (decimal, words);
        count (separate, words + commas);
        return ! bare.isSettled() || (quoted.hasCommas() && ! quoted.isSettled());
    }

    const StyleEvidence& outsideQuotes() const noexcept { return bare; }
    const StyleEvidence& inQuotes() const noexcept { return quoted; }

    /** Returns true if a comma stands between numbers in quotes, or beside one. */
    bool separatesQuotes() const noexcept { return isBesideQuotes; }

    bool mayBeDecimal() const noexcept { return isDecimalPossible && bare.mayBeDecimal(); }

    /** Returns true if the lines are alike only without a comma between numbers, or other separators stand there. */
    bool mustBePart() const noexcept { return isSeparated || (numLines > 1 && ! separate.isEven && decimal.isEven); }

    bool mustBeDecimal() const noexcept { return mustBePart() || hasLeadingZero; }

    /** Returns true if every row has as many values, separated by commas only, as the heading has labels. */
    bool isLikeLabels (size_t numLabels) const noexcept
    {
        return ! hasBlanks && separate.isEven && numLabels == separate.first;
    }

    /** Returns true for a single line with nothing but commas between its numbers. */
    bool isOneList() const noexcept { return ! hasBlanks && numLines == 1; }

    std::string sentence() const
    {
        constexpr size_t most = 20; // characters on either side
        const auto place = std::min (example.find (','), example.size());
        const auto comma = std::min (place, most);
        const auto word = std::string (example.substr (place - comma, comma + 1 + most));
        auto pointed = word, parted = word;
        pointed.replace (comma, 1, ".");
        parted.replace (comma, 1, " and ");
        return "its commas may be decimal ('" + word + "' is " + pointed + ") or stand between numbers ('" + word
               + "' is " + parted + ")";
    }

private:
    struct Counts
    {
        size_t first = 0; // numbers in the first line
        bool isEven = true;
    };

    void count (Counts& counts, size_t numbers) const
    {
        counts.first = numLines == 1 ? numbers : counts.first;
        counts.isEven = counts.isEven && numbers == counts.first;
    }

    /** Returns true if a whole number is not written so: 05 behind the comma, or -0 before it. */
    static bool isFraction (std::string_view line, size_t comma)
    {
        const bool zeroBehind =
            line.substr (comma + 1).starts_with ('0') && comma + 2 < line.size() && isDigit (line[comma + 2]);
        const auto before = line.substr (0, comma);
        return zeroBehind || before.ends_with ("-0") || before.ends_with (std::string (unicodeMinus) + "0");
    }

    StyleEvidence bare, quoted;
    std::string_view example;
    size_t numLines = 0;
    Counts decimal, separate;
    bool isSeparated = false; // by something that is neither comma nor blank
    bool isDecimalPossible = true, hasBlanks = false, hasLeadingZero = false, isBesideQuotes = false;
};

Outcome<NumberStyle> styleInQuotes (const StyleEvidence& evidence, const CommaChoice& choice)
{
    const NumberStyle decimal { true, evidence.mayGroupByPoints() ? '.' : char (0) }, grouped { false, ',' };

    if (! evidence.mayGroupByCommas() || choice.commas == Commas::decimal)
        return decimal;

    if (! evidence.mayBeDecimal() || choice.commas != Commas::automatic)
        return grouped;

    return Outcome<NumberStyle>::failure (evidence.groupsOrDecimal() + ". " + std::string (choice.advice));
}

/** Decides what commas outside of quotes mean. */
Outcome<NumberStyle> styleOutsideQuotes (const CommaScan& scan,
                                         size_t numLabels, // between commas without a blank
                                         const CommaChoice& choice)
{
    const auto& evidence = scan.outsideQuotes();
    const NumberStyle separate, grouped { false, ',' }, decimal { true, evidence.mayGroupByPoints() ? '.' : char (0) };
    const auto ask = [&choice] (const std::string& question)
    { return Outcome<NumberStyle>::failure (question + ". " + std::string (choice.advice)); };

    if (scan.separatesQuotes())
        return separate;

    switch (choice.commas)
    {
        case Commas::separate:
            return separate;
        case Commas::decimal:
            return decimal;
        case Commas::thousands:
            return grouped;
        case Commas::automatic:
            break;
    }

    const bool mayGroup = evidence.mayGroupByCommas();

    if (! evidence.hasCommas() || ! (scan.mayBeDecimal() || mayGroup))
        return separate;

    if (numLabels > 0 && scan.isLikeLabels (numLabels))
        return separate;

    if (mayGroup && scan.mustBePart())
        return scan.mayBeDecimal() ? ask (evidence.groupsOrDecimal()) : Outcome<NumberStyle> (grouped);

    if (! mayGroup && scan.mayBeDecimal() && scan.mustBeDecimal())
        return evidence.mayGroupByPoints() && ! scan.mustBePart() ? ask (evidence.groupsOrSeparate())
                                                                  : Outcome<NumberStyle> (decimal);

    if (scan.isOneList())
        return separate;

    return ask (scan.mayBeDecimal() && ! evidence.mayGroupByPoints() ? scan.sentence() : evidence.groupsOrSeparate());
}

/** Returns the last line that is not empty before a position. */
std::string_view lineBefore (std::string_view text, size_t position)
{
    const auto end = text.substr (0, position).find_last_not_of ("\r\n \t");

    if (end == std::string_view::npos)
        return {};

    const auto begin = text.substr (0, end).find_last_of ("\r\n");
    return text.substr (begin == std::string_view::npos ? 0 : begin + 1,
                        end + 1 - (begin == std::string_view::npos ? 0 : begin + 1));
}

} // namespace

Outcome<LineLayout> layoutOf (std::string_view text, const CommaChoice& choice)
{
    auto layout = HeadingScan (text).run();

    if (! layout)
        return layout;

    if (isFrequencyResponse (layout->labels))
        return Outcome<LineLayout>::failure (std::string (frequencyResponseComplaint));

    if (text.find (',', layout->begin) == std::string_view::npos)
        return layout;

    CommaScan scan;
    forEachLine (text.substr (layout->begin), [&] (std::string_view line) { return scan.take (line); });
    const auto labelLine = lineBefore (text, layout->begin);
    const bool labelsHaveCommas =
        labelLine.find (',') != std::string_view::npos && labelLine.find (", ") == std::string_view::npos;
    const auto bare = styleOutsideQuotes (scan, labelsHaveCommas ? layout->labels.size() : 0, choice);
    const auto inQuotes = styleInQuotes (scan.inQuotes(), choice);

    if (! bare || ! inQuotes)
        return Outcome<LineLayout>::failure (bare ? inQuotes.error() : bare.error());

    layout->bare = *bare;
    layout->inQuotes = *inQuotes;
    return layout;
}

} // namespace faltwerk
