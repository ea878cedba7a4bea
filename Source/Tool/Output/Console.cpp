#include "Tool/Output/Console.h"

#include <CLI/CLI.hpp>

#include <atomic>
#include <iostream>
#include <mutex>

#if defined(_WIN32)
    #include <io.h>
#else
    #include <unistd.h>
#endif

namespace faltwerk::tool::console
{

namespace
{

std::atomic<bool> quiet { false }; // set by the main thread before others begin
std::mutex lock;                   // of standard error
size_t lengthOfProgress = 0;

/** Overwrites the line that shows progress, if there is one, with blanks. */
void clearProgress()
{
    if (lengthOfProgress > 0)
        std::cerr << '\r' << std::string (lengthOfProgress, ' ') << '\r';

    lengthOfProgress = 0;
}

void printLine (const std::string& text)
{
    const std::lock_guard guard (lock);
    clearProgress();
    std::cerr << "faltwerk: " << text << '\n';
}

} // namespace

void addQuiet (CLI::App& command)
{
    command.add_flag_function (
        "--quiet,-q", [] (int64_t) { quiet = true; }, "Print nothing but warnings and errors");
}

bool isQuiet() { return quiet; }

bool isTerminal (std::FILE* stream)
{
#if defined(_WIN32)
    return _isatty (_fileno (stream)) != 0;
#else
    return isatty (fileno (stream)) != 0;
#endif
}

void remark (const std::string& text)
{
    if (! text.empty() && ! quiet)
        printLine (text);
}

void warn (const std::string& text) { printLine (text); }

void showProgress (const std::string& line)
{
    const std::lock_guard guard (lock);
    clearProgress();
    std::cerr << line << std::flush;
    lengthOfProgress = line.size();
}

void report (const std::string& text, bool isOutputTaken)
{
    if (quiet)
        return;

    if (isOutputTaken)
        std::cerr << text;
    else
        std::cout << text;
}

} // namespace faltwerk::tool::console
