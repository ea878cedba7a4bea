#pragma once

#include "Kernel/Analysis/Figure.h"

#include <span>
#include <vector>

namespace faltwerk
{

/** How dense the echoes of a kernel's path are over time: 1 is as dense as Gaussian noise, 0 single echoes (J. S. Abel
    and P. Huang, A simple, robust measure of reverberation echo density, 121st AES convention, 2006): the share of
    samples beyond one standard deviation in a window of 20 ms, over that of noise, erfc (1 / sqrt 2). */
struct EchoDensity
{
    double step = 0.0;          // s
    std::vector<float> density; // at each step; step n is the window around n * step
    Figure mixingTime;          // s: when the density first reaches 0.9
};

/** @param path  from the onset on  @param seconds  how far to look [not audio] */
EchoDensity measureEchoDensity (std::span<const float> path, double sampleRate, double seconds = 2.0);

} // namespace faltwerk
