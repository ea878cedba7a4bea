// The command line `faltwerk`.

#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Writing/UnfinishedFile.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Commands/HelpText.h"
#include "Tool/Options/UsageError.h"
#include "Tool/Output/Console.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <new>
#include <string>
#include <vector>

namespace
{

constexpr int usageError = 2, failed = 1;

/** Writes what waits for standard output; returns the exit code, which is `failed` if any of it could not be
    written. */
int finishOutput (int code)
{
    const bool isWritten = std::fflush (stdout) == 0 && std::ferror (stdout) == 0 && std::cout.flush().good();

    if (isWritten || code != 0)
        return code;

    std::cerr << "faltwerk: standard output could not be written. Check the space on the disk.\n";
    return failed;
}

/** Says what is wrong with the arguments, or prints help or version; returns the exit code. */
int reportUsage (const CLI::App& app, const CLI::ParseError& error)
{
    if (error.get_exit_code() == 0 && ! faltwerk::tool::isUnknownCommand (app)) // --help, --version
        return finishOutput (app.exit (error));

    std::cerr << "faltwerk: " << faltwerk::tool::usageSentence (app, error) << '\n';
    return usageError;
}

/** Returns the arguments, with numbers that begin with a minus marked by a space, or they would be taken for
    options. */
std::vector<std::string> markNumbers (int argc, char* argv[])
{
    std::vector<std::string> arguments;

    for (int n = argc - 1; n > 0; --n) // CLI11 takes a vector from its end
    {
        const std::string argument = argv[n];
        const bool isNumber = argument.size() > 1 && argument[0] == '-'
                              && (std::string ("0123456789.").find (argument[1]) != std::string::npos
                                  || faltwerk::spellsNonFinite (argument));
        arguments.push_back (isNumber ? " " + argument : argument);
    }

    return arguments;
}

} // namespace

int main (int argc, char* argv[])
{
    faltwerk::removeUnfinishedFilesOnSignals();
    CLI::App app { "Convolution: kernels applied to sound and to numbers", "faltwerk" };
    faltwerk::tool::useHelpText (app);
    app.set_help_flag ("-h,--help", "Print this help");
    app.set_version_flag ("--version", "faltwerk " FALTWERK_VERSION, "Print the version");
    app.require_subcommand (1);
    app.footer ("'faltwerk help COMMAND' explains a command. Exit codes: 0 done, 1 failed, 2 wrong arguments.");

    faltwerk::tool::Run run;
    faltwerk::tool::addRender (app, run);
    faltwerk::tool::addConvolve (app, run);
    faltwerk::tool::addAnalyse (app, run);
    faltwerk::tool::addEdit (app, run);
    faltwerk::tool::addMake (app, run);
    faltwerk::tool::addKernels (app, run);
    faltwerk::tool::addSweep (app, run);
    faltwerk::tool::addDeconvolve (app, run);
    faltwerk::tool::addPlan (app, run);
    faltwerk::tool::addHelp (app, run);

    try
    {
        app.parse (markNumbers (argc, argv));
    }
    catch (const CLI::ParseError& error)
    {
        return reportUsage (app, error);
    }

    try
    {
        if (const auto error = run(); ! error.empty())
        {
            faltwerk::tool::console::warn (error);
            return failed;
        }
    }
    catch (const std::bad_alloc&)
    {
        std::cerr << "faltwerk: there is not enough memory for this. Use shorter files.\n";
        return failed;
    }

    return finishOutput (0);
}
