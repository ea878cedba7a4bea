#include "Support/Files/Process.h"

#include "Support/Catch.h"

namespace faltwerk::test
{

namespace
{

/** Through a shell, so that each stream goes to a file of its own and neither can block the program. */
juce::StringArray throughShell (const std::vector<std::string>& command, const TemporaryFolder& folder)
{
    const auto quoted = [] (const std::string& word)
    { return "'" + juce::String::fromUTF8 (word.c_str()).replace ("'", "'\\''") + "'"; };
    juce::String line = "exec";

    for (const auto& word : command)
        line << " " << quoted (word);

    line << " >" << quoted (folder.path ("output")) << " 2>" << quoted (folder.path ("errors")) << " </dev/null";
    return { "/bin/sh", "-c", line };
}

} // namespace

RunningProcess::RunningProcess (const std::vector<std::string>& command)
{
    REQUIRE (process.start (throughShell (command, folder), 0));
}

RunningProcess::~RunningProcess()
{
    process.kill();
    process.waitForProcessToFinish (5000);
}

std::string RunningProcess::output() const { return (folder / "output").loadFileAsString().toStdString(); }

ProcessResult runProcess (const std::vector<std::string>& command, int timeoutMs)
{
    const TemporaryFolder folder;
    juce::ChildProcess process;

    if (! process.start (throughShell (command, folder), 0))
        return { -1, {}, "could not be started" };

    if (! process.waitForProcessToFinish (timeoutMs))
    {
        process.kill();
        return { -1, {}, "did not end in time" };
    }

    return { static_cast<int> (process.getExitCode()), (folder / "output").loadFileAsString().toStdString(),
             (folder / "errors").loadFileAsString().toStdString() };
}

} // namespace faltwerk::test
