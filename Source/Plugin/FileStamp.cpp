#include "Plugin/FileStamp.h"

#include "Catalogue/FileStatus.h"

namespace faltwerk
{

FileStamp FileStamp::of (const std::string& path)
{
    const auto status = FileStatus::of (path);
    return status.kind == FileStatus::Kind::file
               ? FileStamp { status.size, status.modified, status.identity.device, status.identity.number }
               : FileStamp();
}

FileStamp FileStamp::of (const std::string& first, const std::string& second)
{
    const auto a = of (first), b = of (second);

    if (a == FileStamp() || b == FileStamp())
        return {};

    constexpr uint64_t factor = 0x9e3779b97f4a7c15; // so that changes of both do not cancel
    const auto both = [] (auto x, auto y)
    { return static_cast<decltype (x)> (static_cast<uint64_t> (x) * factor + static_cast<uint64_t> (y)); };
    return { both (a.size, b.size), both (a.modified, b.modified), both (a.device, b.device),
             both (a.number, b.number) };
}

} // namespace faltwerk
