#pragma once

#include "Plugin/Document/UndoHistory.h"

#include <array>
#include <string>

namespace faltwerk
{

/** Records undo steps of a document: one for each gesture (from touching a control to releasing it), and one for each
    change outside of gestures. The caller passes the current document. One thread at a time. */
class StepRecorder
{
public:
    /** Enclose a gesture. Nested gestures are part of the outermost one, whose name is used. */
    void begin (const std::string& name, const DocumentSlots& now);
    void end (const DocumentSlots& now);

    /** Notes a parameter that the current gesture changes. Changes of others are taken for automation. */
    void touch (size_t parameter, const DocumentSlots& now);

    /** Makes a step of the gesture's changes so far; its later changes become another step. */
    void close (const DocumentSlots& now);

    /** Excludes all changes so far from the current gesture. */
    void goOnFrom (const DocumentSlots& now) { before = now; }

    /** Adds an edit as a step, or to the current gesture. */
    void edited (const std::string& name, const DocumentSlots& from, const DocumentSlots& to);

    /** Adds a step. */
    void add (UndoHistory::Step);

    /** requested() adds a step when a kernel is requested. When the kernel has been loaded, loaded() replaces it in
        the steps by the complete one; failed() removes the step; overtaken() handles a kernel that a later request
        replaced before it was loaded. */
    void requested (UndoHistory::Step);
    void loaded (const LoadedKernelPointer& wanted, const LoadedKernelPointer& found);
    void failed (const LoadedKernelPointer& wanted, const KernelEntry& before);
    void overtaken (const LoadedKernelPointer& wanted);

    /** Ends all gestures and removes all steps. */
    void clear();

    UndoHistory history;

private:
    int depth = 0; // of nested gestures
    std::string name;
    DocumentSlots before;
    std::array<bool, Parameters::count> touched {};
    LoadedKernelPointer lastRequested;       // kernel of the last step, if that was a request
    std::vector<UndoHistory::Step> redoable; // steps that could be redone before that request
};

} // namespace faltwerk
