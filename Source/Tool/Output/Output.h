#pragma once

#include "Kernel/Writing/SoundWriting.h"

#include <optional>
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
    std::string path;                   // "-" for standard output
    std::optional<OutputFormat> format; // of what has no ending
    int bits = 0;                       // 0: as many as the format can have
    double gainDb = 0.0;                // of all that is written
    bool isDithered = true;             // at 16 bits
    bool replacesFiles = false;
};

/** Adds --output and all that says how it is written, and --quiet.
    @param complain  gives a sentence for a name that is refused
    @param names  what --output may be, for help */
void addOutputOptions (CLI::App&,
                       Output&,
                       std::string (*complain) (const std::string& path) = complaintAboutEnding,
                       const std::string& names = "- for standard output");

/** Adds --force. */
void addForce (CLI::App&, bool& replacesFiles);

/** Returns a sentence if a file exists, is not empty and may not be replaced; else empty. */
std::string complaintAboutExisting (const std::string& path, bool replacesFiles);

/** Returns why nothing can be written there, before anything is computed; else empty. */
std::string complaintAbout (const Output&);

/** Writes a sound while it is made; one without a rate gets 48 kHz. Samples that integers clip are reported on stderr,
    with the --out-gain that avoids it. Returns the error's sentence, empty on success.
    @param sound  what `give` will give: at most these frames */
std::string write (SoundHeader sound, const Output&, const GivePieces& give);

/** Writes a whole sound. */
std::string write (const Sound&, const Output&);

} // namespace faltwerk::tool
