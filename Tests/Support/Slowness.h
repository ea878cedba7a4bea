#pragma once

namespace faltwerk::test
{

/** How many times longer this machine takes just now than the one for which limits of time are written in tests; at
    least 1. A limit in seconds is multiplied by it, so that it holds on a slow or busy machine and still finds what has
    become slower.

    It is measured at every call, in about a tenth of a second, on work like that of edits and analysis: scalar sums,
    recursions and logarithms over some memory. So it knows of clock and load, but not of vectors, and little of caches
    and threads: limits need some room beside it. */
double slowness();

} // namespace faltwerk::test
