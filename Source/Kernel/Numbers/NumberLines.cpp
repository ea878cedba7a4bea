#include "Kernel/Numbers/NumberLines.h"

#include "Kernel/Numbers/NumberHeading.h"
#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"

namespace faltwerk
{

namespace
{

/** Reads lines into a table, row by row. */
class LineReading
{
public:
    LineReading (std::string_view readText, const LineLayout& readLayout)
        : text (readText)
        , layout (readLayout)
        , wordEnds (readLayout.bare.commaSeparates() ? ",; \t\v\f" : "; \t\v\f")
    {
        table.sampleRate = layout.sampleRate;
    }

    Outcome<NumberTable> run()
    {
        forEachLine (text.substr (layout.begin), [this] (std::string_view line) { return take (line); });

        if (error.empty())
            arrange();

        return error.empty() ? Outcome<NumberTable> (std::move (table)) : Outcome<NumberTable>::failure (error);
    }

private:
    bool take (std::string_view line)
    {
        const auto content = withoutComment (line);

        if (table.sampleRate == 0.0 && content.size() < line.size())
            table.sampleRate = rateIn (line.substr (content.size()));

        if (lowerCase (trimmed (line)).starts_with ("# name:")) // Octave's; the first was part of the heading
            return fail (line.data(), "another variable begins here. Write one variable into the text");

        if (content.find_first_not_of (wordEnds) == std::string_view::npos)
            return true;

        const size_t before = table.values.size();
        isOpen = false;

        if (! readRow (content))
            return false;

        const size_t count = table.values.size() - before;
        numOpenRows += isOpen ? 1 : 0;
        numInFirst = numRows == 0 ? count : numInFirst;

        if (count != numInFirst && unevenRow == nullptr)
        {
            unevenRow = line.data();
            numInUneven = count;
        }

        ++numRows;
        return table.values.size() <= mostNumbers;
    }

    bool readRow (std::string_view content)
    {
        bool expectsNumber = true;

        for (size_t n = 0; n < content.size();)
        {
            const char c = content[n];

            if (isBlank (c))
            {
                ++n;
            }
            else if (c == ';' || (c == ',' && layout.bare.commaSeparates()))
            {
                if (expectsNumber)
                    return fail (content.data() + n, "a number is missing before '" + std::string (1, c) + "'");

                expectsNumber = true;
                ++n;
            }
            else
            {
                const auto length = lengthOfWord (content.substr (n));

                if (! readWord (content.substr (n, length)))
                    return false;

                expectsNumber = false;
                n += length;
            }
        }

        isOpen = expectsNumber;
        return true;
    }

    /** Returns how far a word goes; between quotes, with them. */
    size_t lengthOfWord (std::string_view rest) const
    {
        if (rest.front() == '"')
            if (const auto end = rest.find ('"', 1); end != std::string_view::npos)
                return end + 1;

        return std::min (rest.find_first_of (wordEnds), rest.size());
    }

    bool readWord (std::string_view word)
    {
        const bool isQuoted = word.size() > 1 && word.front() == '"' && word.back() == '"';
        const auto bare = isQuoted ? trimmed (word.substr (1, word.size() - 2)) : word;
        const auto& style = isQuoted ? layout.inQuotes : layout.bare;
        const bool mayHaveGroups = style.groups != 0 || bare.find_first_of ("'\xc2\xe2") != std::string_view::npos;
        const auto number = reader.read (mayHaveGroups ? std::string_view (plain = withoutGroups (bare, style)) : bare,
                                         style.decimalComma);

        if (! number)
            return fail (word.data(), quoted (bare) + " " + number.error());

        hasQuotedCommas = hasQuotedCommas || (isQuoted && bare.find (',') != std::string_view::npos);
        table.values.push_back (*number);
        return true;
    }

    bool fail (const char* place, const std::string& what)
    {
        error = placeOf (text, static_cast<size_t> (place - text.data())) + ": " + what;
        return false;
    }

    /** Gives the rows their columns. */
    void arrange()
    {
        const auto& style = hasQuotedCommas ? layout.inQuotes : layout.bare;

        if (style.decimalComma)
            table.remarks.push_back ("decimal commas");

        if (style.groups != 0)
            table.remarks.push_back (style.groups == ',' ? "commas between thousands" : "points between thousands");

        if (numRows < 2)
        {
            const bool isLabelled = numInFirst > 1 && layout.labels.size() == numInFirst;
            table.numColumns = isLabelled ? numInFirst : 1;
            table.labels = isLabelled ? layout.labels : std::vector<std::string>();
            return;
        }

        // A list that is broken into lines: each but the last ends with a comma, which says that it goes on.
        if (numOpenRows + 1 == numRows && ! isOpen)
            return;

        if (unevenRow != nullptr)
        {
            fail (unevenRow, "this line holds " + std::to_string (numInUneven)
                                 + (numInUneven == 1 ? " number" : " numbers") + ", the first one "
                                 + std::to_string (numInFirst)
                                 + ". Write as many in each line, or a comma at the end of a line that goes on");
            return;
        }

        table.numColumns = numInFirst;

        if (layout.labels.size() == numInFirst)
            table.labels = layout.labels;

        if (numInFirst > mostKernelChannels && numRows <= mostKernelChannels && table.labels.empty())
        {
            transpose (table);
            table.remarks.push_back ("each line is a channel");
        }
    }

    const std::string_view text;
    const LineLayout& layout;
    const std::string_view wordEnds;
    NumberReader reader;
    std::string plain; // the last word, without what stands between its thousands
    NumberTable table;
    std::string error;
    size_t numRows = 0, numInFirst = 0, numOpenRows = 0, numInUneven = 0;
    const char* unevenRow = nullptr;
    bool isOpen = false; // the last row ends with a separator
    bool hasQuotedCommas = false;
};

} // namespace

Outcome<NumberTable> readLines (std::string_view text, const LineLayout& layout)
{
    return LineReading (text, layout).run();
}

} // namespace faltwerk
