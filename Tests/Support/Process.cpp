#include "Support/Process.h"

#include "Support/Files.h"

#include <juce_core/juce_core.h>

namespace faltwerk::test
{

ProcessResult runProcess (const std::vector<std::string>& command, int timeoutMs)
{
    // Through a shell, so that each stream goes to a file of its own and neither can block the program.
    const TemporaryFolder folder;
    const auto quoted = [] (const std::string& word)
    { return "'" + juce::String::fromUTF8 (word.c_str()).replace ("'", "'\\''") + "'"; };

    juce::String line = "exec";

    for (const auto& word : command)
        line << " " << quoted (word);

    line << " >" << quoted (folder.path ("output")) << " 2>" << quoted (folder.path ("errors")) << " </dev/null";

    juce::ChildProcess process;

    if (! process.start (juce::StringArray { "/bin/sh", "-c", line }, 0))
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
