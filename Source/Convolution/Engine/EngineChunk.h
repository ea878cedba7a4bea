#pragma once

#include "Convolution/Signal/EngineMeters.h"

#include <array>
#include <cstddef>

namespace faltwerk
{

/** The largest number of frames that an engine processes at once, and a buffer of that size for all channels. */
constexpr size_t largestEngineChunk = 256;
using EngineChunk = std::array<std::array<float, largestEngineChunk>, EngineMeters::maxChannels>;

} // namespace faltwerk
