#pragma once

#include "Plugin/Parameters.h"
#include "Plugin/PluginState.h"

namespace faltwerk
{

/** A document's value as sessions and presets hold it: its parameters by identifier. [any, not audio] */
PluginState::Slot slotOf (const Parameters&, const DocumentState&);

/** The other way round. A parameter that is missing, or no number, has its default; one out of range its end.
    [any, not audio] */
DocumentState stateOf (const Parameters&, const PluginState::Slot&);

} // namespace faltwerk
