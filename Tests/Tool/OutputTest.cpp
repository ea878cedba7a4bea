// Where results go, and in which format.

#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"
#include "Support/Process.h"

#include <algorithm>
#include <cmath>

#if ! defined(_WIN32)
    #include <sys/stat.h>
    #include <unistd.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

ProcessResult faltwerkTool (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), FALTWERK_TOOL);
    return runProcess (arguments);
}

/** The kind of a file by libsndfile: container and samples. */
int formatOf (const std::string& path)
{
    SF_INFO info {};
    auto* const file = sf_open (path.c_str(), SFM_READ, &info);
    REQUIRE (file != nullptr);
    sf_close (file);
    return info.format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK);
}

#if ! defined(_WIN32)
/** Kind and rights of a file. */
mode_t modeOf (const std::string& path)
{
    using Status = struct stat;
    Status status {};
    REQUIRE (stat (path.c_str(), &status) == 0);
    return status.st_mode;
}
#endif

} // namespace

#if ! defined(_WIN32)
TEST_CASE ("A pipe, a link and a file with two names are written to, and a read-only file is kept", "[kernel]")
{
    const TemporaryFolder folder;
    const auto make = [&folder] (const juce::String& name) {
        return faltwerkTool ({ "make", "moving-average", "--taps", "4", "-o", folder.path (name) });
    };
    const auto text = [&folder] (const char* name) { return (folder / name).loadFileAsString(); };
    const auto* const expected = "0.25\n0.25\n0.25\n0.25\n";

    // A pipe, with an ending and without.
    for (const auto* const name : { "pipe.csv", "pipe", "pipe.png" })
    {
        CAPTURE (name);
        REQUIRE (mkfifo (folder.path (name).c_str(), 0600) == 0);
        const RunningProcess reader ({ "/bin/cat", folder.path (name) }); // ends with the pipe
        const auto result = name == std::string ("pipe.png")
                                ? faltwerkTool ({ "analyse", "factory:Slapback", "--plot", folder.path (name) })
                                : make (name);
        CHECK (result.errors == "");
        CHECK (result.exitCode == 0);
        const std::string start = name == std::string ("pipe.csv") ? expected
                                  : name == std::string ("pipe")   ? "RIFF"
                                                                   : "PNG";

        for (int n = 0; n < 500 && reader.output().find (start) == std::string::npos; ++n)
            juce::Thread::sleep (10);

        CHECK_THAT (reader.output(), Contains (start));
        CHECK (S_ISFIFO (modeOf (folder.path (name))));
    }

    // Links: to a file, through a folder, to nothing yet, in a circle.
    REQUIRE ((folder / "sub").createDirectory());
    (folder / "sub/target.csv").replaceWithText ("old");
    REQUIRE (symlink ("sub/target.csv", folder.path ("link.csv").c_str()) == 0);
    REQUIRE (symlink ("link.csv", folder.path ("second.csv").c_str()) == 0);
    REQUIRE (symlink ("sub/new.csv", folder.path ("early.csv").c_str()) == 0);
    REQUIRE (symlink ("circle.csv", folder.path ("circle.csv").c_str()) == 0);
    CHECK (make ("second.csv").exitCode == 0);
    CHECK (text ("sub/target.csv") == expected);
    CHECK (make ("early.csv").exitCode == 0);
    CHECK (text ("sub/new.csv") == expected);
    CHECK (make ("circle.csv").exitCode == 1);

    for (const auto* const name : { "link.csv", "second.csv", "early.csv", "circle.csv" })
        CHECK ((folder / name).isSymbolicLink());

    // Two names of one file stay so.
    (folder / "one.csv").replaceWithText ("a text that is longer than the numbers");
    REQUIRE (::link (folder.path ("one.csv").c_str(), folder.path ("two.csv").c_str()) == 0);
    CHECK (make ("one.csv").exitCode == 0);
    CHECK (text ("two.csv") == expected);

    // Rights are kept, and so is a file that may not be written.
    (folder / "private.csv").replaceWithText ("old");
    REQUIRE (chmod (folder.path ("private.csv").c_str(), 0600) == 0);
    CHECK (make ("private.csv").exitCode == 0);
    CHECK ((modeOf (folder.path ("private.csv")) & 0777) == 0600);
    (folder / "kept.csv").replaceWithText ("old");
    REQUIRE (chmod (folder.path ("kept.csv").c_str(), 0400) == 0);
    const auto refused = make ("kept.csv");
    CHECK (refused.exitCode == 1);
    CHECK_THAT (refused.errors, Contains ("is read-only"));
    CHECK (text ("kept.csv") == "old");
}
#endif
