#include "Kernel/Writing/OutputFile.h"

#include "Kernel/Writing/UnfinishedFile.h"

#include <juce_core/juce_core.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

#if defined(_WIN32)
    #include <fcntl.h>
    #include <io.h>
#endif

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

/** A standard stream that takes bytes in their order. */
class InOrder : public juce::OutputStream
{
public:
    explicit InOrder (std::ostream& destination)
        : stream (destination)
    {
    }

    void flush() override { stream.flush(); }
    bool setPosition (juce::int64) override { return false; }
    juce::int64 getPosition() override { return position; }

    bool write (const void* bytes, size_t count) override
    {
        position += static_cast<juce::int64> (count);
        return stream.write (static_cast<const char*> (bytes), static_cast<std::streamsize> (count)).good();
    }

private:
    std::ostream& stream;
    juce::int64 position = 0;
};

/** Writes to a pipe, a device or standard output; what seeks is collected first. */
bool writeInOrder (std::ostream& stream, const std::function<bool (juce::OutputStream&)>& fill, Seeking seeking)
{
    InOrder destination (stream);

    if (seeking == Seeking::notNeeded)
        return fill (destination) && stream.flush().good();

    juce::MemoryOutputStream bytes;
    return fill (bytes) && (bytes.getDataSize() == 0 || destination.write (bytes.getData(), bytes.getDataSize()))
           && stream.flush().good();
}

std::ostream& standardOutputStream()
{
#if defined(_WIN32)
    _setmode (_fileno (stdout), _O_BINARY);
#endif
    return std::cout;
}

/** Replaces the content of a file that keeps its place on the disk. */
bool copyInto (const fs::path& path, const juce::File& source)
{
    std::ofstream stream (path, std::ios::binary);
    InOrder destination (stream);
    juce::FileInputStream bytes (source);
    const bool isCopied =
        bytes.openedOk()
        && (bytes.getTotalLength() == 0 || destination.writeFromInputStream (bytes, -1) == bytes.getTotalLength());
    stream.close();
    return isCopied && stream.good();
}

/** Writes a temporary file beside the place first, so that a failure leaves nothing behind. If a file that keeps its
    place cannot be written after that, the result stays beside it, and the sentence names it. Returns `failure` if
    nothing could be written, and no sentence on success. */
std::string writeWhole (const fs::path& path,
                        const fs::file_status& former,
                        bool keepsPlace,
                        const std::function<bool (juce::OutputStream&)>& fill,
                        const std::string& failure)
{
    const juce::TemporaryFile temporary (toFile (path));
    std::optional<UnfinishedFile> unfinished (std::in_place, temporary.getFile().getFullPathName().toStdString());

    {
        juce::FileOutputStream stream (temporary.getFile());

        if (! stream.openedOk() || ! fill (stream))
            return failure;

        stream.flush();

        if (stream.getStatus().failed())
            return failure;
    }

    if (keepsPlace)
    {
        unfinished.reset(); // whole, and perhaps the only copy: it stays until the other is whole

        if (copyInto (path, temporary.getFile()))
            return {};

        const auto kept = toFile (path).getNonexistentSibling();
        const bool isKept = temporary.getFile().moveFileTo (kept);
        return isKept ? "'" + toUtf8 (path) + "' could not be written whole. The result is in '"
                            + kept.getFullPathName().toStdString() + "'; copy it from there."
                      : failure;
    }

    std::error_code ignored;

    if (fs::exists (former))
        fs::permissions (toPath (temporary.getFile().getFullPathName().toStdString()), former.permissions(), ignored);

    return temporary.overwriteTargetFileWithTemporary() ? std::string() : failure;
}

} // namespace

bool isPipeOrDevice (const std::string& path)
{
    std::error_code ignored;
    const auto status = fs::status (toPath (path), ignored);
    return fs::exists (status) && ! fs::is_regular_file (status) && ! fs::is_directory (status);
}

bool isFileWithContent (const std::string& path)
{
    std::error_code error;
    return path != standardOutput && fs::is_regular_file (toPath (path), error)
           && fs::file_size (toPath (path), error) > 0 && ! error;
}

std::string writeFile (const std::string& path, const std::function<bool (juce::OutputStream&)>& fill, Seeking seeking)
{
    if (path == standardOutput)
        return writeInOrder (standardOutputStream(), fill, seeking)
                   ? std::string()
                   : "standard output could not be written. Check the space on the disk.";

    const auto named = toPath (path);
    const auto failure =
        "'" + toUtf8 (named) + "' could not be written. Check the folder, the space on the disk and your rights there.";
    std::error_code error;
    const auto status = fs::status (named, error); // of what links lead to

    if (fs::is_directory (status))
        return failure;

    if (isPipeOrDevice (path))
    {
        std::ofstream stream (named, std::ios::binary);
        return writeInOrder (stream, fill, seeking) ? std::string() : failure;
    }

    const auto target = withoutLinks (named);

    if (fs::is_regular_file (status) && isReadOnly (target, status.permissions()))
        return "'" + toUtf8 (named) + "' is read-only, and was kept. Choose another name.";

    if (fs::is_symlink (target, error) || ! fs::is_directory (target.parent_path(), error))
        return failure;

    // A link of the system's, as of an open file, may lead elsewhere than its text says.
    const bool keepsPlace = fs::is_regular_file (status)
                            && (fs::hard_link_count (target, error) > 1 || ! fs::equivalent (target, named, error));
    return writeWhole (keepsPlace ? named : target, status, keepsPlace, fill, failure);
}

} // namespace faltwerk
