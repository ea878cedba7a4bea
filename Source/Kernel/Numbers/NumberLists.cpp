#include "Kernel/Numbers/NumberLists.h"

#include "Kernel/Numbers/NumberHeading.h"
#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"

#include <string>
#include <vector>

namespace faltwerk
{

namespace
{

using Result = Outcome<NumberTable>;

bool isOpening (char c) noexcept { return c == '[' || c == '{' || c == '('; }
bool isClosing (char c) noexcept { return c == ']' || c == '}' || c == ')'; }
bool isSpace (char c) noexcept { return isBlank (c) || c == '\n' || c == '\r'; }
bool isNameCharacter (char c) noexcept { return isLetter (c) || isDigit (c) || c == '_'; }

/** Goes through a text once, list by list. */
class ListScan
{
public:
    explicit ListScan (std::string_view scanned)
        : text (scanned)
    {
    }

    std::optional<Result> run()
    {
        while (position < text.size())
            if (! takeOutside())
                return error.empty() ? std::optional<Result>() : Result::failure (error);

        if (rowEnds.empty())
            return std::nullopt;

        return arranged();
    }

private:
    /** Takes what stands at the position outside of a list; false: no text of lists, or an error. */
    bool takeOutside()
    {
        if (skipComment())
            return true;

        const char c = text[position];

        if (c == '\n' || c == '\r')
        {
            finishLine();
            ++position;
            atLineBegin = true;
            return true;
        }

        // Until the first list: a line of numbers outside makes it a text of lines.
        if (atLineBegin && ! isSpace (c))
        {
            atLineBegin = false;

            if (! isOpening (c) && c != ',' && beginsLikeNumber (text.substr (position, 20)))
                return false;
        }

        if (isOpening (c) && beginsList())
            return takeList();

        if (! isSpace (c))
        {
            last = c;
            isAfterName = isNameCharacter (c);

            if (isAfterName && (position == 0 || ! isNameCharacter (text[position - 1])))
                nameBegin = position;

            nameEnd = isAfterName ? position + 1 : nameEnd;
        }

        ++position;
        return true;
    }

    /** Reads the rate that a finished line outside of lists says. */
    void finishLine()
    {
        if (table.sampleRate == 0.0)
            table.sampleRate = rateIn (text.substr (lineBegin, position - lineBegin));

        lineBegin = position + 1;
    }

    bool skipComment()
    {
        const auto rest = text.substr (position);

        if (rest.starts_with ("/*"))
        {
            const auto end = text.find ("*/", position + 2);
            position = end == std::string_view::npos ? text.size() : end + 2;
            return true;
        }

        if (rest.front() != '#' && rest.front() != '%' && ! rest.starts_with ("//"))
            return false;

        const auto end = std::min (text.find_first_of ("\r\n", position), text.size());

        if (table.sampleRate == 0.0)
            table.sampleRate = rateIn (text.substr (position, end - position));

        position = end;
        return true;
    }

    /** Returns true if a bracket at the position begins a list of numbers: where a value may stand, before a number. */
    bool beginsList() const
    {
        const char c = text[position];
        const bool mayStand = last == 0 || last == '=' || last == '(' || last == ':' || last == ',' || last == '['
                              || last == '{' || (last == ']' && c != '[') || (c == '{' && isNameCharacter (last));

        if (! mayStand
            && ! (text.substr (lineBegin, position - lineBegin).find_first_not_of (" \t") == std::string_view::npos))
            return false;

        auto next = position + 1;

        while (next < text.size() && (isSpace (text[next]) || isOpening (text[next])))
            ++next;

        return next < text.size() && beginsLikeNumber (text.substr (next, 20));
    }

    bool takeList()
    {
        const size_t firstRow = rowEnds.size();
        const auto name = lowerCase (text.substr (nameBegin, nameEnd - nameBegin).substr (0, 40));
        const bool isNamed = last == ':' || last == '=';
        const bool rowsByLine = last == '=' && text[position] == '['; // MATLAB's
        size_t depth = 0;
        expectsNumber = true;
        finishLine();

        do
        {
            if (position >= text.size())
                return fail (text.size(), "a bracket is not closed");

            if (! takeInside (depth, rowsByLine))
                return false;
        } while (depth > 0);

        if (rowEnds.size() > firstRow)
            names.push_back (isNamed ? name : std::string());

        last = ']';
        isAfterName = false;
        lineBegin = position;
        return table.values.size() <= mostNumbers || fail (position, "there are too many numbers");
    }

