#include "Plugin/Document/Session.h"

#include "Plugin/Document/StateTranslation.h"

#include <utility>

namespace faltwerk
{

Session::Session (Parameters& values, std::shared_ptr<Settings> userSettings)
    : parameters (values)
    , settings (std::move (userSettings))
    , document (parameters, settings)
{
}

// --- Saving and restoring --------------------------------------------------------------------------------------------

/** Returns a document's state for a session, with the fallbacks of its kernel. A kernel that only a function in this
    process can make, and has not made yet, is left out: the kernel before it takes its place. */
PluginState::Saved Session::saved (const DocumentState& state) const
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

    // The last one has been loaded: it stays, whatever is left out before it.
    for (size_t n = 1; n < kept.size(); ++n)
        if (n < PluginState::mostFallbacks || n + 1 == kept.size())
            result.fallbacks.push_back (kept[n]);

    return result;
}

PluginState Session::state() const
{
    PluginState result;

    {
        const std::lock_guard guard (lock);
        result.options = instanceOptions;
        result.view = view;
    }

    const auto now = document.snapshot();
    result.isB = now.slots.isB;
    result.preset = now.slots.preset.name;
    result.differsFromPreset = differsFromPreset (now.slots);
    result.current = saved (now.slots.current); // hashes and encodes a kernel that was only just made

    // What sounds until the requested kernel is loaded.
    if (const auto& last =
            result.current.fallbacks.empty() ? result.current.source : result.current.fallbacks.back().source;
        now.loaded.source != nullptr && ! now.loaded.source->isOnItsWay() && ! isSameKernel (last, now.loaded.source))
        result.current.fallbacks.push_back (now.loaded);

    if (now.slots.other)
        result.other = saved (*now.slots.other);

    if (now.beforeTrying)
        result.beforeTrying = saved (*now.beforeTrying);

    return result;
}

PluginState Session::presetState() const
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

void Session::restore (const PluginState& state)
{
    const auto stateWithFallbacks = [this] (const PluginState::Saved& saved)
    {
        auto result = stateOf (parameters, saved);
        result.source = withFallbacks (saved, result.source);
        return result;
    };

    DocumentSnapshot restored;
    restored.slots.current = stateWithFallbacks (state.current);

    if (state.other)
        restored.slots.other = stateWithFallbacks (*state.other);

    restored.slots.isB = state.isB;
    restored.slots.preset.name = state.preset;

    if (! state.differsFromPreset)
        restored.slots.preset.value = restored.slots.current;

    if (state.beforeTrying)
        restored.beforeTrying = stateWithFallbacks (*state.beforeTrying);

    document.restore (restored);
    setOptions (state.options);

    const std::lock_guard guard (lock);
    view = state.view;
}

// --- Presets ---------------------------------------------------------------------------------------------------------

void Session::applyPreset (const std::string& name, const PluginState& preset, Document::Choice choice)
{
    auto state = stateOf (parameters, preset.current);
    state.source = withFallbacks (preset.current, state.source);
    document.applyPreset (name, std::move (state), choice);
}

void Session::applyInitialPreset (Document::Choice choice)
{
    PluginState initial;
    initial.current.parameters.emplace_back ("normalise", static_cast<float> (settings->get().normalise));
    initial.current.source = defaultFactoryKernel();
    applyPreset (initialPreset, initial, choice);
}

bool Session::differsFromPreset (const DocumentSlots& slots) const
{
    const auto& preset = slots.preset;

    if (preset.name.empty() || ! preset.value)
        return ! preset.name.empty();

    auto now = slots.current;
    const auto bypass = static_cast<size_t> (parameters.bypass.getParameterIndex()); // no part of a preset
    now.parameters[bypass] = preset.value->parameters[bypass];
    return ! (now == *preset.value);
}

// --- Options and view ------------------------------------------------------------------------------------------------

InstanceOptions Session::options() const
{
    const std::lock_guard guard (lock);
    return instanceOptions;
}

void Session::setOptions (const InstanceOptions& options)
{
    const std::lock_guard guard (lock);
    instanceOptions = options;
    cutsTail.store (options.cutsTailOnBypass, std::memory_order_relaxed);
    document.lockMix (options.locksMix);
}

ViewState Session::viewState() const
{
    const std::lock_guard guard (lock);
    return view;
}

void Session::setViewState (const ViewState& wanted)
{
    const std::lock_guard guard (lock);
    view = wanted.sanitised();
}

} // namespace faltwerk
