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
    if (! std::exchange (touched[parameter], true)) // earlier automation of it is no part of the gesture
        before.current.parameters[parameter] = now.current.parameters[parameter];
}

void StepRecorder::close (const DocumentSlots& now)
{
    if (name.empty())
        return;

    auto after = before;
    after.current.edits = now.current.edits;

    for (size_t index = 0; index < Parameters::count; ++index)
        if (touched[index])
            after.current.parameters[index] = now.current.parameters[index];

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
    lastRequested = nullptr;
    history.add (std::move (step));
}

void StepRecorder::requested (UndoHistory::Step load)
{
    close (load.before);
    lastRequested = load.after.current.source;
    before = load.after;
    redoable = history.add (std::move (load));
}

void StepRecorder::loaded (const LoadedKernelPointer& wanted, const LoadedKernelPointer& found)
{
    const bool wasNone = history.replaceKernel (wanted, found); // it had been loaded already
    before.replaceKernel (wanted, found);

    for (auto& step : redoable)
    {
        step.before.replaceKernel (wanted, found);
        step.after.replaceKernel (wanted, found);
    }

    if (wasNone && lastRequested == wanted)
        history.putBack (std::exchange (redoable, {}));
}

void StepRecorder::failed (const LoadedKernelPointer& wanted, const KernelEntry& beforeIt)
{
    history.replaceKernel (wanted, beforeIt);

    if (lastRequested == wanted)
        history.putBack (std::exchange (redoable, {}));
}

void StepRecorder::overtaken (const LoadedKernelPointer& wanted)
{
    if (history.wasPassedOver (wanted))
        history.withdraw (wanted);
}

void StepRecorder::clear() { *this = {}; }

} // namespace faltwerk
