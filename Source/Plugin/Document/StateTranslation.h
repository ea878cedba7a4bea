#pragma once

#include "Plugin/Parameters/Parameters.h"
#include "Plugin/State/PluginState.h"

namespace faltwerk
{

/** Returns a document's state as sessions and presets keep it: parameters by identifier. [not audio] */
PluginState::Saved savedOf (const Parameters&, const DocumentState&);

/** Returns the document's state that a session or preset keeps. A parameter that is missing or not finite gets its
    default; other values are limited to the range and rounded to its steps. [not audio] */
DocumentState stateOf (const Parameters&, const PluginState::Saved&);

/** Returns a kernel that names the saved fallbacks, each as the fallback of the one before it. Returns the kernel
    unchanged if it is not on its way or has a fallback. [not audio] */
LoadedKernelPointer withFallbacks (const PluginState::Saved&, LoadedKernelPointer);

} // namespace faltwerk
