#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** Numbers as a text arranges them, before their columns have a meaning. */
struct NumberTable
{
    std::vector<double> values;      // row after row
    size_t numColumns = 1;           // divides values.size()
    std::vector<std::string> labels; // of the columns, in lower case; empty if the text has none
    double sampleRate = 0.0;         // Hz; 0 if the text does not say it
    std::vector<std::string> remarks;
    bool rowsWereChannels = false; // of the text

    size_t numRows() const noexcept { return values.size() / numColumns; }
};

/** The most numbers that are taken from a text: a true-stereo kernel of the greatest length beside its times. */
constexpr size_t mostNumbers = 5 * longestKernelInFrames;

/** Changes rows into columns. */
inline void transpose (NumberTable& table)
{
    const size_t rows = table.numRows(), columns = table.numColumns;
    std::vector<double> values (table.values.size());

    for (size_t row = 0; row < rows; ++row)
        for (size_t column = 0; column < columns; ++column)
            values[column * rows + row] = table.values[row * columns + column];

    table.values = std::move (values);
    table.numColumns = rows;
    table.rowsWereChannels = true;
}

} // namespace faltwerk
