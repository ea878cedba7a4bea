#pragma once

#include "Kernel/KernelFile.h"

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
    int bits = 0;        // 0: as many as the format can have
    double gainDb = 0.0; // of all that is written
};

/** Adds --output, --bits and --out-gain. */
void addOutputOptions (CLI::App&, Output&);

/** Writes a sound; one without a rate gets 48 kHz. Samples that integers would clip are reported on stderr, with the
    --out-gain that avoids it. Returns the error's sentence, empty on success. */
std::string write (Sound, const Output&);

} // namespace faltwerk::tool
