#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace faltwerk
{

/** How many steps of a grid come nearest to a time: one at least. */
inline size_t stepsIn (double seconds, double sampleRate, size_t gridSize) noexcept
{
    return std::max<size_t> (static_cast<size_t> (std::lround (seconds * sampleRate / static_cast<double> (gridSize))),
                             1);
}

/** A gain that moves to its target in a straight line, in steps of a fixed grid of stream time, so that the way the
    stream is cut into callbacks never changes it. [audio] */
class Ramp
{
public:
    /** @param length  steps of the grid from a new target to its arrival. */
    explicit Ramp (size_t length = 1) noexcept
        : numSteps (std::max<size_t> (length, 1))
    {
    }

    /** Moves from the next step of the grid on. */
    void setTarget (float newTarget) noexcept { wanted = newTarget; }

    /** Arrives at once. */
    void jump() noexcept
    {
        begin = end = target = wanted;
        remaining = 0;
    }

    /** Goes on to the next step: see at(). */
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

    /** Whether the gain is the same all through the present step, and that gain. */
    bool isSteady() const noexcept { return begin == end; }
    float value() const noexcept { return begin; }

    /** The gain at the end of the present step, where the next begins. */
    float next() const noexcept { return end; }

    /** The gain at a position 0..length of the present step, on a straight line through it. */
    float at (size_t position, size_t length) const noexcept
    {
        return begin + (end - begin) * (static_cast<float> (position) / static_cast<float> (length));
    }

private:
    size_t numSteps, remaining = 0;
    float begin = 0.0f, end = 0.0f, target = 0.0f, wanted = 0.0f, increment = 0.0f;
};

} // namespace faltwerk
