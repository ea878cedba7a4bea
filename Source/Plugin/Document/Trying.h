#pragma once

#include "Plugin/Document/UndoHistory.h"

#include <optional>

namespace faltwerk
{

/** Remembers the document from before kernels are tried. A kernel that is tried sounds, but makes no undo step; at the
    end it becomes one step, or the former kernel is restored. One thread at a time. */
class Trying
{
public:
    /** Begins, unless kernels are being tried already. */
    void begin (const DocumentSlots& now);

    /** Continues what a session has saved. */
    void restore (const DocumentSlots& before) { former = before; }

    bool isOn() const noexcept { return former.has_value(); }

    /** Returns the document from before; nothing if no kernel is being tried. */
    const std::optional<DocumentSlots>& before() const noexcept { return former; }

    /** Ends. Returns the step from the former kernel to the current one; nothing if they are one kernel, or if none is
        being tried. */
    std::optional<UndoHistory::Step> keep (const DocumentSlots& now);

    /** Ends. Returns the current document with the former kernel; nothing if no kernel is being tried. */
    std::optional<DocumentSlots> discard (const DocumentSlots& now);

    /** Replaces a kernel in the document from before (see DocumentSlots). */
    void replaceKernel (const LoadedKernelPointer& wanted, const LoadedKernelPointer& found);
    void replaceKernel (const LoadedKernelPointer& wanted, const KernelEntry& before);

    /** Forgets the document from before. */
    void clear() { former.reset(); }

private:
    std::optional<DocumentSlots> former;
};

} // namespace faltwerk
