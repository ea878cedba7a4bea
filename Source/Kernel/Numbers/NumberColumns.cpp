#include "Kernel/Numbers/NumberColumns.h"

#include "Kernel/Numbers/NumberHeading.h"
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
    double worst = 0.0;    // the greatest distance from even steps, in the column's unit
    double rounding = 0.0; // the value of the last decimal place
    bool rise = true;      // each is greater than the one before
    bool fall = false;     // one is less than the one before
    size_t numSteps = 0;
};

/** Returns the value of the last decimal place that some numbers of a column have, at least 1e-12; 1 for whole
    numbers. */
double lastPlaceOf (const NumberTable& table, size_t firstRow, size_t endRow)
{
    double places = 1.0;

    for (size_t row = firstRow; row < endRow; ++row)
    {
        const double value = std::abs (table.values[row * table.numColumns]);

        while (places < 1e12 && std::abs (value * places - std::round (value * places)) > 1e-6 + 1e-11 * value * places)
            places *= 10.0;
    }

    return 1.0 / places;
}

Steps stepsOf (const NumberTable& table)
{
    constexpr size_t looked = 32; // rows at the end, of which one in ten ends with a zero
    Steps steps;
    const size_t rows = table.numRows(), columns = table.numColumns;
    const auto at = [&] (size_t row) { return table.values[row * columns]; };
    steps.first = at (0);
    steps.last = at (rows - 1);
    steps.numSteps = rows - 1;
    steps.mean = (steps.last - steps.first) / static_cast<double> (std::max<size_t> (rows - 1, 1));
    steps.rounding = lastPlaceOf (table, rows - std::min (rows, looked), rows);

    for (size_t row = 1; row < rows && ! steps.fall; ++row)
    {
        steps.rise = steps.rise && at (row) > at (row - 1);
        steps.fall = at (row) < at (row - 1);
        steps.worst =
            std::max (steps.worst, std::abs (at (row) - steps.first - steps.mean * static_cast<double> (row)));
    }

    steps.rise = steps.rise && ! steps.fall;
    return steps;
}

/** The kind of the first column. */
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
    double computed = 0.0;   // Hz, before it became a usual rate
};

/** Returns a column of times in a unit, in seconds. */
FirstColumn timesOf (const Steps& steps, double unit)
{
    // First and last are off by half a place each; cut instead of rounded, by one place. Even steps are hardly rounded.
    const double most = steps.rounding / static_cast<double> (std::max<size_t> (steps.numSteps, 1));
    const double tolerance = steps.worst > 1e-6 * steps.mean ? most : std::min (most, 0.005 * steps.mean);
    const auto rateOf = [unit] (double step) { return 1.0 / (step * unit); };
    const double hertz = rateOf (steps.mean), shortest = steps.mean - tolerance;
    const double highest = shortest > 0.0 ? rateOf (shortest) : hertz;
    return { FirstColumn::Kind::time, roundedRate (hertz, rateOf (steps.mean + tolerance), highest), hertz };
}

/** Decides without a label, and so only where nothing else can be meant. */
FirstColumn guessed (const Steps& steps, const NumberTable& table)
{
    using Kind = FirstColumn::Kind;

    if (! table.labels.empty() || table.rowsWereChannels || table.numRows() < 3 || ! steps.rise)
        return {};

    if (steps.worst < 1e-9 && steps.mean == 1.0 && (steps.first == 0.0 || steps.first == 1.0))
        return { Kind::index };

    // Times in seconds, or in another unit if that gives a usual rate.
    if (steps.worst < std::max (0.1 * steps.mean, steps.rounding) && steps.first <= 0.0)
    {
        if (const auto times = timesOf (steps, 1.0); std::abs (steps.first) < 10.0 && times.sampleRate >= 8000.0)
            return times;

        const bool isExact = steps.rounding < std::min (1.0, 0.01 * (steps.last - steps.first));

        for (const double unit : { 1e-3, 1e-6 })
            if (const auto times = timesOf (steps, unit);
                isExact && std::abs (steps.first) * unit < 10.0 && isUsualRate (times.sampleRate))
                return times;
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

    if (steps.fall || ! (steps.mean > 0.0) || steps.worst > std::max (0.5 * steps.mean, steps.rounding))
        return { Kind::unevenTime };

    if (const double unit = timeUnitIn (table.labels.front()); unit > 0.0)
        return timesOf (steps, unit);

    if (steps.mean == 1.0 && steps.worst < 1e-9)
        return { Kind::index };

    // Without a unit: seconds, or the unit that gives a usual rate.
    const auto seconds = timesOf (steps, 1.0);

    for (const double unit : { 1e-3, 1e-6, 1e-9 })
        if (const auto times = timesOf (steps, unit); seconds.sampleRate == 0.0 && isUsualRate (times.sampleRate))
            return times;

    return seconds;
}

/** Returns a rate as "44.1 kHz", or "20 Hz" below 1 kHz. */
std::string rateAsText (double hertz)
{
    const auto whole = std::llround (hertz);

    if (whole < 1000)
        return std::to_string (whole) + " Hz";

    auto text = std::to_string (whole);
    text.insert (text.size() - 3, ".");
    text.erase (text.find_last_not_of ('0') + 1);
    return (text.back() == '.' ? text.substr (0, text.size() - 1) : text) + " kHz";
}

/** Returns true if the times are rounded so much that they give another rate to be heard. */
bool isRounded (const FirstColumn& times)
{
    return std::abs (times.computed - times.sampleRate) > 5e-4 * times.sampleRate;
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

    if (first.sampleRate > 0.0)
        remarks.push_back (rateAsText (first.sampleRate) + " from the time column"
                           + (isRounded (first) ? ", whose rounded times give " + rateAsText (first.computed) : ""));
    else if (result.sampleRate > 0.0)
        remarks.push_back (rateAsText (result.sampleRate) + " from the text");
    else if (first.kind == Kind::time)
        remarks.push_back ("the first column left out: as times it gives " + rateAsText (first.computed)
                           + ", which is no sample rate");

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
