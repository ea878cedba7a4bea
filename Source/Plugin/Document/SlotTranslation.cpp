#include "Plugin/Document/SlotTranslation.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

PluginState::Slot slotOf (const Parameters& parameters, const DocumentState& state)
{
    PluginState::Slot slot;

    for (size_t index = 0; index < Parameters::count; ++index)
        slot.parameters.emplace_back (parameters[index].paramID, state.parameters[index]);

    slot.edits = state.edits;
    slot.kernel = state.kernel;
    return slot;
}

DocumentState stateOf (const Parameters& parameters, const PluginState::Slot& slot)
{
    DocumentState state;
    state.kernel = slot.kernel;
    state.edits = slot.edits;
    state.parameters = parameters.defaults();

    for (const auto& [id, value] : slot.parameters)
    {
        if (const auto index = parameters.find (id); index && std::isfinite (value))
        {
            const auto& range = parameters[*index].getNormalisableRange();
            state.parameters[*index] = range.snapToLegalValue (std::clamp (value, range.start, range.end));
        }
    }

    return state;
}

std::shared_ptr<const LoadedKernel> withFallbacks (const PluginState::Slot& slot,
                                                   std::shared_ptr<const LoadedKernel> kernel)
{
    if (kernel == nullptr || ! kernel->isOnItsWay() || kernel->fallback != nullptr || slot.fallbacks.empty())
        return kernel;

    auto fallback = slot.fallbacks.back();

    for (size_t n = slot.fallbacks.size() - 1; n-- > 0;)
    {
        auto next = slot.fallbacks[n];

        if (next.kernel != nullptr && next.kernel->isOnItsWay())
            next.kernel = withFallback (*next.kernel, fallback);

        fallback = std::move (next);
    }

    return withFallback (*kernel, fallback);
}

} // namespace faltwerk
