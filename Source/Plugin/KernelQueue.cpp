#include "Plugin/KernelQueue.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

namespace
{

auto isOf (uint64_t request)
{
    return [request] (const KernelQueue::Expected& each) { return each.request == request; };
}

} // namespace

const DocumentEdits& KernelQueue::editsFor (uint64_t request) const
{
    const auto found = std::find_if (expected.begin(), expected.end(), isOf (request));
    return found != expected.end() ? found->entry.edits : arrived.edits;
}

void KernelQueue::expect (uint64_t request, Entry entry, std::string step)
{
    expected.push_back ({ request, std::move (entry), std::move (step) });
}

KernelQueue::Expected KernelQueue::arrive (uint64_t request, KernelPointer kernel)
{
    auto asked = forget (request);
    arrived = { std::move (kernel), asked.entry.edits };
    return asked;
}

KernelQueue::Expected KernelQueue::forget (uint64_t request)
{
    const auto found = std::find_if (expected.begin(), expected.end(), isOf (request));
    jassert (found != expected.end());
    auto asked = std::move (*found);
    std::erase_if (expected, [request] (const Expected& each) { return each.request <= request; });
    return asked;
}

} // namespace faltwerk
