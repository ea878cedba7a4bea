#pragma once

#include "Plugin/DocumentState.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk
{

/** The kernel that a document has, with its edits by hand, and those that it has asked for, which arrive in the
    background or are overtaken. Not for several threads. */
class KernelQueue
{
public:
    using KernelPointer = std::shared_ptr<const KernelDocument>;

    struct Entry
    {
        KernelPointer kernel; // as far as it is known
        DocumentEdits edits;
    };

    /** The newest one, asked for or not: that counts as the document's. */
    const Entry& newest() const noexcept { return expected.empty() ? arrived : expected.back().entry; }
    Entry& newest() noexcept { return expected.empty() ? arrived : expected.back().entry; }

    /** The one that arrived last. */
    const Entry& present() const noexcept { return arrived; }

    /** Of a request, or of the present one if the request is none of ours. */
    const DocumentEdits& editsFor (uint64_t request) const;

    /** Adds one that has been asked for by a request. @param step  what is undone of it: see steps of undo; may be
        empty */
    void expect (uint64_t request, Entry, std::string step);

    /** What is known of one that has been asked for. */
    struct Expected
    {
        uint64_t request = 0;
        Entry entry;
        std::string step;
    };

    /** Makes what a request has given the present one, and forgets those asked for before it. Gives what stood for it.
     */
    Expected arrive (uint64_t request, KernelPointer);

    /** Forgets a request that has failed, and those before it. Gives what stood for it. */
    Expected forget (uint64_t request);

private:
    Entry arrived;
    std::vector<Expected> expected; // the newest last
};

} // namespace faltwerk
