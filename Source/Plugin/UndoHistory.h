#pragma once

#include "Plugin/DocumentState.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace faltwerk
{

/** The steps that can be undone and redone. A step holds the document before and after it, whose audio is shared; what
    both agree in is none of its business, so that what automation did meanwhile stays. Not for several threads. */
class UndoHistory
{
public:
    /** The oldest steps go when there are more, or when their kernels need more memory than this. */
    static constexpr size_t mostSteps = 200, mostAudioBytes = size_t { 512 } << 20;

    /** Within this time, in ms, a preset or kernel that is stepped to joins the step of the one before it. */
    static constexpr uint32_t steppingTime = 2000;

    /** When one of several was stepped to, as by the arrow keys. */
    struct Stepping
    {
        enum class Through
        {
            presets,
            kernels
        };

        Through through;
        uint32_t at; // ms, of any clock
    };

    using KernelPointer = std::shared_ptr<const KernelDocument>;

    struct Step
    {
        std::string name; // as a reader says it: "Decay", "Load 'plate'"
        DocumentSlots before, after;
        bool isByHand = true;                // else it leaves locked parameters alone
        std::optional<Stepping> stepping {}; // none: another step
    };

    /** Returns the name of a step that leads to a kernel: "Load 'plate'". */
    static std::string nameOf (const std::string& verb, const KernelPointer&);

    /** Adds a step, if it is one, and forgets what could be redone, which it gives. */
    std::vector<Step> add (Step);

    bool canUndo() const noexcept { return position > 0; }
    bool canRedo() const noexcept { return position < steps.size(); }

    /** The step that undo or redo would take back or do again; empty if there is none. */
    std::string undoName() const { return canUndo() ? steps[position - 1].name : std::string(); }
    std::string redoName() const { return canRedo() ? steps[position].name : std::string(); }

    /** The document after going one step back or on from the present one, which it gives back if there is no step.
        @param locked  a parameter that only steps by hand move */
    DocumentSlots undo (const DocumentSlots& present, std::optional<size_t> locked = {});
    DocumentSlots redo (const DocumentSlots& present, std::optional<size_t> locked = {});

    /** The names of all steps, oldest first, and how many of them are done. */
    std::vector<std::string> names() const;
    size_t numDone() const noexcept { return position; }

    /** Returns the parameter that a step changes, with its value after it, if the step changes nothing else. */
    std::optional<std::pair<size_t, float>> onlyValueOf (size_t step) const;

    /** The document after going on or back until so many steps are done. */
    DocumentSlots goTo (size_t numSteps, DocumentSlots present, std::optional<size_t> locked = {});

    void clear();

    /** Puts a kernel that has been found in place of what named it, and drops steps that are none any more; says
        whether there were any. */
    bool replaceKernel (const KernelPointer& former, const KernelPointer& found);

    /** Puts what was before in place of a kernel that never came, and what was done to it. */
    void replaceKernel (const KernelPointer& former, const KernelEntry& before);

    /** Takes out the step that led to a kernel which was passed over, and what was done to it. */
    void withdraw (const KernelPointer&);

    /** Whether a kernel was left by the very next step after the one that led to it, and both have been done. */
    bool wasPassedOver (const KernelPointer&) const;

    /** What could be redone once can be redone again, if nothing can by now. */
    void putBack (std::vector<Step> redoable);

    /** What the kernels of all steps take, each counted once. */
    size_t audioInBytes() const;

private:
    bool joinsLast (const Step&) const;
    bool dropEmptySteps();

    std::vector<Step> steps;
    size_t position = 0; // the steps before it are done, the others undone
};

} // namespace faltwerk
