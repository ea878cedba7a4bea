#include "Picture/EnvelopeLine.h"

namespace faltwerk
{

EnvelopeLine::EnvelopeLine (const KernelOutline& toFollow, double beginning, const std::vector<DecayNode>& nodes)
    : outline (toFollow)
    , begin (beginning)
    , curve (nodes)
{
}

double EnvelopeLine::restDbAt (double seconds, bool ofRight) const noexcept
{
    const double since = seconds - begin;
    return (ofRight ? outline.right : outline.left).levelDbAt (since) + outline.gainDb + rideDb
           - outline.nodes.gainDbAt (since);
}

double EnvelopeLine::levelDbAt (double seconds, bool ofRight) const noexcept
{
    return restDbAt (seconds, ofRight) + curve.gainDbAt (seconds - begin);
}

} // namespace faltwerk
