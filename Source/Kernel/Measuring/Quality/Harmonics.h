#pragma once

#include "Kernel/Measuring/RecordingDivision.h"

#include <limits>

namespace faltwerk
{

/** The energy of harmonic distortion above 600 Hz relative to a response's, in dB; -infinity if it is not known. */
struct Harmonics
{
    double secondInDb = -std::numeric_limits<double>::infinity();
    double thirdInDb = -std::numeric_limits<double>::infinity();
    bool standOut = false; // of the noise, which is included
};

/** Sums up the distortion of channels. Harmonic k stands L ln k before the first sound, and in a room rings as long as
    the room: it is looked for up to the next one, and the second half way to the sound. [not audio] */
class HarmonicSums
{
public:
    /** @param division  by an excitation whose law is known, or nothing is found
        @param arrival  the sample of the first sound
        @param noise  mean power before it
        @param end  the sample behind the kernel's last */
    void add (const CircularResponse&,
              const RecordingDivision& division,
              long long arrival,
              double noise,
              long long end);

    Harmonics result() const;

private:
    double energies[2] = {}, noises[2] = {}, whole = 0.0;
};

} // namespace faltwerk
