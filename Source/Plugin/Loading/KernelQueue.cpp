#include "Plugin/Loading/KernelQueue.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

const DocumentEdits& KernelQueue::editsFor (uint64_t request) const
{
    const auto found = std::find_if (expected.begin(), expected.end(),
                                     [request] (const Expected& each) { return each.request == request; });
    return found != expected.end() ? found->entry.edits : arrived.edits;
}

void KernelQueue::expect (uint64_t request, Entry entry, bool isStep)
{
    expected.push_back ({ request, std::move (entry), isStep });
}

KernelQueue::Answered KernelQueue::arrive (uint64_t request, KernelPointer kernel)
{
    arrived = { std::move (kernel), editsFor (request) };
    return forget (request);
}

KernelQueue::Answered KernelQueue::forget (uint64_t request)
{
    Answered answered;

    for (auto& each : expected)
    {
        if (each.request == request)
        {
            answered.kernel = std::move (each.entry.kernel);
            answered.isStep = each.isStep;
        }
        else if (each.request < request && each.isStep && each.entry.kernel != nullptr)
        {
            answered.overtaken.push_back (std::move (each.entry.kernel));
        }
    }

    std::erase_if (expected, [request] (const Expected& each) { return each.request <= request; });
    return answered;
}

void KernelQueue::replaceKernel (const KernelPointer& former, const KernelPointer& kernel)
{
    if (arrived.kernel == former)
        arrived.kernel = kernel;

    for (auto& each : expected)
        if (each.entry.kernel == former)
            each.entry.kernel = kernel;
}

} // namespace faltwerk
