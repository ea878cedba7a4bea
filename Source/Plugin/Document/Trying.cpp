#include "Plugin/Document/Trying.h"

#include <utility>

namespace faltwerk
{

void Trying::begin (const DocumentSlots& now)
{
    if (! former)
        former = now;
}

std::optional<UndoHistory::Step> Trying::keep (const DocumentSlots& now)
{
    if (! former)
        return {};

    const auto from = *std::exchange (former, std::nullopt);

    if (isSameKernel (from.current.source, now.current.source))
        return {};

    auto to = now;
    to.current.parameters = from.current.parameters; // automation of them is no part of the step
    return UndoHistory::Step { UndoHistory::nameOf ("Load", to.current.source), from, to, false };
}

std::optional<DocumentSlots> Trying::discard (const DocumentSlots& now)
{
    if (! former)
        return {};

    auto result = now;
    const auto from = *std::exchange (former, std::nullopt);
    result.current.source = from.current.source;
    result.current.edits = from.current.edits;
    return result;
}

void Trying::replaceKernel (const LoadedKernelPointer& wanted, const LoadedKernelPointer& found)
{
    if (former)
        former->replaceKernel (wanted, found);
}

void Trying::replaceKernel (const LoadedKernelPointer& wanted, const KernelEntry& before)
{
    if (former)
        former->replaceKernel (wanted, before);
}

} // namespace faltwerk
