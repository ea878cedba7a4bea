// Standard input and output, and pipes.

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"
#include "Support/Oracle.h"

#include <string>

#if ! defined(_WIN32)

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** Runs a line of the shell in which $TOOL is the tool and $TMPDIR a folder of its own. */
ProcessResult shell (const TemporaryFolder& folder, const std::string& line)
{
    return runProcess ({ "/bin/sh", "-c",
                         "cd '" + folder.path (".") + "' && mkdir -p tmp && TMPDIR=$PWD/tmp && export TMPDIR && TOOL='"
                             + FALTWERK_TOOL + "' && { " + line + "; }" });
}

size_t numTemporaries (const TemporaryFolder& folder)
{
    return static_cast<size_t> ((folder / "tmp").getNumberOfChildFiles (juce::File::findFilesAndDirectories));
}

} // namespace

TEST_CASE ("Sound goes through standard input and output while remarks do not", "[kernel]")
{
    const TemporaryFolder folder;
    const auto x = noise (3000, 1), h = decayingNoise (900, 2);
    REQUIRE (writeSound (folder.path ("x.wav"), { { x }, 44100 }, SampleFormat::float32) == "");
    REQUIRE (writeSound (folder.path ("h.wav"), { { h }, 44100 }, SampleFormat::float32) == "");
    const auto run = [&folder] (const std::string& line)
    {
        const auto result = shell (folder, line);
        CAPTURE (line, result.errors);
        CHECK (result.exitCode == 0);
        CHECK (numTemporaries (folder) == 0);
        return result.errors;
    };

    CHECK (run ("$TOOL render x.wav -k h.wav -o y.wav") == "");
    CHECK (run ("$TOOL render - -k h.wav -o - < x.wav > a.wav && cmp a.wav y.wav") == "");
    CHECK (run ("cat x.wav | $TOOL render - -k h.wav -o - | cat > b.wav && cmp b.wav y.wav") == "");
    CHECK (run ("cat h.wav | $TOOL render x.wav -k - -o - | cat > c.wav && cmp c.wav y.wav") == "");
    CHECK (run ("cat x.wav | $TOOL render /dev/stdin -k h.wav -o /dev/stdout | cat > d.wav && cmp d.wav y.wav") == "");
    run ("$TOOL render x.wav -k h.wav -o - --format flac | $TOOL edit - -o e.flac");
    CHECK (readSound (folder.path ("e.flac"))->channels[0].size() == 3899);

    // A stream as a player writes it that does not know how long it will be: 0xffffffff bytes.
    CHECK (run ("{ head -c 4 x.wav; printf '\\377\\377\\377\\377'; tail -c +9 x.wav | head -c 46; printf "
                "'\\377\\377\\377\\377'; tail -c +59 x.wav; } | $TOOL render - -k h.wav -o f.wav && cmp f.wav y.wav")
           == "");

    CHECK_THAT (run ("$TOOL edit h.wav --normalise peak -o - > g.wav"), Contains ("normalised by"));
    CHECK (readSound (folder.path ("g.wav"))->channels[0].size() == 900);
    CHECK (run ("$TOOL edit h.wav --normalise peak --quiet -o - > g.wav && test -s g.wav") == "");
}

TEST_CASE ("Numbers and JSON go through standard input and output", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("h.wav"), { { decayingNoise (9000, 2) }, 48000 }, SampleFormat::float32) == "");
    (folder / "h.csv").replaceWithText ("0\n1\n0.5\n");
    CHECK (shell (folder, "echo '1 2 3' | $TOOL convolve - 0,1,0.5").output == "0,1,2.5,4,1.5\n");
    CHECK (shell (folder, "echo 1 2 3 | $TOOL render - -k h.csv -o - --format csv").output == "0\n1\n2.5\n4\n1.5\n");
    const auto json = shell (folder, "$TOOL analyse - --json < h.wav");
    CHECK (json.errors == "");
    CHECK (juce::JSON::parse (juce::String (json.output))["files"].size() == 1);
    CHECK (numTemporaries (folder) == 0);
}

TEST_CASE ("What cannot come or go through a stream is refused in a sentence", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("x.wav"), { { noise (100, 1) }, 48000 }, SampleFormat::float32) == "");
    const auto errors = [&folder] (const std::string& line)
    {
        const auto result = shell (folder, line);
        CHECK (result.exitCode == 1);
        CHECK (result.output == "");
        CHECK (std::count (result.errors.begin(), result.errors.end(), '\n') == 1);
        CHECK (numTemporaries (folder) == 0);
        return result.errors;
    };

    CHECK_THAT (errors ("$TOOL render - -k - -o y.wav < x.wav"), Contains ("can be read only once"));
    CHECK_THAT (errors ("$TOOL render - -k x.wav -o - < /dev/null"),
                Contains ("'standard input' could not be read: it is empty"));
    CHECK_THAT (errors ("$TOOL render /dev/zero -k x.wav -o -"), Contains ("is a pipe or a device"));
    CHECK_THAT (errors ("cat x.wav | TMPDIR=/nowhere $TOOL render - -k x.wav -o -"), Contains ("TMPDIR"));
    CHECK_FALSE ((folder / "y.wav").exists());
}

#endif
