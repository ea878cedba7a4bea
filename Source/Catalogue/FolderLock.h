#pragma once

#include <juce_core/juce_core.h>

#include <memory>

namespace faltwerk
{

/** Keeps other processes, and other locks of this one, out of a folder while it lives: of those that ask. Where that
    cannot be had in time, as on some network drives, it lets everybody in. [any, not audio; one thread at a time] */
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
