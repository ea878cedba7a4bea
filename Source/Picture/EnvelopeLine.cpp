#include "Picture/EnvelopeLine.h"

#include <algorithm>

namespace faltwerk
{

EnvelopeLine::EnvelopeLine (const KernelOutline& toFollow,
                            const EditTimeline& times,
                            double decay,
                            const std::vector<DecayNode>& nodes)
    : outline (toFollow)
    , timeline (times)
    , curve (nodes)
    , change (toFollow.slope.rate / times.stretch * (1.0 - 1.0 / decay))
{
}

double EnvelopeLine::restDbAt (double seconds, bool ofRight) const noexcept
{
    const double source = timeline.sourceOf (seconds);
    const double since = std::max (0.0, source - std::max (outline.slope.onset, timeline.keptFrom)) * timeline.stretch;
    return (ofRight ? outline.right : outline.left).levelDbAt (source) + rideDb + change * since;
}

double EnvelopeLine::levelDbAt (double seconds, bool ofRight) const noexcept
{
    return restDbAt (seconds, ofRight) + curve.gainDbAt (seconds - timeline.begin);
}

} // namespace faltwerk
