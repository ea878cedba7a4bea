#include "Plugin/UndoHistory.h"

#include <set>
#include <utility>

namespace faltwerk
{

namespace
{

/** The present document with the differences that lead from one to another. */
DocumentSlots moved (DocumentSlots present, const DocumentSlots& from, const DocumentSlots& to)
{
    if (! isSameKernel (from.present.kernel, to.present.kernel))
        present.present.kernel = to.present.kernel;

    if (from.present.edits != to.present.edits)
        present.present.edits = to.present.edits;

    for (size_t n = 0; n < Parameters::count; ++n)
        if (from.present.parameters[n] != to.present.parameters[n])
            present.present.parameters[n] = to.present.parameters[n];

    if (from.other != to.other)
        present.other = to.other;

    if (from.isB != to.isB)
        present.isB = to.isB;

    return present;
}

} // namespace

void UndoHistory::add (Step step)
{
    if (step.before == step.after)
        return;

    steps.resize (position);
    steps.push_back (std::move (step));

    while (steps.size() > mostSteps || (steps.size() > 1 && audioInBytes() > mostAudioBytes))
        steps.erase (steps.begin());

    position = steps.size();
}

DocumentSlots UndoHistory::undo (const DocumentSlots& present)
{
    if (! canUndo())
        return present;

    const auto& step = steps[--position];
    return moved (present, step.after, step.before);
}

DocumentSlots UndoHistory::redo (const DocumentSlots& present)
{
    if (! canRedo())
        return present;

    const auto& step = steps[position++];
    return moved (present, step.before, step.after);
}

size_t UndoHistory::audioInBytes() const
{
    std::set<const KernelDocument*> kernels;

    for (const auto& step : steps)
        for (const auto* slots : { &step.before, &step.after })
            for (const auto* kernel :
                 { slots->present.kernel.get(), slots->other ? slots->other->kernel.get() : nullptr })
                kernels.insert (kernel);

    size_t bytes = 0;

    for (const auto* kernel : kernels)
    {
        if (kernel == nullptr)
            continue;

        bytes += kernel->encoded.size();

        if (kernel->kernel != nullptr)
            bytes += kernel->kernel->paths.size() * kernel->kernel->lengthInFrames() * sizeof (float);
    }

    return bytes;
}

void UndoHistory::clear()
{
    steps.clear();
    position = 0;
}

void UndoHistory::replaceKernel (const std::shared_ptr<const KernelDocument>& former,
                                 const std::shared_ptr<const KernelDocument>& found)
{
    const auto replace = [&] (DocumentState& state)
    {
        if (state.kernel == former)
            state.kernel = found;
    };

    for (auto& step : steps)
    {
        for (auto* slots : { &step.before, &step.after })
        {
            replace (slots->present);

            if (slots->other)
                replace (*slots->other);
        }
    }
}

} // namespace faltwerk
