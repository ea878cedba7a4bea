#pragma once

#include "Convolution/Signal/ToneBand.h"

namespace faltwerk
{

/** Settings of the signal path: levels as linear gains, tone, bypass. */
struct EngineControls
{
    float gain = 1.0f; // before the convolution and the dry path
    float wet = 1.0f;  // of the convolution's output
    float dry = 0.0f;  // of the input beside it
    float out = 1.0f;  // of the sum
    bool bypassed = false;
    bool cutsTailOnBypass = false; // false: the tail rings out
    ToneControls tone {};          // of the convolution's output
};

} // namespace faltwerk
