#pragma once

#include "Kernel/Analysis/Decay/OctaveBands.h"

#include <cstddef>

namespace faltwerk
{

/** Where a decay ends in noise, or with the kernel. */
struct NoiseFloor
{
    double power = 0.0;    // mean energy of a sample of the noise, or of the kernel's last tenth where there is none
    bool isNoise = false;  // whether the level has stopped falling before the kernel ends
    size_t crossing = 0;   // the sample at which the decay reaches the noise, or the kernel's end
    double fallRate = 0.0; // dB/s of the late decay; 0 if none was found
    double powerAtCrossing = 0.0; // of the decay alone
};

/** Finds the noise floor as A. Lundeby, T. E. Vigran, H. Bietz and M. Vorlaender describe it (Uncertainties of
    measurements in room acoustics, Acustica 81, 1995): the decay's line and the noise's level are estimated in turns,
    each from the samples that the other leaves to it, over intervals that suit the slope.

    Kernels that were cut or faded, or computed, have no noise: where the last part falls on as the decay does, what it
    holds is decay. @param end  the sample after the last that is not zero. [not audio] */
NoiseFloor findNoiseFloor (const EnergyOverTime&, size_t end);

} // namespace faltwerk
