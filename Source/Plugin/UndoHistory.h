#pragma once

#include "Plugin/DocumentState.h"

#include <string>
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

    struct Step
    {
        std::string name; // as a reader says it: "Decay", "Load 'plate'"
        DocumentSlots before, after;
    };

    /** Adds a step, if it is one, and forgets what could be redone. */
    void add (Step);

    bool canUndo() const noexcept { return position > 0; }
    bool canRedo() const noexcept { return position < steps.size(); }

    /** The step that undo or redo would take back or do again; empty if there is none. */
    std::string undoName() const { return canUndo() ? steps[position - 1].name : std::string(); }
    std::string redoName() const { return canRedo() ? steps[position].name : std::string(); }

    /** The document after going one step back or on from the present one, which it gives back if there is no step. */
    DocumentSlots undo (const DocumentSlots& present);
    DocumentSlots redo (const DocumentSlots& present);

    void clear();

    /** Puts a kernel that has been found in place of what named it. */
    void replaceKernel (const std::shared_ptr<const KernelDocument>& former,
                        const std::shared_ptr<const KernelDocument>& found);

    /** What the kernels of all steps take, each counted once. */
    size_t audioInBytes() const;

private:
    std::vector<Step> steps;
    size_t position = 0; // the steps before it are done, the others undone
};

} // namespace faltwerk
