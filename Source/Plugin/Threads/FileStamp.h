#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace faltwerk
{

/** What tells that a file has been written again. Zeros if there is no file. */
struct FileStamp
{
    uint64_t size = 0;               // bytes
    int64_t modified = 0;            // ns since 1970, as exactly as the file system keeps it
    uint64_t device = 0, number = 0; // which tell one file from another

    /** Looks at a file, or at several that belong together; links are followed. Paths: UTF-8. [not audio] */
    static FileStamp of (const std::string& path);
    static FileStamp of (const std::vector<std::string>& paths);

    bool operator== (const FileStamp&) const = default;
};

} // namespace faltwerk
