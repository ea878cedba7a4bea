#include "Plugin/Document/StepRecorder.h"

#include <utility>

namespace faltwerk
{

void StepRecorder::begin (const std::string& gesture, const DocumentSlots& now)
{
    if (depth++ == 0)
    {
        name = gesture;
        before = now;
        touched = {};
    }
}

void StepRecorder::end (const DocumentSlots& now)
{
    if (depth > 0 && --depth == 0)
        close (now);
}

void StepRecorder::touch (size_t parameter, const DocumentSlots& now)
{
    if (! std::exchange (touched[parameter], true)) // what automation did to it since is no part of the gesture
        before.present.parameters[parameter] = now.present.parameters[parameter];
}

void StepRecorder::close (const DocumentSlots& now)
{
    if (name.empty())
        return;

    auto after = before;
    after.present.edits = now.present.edits;

    for (size_t index = 0; index < Parameters::count; ++index)
        if (touched[index])
            after.present.parameters[index] = now.present.parameters[index];

    add ({ name, before, after });
    before = now;

    if (depth == 0)
        name.clear();
}

void StepRecorder::edited (const std::string& edit, const DocumentSlots& from, const DocumentSlots& to)
{
    if (depth == 0)
        add ({ edit, from, to });
}

void StepRecorder::add (UndoHistory::Step step)
{
    newest = nullptr;
    history.add (std::move (step));
}

void StepRecorder::asked (UndoHistory::Step load)
{
    close (load.before);
    newest = load.after.present.kernel;
    before = load.after;
    redoable = history.add (std::move (load));
}

void StepRecorder::arrived (const UndoHistory::KernelPointer& asked, const UndoHistory::KernelPointer& found)
{
    const bool wasNone = history.replaceKernel (asked, found); // it was there already
    before.replaceKernel (asked, found);

    for (auto& step : redoable)
    {
        step.before.replaceKernel (asked, found);
        step.after.replaceKernel (asked, found);
    }

    if (wasNone && newest == asked)
        history.putBack (std::exchange (redoable, {}));
}

void StepRecorder::failed (const UndoHistory::KernelPointer& asked, const KernelEntry& beforeIt)
{
    history.replaceKernel (asked, beforeIt);

    if (newest == asked)
        history.putBack (std::exchange (redoable, {}));
}

void StepRecorder::overtaken (const UndoHistory::KernelPointer& asked)
{
    if (history.wasPassedOver (asked))
        history.withdraw (asked);
}

void StepRecorder::clear() { *this = {}; }

} // namespace faltwerk
