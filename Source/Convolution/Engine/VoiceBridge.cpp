#include "Convolution/Engine/VoiceBridge.h"

#include "Convolution/Engine/KernelVoice.h"

namespace faltwerk
{

// Here, where the voices that are freed are complete types.
VoiceBridge::VoiceBridge() = default;
VoiceBridge::~VoiceBridge() = default;

} // namespace faltwerk
