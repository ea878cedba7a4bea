#include "Catalogue/Files/FileStatus.h"

#include "Catalogue/CatalogueRun.h"

#if ! JUCE_WINDOWS
    #include <fcntl.h>
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;

#if ! JUCE_WINDOWS

TEST_CASE ("A status tells files, folders, links, pipes and nothing apart", "[browser]")
{
    using Kind = FileStatus::Kind;
    const TemporaryFolder folder;
    writeBytes (folder / "file", "12345", 2);
    REQUIRE ((folder / "folder.wav").createDirectory());
    REQUIRE (::mkfifo (folder.path ("pipe").c_str(), 0600) == 0);
    REQUIRE (::symlink ("file", folder.path ("link").c_str()) == 0);
    REQUIRE (::symlink ("loop", folder.path ("loop").c_str()) == 0);
    REQUIRE (::symlink ("none", folder.path ("broken").c_str()) == 0);
    const auto status = FileStatus::of (folder.path ("file"));
    CHECK (status.kind == Kind::file);
    CHECK (status.size == 5);
    CHECK (status.modified == (folder / "file").getLastModificationTime().toMilliseconds() * 1000000);
    CHECK (FileStatus::of (folder.path ("link")) == status);
    CHECK (FileStatus::of (folder.path ("folder.wav")).kind == Kind::folder);
    CHECK (FileStatus::of (folder.path ("pipe")).kind == Kind::other);

    for (const auto& path :
         { folder.path ("loop"), folder.path ("broken"), folder.path ("none"), folder.path ("file") + "/x",
           std::string(), folder.path ("file") + std::string (1, '\0') })
        CHECK (FileStatus::of (path) == FileStatus());
}

TEST_CASE ("A folder's status shows a change of its rights", "[browser]")
{
    const TemporaryFolder folder;
    REQUIRE ((folder / "a").createDirectory());
    const auto before = FileStatus::of (folder.path ("a"));
    CHECK (FileStatus::of (folder.path ("a")) == before);
    juce::Thread::sleep (20); // a tick of the file system's clock
    REQUIRE (::chmod (folder.path ("a").c_str(), 0500) == 0);
    CHECK (FileStatus::of (folder.path ("a")) != before);
    ::chmod (folder.path ("a").c_str(), 0700);
}

TEST_CASE ("Times beyond all that can be counted are no harm", "[browser]")
{
    const TemporaryFolder folder;
    writeBytes (folder / "file", "1");

    for (const int64_t seconds :
         { int64_t { 1 } << 33, (int64_t { 1 } << 33) + (int64_t { 1 } << 32), int64_t { -1 } << 31 })
    {
        struct timespec times[2] {};
        times[0].tv_sec = times[1].tv_sec = static_cast<time_t> (seconds);

        if (::utimensat (AT_FDCWD, folder.path ("file").c_str(), times, 0) != 0)
            continue; // not on this file system

        const auto modified = FileStatus::of (folder.path ("file")).modified;
        CHECK ((modified > 0) == (seconds > 0));
    }
}

#endif
