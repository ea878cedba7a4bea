// What signals leave behind.

#include "Kernel/Writing/SoundEncoder.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"
#include "Support/Oracle.h"

#if ! defined(_WIN32)

    #include <csignal>
    #include <sys/stat.h>
    #include <sys/wait.h>
    #include <unistd.h>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** Starts the tool with an endless sound as its standard input, or none. */
pid_t start (const std::vector<std::string>& arguments, int input)
{
    const pid_t process = fork();

    if (process != 0)
        return process;

    dup2 (input, STDIN_FILENO);
    std::vector<char*> words;
    std::string tool = FALTWERK_TOOL;
    words.push_back (tool.data());

    for (const auto& argument : arguments)
        words.push_back (const_cast<char*> (argument.c_str()));

    words.push_back (nullptr);
    execv (words[0], words.data());
    _exit (127);
}

/** Waits for a state of the disk, at most ten seconds. */
template <typename Condition>
bool waitFor (Condition&& condition)
{
    for (int n = 0; n < 1000; ++n)
    {
        if (condition())
            return true;

        juce::Thread::sleep (10);
    }

    return false;
}

} // namespace

TEST_CASE ("Signals remove what is unfinished and end the tool as usual", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("h.wav"), { { decayingNoise (900, 2) }, 48000 }, SampleFormat::float32) == "");
    REQUIRE ((folder / "tmp").createDirectory());
    setenv ("TMPDIR", folder.path ("tmp").c_str(), 1);
    const auto numFiles = [&folder]
    {
        return folder.numFiles()
               + static_cast<size_t> ((folder / "tmp").getNumberOfChildFiles (juce::File::findFilesAndDirectories));
    };

    {
        juce::FileOutputStream stream (folder / "x.wav");
        constexpr size_t numFrames = size_t { 10 } * 3600 * 48000; // ten hours, of which the file has a hole
        const auto encoder =
            SoundEncoder::make (stream, OutputFormat::wave, SampleFormat::int16, { 1, numFrames, 48000, true });
        REQUIRE (stream.setPosition (44 + numFrames * 2 - 1));
        REQUIRE (stream.writeByte (0));
    }

    const size_t before = numFiles();
    int pipe[2];
    REQUIRE (::pipe (pipe) == 0);

    for (const int signal : { SIGINT, SIGTERM, SIGHUP })
    {
        // While an output is written, and while standard input is copied.
        for (const auto* const input : { "x.wav", "-" })
        {
            CAPTURE (signal, input);
            const auto process = start ({ "render", input == std::string ("-") ? "-" : folder.path (input), "-k",
                                          folder.path ("h.wav"), "-o", folder.path ("y.wav") },
                                        pipe[0]);
            REQUIRE (process > 0);
            CHECK (waitFor ([&] { return numFiles() > before; }));
            CHECK (kill (process, signal) == 0);
            int status = 0;
            CHECK (waitpid (process, &status, 0) == process);
            CHECK ((WIFSIGNALED (status) && WTERMSIG (status) == signal));
            CHECK (numFiles() == before);
        }
    }

    close (pipe[0]);
    close (pipe[1]);
    unsetenv ("TMPDIR");
}

#endif
