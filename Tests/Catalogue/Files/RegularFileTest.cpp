#include "Catalogue/Files/RegularFile.h"

#include "Catalogue/CatalogueRun.h"

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;

TEST_CASE ("A file is read anywhere, and no further than it was when opened", "[browser]")
{
    const TemporaryFolder folder;
    std::string bytes;

    for (size_t n = 0; n < 700000; ++n)
        bytes += static_cast<char> (n * 31 / 7);

    writeBytes (folder / "a", bytes);
    RegularFile file (folder.path ("a"));
    REQUIRE (file.isOpen());
    CHECK (file.getTotalLength() == 700000);
    CHECK (file.status() == FileStatus::of (folder.path ("a")));
    std::string read (800000, '?');
    REQUIRE (file.read (read.data(), 800000) == 700000);
    CHECK (read.substr (0, 700000) == bytes);
    CHECK (read[700000] == '?');
    CHECK (file.isExhausted());
    CHECK (file.read (read.data(), 1) == 0);
    file.setPosition (699990);
    CHECK (file.read (read.data(), 100) == 10);
    CHECK (read.substr (0, 10) == bytes.substr (699990));
    file.setPosition (-5);
    CHECK (file.getPosition() == 0);
    file.setPosition (1 << 30);
    CHECK (file.getPosition() == 700000);
    CHECK_FALSE (file.hasChanged());

    REQUIRE ((folder / "a").appendText ("more"));
    CHECK (file.hasChanged());
    file.setPosition (699990);
    CHECK (file.read (read.data(), 100) == 10);
    CHECK (RegularFile (folder.path ("a")).getTotalLength() == 700004);
}

TEST_CASE ("A file that was replaced, removed or cut has changed", "[browser]")
{
    const TemporaryFolder folder;

    for (const char* const how : { "replaced", "removed", "cut" })
    {
        writeBytes (folder / "a", "12345");
        RegularFile file (folder.path ("a"));
        CHECK_FALSE (file.hasChanged());

        if (juce::String (how) == "replaced")
        {
            writeBytes (folder / "b", "67890");
            REQUIRE ((folder / "b").moveFileTo (folder / "a"));
        }
        else if (juce::String (how) == "removed")
        {
            REQUIRE ((folder / "a").deleteFile());
        }
        else
        {
            writeBytes (folder / "a", "1");
        }

        CAPTURE (how);
        CHECK (file.hasChanged());
    }
}

TEST_CASE ("Only files are opened, and nothing is waited for", "[browser]")
{
    const TemporaryFolder folder;
    CHECK_FALSE (RegularFile (folder.path ("none")).isOpen());
    CHECK_FALSE (RegularFile (folder.path ("")).isOpen());
    CHECK_FALSE (RegularFile ("").isOpen());
#if ! JUCE_WINDOWS
    REQUIRE (::mkfifo (folder.path ("pipe.wav").c_str(), 0600) == 0);
    RegularFile pipe (folder.path ("pipe.wav"));
    CHECK_FALSE (pipe.isOpen());
    char byte;
    CHECK (pipe.read (&byte, 1) == 0);
    CHECK_FALSE (RegularFile ("/dev/zero").isOpen());
#endif
}

TEST_CASE ("A file that is no longer wanted ends where it is", "[browser]")
{
    const TemporaryFolder folder;
    writeBytes (folder / "a", std::string (1 << 21, 'x'));
    int left = 3;
    RegularFile file (folder.path ("a"), [&left] { return left-- > 0; });
    std::string read (1 << 21, '?');
    const int count = file.read (read.data(), 1 << 21);
    CHECK (count > 0);
    CHECK (count < 1 << 21);
    CHECK (file.read (read.data(), 100) == 0);
}
