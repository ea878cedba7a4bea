#pragma once

#include "Kernel/Measuring/Quality/LoopEcho.h"

namespace faltwerk
{

/** Finds a copy of a whole response within its own ringing: a recorder that plays its input back adds g h (t - D) to a
    response h (t). Then the cepstrum exceeds the median around D by g / 2, and what rings after the first sound
    correlates with itself D later by the same g. Reflections and flutter of a room show one of the two: none of 40
    rooms, halls, plates, springs and cabinets shows both within 25 %. Looks for D from 6 ms to 1 s. Finds g of 0.15 and
    more in any room, and of half that in many. [not audio]
    @param arrival, end  the samples of the first sound and behind the last
    @param low, high  Hz, of the band that the response has */
LoopEcho findRingingLoop (const CircularResponse&,
                          long long arrival,
                          long long end,
                          double sampleRate,
                          double low,
                          double high);

} // namespace faltwerk
