#include "Plugin/Document/DocumentState.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr double longestTime = 3600.0, largestGainDb = 120.0; // far beyond any kernel and any node

double timeOrZero (double seconds) { return std::isfinite (seconds) ? std::clamp (seconds, 0.0, longestTime) : 0.0; }

} // namespace

DocumentEdits DocumentEdits::sanitised() const
{
    DocumentEdits result;
    result.start = timeOrZero (start);
    result.fadeIn = timeOrZero (fadeIn);
    result.fadeOut = timeOrZero (fadeOut);

    if (end && std::isfinite (*end))
        result.end = timeOrZero (*end);

    for (const auto& node : nodes)
        if (std::isfinite (node.seconds) && std::isfinite (node.gainDb) && result.nodes.size() < mostNodes)
            result.nodes.push_back ({ std::clamp (node.seconds, -longestTime, longestTime),
                                      std::clamp (node.gainDb, -largestGainDb, largestGainDb) });

    const auto isEarlier = [] (const DecayNode& a, const DecayNode& b) { return a.seconds < b.seconds; };
    const auto isAsEarly = [] (const DecayNode& a, const DecayNode& b) { return ! (a.seconds < b.seconds); };
    std::stable_sort (result.nodes.begin(), result.nodes.end(), isEarlier);
    result.nodes.erase (std::unique (result.nodes.begin(), result.nodes.end(), isAsEarly), result.nodes.end());
    return result;
}

Edits DocumentEdits::with (Edits all) const
{
    all.start = start;
    all.end = end;
    all.fadeIn = fadeIn;
    all.fadeOut = fadeOut;
    all.nodes = nodes;
    return all;
}

std::shared_ptr<const LoadedKernel> withFallback (const LoadedKernel& kernel, KernelEntry fallback)
{
    auto result = std::make_shared<LoadedKernel> (kernel);
    result->fallback = std::make_shared<const KernelEntry> (std::move (fallback));
    return result;
}

bool isSameKernel (const std::shared_ptr<const LoadedKernel>& a, const std::shared_ptr<const LoadedKernel>& b)
{
    if (a == b || a == nullptr || b == nullptr)
        return a == b;

    // A recipe counts, not the bits that it gives here or elsewhere.
    if (a->recipe || b->recipe)
        return a->recipe == b->recipe && a->name == b->name && a->factoryName == b->factoryName;

    if (a->name != b->name || a->path != b->path || a->channels != b->channels || a->hasParts != b->hasParts
        || a->otherFiles != b->otherFiles)
        return false;

    if (a->isOnItsWay() && b->isOnItsWay())
        return a->source == b->source;

    return ! a->hash.empty() && a->hash == b->hash && a->routing == b->routing
           && a->numRoutedMatrixInputs == b->numRoutedMatrixInputs;
}

void DocumentSlots::replaceKernel (const std::shared_ptr<const LoadedKernel>& former,
                                   const std::shared_ptr<const LoadedKernel>& found)
{
    if (present.kernel == former)
        present.kernel = found;

    if (other && other->kernel == former)
        other->kernel = found;

    if (preset.value && preset.value->kernel == former)
        preset.value->kernel = found;
}

void DocumentSlots::replaceKernel (const std::shared_ptr<const LoadedKernel>& former, const KernelEntry& before)
{
    const auto replace = [&] (DocumentState& state)
    {
        if (state.kernel == former)
        {
            state.kernel = before.kernel;
            state.edits = before.edits;
        }
    };

    replace (present);

    if (other)
        replace (*other);

    if (preset.value)
        replace (*preset.value);
}

bool DocumentSlots::operator== (const DocumentSlots& slots) const
{
    return present == slots.present && other == slots.other && isB == slots.isB;
}

bool operator== (const DocumentState& a, const DocumentState& b)
{
    return isSameKernel (a.kernel, b.kernel) && a.edits == b.edits && a.parameters == b.parameters;
}

} // namespace faltwerk
