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

LoadedKernelPointer withFallback (const LoadedKernel& kernel, KernelEntry fallback)
{
    auto result = std::make_shared<LoadedKernel> (kernel);
    result->fallback = std::make_shared<const KernelEntry> (std::move (fallback));
    return result;
}

bool isSameKernel (const LoadedKernelPointer& a, const LoadedKernelPointer& b)
{
    if (a == b || a == nullptr || b == nullptr)
        return a == b;

    // Recipes are compared, not the audio: it may differ in bits between processors.
    if (a->origin.recipe || b->origin.recipe)
        return a->origin.recipe == b->origin.recipe && a->name == b->name
               && a->origin.factoryName == b->origin.factoryName;

    if (a->name != b->name || a->origin.path != b->origin.path || a->origin.channels != b->origin.channels
        || a->origin.hasParts != b->origin.hasParts || a->origin.otherFiles != b->origin.otherFiles)
        return false;

    if (a->isOnItsWay() && b->isOnItsWay())
        return a->maker == b->maker;

    return ! a->hash.empty() && a->hash == b->hash && a->routing == b->routing
           && a->numRoutedMatrixInputs == b->numRoutedMatrixInputs;
}

void DocumentSlots::replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found)
{
    if (current.source == former)
        current.source = found;

    if (other && other->source == former)
        other->source = found;

    if (preset.value && preset.value->source == former)
        preset.value->source = found;
}

void DocumentSlots::replaceKernel (const LoadedKernelPointer& former, const KernelEntry& before)
{
    const auto replace = [&] (DocumentState& state)
    {
        if (state.source == former)
        {
            state.source = before.source;
            state.edits = before.edits;
        }
    };

    replace (current);

    if (other)
        replace (*other);

    if (preset.value)
        replace (*preset.value);
}

bool DocumentSlots::operator== (const DocumentSlots& slots) const
{
    return current == slots.current && other == slots.other && isB == slots.isB;
}

bool operator== (const DocumentState& a, const DocumentState& b)
{
    return isSameKernel (a.source, b.source) && a.edits == b.edits && a.parameters == b.parameters;
}

} // namespace faltwerk
