#include "Catalogue/Files/RegularFile.h"

#include "Catalogue/Files/Paths.h"

#include <algorithm>
#include <utility>

#if ! JUCE_WINDOWS
    #include <cerrno>
    #include <fcntl.h>
    #include <unistd.h>
#endif

namespace faltwerk
{

#if JUCE_WINDOWS

RegularFile::RegularFile (const std::string& filePath, std::function<bool()> ask)
    : path (filePath)
    , isWanted (std::move (ask))
    , opened (FileStatus::of (path))
{
    if (opened.kind == FileStatus::Kind::file)
        stream = std::make_unique<juce::FileInputStream> (juce::File (toString (path)));
}

RegularFile::~RegularFile() = default;

bool RegularFile::isOpen() const noexcept { return stream != nullptr && stream->openedOk(); }

bool RegularFile::hasChanged() const { return FileStatus::of (path) != opened; }

int RegularFile::readPiece (char* destination, int size)
{
    return stream->setPosition (position) ? stream->read (destination, size) : 0;
}

#else

RegularFile::RegularFile (const std::string& filePath, std::function<bool()> ask)
    : path (filePath)
    , isWanted (std::move (ask))
{
    // Without blocking, in case a pipe has replaced the file.
    do
        descriptor = ::open (path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    while (descriptor < 0 && errno == EINTR);

    if (descriptor >= 0)
        opened = FileStatus::ofDescriptor (descriptor);
}

RegularFile::~RegularFile()
{
    if (descriptor >= 0)
        ::close (descriptor);
}

bool RegularFile::isOpen() const noexcept { return descriptor >= 0 && opened.kind == FileStatus::Kind::file; }

bool RegularFile::hasChanged() const { return FileStatus::of (path) != opened; }

int RegularFile::readPiece (char* destination, int size)
{
    for (;;)
    {
        const auto count = ::pread (descriptor, destination, static_cast<size_t> (size), static_cast<off_t> (position));

        if (count >= 0 || errno != EINTR)
            return static_cast<int> (std::max<ssize_t> (count, 0));
    }
}

#endif

bool RegularFile::setPosition (juce::int64 newPosition)
{
    position = std::clamp<juce::int64> (newPosition, 0, getTotalLength());
    return true;
}

int RegularFile::read (void* destination, int size)
{
    constexpr int pieceSize = 1 << 18; // bytes between two checks for cancellation
    int done = 0;

    // Up to the length at the time of opening, so that a growing file ends.
    size = static_cast<int> (std::min<juce::int64> (size, getTotalLength() - position));

    while (done < size && isOpen() && (isWanted == nullptr || isWanted()))
    {
        const int count = readPiece (static_cast<char*> (destination) + done, std::min (pieceSize, size - done));

        if (count <= 0)
            break;

        done += count;
        position += count;
    }

    return done;
}

} // namespace faltwerk
