#pragma once

#include "Kernel/Edits.h"

#include <algorithm>

namespace faltwerk
{

/** Where the moments of a kernel lie before and after its edits: a source time, in seconds of the unedited kernel, has
    a time after the input that is answered. The kept part begins at the pre-delay; what was trimmed away lies beside
    it, also before time 0. */
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
    double begin = 0.0; // the time of the first kept moment: the pre-delay

    /** The source time of the first moment that sounds. */
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

    /** How long the kept part sounds, and when it ends. */
    double keptLength() const noexcept { return (keptTo - keptFrom) * stretch; }
    double end() const noexcept { return begin + keptLength(); }

    /** When the whole source, trimmed parts included, would begin and end. */
    double sourceBegin() const noexcept { return timeOf (backwards ? length : 0.0); }
    double sourceEnd() const noexcept { return timeOf (backwards ? 0.0 : length); }
};

} // namespace faltwerk
