#pragma once

#include <cstdio>
#include <string>

namespace CLI
{
class App;
}

/** Lines for standard error, from any thread: whole ones, and one that shows progress and is cleared before any other.
    [any thread] */
namespace faltwerk::tool::console
{

/** Adds --quiet, which leaves out progress, reports and remarks. */
void addQuiet (CLI::App&);

bool isQuiet();

/** Returns true if a stream is shown on a terminal. */
bool isTerminal (std::FILE* stream);

/** Says how something was understood; nothing for an empty text. */
void remark (const std::string& text);

/** Says what went wrong, or what is to be known of a result. */
void warn (const std::string& text);

/** Replaces the line that shows progress; nothing shows it no more. Only for a terminal. */
void showProgress (const std::string& line);

/** Prints what a command found to standard output, or to standard error if the result itself goes to standard
    output. */
void report (const std::string& text, bool isOutputTaken);

} // namespace faltwerk::tool::console
