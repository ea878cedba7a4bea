#pragma once

#include <functional>
#include <string>

namespace CLI
{
class App;
}

namespace faltwerk::tool
{

/** A chosen subcommand: runs it and returns the error's sentence, empty on success. */
using Run = std::function<std::string()>;

/** Add a subcommand, which sets `run` if it is chosen on the command line. */
void addAnalyse (CLI::App& app, Run& run);
void addConvolve (CLI::App& app, Run& run);
void addDeconvolve (CLI::App& app, Run& run);
void addEdit (CLI::App& app, Run& run);
void addHelp (CLI::App& app, Run& run); // after all others, which it describes
void addKernels (CLI::App& app, Run& run);
void addMake (CLI::App& app, Run& run);
void addPlan (CLI::App& app, Run& run);
void addRender (CLI::App& app, Run& run);
void addSweep (CLI::App& app, Run& run);

} // namespace faltwerk::tool
