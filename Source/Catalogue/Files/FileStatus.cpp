#include "Catalogue/Files/FileStatus.h"

#include "Catalogue/Files/Paths.h"

#include <algorithm>

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

namespace faltwerk
{

#if JUCE_WINDOWS

FileStatus FileStatus::of (const std::string& path)
{
    const juce::File file (toString (path));
    FileStatus status;

    if (file.isDirectory())
        status.kind = Kind::folder;
    else if (file.existsAsFile())
        status.kind = Kind::file;
    else
        return status;

    status.modified = file.getLastModificationTime().toMilliseconds() * 1000000;
    status.size = status.kind == Kind::file ? static_cast<uint64_t> (file.getSize()) : 0;

    if (status.kind == Kind::folder) // needs opening it; files are told apart by their paths
        status.identity = { static_cast<uint32_t> (file.getVolumeSerialNumber()), file.getFileIdentifier() };

    return status;
}

FileStatus FileStatus::ofDescriptor (int) { return {}; }

#else

namespace
{

int64_t nanosecondsOf (const struct timespec& time)
{
    // Some file systems have times beyond the range of ns.
    constexpr int64_t earliest = -4000000000, latest = 9000000000;
    return std::clamp (static_cast<int64_t> (time.tv_sec), earliest, latest) * 1000000000
           + static_cast<int64_t> (time.tv_nsec);
}

FileStatus statusOf (const struct stat& info)
{
    using Kind = FileStatus::Kind;
    #if JUCE_MAC
    const auto &modified = info.st_mtimespec, &changed = info.st_ctimespec;
    #else
    const auto &modified = info.st_mtim, &changed = info.st_ctim;
    #endif
    FileStatus status;
    status.kind = S_ISREG (info.st_mode) ? Kind::file : S_ISDIR (info.st_mode) ? Kind::folder : Kind::other;
    status.modified = nanosecondsOf (modified);
    status.changed = status.kind == Kind::folder ? nanosecondsOf (changed) : 0;
    status.size = status.kind == Kind::file ? static_cast<uint64_t> (info.st_size) : 0;
    status.identity = { static_cast<uint64_t> (info.st_dev), static_cast<uint64_t> (info.st_ino) };
    return status;
}

} // namespace

FileStatus FileStatus::of (const std::string& path)
{
    struct stat info;
    return path.find ('\0') == std::string::npos && ::stat (path.c_str(), &info) == 0 ? statusOf (info) : FileStatus();
}

FileStatus FileStatus::ofDescriptor (int descriptor)
{
    struct stat info;
    return ::fstat (descriptor, &info) == 0 ? statusOf (info) : FileStatus();
}

#endif

} // namespace faltwerk
