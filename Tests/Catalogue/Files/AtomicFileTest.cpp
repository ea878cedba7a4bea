#include "Catalogue/Files/AtomicFile.h"

#include "Catalogue/CatalogueRun.h"

#include <atomic>

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;

TEST_CASE ("A file is replaced as a whole, folder and all, and nothing stays beside it", "[browser]")
{
    const TemporaryFolder folder;
    const auto file = folder / "new/er/file.txt";

    for (const auto durability : { Durability::none, Durability::onDisk })
    {
        for (const auto& bytes : { std::string(), std::string ("a\0b", 3), std::string (300000, 'x') })
        {
            REQUIRE (replaceFile (file, bytes, durability));
            CHECK (readWhole (file, 1 << 20) == bytes);
            CHECK (file.getParentDirectory().getNumberOfChildFiles (juce::File::findFilesAndDirectories) == 1);
        }
    }

    CHECK (readWhole (file, 300000).size() == 300000);
    CHECK (readWhole (file, 299999).empty());
    CHECK (readWhole (folder / "none", 100).empty());
    CHECK (readWhole (folder / "new", 100000).empty());
}

TEST_CASE ("A file that cannot be replaced stays, and it is said", "[browser]")
{
    const TemporaryFolder folder;
    REQUIRE ((folder / "file").replaceWithText ("old"));
    CHECK_FALSE (replaceFile (folder / "file/inside", "new", Durability::none)); // no folder
    CHECK ((folder / "file").loadFileAsString() == "old");

    REQUIRE ((folder / "there/x").create());
    CHECK_FALSE (replaceFile (folder / "there", "new", Durability::none)); // a folder
    CHECK ((folder / "there/x").existsAsFile());
    CHECK (folder.numFiles() == 1); // nothing half-written
}

TEST_CASE ("Whoever reads while a file is replaced sees the old one or the new one", "[browser]")
{
    const TemporaryFolder folder;
    const auto file = folder / "file";
    REQUIRE (replaceFile (file, std::string (1000, 'a'), Durability::none));
    std::atomic<bool> isDone { false };
    std::thread writer (
        [&]
        {
            for (int n = 0; n < 300; ++n)
                replaceFile (file, std::string (1000 + static_cast<size_t> (n), static_cast<char> ('a' + n % 26)),
                             Durability::none);

            isDone = true;
        });

    size_t numWrong = 0;

    while (! isDone)
    {
        const auto bytes = readWhole (file, 10000);
        numWrong += bytes.size() < 1000 || bytes.find_first_not_of (bytes.front()) != std::string::npos ? 1u : 0u;
    }

    writer.join();
    CHECK (numWrong == 0);
}
