// What a session keeps of a document, and how it is taken over.

#include "Plugin/Document/Document.h"
#include "Plugin/Document/SlotTranslation.h"

#include <utility>

namespace faltwerk
{

/** Returns a slot for a session, with what comes back if its kernel fails. A kernel that only a function in this
    process can make is left out for what was before. */
PluginState::Slot Document::savedSlot (const DocumentState& state) const
{
    auto slot = slotOf (parameters, state);
    std::vector<KernelEntry> entries { { state.kernel, state.edits } };

    while (entries.back().kernel != nullptr && entries.back().kernel->isOnItsWay()
           && entries.back().kernel->fallback != nullptr)
        entries.push_back (*entries.back().kernel->fallback);

    std::vector<KernelEntry> saved;

    for (auto& [kernel, edits] : entries)
    {
        if (kernel == nullptr || kernel->source == nullptr)
        {
            saved.push_back ({ kernel, edits });
        }
        else if (const auto made = kernel->source->known())
        {
            KernelOrigin origin = *kernel;
            origin.isOnlyInSessions = true;
            auto document = std::make_shared<LoadedKernel> (*makeLoadedKernel (made, origin));
            document->name = kernel->name;
            saved.push_back ({ std::move (document), edits });
        }
    }

    slot.kernel = saved.empty() ? nullptr : saved.front().kernel;
    slot.edits = saved.empty() ? DocumentEdits() : saved.front().edits;

    // The last is there for sure: it stays, whatever is left out before it.
    for (size_t n = 1; n < saved.size(); ++n)
        if (n < PluginState::mostFallbacks || n + 1 == saved.size())
            slot.fallbacks.push_back (saved[n]);

    return slot;
}

PluginState Document::state() const
{
    const bool isChanged = differsFromPreset();
    std::unique_lock guard (lock);
    const auto now = slots();
    const auto sounding = kernels.present();
    const auto before = beforeTrying;
    PluginState state;
    state.isB = now.isB;
    state.options = instanceOptions;
    state.view = view;
    state.preset = preset.name;
    state.differsFromPreset = isChanged;
    guard.unlock(); // a kernel that was only just made is hashed and encoded here

    state.present = savedSlot (now.present);

    // What sounds until the kernel that was asked for is there.
    if (const auto& last =
            state.present.fallbacks.empty() ? state.present.kernel : state.present.fallbacks.back().kernel;
        sounding.kernel != nullptr && ! sounding.kernel->isOnItsWay() && ! isSameKernel (last, sounding.kernel))
        state.present.fallbacks.push_back (sounding);

    if (now.other)
        state.other = savedSlot (*now.other);

    if (before)
        state.beforeTrying = savedSlot (before->present);

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
    auto state = stateOf (parameters, session.present);
    parameters.set (state.parameters);

    const std::lock_guard guard (lock);
    steps.clear();
    beforeTrying.reset();
    other.reset();

    if (session.other)
    {
        other = stateOf (parameters, *session.other);
        other->kernel = withFallbacks (*session.other, other->kernel);
    }

    slotIsB = session.isB;
    instanceOptions = session.options;
    view = session.view;
    cutsTail.store (session.options.cutsTailOnBypass, std::memory_order_relaxed);
    preset = { session.preset, {} };

    // A host that undoes by way of the session asks for what there is, most of the time.
    KernelEntry entry { withFallbacks (session.present, state.kernel), state.edits };
    share (entry.kernel);

    if (other)
        share (other->kernel);

    ask (entry, requestFor (entry.kernel, ifNotHad (entry.kernel)));

    if (! session.differsFromPreset)
        preset.value = slots().present;

    if (session.beforeTrying)
    {
        const auto before = stateOf (parameters, *session.beforeTrying);
        beforeTrying = slots();
        beforeTrying->present.kernel = withFallbacks (*session.beforeTrying, before.kernel);
        beforeTrying->present.edits = before.edits;
    }
}

} // namespace faltwerk
