#pragma once

#include "Kernel/Edits/Normalisation.h"
#include "Kernel/Kernel.h"

#include <optional>
#include <vector>

namespace faltwerk
{

/** A point of the decay envelope. */
struct DecayNode
{
    double seconds = 0.0; // after the start of the kernel, as stretched; below 0 in what was trimmed
    double gainDb = 0.0;  // after normalisation

    bool operator== (const DecayNode&) const = default;
};

/** Changes of a kernel, in the order in which they are made. A value: undoing an edit is taking the value before it.
    Times are in seconds, and a kernel without a sample rate counts as one at 48 kHz. */
struct Edits
{
    double start = 0.0;        // of what is kept of the source
    std::optional<double> end; // the source's own if there is none

    bool reverse = false;
    double stretch = 1.0; // the kernel's length over its own, 0.25..4: pitch and time together, level kept in band

    double attack = 0.0;          // s, until the kernel is at full level
    double decay = 1.0;           // the decay time over the kernel's own, 0.1..2
    std::vector<DecayNode> nodes; // a curve of gain through these, level beyond them; with growing times
    double fadeIn = 0.0, fadeOut = 0.0;

    double width = 1.0;   // 0: both outputs the same; 1: as it is; 2: twice the difference
    double damping = 0.0; // 0..1: shortens the decay above 2 kHz, down to a tenth of the kernel's

    double gainDb = 0.0; // after normalisation
    Normalise normalise = Normalise::off;
    double preDelay = 0.0; // silence before the kernel

    bool operator== (const Edits&) const = default;
};

/** The result of edits. */
struct EditResult
{
    Kernel kernel;
    double normalisingGain = 1.0; // the linear gain that normalisation has applied to it, beside that of the edits
};

/** Returns the kernel after edits, at its own sample rate. Fails, naming the kernel, if nothing is left of it or if it
    grows too long. Edits that are at rest leave every sample as it is; trims, a reversal, a pre-delay and a gain are
    exact. [not audio] */
Outcome<EditResult> edited (const Kernel&, const Edits&);

/** The gain of the decay envelope's nodes at some time, in dB: a monotone cubic between nodes (F. N. Fritsch and R. E.
    Carlson, Monotone piecewise cubic interpolation, SIAM J. Numer. Anal. 17, 1980), which never overshoots one. */
class NodeCurve
{
public:
    explicit NodeCurve (std::vector<DecayNode>);

    double gainDbAt (double seconds) const noexcept;

private:
    std::vector<DecayNode> nodes;
    std::vector<double> slopes; // dB/s at each node
};

} // namespace faltwerk
