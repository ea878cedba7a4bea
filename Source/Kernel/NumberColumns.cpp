#include "Kernel/NumberColumns.h"

#include "Kernel/NumberHeading.h"
#include "Kernel/Sound.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

using Result = Outcome<Numbers>;

/** How the first column goes on. */
struct Steps
{
    double first = 0.0, last = 0.0, mean = 0.0;
    double worst = 0.0; // the greatest distance from even steps, in steps
    bool rise = true;   // each is greater than the one before
    size_t uneven = 0;  // the row that is furthest from even steps
};

Steps stepsOf (const NumberTable& table)
{
    Steps steps;
    const size_t rows = table.numRows(), columns = table.numColumns;
    const auto at = [&] (size_t row) { return table.values[row * columns]; };
    steps.first = at (0);
    steps.last = at (rows - 1);
    steps.mean = (steps.last - steps.first) / static_cast<double> (std::max<size_t> (rows - 1, 1));

    for (size_t row = 1; row < rows && steps.rise; ++row)
    {
        steps.rise = at (row) > at (row - 1);
        const double distance = std::abs (at (row) - steps.first - steps.mean * static_cast<double> (row)) / steps.mean;

        if (distance > steps.worst)
        {
            steps.worst = distance;
            steps.uneven = row;
        }
    }

    return steps;
}

/** What the first column is. */
struct FirstColumn
{
    enum class Kind
    {
        channel,
        index,
        time,
        frequency,
        unevenTime
    };

    Kind kind = Kind::channel;
    double sampleRate = 0.0; // Hz, of times
};

/** Decides without a label, and so only where nothing else can be meant. */
FirstColumn guessed (const Steps& steps, const NumberTable& table)
{
    using Kind = FirstColumn::Kind;

    if (! table.labels.empty() || table.rowsWereChannels || table.numRows() < 3 || ! steps.rise)
        return {};

    if (steps.worst < 1e-9 && steps.mean == 1.0 && (steps.first == 0.0 || steps.first == 1.0))
        return { Kind::index };

    // Times in seconds, or in milliseconds if that gives a usual rate.
    if (steps.worst < 0.1 && steps.first <= 0.0 && std::abs (steps.first) < 10.0)
    {
        if (const double rate = roundedRate (1.0 / steps.mean); rate >= 8000.0)
            return { Kind::time, rate };

        if (const double rate = roundedRate (1000.0 / steps.mean); rate >= 8000.0 && rate <= 384000.0)
            return { Kind::time, rate };
    }

    if (table.numColumns <= 3 && steps.first >= 1.0 && steps.last >= 100.0)
        return { Kind::frequency };

    return {};
}

FirstColumn firstColumnOf (const NumberTable& table)
{
    using Kind = FirstColumn::Kind;

    if (table.numColumns < 2)
        return {};

    const auto meaning = table.labels.empty() ? ColumnMeaning::unknown : meaningOf (table.labels.front());

    if (meaning == ColumnMeaning::frequency)
        return { Kind::frequency };

    const auto steps = stepsOf (table);

    if (meaning == ColumnMeaning::unknown)
        return guessed (steps, table);

    if (meaning == ColumnMeaning::index || table.numRows() < 2)
        return { Kind::index };

    if (! steps.rise || steps.worst > 0.5)
        return { Kind::unevenTime };

    return { Kind::time, roundedRate ((meaning == ColumnMeaning::milliseconds ? 1000.0 : 1.0) / steps.mean) };
}

std::string rateAsText (double hertz)
{
    const double kilo = hertz / 1000.0;
    auto text = std::to_string (std::llround (kilo * 1000.0));
    text.insert (text.size() > 3 ? text.size() - 3 : 0, text.size() > 3 ? "." : "0.");

    while (text.back() == '0' || text.back() == '.')
    {
        const bool isPoint = text.back() == '.';
        text.pop_back();

        if (isPoint)
            break;
    }

    return text + " kHz";
}

std::string channelsAsText (size_t count)
{
    return count == 2   ? "2 columns: left and right"
           : count == 4 ? "4 columns: LL LR RL RR"
                        : std::to_string (count) + " columns: a channel each";
}

std::string joined (const std::vector<std::string>& remarks)
{
    std::string text;

    for (const auto& remark : remarks)
        text += (text.empty() ? "" : "; ") + remark;

    return text;
}

} // namespace

Outcome<Numbers> channelsOf (NumberTable table)
{
    using Kind = FirstColumn::Kind;
    const auto first = firstColumnOf (table);

    if (first.kind == Kind::frequency)
        return Result::failure (std::string (frequencyResponseComplaint));

    if (first.kind == Kind::unevenTime)
        return Result::failure ("the times in its first column are not evenly spaced. Export it with even time steps");

    const size_t skipped = first.kind == Kind::channel ? 0 : 1, rows = table.numRows();
    const size_t numChannels = table.numColumns - skipped;

    if (rows > longestKernelInFrames || table.values.size() > mostNumbers)
        return Result::failure ("it holds more than " + std::to_string (longestKernelInFrames)
                                + " numbers (60 s at 192 kHz)");

    if (numChannels > mostSoundChannels)
        return Result::failure ("it has " + std::to_string (numChannels) + " columns. A kernel has at most "
                                + std::to_string (mostSoundChannels));

    Numbers result;
    result.sampleRate = first.sampleRate > 0.0 ? first.sampleRate : table.sampleRate;
    std::vector<std::string> remarks;

    if (numChannels > 1)
        remarks.push_back (channelsAsText (numChannels));

    if (first.kind == Kind::index)
        remarks.push_back ("the first column counts");

    if (result.sampleRate > 0.0)
        remarks.push_back (rateAsText (result.sampleRate)
                           + (first.sampleRate > 0.0 ? " from the time column" : " from the text"));
    else if (first.kind == Kind::time)
        remarks.push_back ("times in the first column left out");

    remarks.insert (remarks.end(), table.remarks.begin(), table.remarks.end());
    result.remark = joined (remarks);

    if (table.numColumns == 1)
    {
        result.channels.push_back (std::move (table.values));
        return result;
    }

    result.channels.assign (numChannels, std::vector<double> (rows));

    for (size_t row = 0; row < rows; ++row)
        for (size_t channel = 0; channel < numChannels; ++channel)
            result.channels[channel][row] = table.values[row * table.numColumns + channel + skipped];

    return result;
}

} // namespace faltwerk
