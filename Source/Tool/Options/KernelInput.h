#pragma once

#include "Kernel/Kernel.h"
#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Sound.h"

#include <string>
#include <string_view>

namespace CLI
{
class App;
}

namespace faltwerk::tool
{

/** How a user of the command line says what commas mean. */
constexpr std::string_view commaAdvice = "Say --numbers decimal-comma, comma-separated or thousands";

/** How a kernel named on the command line is read. */
struct KernelInput
{
    bool pair = false;
    double rate = 0.0; // of bare numbers; 0: they have none
    ChannelChoice channels;
    CommaChoice commas { Commas::automatic, commaAdvice }; // in numbers
};

/** Adds --numbers. */
void addNumbersOption (CLI::App&, CommaChoice&);

/** Adds --kernel-pair, --kernel-rate, --kernel-channels, --kernel-mirrored and --numbers. */
void addKernelOptions (CLI::App&, KernelInput&);

/** Reads a sound or numbers of which every sample is finite, of any length; remarks go to stderr. */
Outcome<Sound> readInput (const std::string& path, const CommaChoice&);

/** Reads a file, files that are parts of one, or "factory:NAME" of the bank; remarks go to stderr. */
Outcome<Kernel> readKernel (const std::string& path, const KernelInput&);

/** Writes to stderr what is to be known of how a file was read (see Sound::remark); nothing for an empty remark.
    @param isDamage  what is missing is said in any case, what explains not with --quiet */
void printRemark (const std::string& name, const std::string& remark, bool isDamage);

} // namespace faltwerk::tool
