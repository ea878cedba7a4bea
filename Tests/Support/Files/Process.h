#pragma once

#include "Support/Files/Files.h"

#include <juce_core/juce_core.h>

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

/** A program that runs until the object goes. */
class RunningProcess
{
public:
    explicit RunningProcess (const std::vector<std::string>& command);
    ~RunningProcess();
    RunningProcess (const RunningProcess&) = delete;
    RunningProcess& operator= (const RunningProcess&) = delete;

    /** What it has written to its standard output so far. */
    std::string output() const;

private:
    const TemporaryFolder folder;
    juce::ChildProcess process;
};

/** Runs a program to its end, or kills it and gives exit code -1. */
ProcessResult runProcess (const std::vector<std::string>& command, int timeoutMs = 60000);

} // namespace faltwerk::test
