#pragma once

#include "Plugin/UndoHistory.h"

#include <array>
#include <string>

namespace faltwerk
{

/** Makes steps of undo of what a user does to a document: one of each gesture, which is what happens between a
    control's being touched and let go, and one of each change outside of gestures. Whoever calls tells the document as
    it is then. Not for several threads. */
class StepRecorder
{
public:
    /** Enclose a gesture; nested ones belong to the outermost, which has the name. */
    void begin (const std::string& name, const DocumentSlots& now);
    void end (const DocumentSlots& now);

    /** A parameter that the present gesture moves. The others are left to automation. */
    void touch (size_t parameter, const DocumentSlots& now);

    /** Makes a step of what the present gesture has done so far. What follows belongs to another. */
    void close (const DocumentSlots& now);

    /** What has changed since is no part of the present gesture. */
    void goOnFrom (const DocumentSlots& now) { before = now; }

    /** An edit: a step, unless a gesture will make one of it. */
    void edited (const std::string& name, const DocumentSlots& from, const DocumentSlots& to);

    /** Another step. */
    void add (UndoHistory::Step);

    /** A kernel has been asked for: a step at once, that loads it. Then it arrives, maybe as what it has been found to
        be; or it fails, and takes the step along; or it is overtaken by one asked for later. */
    void asked (UndoHistory::Step);
    void arrived (const UndoHistory::KernelPointer& asked, const UndoHistory::KernelPointer& found);
    void failed (const UndoHistory::KernelPointer& asked, const KernelEntry& before);
    void overtaken (const UndoHistory::KernelPointer& asked);

    /** Ends all gestures and forgets all steps. */
    void clear();

    UndoHistory history;

private:
    int depth = 0; // of gestures
    std::string name;
    DocumentSlots before;
    std::array<bool, Parameters::count> touched {};
    UndoHistory::KernelPointer newest;       // that has been asked for, if nothing has been done since
    std::vector<UndoHistory::Step> redoable; // before it was
};

} // namespace faltwerk
