// What a session keeps of a document, and how it is taken over.

#include "Plugin/Document/Document.h"
#include "Plugin/Document/StateTranslation.h"

#include <utility>

namespace faltwerk
{

/** Returns a slot for a session, with what comes back if its kernel fails. A kernel that only a function in this
    process can make is left out for what was before. */
PluginState::Saved Document::saved (const DocumentState& state) const
{
    auto result = savedOf (parameters, state);
    std::vector<KernelEntry> entries { { state.source, state.edits } };

    while (entries.back().source != nullptr && entries.back().source->isOnItsWay()
           && entries.back().source->fallback != nullptr)
        entries.push_back (*entries.back().source->fallback);

    std::vector<KernelEntry> kept;

    for (auto& [source, edits] : entries)
    {
        if (source == nullptr || source->maker == nullptr)
        {
            kept.push_back ({ source, edits });
        }
        else if (const auto made = source->maker->known())
        {
            auto origin = source->origin;
            origin.isOnlyInSessions = true;
            auto named = std::make_shared<LoadedKernel> (*makeLoadedKernel (made, origin));
            named->name = source->name;
            kept.push_back ({ std::move (named), edits });
        }
    }

    result.source = kept.empty() ? nullptr : kept.front().source;
    result.edits = kept.empty() ? DocumentEdits() : kept.front().edits;

    // The last is there for sure: it stays, whatever is left out before it.
    for (size_t n = 1; n < kept.size(); ++n)
        if (n < PluginState::mostFallbacks || n + 1 == kept.size())
            result.fallbacks.push_back (kept[n]);

    return result;
}

PluginState Document::state() const
{
    const bool isChanged = differsFromPreset();
    std::unique_lock guard (lock);
    const auto now = slots();
    const auto loaded = kernels.loaded();
    const auto before = beforeTrying;
    PluginState state;
    state.isB = now.isB;
    state.options = instanceOptions;
    state.view = view;
    state.preset = preset.name;
    state.differsFromPreset = isChanged;
    guard.unlock(); // a kernel that was only just made is hashed and encoded here

    state.current = saved (now.current);

    // What sounds until the kernel that was asked for is there.
    if (const auto& last =
            state.current.fallbacks.empty() ? state.current.source : state.current.fallbacks.back().source;
        loaded.source != nullptr && ! loaded.source->isOnItsWay() && ! isSameKernel (last, loaded.source))
        state.current.fallbacks.push_back (loaded);

    if (now.other)
        state.other = saved (*now.other);

    if (before)
        state.beforeTrying = saved (before->current);

    return state;
}

PluginState Document::presetState() const
{
    auto result = state();
    result.other.reset();
    result.beforeTrying.reset();
    result.isB = false;
    result.view = {};
    result.preset.clear();
    result.differsFromPreset = false;
    return result;
}

void Document::restore (const PluginState& session)
{
    finder->cancel (this);
    const KernelLoader::Hold hold (kernelLoader);
    auto state = stateOf (parameters, session.current);
    parameters.set (state.parameters);

    const std::lock_guard guard (lock);
    steps.clear();
    beforeTrying.reset();
    other.reset();

    if (session.other)
    {
        other = stateOf (parameters, *session.other);
        other->source = withFallbacks (*session.other, other->source);
    }

    slotIsB = session.isB;
    instanceOptions = session.options;
    view = session.view;
    cutsTail.store (session.options.cutsTailOnBypass, std::memory_order_relaxed);
    preset = { session.preset, {} };

    // A host that undoes by way of the session asks for what there is, most of the time.
    KernelEntry entry { withFallbacks (session.current, state.source), state.edits };
    share (entry.source);

    if (other)
        share (other->source);

    ask (entry, requestFor (entry.source, ifNotHad (entry.source)));

    if (! session.differsFromPreset)
        preset.value = slots().current;

    if (session.beforeTrying)
    {
        const auto before = stateOf (parameters, *session.beforeTrying);
        beforeTrying = slots();
        beforeTrying->current.source = withFallbacks (*session.beforeTrying, before.source);
        beforeTrying->current.edits = before.edits;
    }
}

} // namespace faltwerk
