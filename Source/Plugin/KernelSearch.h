#pragma once

#include "Plugin/KernelLoader.h"

#include <functional>

namespace faltwerk
{

/** Where to look for a kernel that a session names, and when to give up. */
struct KernelSearch
{
    juce::StringArray folders;          // searched with all below them
    std::function<bool()> isNoLongerOf; // use; may be empty
};

/** Finds the kernel that a document names and lacks: the file at its path, or below a kernel folder as it was, if it
    has the same hash; the factory's; any file of the kernel folders with the same hash; the copy. Says so if it is not
    where it was, or if all failed. A document that lacks nothing is given back. What is found is kept, also if it
    cannot sound. [loader] */
KernelLoader::Result restoreKernel (const std::shared_ptr<const KernelDocument>& wanted, const KernelSearch&);

} // namespace faltwerk
