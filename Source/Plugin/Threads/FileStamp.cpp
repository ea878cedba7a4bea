#include "Plugin/Threads/FileStamp.h"

#include "Catalogue/Files/FileStatus.h"

#include <type_traits>

namespace faltwerk
{

FileStamp FileStamp::of (const std::string& path)
{
    const auto status = FileStatus::of (path);
    return status.kind == FileStatus::Kind::file
               ? FileStamp { status.size, status.modified, status.identity.device, status.identity.number }
               : FileStamp();
}

FileStamp FileStamp::of (const std::vector<std::string>& paths)
{
    constexpr uint64_t factor = 0x9e3779b97f4a7c15; // so that changes of several files do not cancel
    const auto mix = [] (auto& x, auto y)
    {
        x = static_cast<std::remove_reference_t<decltype (x)>> (static_cast<uint64_t> (x) * factor
                                                                + static_cast<uint64_t> (y));
    };
    FileStamp all;

    for (const auto& path : paths)
    {
        const auto stamp = of (path);

        if (stamp == FileStamp())
            return {};

        mix (all.size, stamp.size);
        mix (all.modified, stamp.modified);
        mix (all.device, stamp.device);
        mix (all.number, stamp.number);
    }

    return all;
}

} // namespace faltwerk
