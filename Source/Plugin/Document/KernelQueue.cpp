#include "Plugin/Document/KernelQueue.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

const DocumentEdits& KernelQueue::editsFor (uint64_t request) const
{
    const auto found = std::find_if (requested.begin(), requested.end(),
                                     [request] (const Request& each) { return each.number == request; });
    return found != requested.end() ? found->entry.edits : lastLoaded.edits;
}

void KernelQueue::add (uint64_t request, KernelEntry entry, bool isStep)
{
    requested.push_back ({ request, std::move (entry), isStep });
}

KernelQueue::Completed KernelQueue::complete (uint64_t request, LoadedKernelPointer kernel)
{
    lastLoaded = { std::move (kernel), editsFor (request) };
    return drop (request);
}

KernelQueue::Completed KernelQueue::drop (uint64_t request)
{
    Completed completed;

    for (auto& each : requested)
    {
        if (each.number == request)
        {
            completed.wanted = std::move (each.entry.source);
            completed.isStep = each.isStep;
        }
        else if (each.number < request && each.isStep && each.entry.source != nullptr)
        {
            completed.overtaken.push_back (std::move (each.entry.source));
        }
    }

    std::erase_if (requested, [request] (const Request& each) { return each.number <= request; });
    return completed;
}

void KernelQueue::replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& kernel)
{
    if (lastLoaded.source == former)
        lastLoaded.source = kernel;

    for (auto& each : requested)
        if (each.entry.source == former)
            each.entry.source = kernel;
}

} // namespace faltwerk
