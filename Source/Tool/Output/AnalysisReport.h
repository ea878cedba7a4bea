#pragma once

#include "Kernel/Analysis/Decay/Decay.h"
#include "Kernel/Analysis/Decay/EchoDensity.h"
#include "Kernel/Analysis/Levels.h"

#include <string>
#include <vector>

namespace faltwerk::tool
{

class JsonWriter;

/** A figure that each band has, as table, JSON and CSV name it. */
struct BandColumn
{
    const char* name;
    const char* unit;
    const char* key;
    Figure BandDecay::*figure;
    int width, decimals;               // in the table
    double fitFrom = 0.0, fitTo = 0.0; // dB of the decay; 0 and 0 if no line is fitted
};

inline constexpr BandColumn bandColumns[] = { { "EDT", "s", "edt", &BandDecay::edt, 9, 3, 0.0, -10.0 },
                                              { "T20", "s", "t20", &BandDecay::t20, 9, 3, -5.0, -25.0 },
                                              { "T30", "s", "t30", &BandDecay::t30, 9, 3, -5.0, -35.0 },
                                              { "C50", "dB", "c50", &BandDecay::c50, 8, 1 },
                                              { "C80", "dB", "c80", &BandDecay::c80, 8, 1 },
                                              { "D50", "%", "d50", &BandDecay::d50, 8, 1 },
                                              { "Ts", "ms", "ts", &BandDecay::ts, 8, 1 } };

/** The figures that `faltwerk analyse` gives of a kernel. */
struct AnalysisReport
{
    /** @param kernel  with a sample rate  @param perPath  analyse each path alone, too [not audio] */
    AnalysisReport (std::string file, Kernel kernel, bool perPath);

    std::string file;
    Kernel kernel;
    Decay decay; // of all paths together
    Levels levels;
    EchoDensity density;      // of the first path
    std::vector<Decay> paths; // of each alone; an empty Decay for one that is silent
};

/** Returns "broadband", or the octave's centre in Hz. */
std::string nameOf (const BandDecay&);

/** Returns the level of a power in dB: -300 dB at least. */
double decibelsOfPower (double power);

/** Returns the gain at 0 Hz in dB, of the path where it is greatest. */
double gainAtZeroHz (const AnalysisReport&);

/** Prints the table to standard output. */
void printTable (const AnalysisReport&);

/** Writes the report as one object. @param curves  decays, response and echo density as arrays, too */
void writeJson (JsonWriter&, const AnalysisReport&, bool curves);

/** Returns CSV (RFC 4180, lines that end with LF): the names of the columns, one row for each path and band, or the row
    of a file that could not be analysed. */
std::string csvHeader();
std::string csvRows (const AnalysisReport&);
std::string csvRowOfError (const std::string& file, const std::string& path, const std::string& error);

} // namespace faltwerk::tool
