#pragma once

#include "Kernel/Analysis/PeakOutline.h"
#include "Kernel/Edits/Edits.h"

#include <vector>

namespace faltwerk
{

/** What the line over a waveform follows: a kernel as it was edited last. Times count from its kept beginning, behind
    the pre-delay. */
struct KernelOutline
{
    PeakOutline left, right;
    NodeCurve nodes { {} }; // that it was edited with
    double gainDb = 0.0;    // with which it is drawn
};

/** The line over a waveform that rides on the peaks of what sounds, and that the decay nodes bend: the level of the
    edited kernel without the nodes it was edited with, the present ones, and a little more so that it lies above. */
class EnvelopeLine
{
public:
    static constexpr double rideDb = 2.0;

    /** @param outline  outlives the line  @param begin  when the kept part begins, in s after the input
        @param nodes  the present ones */
    EnvelopeLine (const KernelOutline& outline, double begin, const std::vector<DecayNode>& nodes);

    /** Returns the level at a time after the input, in dB; without the nodes, where a node at 0 dB lies. */
    double levelDbAt (double seconds, bool ofRight = false) const noexcept;
    double restDbAt (double seconds, bool ofRight = false) const noexcept;

private:
    const KernelOutline& outline;
    const double begin;
    const NodeCurve curve;
};

} // namespace faltwerk
