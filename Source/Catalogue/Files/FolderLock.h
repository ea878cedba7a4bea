#pragma once

#include <juce_core/juce_core.h>

#include <memory>

namespace faltwerk
{

/** An advisory lock of a folder, against other processes and other locks of this process. If it cannot be acquired in
    time, as on some network drives, the owner goes on without it. One thread at a time. [not audio] */
class FolderLock
{
public:
    FolderLock (const juce::File& folder, int mostMilliseconds);
    ~FolderLock();
    FolderLock (const FolderLock&) = delete;
    FolderLock& operator= (const FolderLock&) = delete;

private:
#if JUCE_WINDOWS
    juce::InterProcessLock lock;
    bool isLocked = false;
#else
    int descriptor = -1;
#endif
};

} // namespace faltwerk
