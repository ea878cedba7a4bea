#pragma once

#include "Plugin/Document/DocumentState.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace faltwerk
{

/** The steps that can be undone and redone. A step holds the document before and after it; audio is shared. Undoing a
    step changes only what differs between the two, so that later automation of other parameters stays. One thread at a
    time. */
class UndoHistory
{
public:
    /** Limits of the number of steps and of the memory of their kernels; beyond them the oldest steps are dropped. */
    static constexpr size_t mostSteps = 200, mostAudioBytes = size_t { 512 } << 20;

    /** Steps from preset to preset, or from kernel to kernel, are joined if they follow within this time in ms. */
    static constexpr uint32_t steppingTime = 2000;

    /** A step through presets or kernels, as by the arrow keys, and its time. */
    struct Stepping
    {
        enum class Through
        {
            presets,
            kernels
        };

        Through through;
        uint32_t at; // in ms, of any monotonic clock
    };

    struct Step
    {
        std::string name; // such as "Decay" or "Load 'plate'"
        DocumentSlots before, after;
        bool isByHand = true;                // false: it does not change locked parameters
        std::optional<Stepping> stepping {}; // empty: never joined
    };

    /** Returns the name of a step that loads a kernel, such as "Load 'plate'". */
    static std::string nameOf (const std::string& verb, const LoadedKernelPointer&);

    /** Adds a step unless it changes nothing. Removes the steps that could be redone and returns them. */
    std::vector<Step> add (Step);

    bool canUndo() const noexcept { return position > 0; }
    bool canRedo() const noexcept { return position < steps.size(); }

    /** Return the names of the steps that undo() and redo() would apply; empty if there is none. */
    std::string undoName() const { return canUndo() ? steps[position - 1].name : std::string(); }
    std::string redoName() const { return canRedo() ? steps[position].name : std::string(); }

    /** Undo or redo a step. Return the new document, or the given one if there is no step.
        @param slots  the current document  @param locked  a parameter that only steps by hand change */
    DocumentSlots undo (const DocumentSlots& slots, std::optional<size_t> locked = {});
    DocumentSlots redo (const DocumentSlots& slots, std::optional<size_t> locked = {});

    /** Return the names of all steps, oldest first, and the number of steps that are done. */
    std::vector<std::string> names() const;
    size_t numDone() const noexcept { return position; }

    /** Returns the parameter that a step changes and its value after the step; empty if the step changes anything
        else. */
    std::optional<std::pair<size_t, float>> onlyValueOf (size_t step) const;

    /** Undoes or redoes steps until numSteps are done, and returns the new document. */
    DocumentSlots goTo (size_t numSteps, DocumentSlots slots, std::optional<size_t> locked = {});

    void clear();

    /** Replaces the document of a kernel in all steps by the one that was loaded. Drops steps that no longer change
        anything, and returns true if there were any. */
    bool replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found);

    /** Replaces a kernel that failed to load, with its edits, by the kernel before it. */
    void replaceKernel (const LoadedKernelPointer& former, const KernelEntry& before);

    /** Removes the step that loaded a kernel, and the edits of that kernel. */
    void withdraw (const LoadedKernelPointer&);

    /** Returns true if the step after the one that loaded a kernel replaced it, and both are done. */
    bool wasPassedOver (const LoadedKernelPointer&) const;

    /** Restores steps that could be redone, unless there are others. */
    void putBack (std::vector<Step> redoable);

    /** Returns the memory of the kernels of all steps in bytes; each kernel counts once. */
    size_t audioInBytes() const;

private:
    bool joinsLast (const Step&) const;
    bool dropEmptySteps();

    std::vector<Step> steps;
    size_t position = 0; // the steps before it are done, the others undone
};

} // namespace faltwerk
