#include "Plugin/Document/StateTranslation.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

PluginState::Saved savedOf (const Parameters& parameters, const DocumentState& state)
{
    PluginState::Saved saved;

    for (size_t index = 0; index < Parameters::count; ++index)
        saved.parameters.emplace_back (parameters[index].paramID, state.parameters[index]);

    saved.edits = state.edits;
    saved.source = state.source;
    return saved;
}

DocumentState stateOf (const Parameters& parameters, const PluginState::Saved& saved)
{
    DocumentState state;
    state.source = saved.source;
    state.edits = saved.edits;
    state.parameters = parameters.defaults();

    for (const auto& [id, value] : saved.parameters)
    {
        if (const auto index = parameters.find (id); index && std::isfinite (value))
        {
            const auto& range = parameters[*index].getNormalisableRange();
            state.parameters[*index] = range.snapToLegalValue (std::clamp (value, range.start, range.end));
        }
    }

    return state;
}

LoadedKernelPointer withFallbacks (const PluginState::Saved& saved, LoadedKernelPointer kernel)
{
    if (kernel == nullptr || ! kernel->isOnItsWay() || kernel->fallback != nullptr || saved.fallbacks.empty())
        return kernel;

    auto fallback = saved.fallbacks.back();

    for (size_t n = saved.fallbacks.size() - 1; n-- > 0;)
    {
        auto next = saved.fallbacks[n];

        if (next.source != nullptr && next.source->isOnItsWay())
            next.source = withFallback (*next.source, fallback);

        fallback = std::move (next);
    }

    return withFallback (*kernel, fallback);
}

} // namespace faltwerk
