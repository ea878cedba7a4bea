#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace faltwerk
{

/** Size, time and number of a file. They change when the file is written again. Zeros if there is no file. */
struct FileStamp
{
    uint64_t size = 0;               // bytes
    int64_t modified = 0;            // ns since 1970, with the precision of the file system
    uint64_t device = 0, number = 0; // of the volume and of the file on it

    /** Return the stamp of a file, or of several files that are one kernel. Follow links. Paths: UTF-8. [not audio] */
    static FileStamp of (const std::string& path);
    static FileStamp of (const std::vector<std::string>& paths);

    bool operator== (const FileStamp&) const = default;
};

} // namespace faltwerk
