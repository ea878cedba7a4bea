#pragma once

#include "Kernel/Edits/Edits.h"

#include <algorithm>

namespace faltwerk
{

/** Maps times between the unedited and the edited kernel, in seconds. A *source time* is a time in the unedited kernel;
    a
    *time* is one in the edited kernel, where 0 is the moment of the input. The kept part begins at the pre-delay.
    Trimmed parts have times before and after it, which may be negative. */
struct EditTimeline
{
    EditTimeline() = default;

    /** @param sourceLength  of the unedited kernel, in s */
    EditTimeline (const Edits& edits, double sourceLength)
        : stretch (edits.stretch)
        , length (sourceLength)
        , keptFrom (std::clamp (edits.start, 0.0, sourceLength))
        , keptTo (std::clamp (edits.end.value_or (sourceLength), keptFrom, sourceLength))
        , backwards (edits.reverse)
        , begin (edits.preDelay)
    {
    }

    double stretch = 1.0, length = 0.0;
    double keptFrom = 0.0, keptTo = 0.0; // source times
    bool backwards = false;
    double begin = 0.0; // time of the beginning of the kept part: the pre-delay

    /** Returns the source time at which the kept part begins to sound. */
    double firstKept() const noexcept { return backwards ? keptTo : keptFrom; }

    double timeOf (double source) const noexcept
    {
        return begin + (backwards ? keptTo - source : source - keptFrom) * stretch;
    }

    double sourceOf (double time) const noexcept
    {
        const double since = (time - begin) / stretch;
        return backwards ? keptTo - since : keptFrom + since;
    }

    /** Return the duration of the kept part, and the time of its end. */
    double keptLength() const noexcept { return (keptTo - keptFrom) * stretch; }
    double end() const noexcept { return begin + keptLength(); }

    /** Return the times at which the source with its trimmed parts would begin and end. */
    double sourceBegin() const noexcept { return timeOf (backwards ? length : 0.0); }
    double sourceEnd() const noexcept { return timeOf (backwards ? 0.0 : length); }
};

} // namespace faltwerk
