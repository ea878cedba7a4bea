#pragma once

#include <cstdint>
#include <string>

namespace faltwerk
{

/** What tells that a file has been written again: size and time. Zeros if there is no file. */
struct FileStamp
{
    int64_t size = 0;     // bytes
    int64_t modified = 0; // ms since 1970

    /** Looks at a file; its links are followed. Path: UTF-8. [any, not audio] */
    static FileStamp of (const std::string& path);

    bool operator== (const FileStamp&) const = default;
};

} // namespace faltwerk
