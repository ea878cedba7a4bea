#pragma once

#include "Bench/Contender.h"

#include <string>
#include <vector>

namespace faltwerk::bench
{

/** One cell of the bench's table. */
struct Cell
{
    bool trueStereo;
    size_t callback;
    double kernelSeconds;
};

/** How cells are measured. */
struct Manner
{
    size_t numFrames = 262144, skippedFrames = 131072; // of one repetition; of those, not counted
    int repetitions = 5;
    bool vary = false;          // callbacks of random size, at most the cell's
    double pacedSeconds = 0.0;  // in real time, with cold caches, for so long
    double secondsAtMost = 1.0; // of one repetition: slow contenders do fewer frames
};

/** What one contender did in one cell. */
struct Figures
{
    std::string engine;
    Cell cell;
    double nsPerFrame; // the median over repetitions
    double meanUs, p99Us, p999Us;
    double worstUs, coldWorstUs; // the largest over callbacks of the smallest over repetitions; the skipped ones too
    double memoryMB, initMs;
    size_t latency;
    double errorDb; // relative to the output's RMS
};

/** Measures contenders in a cell, their repetitions interleaved. */
std::vector<Figures> measure (const Cell&, const std::vector<std::string>& engines, const Manner&);

} // namespace faltwerk::bench
