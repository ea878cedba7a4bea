#pragma once

#include "Plugin/KernelDocument.h"
#include "Plugin/Parameters.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** What is done to a kernel by hand, in its picture. Times are in seconds of the kernel, as in Edits. */
struct DocumentEdits
{
    double start = 0.0;
    std::optional<double> end; // the kernel's own if there is none
    double fadeIn = 0.0, fadeOut = 0.0;
    std::vector<DecayNode> nodes; // with growing times; below 0 before a trimmed start

    bool operator== (const DocumentEdits&) const = default;

    static constexpr size_t mostNodes = 256;

    /** Returns these without what no kernel can have: what is not finite, negative times (but of nodes), nodes at equal
        times. [any, not audio] */
    DocumentEdits sanitised() const;

    /** The edits that parameters ask for, with these. [any, not audio] */
    Edits with (Edits) const;
};

/** A kernel with what is done to it by hand. */
struct KernelEntry
{
    std::shared_ptr<const KernelDocument> kernel; // null: none, and the input passes
    DocumentEdits edits;
};

/** Returns a kernel on its way that names what comes back if it fails. [any] */
std::shared_ptr<const KernelDocument> withFallback (const KernelDocument&, KernelEntry fallback);

/** All that makes the sound of an instance, as a value. Its audio is shared. */
struct DocumentState
{
    std::shared_ptr<const KernelDocument> kernel; // null: none, and the input passes
    DocumentEdits edits;
    Parameters::Values parameters {};
};

/** Returns true if both stand for the same kernel: equal content, name and place, or the same source on its way.
    [any] */
bool isSameKernel (const std::shared_ptr<const KernelDocument>&, const std::shared_ptr<const KernelDocument>&);

/** Returns true if both sound alike. [any] */
bool operator== (const DocumentState&, const DocumentState&);

/** The preset that was taken over or saved last. */
struct PresetOrigin
{
    std::string name;                   // empty: none
    std::optional<DocumentState> value; // what it was; none: a session that had left its preset does not hold it
};

/** The document as a whole: what sounds, and what waits in the other of the slots A and B. */
struct DocumentSlots
{
    DocumentState present;
    std::optional<DocumentState> other; // none: as the present one, until there has been a swap or a copy
    bool isB = false;                   // whether the present one is B
    PresetOrigin preset;

    /** Returns true if both sound alike, now and after a swap; a preset's name does not sound. */
    bool operator== (const DocumentSlots&) const;

    /** Replaces a kernel in both slots and in the preset: what named it by what has been found. */
    void replaceKernel (const std::shared_ptr<const KernelDocument>& former,
                        const std::shared_ptr<const KernelDocument>& found);

    /** Replaces a kernel that never came, and what was done to it, by what was there before. */
    void replaceKernel (const std::shared_ptr<const KernelDocument>& former, const KernelEntry& before);
};

} // namespace faltwerk
