#include "Plugin/Document/UndoHistory.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace faltwerk
{

namespace
{

/** Applies the differences between two documents to a third, except for one parameter. */
DocumentSlots moved (DocumentSlots slots,
                     const DocumentSlots& from,
                     const DocumentSlots& to,
                     std::optional<size_t> untouched)
{
    if (! isSameKernel (from.current.source, to.current.source))
        slots.current.source = to.current.source;

    if (from.current.edits != to.current.edits)
        slots.current.edits = to.current.edits;

    for (size_t n = 0; n < Parameters::count; ++n)
        if (from.current.parameters[n] != to.current.parameters[n] && n != untouched)
            slots.current.parameters[n] = to.current.parameters[n];

    if (from.other != to.other)
        slots.other = to.other;

    if (from.isB != to.isB)
        slots.isB = to.isB;

    if (from.preset.name != to.preset.name || from.preset.value != to.preset.value)
        slots.preset = to.preset;

    return slots;
}

} // namespace

std::optional<std::pair<size_t, float>> UndoHistory::onlyValueOf (size_t step) const
{
    const auto &before = steps[step].before, &after = steps[step].after;
    std::optional<std::pair<size_t, float>> found;

    for (size_t n = 0; n < Parameters::count; ++n)
    {
        if (before.current.parameters[n] == after.current.parameters[n])
            continue;

        if (found)
            return {};

        found = { n, after.current.parameters[n] };
    }

    if (! found)
        return {};

    auto others = before;
    others.current.parameters = after.current.parameters;
    return others == after && before.preset.name == after.preset.name ? found : std::nullopt;
}

std::string UndoHistory::nameOf (const std::string& verb, const LoadedKernelPointer& kernel)
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

        dropEmptySteps(); // the joined step may end where it began
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

/** Returns true if a step joins the last one: both go through presets, or both through kernels, within steppingTime,
    and no step has been undone. */
bool UndoHistory::joinsLast (const Step& step) const
{
    if (position == 0 || canRedo() || ! step.stepping || ! steps.back().stepping)
        return false;

    const auto &now = *step.stepping, &before = *steps.back().stepping;
    return now.through == before.through && now.at - before.at < steppingTime;
}

DocumentSlots UndoHistory::undo (const DocumentSlots& slots, std::optional<size_t> locked)
{
    if (! canUndo())
        return slots;

    const auto& step = steps[--position];
    return moved (slots, step.after, step.before, step.isByHand ? std::nullopt : locked);
}

DocumentSlots UndoHistory::redo (const DocumentSlots& slots, std::optional<size_t> locked)
{
    if (! canRedo())
        return slots;

    const auto& step = steps[position++];
    return moved (slots, step.before, step.after, step.isByHand ? std::nullopt : locked);
}

std::vector<std::string> UndoHistory::names() const
{
    std::vector<std::string> result;

    for (const auto& step : steps)
        result.push_back (step.name);

    return result;
}

DocumentSlots UndoHistory::goTo (size_t numSteps, DocumentSlots slots, std::optional<size_t> locked)
{
    while (position > numSteps)
        slots = undo (slots, locked);

    while (position < std::min (numSteps, steps.size()))
        slots = redo (slots, locked);

    return slots;
}

size_t UndoHistory::audioInBytes() const
{
    std::set<const LoadedKernel*> kernels;

    for (const auto& step : steps)
        for (const auto* each : { &step.before, &step.after })
            for (const auto* kernel : { each->current.source.get(), each->other ? each->other->source.get() : nullptr,
                                        each->preset.value ? each->preset.value->source.get() : nullptr })
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

bool UndoHistory::replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found)
{
    for (auto& step : steps)
    {
        step.before.replaceKernel (former, found);
        step.after.replaceKernel (former, found);
    }

    return dropEmptySteps();
}

void UndoHistory::replaceKernel (const LoadedKernelPointer& former, const KernelEntry& before)
{
    for (auto& step : steps)
    {
        const bool endedWithIt = step.after.current.source == former;
        step.before.replaceKernel (former, before);
        step.after.replaceKernel (former, before);

        // A joined step now leads to the kernel before the failed one.
        if (endedWithIt && step.stepping && step.stepping->through == Stepping::Through::kernels)
            step.name = nameOf ("Load", before.source);
    }

    dropEmptySteps();
}

bool UndoHistory::wasPassedOver (const LoadedKernelPointer& kernel) const
{
    for (size_t n = 0; n + 1 < position; ++n)
    {
        if (steps[n].before.current.source != kernel && steps[n].after.current.source == kernel)
        {
            const auto& next = steps[n + 1].after; // its other slot may hold the kernel
            return next.current.source != kernel && ! (next.other && next.other->source == kernel);
        }
    }

    return false;
}

void UndoHistory::withdraw (const LoadedKernelPointer& kernel)
{
    std::optional<DocumentState> before; // the state before the kernel

    for (auto& step : steps)
    {
        auto &from = step.before.current, &to = step.after.current;

        if (! before && from.source != kernel && to.source == kernel)
            before = from;

        for (auto* state : { &from, &to })
        {
            if (before && state->source == kernel)
            {
                state->source = before->source;
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
