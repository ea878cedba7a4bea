#pragma once

#include "Kernel/SoundWriting.h"

#include <string>

namespace CLI
{
class App;
class Option;
} // namespace CLI

namespace faltwerk::tool
{

/** Where a result goes, and in which format. */
struct Output
{
    std::string path;
    int bits = 0;           // 0: as many as the format can have
    double gainDb = 0.0;    // of all that is written
    bool isDithered = true; // at 16 bits
};

/** Adds --output, --bits, --no-dither and --out-gain. */
void addOutputOptions (CLI::App&, Output&);

/** Writes a sound while it is made; one without a rate gets 48 kHz. Samples that integers clip are reported on stderr, with
    the --out-gain that avoids it. Returns the error's sentence, empty on success.
    @param sound  what `give` will give: at most these frames */
std::string write (SoundHeader sound, const Output&, const GivePieces& give);

/** Writes a whole sound. */
std::string write (const Sound&, const Output&);

} // namespace faltwerk::tool
