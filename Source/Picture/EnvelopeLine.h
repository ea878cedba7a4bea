#pragma once

#include "Kernel/Analysis/Decay.h"
#include "Kernel/Analysis/PeakOutline.h"
#include "Kernel/EditTimeline.h"

#include <vector>

namespace faltwerk
{

/** What the line over a waveform follows of a kernel before its edits. */
struct KernelOutline
{
    PeakOutline left, right;
    DecaySlope slope;
};

/** The line over a waveform that rides on its peaks, as the edits leave them, and that the decay nodes bend: the level
    of the unedited kernel, the change of its decay, the nodes, and a little more so that it lies above. */
class EnvelopeLine
{
public:
    static constexpr double rideDb = 4.5;

    /** @param outline  outlives the line */
    EnvelopeLine (const KernelOutline& outline, const EditTimeline&, double decay, const std::vector<DecayNode>& nodes);

    /** The level at a time after the input, in dB; without the nodes, where a node at 0 dB lies. */
    double levelDbAt (double seconds, bool ofRight = false) const noexcept;
    double restDbAt (double seconds, bool ofRight = false) const noexcept;

private:
    const KernelOutline& outline;
    const EditTimeline timeline;
    const NodeCurve curve;
    double change; // dB/s since the onset
};

} // namespace faltwerk
