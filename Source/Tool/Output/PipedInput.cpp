#include "Tool/Output/PipedInput.h"

#include "Kernel/Writing/UnfinishedFile.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <list>
#include <random>
#include <system_error>
#include <utility>

#if defined(_WIN32)
    #include <fcntl.h>
    #include <io.h>
#endif

namespace faltwerk::tool
{

namespace
{

namespace fs = std::filesystem;

fs::path toPath (const std::string& utf8) { return std::u8string (utf8.begin(), utf8.end()); }

std::string toUtf8 (const fs::path& path)
{
    const auto text = path.u8string();
    return { text.begin(), text.end() };
}

/** A file in a folder of its own, by whose name sentences call it; both are removed at the end. */
class TemporaryCopy
{
public:
    TemporaryCopy (const fs::path& place, const std::string& name)
        : folder (place / ("faltwerk-" + std::to_string (std::random_device()())))
        , file (folder / toPath (name))
        , unfinishedFolder (toUtf8 (folder))
        , unfinishedFile (toUtf8 (file))
    {
    }

    TemporaryCopy (const TemporaryCopy&) = delete;
    TemporaryCopy& operator= (const TemporaryCopy&) = delete;

    ~TemporaryCopy()
    {
        std::error_code ignored;
        fs::remove (file, ignored);
        fs::remove (folder, ignored);
    }

    std::string path() const { return toUtf8 (file); }

    /** Copies a stream to its end; false if it cannot be read or the copy cannot be written. */
    bool fill (std::istream& source)
    {
        std::error_code error;

        if (! fs::create_directory (folder, error))
            return false;

        fs::permissions (folder, fs::perms::owner_all, error);
        std::ofstream destination (file, std::ios::binary);
        std::array<char, 1 << 16> bytes;

        while (destination.good() && source.good())
        {
            source.read (bytes.data(), bytes.size());
            destination.write (bytes.data(), source.gcount());
        }

        destination.close();
        return destination.good() && source.eof();
    }

private:
    const fs::path folder, file;
    const UnfinishedFile unfinishedFolder, unfinishedFile;
};

} // namespace

Outcome<std::string> toRegularFile (const std::string& path)
{
    using Result = Outcome<std::string>;
    static std::list<TemporaryCopy> copies;
    static bool isStandardInputRead = false;

    std::error_code ignored;
    const bool isStandardInput = path == standardInput;
    const auto status = fs::status (toPath (path), ignored);

    if (! isStandardInput && ! fs::is_fifo (status) && ! fs::is_socket (status))
        return path;

    if (isStandardInput && std::exchange (isStandardInputRead, true))
        return Result::failure ("standard input can be read only once. Name a file instead of the other '-'.");

    const auto failure = Result::failure ("what comes through '" + path
                                          + "' could not be kept in the folder for temporary files. Check the space "
                                            "there, or choose another folder with TMPDIR.");
    std::error_code error;
    const auto place = fs::temp_directory_path (error);

    if (error)
        return failure;

#if defined(_WIN32)
    _setmode (_fileno (stdin), _O_BINARY);
#endif

    auto& copy = copies.emplace_back (place, isStandardInput ? "standard input" : toUtf8 (toPath (path).filename()));
    std::ifstream pipe;

    if (! isStandardInput)
        pipe.open (toPath (path), std::ios::binary);

    if (! copy.fill (isStandardInput ? std::cin : pipe))
        return failure;

    return copy.path();
}

} // namespace faltwerk::tool
