#pragma once

#include "Convolution/Ramp.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** A Ramp without corners: the mean of a straight line's last values, as many as the line has steps. A step from one
    value to another becomes two parabolas, over twice the line's length. Arrives exactly. [audio] */
class SmoothRamp
{
public:
    /** Allocates. @param length  steps of the grid from a new target to its arrival, an even number. */
    explicit SmoothRamp (size_t length = 2)
        : line (std::max<size_t> (length / 2, 1))
        , last (std::max<size_t> (length / 2, 1))
    {
    }

    /** As those of Ramp. */
    void setTarget (float newTarget) noexcept { line.setTarget (newTarget); }
    bool isSteady() const noexcept { return numMoving == 0; }
    float value() const noexcept { return begin; }
    float next() const noexcept { return end; }

    void jump() noexcept
    {
        line.jump();
        begin = end = line.value();
        std::fill (last.begin(), last.end(), end);
        numMoving = 0;
    }

    void advance() noexcept
    {
        begin = end;
        line.advance();

        if (! line.isSteady())
            numMoving = last.size() + 1;

        if (numMoving == 0 || --numMoving == 0)
            return;

        last[oldest] = line.next();
        oldest = (oldest + 1) % last.size();
        double sum = 0.0; // of equal values exactly their multiple

        for (const float each : last)
            sum += static_cast<double> (each);

        end = static_cast<float> (sum / static_cast<double> (last.size()));
    }

private:
    Ramp line;
    std::vector<float> last;
    size_t oldest = 0, numMoving = 0; // steps until the mean is steady
    float begin = 0.0f, end = 0.0f;
};

} // namespace faltwerk
