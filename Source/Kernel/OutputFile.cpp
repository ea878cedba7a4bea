#include "Kernel/OutputFile.h"

#include <juce_core/juce_core.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace faltwerk
{

namespace
{

namespace fs = std::filesystem;

/** Returns an absolute path for UTF-8. */
fs::path toPath (const std::string& utf8)
{
    std::error_code ignored;
    return fs::absolute (std::u8string (utf8.begin(), utf8.end()), ignored);
}

std::string toUtf8 (const fs::path& path)
{
    const auto text = path.u8string();
    return { text.begin(), text.end() };
}

juce::File toFile (const fs::path& path) { return juce::File (juce::String::fromUTF8 (toUtf8 (path).c_str())); }

/** Returns the path to which links lead, where no file need be; a circle of links leads to a link. */
fs::path withoutLinks (fs::path path)
{
    constexpr int mostLinks = 40; // as Linux follows
    std::error_code error;

    for (int n = 0; n < mostLinks && fs::is_symlink (path, error); ++n)
        path = path.parent_path() / fs::read_symlink (path, error);

    const auto real = fs::is_symlink (path, error) ? path : fs::weakly_canonical (path, error);
    return error ? path : real;
}

bool isReadOnly (const fs::path& path, fs::perms permissions)
{
    constexpr auto write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    return (permissions & write) == fs::perms::none || ! toFile (path).hasWriteAccess();
}

/** Writes to what is there, from its beginning; only if all bytes are at hand. */
bool writeInPlace (const fs::path& path, const std::function<bool (juce::OutputStream&)>& fill)
{
    juce::MemoryOutputStream bytes;

    if (! fill (bytes))
        return false;

    std::ofstream stream (path, std::ios::binary);
    stream.write (static_cast<const char*> (bytes.getData()), static_cast<std::streamsize> (bytes.getDataSize()));
    stream.close();
    return stream.good();
}

/** Writes beside the place first, so that a failure leaves nothing behind. */
bool replace (const fs::path& path,
              const fs::file_status& former,
              const std::function<bool (juce::OutputStream&)>& fill)
{
    const juce::TemporaryFile temporary (toFile (path));

    {
        juce::FileOutputStream stream (temporary.getFile());

        if (! stream.openedOk() || ! fill (stream))
            return false;

        stream.flush();

        if (stream.getStatus().failed())
            return false;
    }

    std::error_code ignored;

    if (fs::exists (former))
        fs::permissions (toPath (temporary.getFile().getFullPathName().toStdString()), former.permissions(), ignored);

    return temporary.overwriteTargetFileWithTemporary();
}

} // namespace

bool isPipeOrDevice (const std::string& path)
{
    std::error_code ignored;
    const auto status = fs::status (toPath (path), ignored);
    return fs::exists (status) && ! fs::is_regular_file (status) && ! fs::is_directory (status);
}

std::string writeFile (const std::string& path, const std::function<bool (juce::OutputStream&)>& fill)
{
    const auto named = toPath (path);
    const auto failure =
        "'" + toUtf8 (named) + "' could not be written. Check the folder, the space on the disk and your rights there.";
    std::error_code error;
    const auto status = fs::status (named, error); // of what links lead to

    if (fs::is_directory (status))
        return failure;

    if (isPipeOrDevice (path))
        return writeInPlace (named, fill) ? std::string() : failure;

    const auto target = withoutLinks (named);

    if (fs::is_regular_file (status) && isReadOnly (target, status.permissions()))
        return "'" + toUtf8 (named) + "' is read-only, and was kept. Choose another name.";

    // A link of the system's, as of an open file, may lead elsewhere than its text says.
    const bool isInPlace = fs::is_regular_file (status)
                           && (fs::hard_link_count (target, error) > 1 || ! fs::equivalent (target, named, error));

    if (isInPlace)
        return writeInPlace (named, fill) ? std::string() : failure;

    if (fs::is_symlink (target, error) || ! fs::is_directory (target.parent_path(), error))
        return failure;

    return replace (target, status, fill) ? std::string() : failure;
}

} // namespace faltwerk