    bool takeInside (size_t& depth, bool rowsByLine)
    {
        if (skipComment())
            return true;

        const char c = text[position];

        if (isOpening (c))
        {
            endRow();
            ++depth;
            expectsNumber = true;
        }
        else if (isClosing (c))
        {
            endRow();
            --depth;
            expectsNumber = false;
        }
        else if (c == ',' || c == ';')
        {
            if (expectsNumber)
                return fail (position, "a number is missing before '" + std::string (1, c) + "'");

            expectsNumber = true;

            if (c == ';')
                endRow();
        }
        else if (c == '\n' || c == '\r')
        {
            if (rowsByLine && ! expectsNumber)
                endRow();
        }
        else if (! isSpace (c))
        {
            return takeNumber();
        }

        ++position;
        return true;
    }

    bool takeNumber()
    {
        if (text.substr (position).starts_with ("...")) // MATLAB's line goes on
        {
            const auto next = text.find_first_not_of (" \t", position + 3);

            if (next != std::string_view::npos && (text[next] == '\n' || text[next] == '\r'))
            {
                position = text.find_first_not_of ("\r\n", next);
                position = std::min (position, text.size());
                return true;
            }
        }

        const auto end = std::min (text.find_first_of (",; \t\v\f\r\n[]{}()", position), text.size());
        auto word = text.substr (position, end - position);
        const auto shown = word;

        if (word.size() > 1 && (word.back() == 'f' || word.back() == 'F' || word.back() == 'L')
            && ! spellsNonFinite (word))
            word.remove_suffix (1);

        if (word.size() > 2 && word.front() == '"' && word.back() == '"')
            word = word.substr (1, word.size() - 2);

        const auto number = reader.read (word, false);

        if (! number)
            return fail (position, quoted (shown) + " " + number.error());

        table.values.push_back (*number);
        expectsNumber = false;
        position = end;
        return table.values.size() <= mostNumbers || fail (position, "there are too many numbers");
    }

    void endRow()
    {
        if (table.values.size() > (rowEnds.empty() ? 0 : rowEnds.back()))
            rowEnds.push_back (table.values.size());
    }

    bool fail (size_t place, const std::string& what)
    {
        error = placeOf (text, place) + ": " + what;
        return false;
    }

    Result arranged()
    {
        finishLine();
        const size_t rows = rowEnds.size(), columns = rowEnds.front();

        for (size_t row = 1; row < rows; ++row)
            if (rowEnds[row] - rowEnds[row - 1] != columns)
                return Result::failure ("its lists have different lengths: the first has " + std::to_string (columns)
                                        + " numbers, number " + std::to_string (row + 1) + " has "
                                        + std::to_string (rowEnds[row] - rowEnds[row - 1]));

        const auto size = std::to_string (rows) + " x " + std::to_string (columns);
        const bool isNamed = names.size() == rows && ! names.front().empty();
        table.numColumns = columns;
        table.remarks.push_back (rows == 1 ? "a list in brackets" : size + " in brackets");

        if (rows == columns && rows > 1 && ! isNamed)
            return Result::failure (size + " numbers in brackets can be " + std::to_string (rows)
                                    + " frames or as many channels. Write one frame on a line, without brackets");

        if (rows < columns || isNamed)
            transpose (table);

        if (isNamed)
            table.labels = names;

        return std::move (table);
    }

    const std::string_view text;
    NumberReader reader;
    NumberTable table;
    std::vector<size_t> rowEnds;    // in table.values
    std::vector<std::string> names; // of the outermost lists
    std::string error;
    size_t position = 0, lineBegin = 0, nameBegin = 0, nameEnd = 0;
    char last = 0; // what stands before, except for space
    bool atLineBegin = true, isAfterName = false, expectsNumber = true;
};

} // namespace

std::optional<Outcome<NumberTable>> readLists (std::string_view text)
{
    if (text.find_first_of ("[{(") == std::string_view::npos)
        return std::nullopt;

    return ListScan (text).run();
}

} // namespace faltwerk
