#include "Kernel/Measuring/Interruption.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

Interruption findInterruption (std::span<const float> recording,
                               const RecordingDivision& division,
                               const MeasuredResponse& channel,
                               const Sweep& law)
{
    const double rate = division.excitation().sampleRate, arrival = static_cast<double> (channel.arrival) / rate;
    Interruption found;
    found.silence = findDropout (recording, rate, law, arrival);

    // Before the first sound, as far as the second harmonic.
    const double before = std::min (0.8 * division.aheadOfHarmonic (2) / rate, 1.0);
    const ArrivalStepRange range { std::max (law.from, 30.0), division.excitation().high, before, 0.6,
                                   law.growthTime() };

    if (const auto step = findArrivalStep (channel.response, channel.arrival, rate, range))
    {
        found.shift = step.seconds;
        found.shiftAt = arrival + step.begin + law.timeOf (step.frequency);
    }

    const auto jump = findJump (recording, rate, law, channel.arrival);

    if (! found.silence && found.shift == 0.0)
        found.jump = jump;
    else if (jump && std::abs (jump.seconds - found.shiftAt) < 0.5 * law.growthTime())
        found.shiftAt = jump.seconds;

    return found;
}

} // namespace faltwerk
