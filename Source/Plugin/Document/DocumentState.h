#pragma once

#include "Plugin/Loading/LoadedKernel.h"
#include "Plugin/Parameters/Parameters.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** Edits of a kernel by hand, in its picture. Times are in seconds of the kernel, as in Edits. */
struct DocumentEdits
{
    double start = 0.0;
    std::optional<double> end; // empty: the end of the kernel
    double fadeIn = 0.0, fadeOut = 0.0;
    std::vector<DecayNode> nodes; // with growing times; below 0 before a trimmed start

    bool operator== (const DocumentEdits&) const = default;

    static constexpr size_t mostNodes = 256;

    /** Returns these edits without invalid values: numbers that are not finite, negative times except those of nodes,
        nodes at equal times. [not audio] */
    DocumentEdits sanitised() const;

    /** Returns the edits of parameters combined with these. [not audio] */
    Edits with (Edits) const;
};

/** A loaded kernel, or one that is requested, with its edits by hand. */
struct KernelEntry
{
    LoadedKernelPointer source; // null: no kernel, and the input passes
    DocumentEdits edits;
};

/** Returns a requested kernel that names the kernel that is restored if it fails. [any] */
LoadedKernelPointer withFallback (const LoadedKernel&, KernelEntry fallback);

/** Everything that the sound of an instance depends on, as a value. Audio is shared. */
struct DocumentState
{
    LoadedKernelPointer source; // null: no kernel, and the input passes
    DocumentEdits edits;
    Parameters::Values parameters {};
};

/** Returns true if both are one kernel: equal content, name and origin, or one maker that has not been called
    yet. [any] */
bool isSameKernel (const LoadedKernelPointer&, const LoadedKernelPointer&);

/** Returns true if both sound alike. [any] */
bool operator== (const DocumentState&, const DocumentState&);

/** The preset that was applied or saved last. */
struct PresetOrigin
{
    std::string name;                   // empty: none
    std::optional<DocumentState> value; // its content; empty if a session did not keep it
};

/** The whole document: the slot that sounds, and the other of the slots A and B. */
struct DocumentSlots
{
    DocumentState current;
    std::optional<DocumentState> other; // empty: equal to `current`, until the first swap or copy
    bool isB = false;                   // `current` is slot B
    PresetOrigin preset;

    /** Returns true if both sound alike, also after a swap. The preset's name is not compared. */
    bool operator== (const DocumentSlots&) const;

    /** Replaces a requested kernel in both slots and in the preset by the one that was loaded. */
    void replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found);

    /** Replaces a kernel that failed to load, with its edits, by the kernel before it. */
    void replaceKernel (const LoadedKernelPointer& former, const KernelEntry& before);
};

/** A document at one moment, as a session keeps it. */
struct DocumentSnapshot
{
    DocumentSlots slots;
    KernelEntry loaded;                        // what sounds until the current kernel is loaded
    std::optional<DocumentState> beforeTrying; // of the current slot, while kernels are tried; the kernel counts
};

} // namespace faltwerk
