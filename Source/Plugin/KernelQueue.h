#pragma once

#include "Plugin/DocumentState.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

/** The kernel that a document has, with its edits by hand, and those that it has asked for, which arrive in the
    background or are overtaken. Not for several threads. */
class KernelQueue
{
public:
    using KernelPointer = std::shared_ptr<const KernelDocument>;

    using Entry = KernelEntry;

    /** The newest one, asked for or not: that counts as the document's. */
    const Entry& newest() const noexcept { return expected.empty() ? arrived : expected.back().entry; }
    Entry& newest() noexcept { return expected.empty() ? arrived : expected.back().entry; }

    /** The one that arrived last. */
    const Entry& present() const noexcept { return arrived; }

    /** Returns true if one that was asked for has not been answered. */
    bool isWaiting() const noexcept { return ! expected.empty(); }

    /** Returns the edits of a request, or of the one that arrived last if the request is not expected. */
    const DocumentEdits& editsFor (uint64_t request) const;

    /** Adds one that has been asked for by a request. @param isStep  whether that is a step of undo */
    void expect (uint64_t request, Entry, bool isStep);

    /** What stood for a kernel that a request has been answered for. */
    struct Answered
    {
        KernelPointer kernel;
        bool isStep = false;
        std::vector<KernelPointer> overtaken; // what stood for kernels of steps that were asked for before it
    };

    /** Makes what a request has given the present one, and forgets those asked for before it. */
    Answered arrive (uint64_t request, KernelPointer);

    /** Forgets a request that has failed, and those before it. */
    Answered forget (uint64_t request);

    /** Puts another kernel in place of one, arrived or expected. */
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
