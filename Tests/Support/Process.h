#pragma once

#include <initializer_list>
#include <string>
#include <vector>

namespace faltwerk::test
{

/** What a finished program left behind. */
struct ProcessResult
{
    int exitCode;
    std::string output, errors; // standard output, standard error
};

/** Runs a program to its end, or kills it and gives exit code -1. */
ProcessResult runProcess (const std::vector<std::string>& command, int timeoutMs = 60000);

} // namespace faltwerk::test
