#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace faltwerk
{

/** Identifies a file or folder, whatever path leads to it. */
struct FileIdentity
{
    uint64_t device = 0, number = 0;

    auto operator<=> (const FileIdentity&) const = default;
};

/** Status of a path, with links followed, by one call of the file system and without opening the file. */
struct FileStatus
{
    enum class Kind
    {
        none, // missing or not accessible
        file,
        folder,
        other // a pipe, a device
    };

    Kind kind = Kind::none;
    int64_t modified = 0; // ns since 1970; many file systems resolve 1 or 2 s
    int64_t changed = 0;  // ns since 1970, when names in a folder or its permissions changed; else, and on Windows, 0
    uint64_t size = 0;    // of a file, in bytes
    FileIdentity identity;

    bool operator== (const FileStatus&) const = default;

    /** Returns the status of a path. [not audio] */
    static FileStatus of (const std::string& path);

    /** Returns the status of an open file; Kind::none on Windows. [not audio] */
    static FileStatus ofDescriptor (int descriptor);
};

} // namespace faltwerk
