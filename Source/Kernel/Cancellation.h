#pragma once

#include <functional>

namespace faltwerk
{

/** Returns true once a result is no longer wanted; empty if it always is. Called on the thread that works. */
using IsCancelled = std::function<bool()>;

/** Thrown by throwIfCancelled(); caught in the function that was given the IsCancelled. */
struct Cancelled
{
};

/** Called by long work every few hundredths of a second. */
inline void throwIfCancelled (const IsCancelled& isCancelled)
{
    if (isCancelled != nullptr && isCancelled())
        throw Cancelled();
}

} // namespace faltwerk
