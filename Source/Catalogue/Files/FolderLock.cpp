#include "Catalogue/Files/FolderLock.h"

#if ! JUCE_WINDOWS
    #include <cerrno>
    #include <fcntl.h>
    #include <sys/file.h>
    #include <unistd.h>
#endif

namespace faltwerk
{

#if JUCE_WINDOWS

FolderLock::FolderLock (const juce::File& folder, int mostMilliseconds)
    : lock ("Faltwerk " + juce::String::toHexString (folder.getFullPathName().hashCode64()))
    , isLocked (lock.enter (mostMilliseconds))
{
}

FolderLock::~FolderLock()
{
    if (isLocked)
        lock.exit();
}

#else

FolderLock::FolderLock (const juce::File& folder, int mostMilliseconds)
{
    constexpr int pause = 5;

    // Locks the folder itself, so that no lock file is left behind.
    descriptor = ::open (folder.getFullPathName().toRawUTF8(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor < 0)
        return;

    for (int waited = 0; ::flock (descriptor, LOCK_EX | LOCK_NB) != 0 && waited < mostMilliseconds; waited += pause)
    {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return;

        juce::Thread::sleep (pause);
    }
}

FolderLock::~FolderLock()
{
    if (descriptor >= 0)
        ::close (descriptor); // which releases it
}

#endif

} // namespace faltwerk
