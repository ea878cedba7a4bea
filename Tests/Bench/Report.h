#pragma once

#include "Bench/Measurement.h"

#include <string>
#include <vector>

namespace faltwerk::bench
{

/** A contender's time relative to the best of the others' in the same cell; 0 if there are none. */
double ratioToBestOther (const Figures&, const std::vector<Figures>& all);

void printTableHeader();
void printRows (const std::vector<Figures>& ofOneCell);

/** The ratios of faltwerk to the best of the others, a row for each kernel length. */
void printRatios (const std::vector<Figures>& all);

/** Each returns a sentence if the file cannot be written. */
std::string writeJson (const std::string& path, const std::vector<Figures>& all);
std::string writePlot (const std::string& path, const std::vector<Figures>& all);

} // namespace faltwerk::bench
