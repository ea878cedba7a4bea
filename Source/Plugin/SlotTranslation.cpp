#include "Plugin/SlotTranslation.h"

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
            state.parameters[*index] = std::clamp (value, range.start, range.end);
        }
    }

    return state;
}

} // namespace faltwerk
