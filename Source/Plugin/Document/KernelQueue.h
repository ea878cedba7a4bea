#pragma once

#include "Plugin/Document/DocumentState.h"

#include <cstdint>
#include <vector>

namespace faltwerk
{

/** The kernel of a document with its edits by hand, and the kernels that have been requested and not loaded yet. One
    thread at a time. */
class KernelQueue
{
public:
    /** Returns the document's kernel: the one that was requested last, or else the loaded one. */
    const KernelEntry& current() const noexcept { return requested.empty() ? lastLoaded : requested.back().entry; }
    KernelEntry& current() noexcept { return requested.empty() ? lastLoaded : requested.back().entry; }

    /** Returns the kernel that was loaded last. */
    const KernelEntry& loaded() const noexcept { return lastLoaded; }

    /** Returns true if a request has not been completed. */
    bool isWaiting() const noexcept { return ! requested.empty(); }

    /** Returns the edits of a requested kernel, or those of the loaded one if the request is unknown. */
    const DocumentEdits& editsFor (uint64_t request) const;

    /** Adds the kernel of a request. @param isStep  true if the request is an undo step */
    void add (uint64_t request, KernelEntry, bool isStep);

    /** A request that has been completed. */
    struct Completed
    {
        LoadedKernelPointer wanted; // as it was requested
        bool isStep = false;
        std::vector<LoadedKernelPointer> overtaken; // wanted kernels of earlier undo steps, which it replaces
    };

    /** Makes the kernel of a request the loaded one, and removes earlier requests. */
    Completed complete (uint64_t request, LoadedKernelPointer);

    /** Removes a request that has failed, and earlier ones. */
    Completed drop (uint64_t request);

    /** Replaces a kernel, loaded or requested, by another. */
    void replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& kernel);

private:
    struct Request
    {
        uint64_t number = 0;
        KernelEntry entry;
        bool isStep = false;
    };

    KernelEntry lastLoaded;
    std::vector<Request> requested; // the last one at the end
};

} // namespace faltwerk
