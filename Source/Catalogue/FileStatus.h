#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace faltwerk
{

/** What tells one file or folder from another, by whichever path it is reached. */
struct FileIdentity
{
    uint64_t device = 0, number = 0;

    auto operator<=> (const FileIdentity&) const = default;
};

/** What a file system says of a path, links followed, in one call and without opening anything. */
struct FileStatus
{
    enum class Kind
    {
        none, // nothing there, or nothing that may be seen
        file,
        folder,
        other // a pipe, a device
    };

    Kind kind = Kind::none;
    int64_t modified = 0; // ns since 1970; many systems count whole or even seconds
    int64_t changed = 0;  // the same, of a folder's names or rights; 0 for what is none, and on Windows
    uint64_t size = 0;    // of a file in bytes
    FileIdentity identity;

    bool operator== (const FileStatus&) const = default;

    /** [any, not audio] */
    static FileStatus of (const std::string& path);

    /** That of an open file, by its descriptor; none on Windows. [any, not audio] */
    static FileStatus ofDescriptor (int descriptor);
};

} // namespace faltwerk
