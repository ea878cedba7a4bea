#pragma once

#include "Kernel/Measuring/Response.h"

namespace faltwerk
{

/** A later copy of the whole response. */
struct LoopEcho
{
    double seconds = 0.0; // after the first sound; 0 if there is none
    double levelDb = 0.0; // relative to it
};

/** Finds a copy of the first sound that stands alone behind it, at least 5 ms later: of the same shape, weaker, and 30
    dB above what is between both and around it. [not audio]
    @param end  the place where the recording ends */
LoopEcho findEcho (const CircularResponse& response, long long arrival, long long end, double sampleRate);

} // namespace faltwerk
