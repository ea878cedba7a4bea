#pragma once

#include "Plugin/Parameters/Parameters.h"
#include "Plugin/State/PluginState.h"

namespace faltwerk
{

/** Returns a document's value as sessions and presets hold it: its parameters by identifier. [not audio] */
PluginState::Saved savedOf (const Parameters&, const DocumentState&);

/** Returns the value of a document that a session or preset holds. A parameter that is missing, or no number, has its
    default; one out of range its end, one between two steps the nearer. [not audio] */
DocumentState stateOf (const Parameters&, const PluginState::Saved&);

/** Returns a slot's kernel, which names what comes back if it fails: the slot's fallbacks, one for the other. Leaves a
    kernel alone that is not on its way, or that names its own. [not audio] */
LoadedKernelPointer withFallbacks (const PluginState::Saved&, LoadedKernelPointer);

} // namespace faltwerk
