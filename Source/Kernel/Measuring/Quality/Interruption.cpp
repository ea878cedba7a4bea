#include "Kernel/Measuring/Quality/Interruption.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

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

    throwIfCancelled (division.isCancelled());

    // Before the first sound, as far as the second harmonic.
    const double before = std::min (0.8 * division.aheadOfHarmonic (2) / rate, 1.0);
    const ArrivalStepRange range { std::max (law.from, 30.0), division.excitation().high, before, 1.2,
                                   law.growthTime() };

    if (const auto step = findArrivalStep (channel.response, channel.arrival, rate, range, division.isCancelled()))
    {
        // Where a recording begins or ends within the sweep, the rest lies round the circle.
        const double place = arrival + step.begin + law.timeOf (step.frequency), edge = 0.05 * law.seconds;

        if (place > edge && place < static_cast<double> (recording.size()) / rate - edge)
        {
            found.shift = step.seconds;
            found.shiftAt = place;
        }
    }

    const auto jump = findJump (recording, rate, law, channel.arrival, division.isCancelled());

    if (! found.silence && found.shift == 0.0)
        found.jump = jump;
    else if (jump && std::abs (jump.seconds - found.shiftAt) < 0.5 * law.growthTime())
        found.shiftAt = jump.seconds;

    return found;
}

std::string inWords (const Interruption& interruption)
{
    char text[240] = {};
    const auto& [silence, shift, shiftAt, jump] = interruption;

    if (silence)
        std::snprintf (text, sizeof text,
                       "the recording is silent for %.1f ms from %.2f s on, while the sweep sounds: samples were lost, "
                       "or a noise gate closed. Record it again, without a gate and with a larger buffer.",
                       1000.0 * silence.seconds, silence.begin);
    else if (shift != 0.0)
        std::snprintf (text, sizeof text,
                       "from about %.1f s on, the sweep comes %.1f ms %s there. Record it again, with a larger buffer.",
                       shiftAt, 1000.0 * std::abs (shift),
                       shift < 0.0 ? "early: samples were lost" : "late: samples were repeated or put in");
    else if (jump)
        std::snprintf (text, sizeof text,
                       "the recording jumps at %.2f s: samples were lost or repeated, or something clicked. Record it "
                       "again, in silence and with a larger buffer.",
                       jump.seconds);

    return text;
}

} // namespace faltwerk
