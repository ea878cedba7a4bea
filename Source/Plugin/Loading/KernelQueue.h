#pragma once

#include "Plugin/Document/DocumentState.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

/** The kernel of a document with its edits by hand, and the kernels that have been requested and not loaded yet. One
    thread at a time. */
class KernelQueue
{
public:
    using KernelPointer = std::shared_ptr<const LoadedKernel>;

    using Entry = KernelEntry;

    /** Returns the kernel that was requested last, or else the current one: it counts as the document's kernel. */
    const Entry& newest() const noexcept { return expected.empty() ? arrived : expected.back().entry; }
    Entry& newest() noexcept { return expected.empty() ? arrived : expected.back().entry; }

    /** Returns the kernel that was loaded last. */
    const Entry& present() const noexcept { return arrived; }

    /** Returns true if a request has not been completed. */
    bool isWaiting() const noexcept { return ! expected.empty(); }

    /** Returns the edits of a requested kernel, or those of the current one if the request is unknown. */
    const DocumentEdits& editsFor (uint64_t request) const;

    /** Adds the kernel of a request. @param isStep  true if the request is an undo step */
    void expect (uint64_t request, Entry, bool isStep);

    /** A request that has been completed. */
    struct Answered
    {
        KernelPointer kernel; // the document that was requested
        bool isStep = false;
        std::vector<KernelPointer> overtaken; // requested documents of earlier undo steps, which it replaces
    };

    /** Makes the kernel of a request the current one, and removes earlier requests. */
    Answered arrive (uint64_t request, KernelPointer);

    /** Removes a request that has failed, and earlier ones. */
    Answered forget (uint64_t request);

    /** Replaces a kernel, current or requested, by another. */
    void replaceKernel (const KernelPointer& former, const KernelPointer& kernel);

private:
    struct Expected
    {
        uint64_t request = 0;
        Entry entry;
        bool isStep = false;
    };

    Entry arrived;
    std::vector<Expected> expected; // the newest last
};

} // namespace faltwerk
