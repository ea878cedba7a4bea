#include "Plugin/Document/UndoHistory.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace faltwerk
{

namespace
{

/** Returns the present document with the differences that lead from one to another, but for one parameter. */
DocumentSlots moved (DocumentSlots present,
                     const DocumentSlots& from,
                     const DocumentSlots& to,
                     std::optional<size_t> untouched)
{
    if (! isSameKernel (from.present.kernel, to.present.kernel))
        present.present.kernel = to.present.kernel;

    if (from.present.edits != to.present.edits)
        present.present.edits = to.present.edits;

    for (size_t n = 0; n < Parameters::count; ++n)
        if (from.present.parameters[n] != to.present.parameters[n] && n != untouched)
            present.present.parameters[n] = to.present.parameters[n];

    if (from.other != to.other)
        present.other = to.other;

    if (from.isB != to.isB)
        present.isB = to.isB;

    if (from.preset.name != to.preset.name || from.preset.value != to.preset.value)
        present.preset = to.preset;

    return present;
}

} // namespace

std::optional<std::pair<size_t, float>> UndoHistory::onlyValueOf (size_t step) const
{
    const auto &before = steps[step].before, &after = steps[step].after;
    std::optional<std::pair<size_t, float>> found;

    for (size_t n = 0; n < Parameters::count; ++n)
    {
        if (before.present.parameters[n] == after.present.parameters[n])
            continue;

        if (found)
            return {};

        found = { n, after.present.parameters[n] };
    }

    if (! found)
        return {};

    auto others = before;
    others.present.parameters = after.present.parameters;
    return others == after && before.preset.name == after.preset.name ? found : std::nullopt;
}

std::string UndoHistory::nameOf (const std::string& verb, const KernelPointer& kernel)
{
    return verb + (kernel != nullptr ? " '" + kernel->name + "'" : std::string());
}

std::vector<UndoHistory::Step> UndoHistory::add (Step step)
{
    if (step.before == step.after)
        return {};

    if (joinsLast (step))
    {
        auto& last = steps.back();
        last.after = moved (last.after, step.before, step.after, {});
        last.name = std::move (step.name);
        last.stepping = step.stepping;

        dropEmptySteps(); // it may have gone back to where it began
        return {};
    }

    const auto end = steps.begin() + static_cast<std::ptrdiff_t> (position);
    std::vector<Step> redoable (std::make_move_iterator (end), std::make_move_iterator (steps.end()));
    steps.erase (end, steps.end());
    steps.push_back (std::move (step));

    while (steps.size() > mostSteps || (steps.size() > 1 && audioInBytes() > mostAudioBytes))
        steps.erase (steps.begin());

    position = steps.size();
    return redoable;
}

/** Returns true if a step goes on with the last one: from preset to preset or from kernel to kernel, quickly, and
    nothing has been undone. */
bool UndoHistory::joinsLast (const Step& step) const
{
    if (position == 0 || canRedo() || ! step.stepping || ! steps.back().stepping)
        return false;

    const auto &now = *step.stepping, &before = *steps.back().stepping;
    return now.through == before.through && now.at - before.at < steppingTime;
}

DocumentSlots UndoHistory::undo (const DocumentSlots& present, std::optional<size_t> locked)
{
    if (! canUndo())
        return present;

    const auto& step = steps[--position];
    return moved (present, step.after, step.before, step.isByHand ? std::nullopt : locked);
}

DocumentSlots UndoHistory::redo (const DocumentSlots& present, std::optional<size_t> locked)
{
    if (! canRedo())
        return present;

    const auto& step = steps[position++];
    return moved (present, step.before, step.after, step.isByHand ? std::nullopt : locked);
}

std::vector<std::string> UndoHistory::names() const
{
    std::vector<std::string> result;

    for (const auto& step : steps)
        result.push_back (step.name);

    return result;
}

DocumentSlots UndoHistory::goTo (size_t numSteps, DocumentSlots present, std::optional<size_t> locked)
{
    while (position > numSteps)
        present = undo (present, locked);

    while (position < std::min (numSteps, steps.size()))
        present = redo (present, locked);

    return present;
}

size_t UndoHistory::audioInBytes() const
{
    std::set<const LoadedKernel*> kernels;

    for (const auto& step : steps)
        for (const auto* slots : { &step.before, &step.after })
            for (const auto* kernel :
                 { slots->present.kernel.get(), slots->other ? slots->other->kernel.get() : nullptr,
                   slots->preset.value ? slots->preset.value->kernel.get() : nullptr })
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

bool UndoHistory::dropEmptySteps()
{
    const auto isEmpty = [] (const Step& step) { return step.before == step.after; };
    const auto done = steps.begin() + static_cast<std::ptrdiff_t> (position);
    position -= static_cast<size_t> (std::count_if (steps.begin(), done, isEmpty));
    return std::erase_if (steps, isEmpty) > 0;
}

bool UndoHistory::replaceKernel (const KernelPointer& former, const KernelPointer& found)
{
    for (auto& step : steps)
    {
        step.before.replaceKernel (former, found);
        step.after.replaceKernel (former, found);
    }

    return dropEmptySteps();
}

void UndoHistory::replaceKernel (const KernelPointer& former, const KernelEntry& before)
{
    for (auto& step : steps)
    {
        const bool endedWithIt = step.after.present.kernel == former;
        step.before.replaceKernel (former, before);
        step.after.replaceKernel (former, before);

        // Of kernels that were stepped through quickly, the one before it is what the step leads to.
        if (endedWithIt && step.stepping && step.stepping->through == Stepping::Through::kernels)
            step.name = nameOf ("Load", before.kernel);
    }

    dropEmptySteps();
}

bool UndoHistory::wasPassedOver (const KernelPointer& kernel) const
{
    for (size_t n = 0; n + 1 < position; ++n)
    {
        if (steps[n].before.present.kernel != kernel && steps[n].after.present.kernel == kernel)
        {
            const auto& next = steps[n + 1].after; // which may hold it in its other slot
            return next.present.kernel != kernel && ! (next.other && next.other->kernel == kernel);
        }
    }

    return false;
}

void UndoHistory::withdraw (const KernelPointer& kernel)
{
    std::optional<DocumentState> before; // what the kernel would have followed

    for (auto& step : steps)
    {
        auto &from = step.before.present, &to = step.after.present;

        if (! before && from.kernel != kernel && to.kernel == kernel)
            before = from;

        for (auto* state : { &from, &to })
        {
            if (before && state->kernel == kernel)
            {
                state->kernel = before->kernel;
                state->edits = before->edits;
            }
        }
    }

    dropEmptySteps();
}

void UndoHistory::putBack (std::vector<Step> redoable)
{
    if (position == steps.size())
        steps.insert (steps.end(), std::make_move_iterator (redoable.begin()),
                      std::make_move_iterator (redoable.end()));
}

} // namespace faltwerk
