#pragma once

namespace faltwerk
{

/** The levels of the signal path, as linear gains. */
struct EngineControls
{
    float gain = 1.0f; // before the convolution and the dry path
    float wet = 1.0f;  // of the convolution's output
    float dry = 0.0f;  // of the input beside it
    float out = 1.0f;  // of the sum
    bool bypassed = false;
};

} // namespace faltwerk
