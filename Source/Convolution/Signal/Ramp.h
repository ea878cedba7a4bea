#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace faltwerk
{

/** Returns the number of grid steps nearest to a time, at least 1. @param gridSize  frames of a step. [any] */
inline size_t stepsIn (double seconds, double sampleRate, size_t gridSize) noexcept
{
    return std::max<size_t> (static_cast<size_t> (std::lround (seconds * sampleRate / static_cast<double> (gridSize))),
                             1);
}

/** A gain that moves to its target in a straight line, in steps of a fixed grid of stream positions, so that the
    division of the stream into callbacks never changes it. [audio] */
class Ramp
{
public:
    /** @param length  number of grid steps from a new target to its arrival, at least 1 */
    explicit Ramp (size_t length = 1) noexcept
        : numSteps (std::max<size_t> (length, 1))
    {
    }

    /** Sets the target; the gain begins to move at the next grid step. */
    void setTarget (float newTarget) noexcept { wanted = newTarget; }

    /** Jumps to the target. */
    void jump() noexcept
    {
        begin = end = target = wanted;
        remaining = 0;
    }

    /** Moves on to the next grid step. */
    void advance() noexcept
    {
        if (wanted != target)
        {
            target = wanted;
            remaining = numSteps;
            increment = (target - end) / static_cast<float> (numSteps);
        }

        begin = end;

        if (remaining > 0)
            end = --remaining == 0 ? target : end + increment;
    }

    /** Returns true if the gain is constant in the current step. */
    bool isSteady() const noexcept { return begin == end; }

    /** Returns the gain at the beginning of the current step. */
    float value() const noexcept { return begin; }

    /** Returns the gain at the end of the current step. */
    float next() const noexcept { return end; }

    /** Returns the gain at a position 0..length of the current step, on a straight line through it. */
    float at (size_t position, size_t length) const noexcept
    {
        return begin + (end - begin) * (static_cast<float> (position) / static_cast<float> (length));
    }

private:
    size_t numSteps, remaining = 0;
    float begin = 0.0f, end = 0.0f, target = 0.0f, wanted = 0.0f, increment = 0.0f;
};

} // namespace faltwerk
