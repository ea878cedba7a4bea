#pragma once

#include "Convolution/Signal/Ramp.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** A Ramp without corners: the running mean of a straight line, over as many steps as the line has. A change of the
    target gives two parabolas over twice that length. The target is reached exactly. [audio] */
class SmoothRamp
{
public:
    /** Allocates. @param length  number of grid steps from a new target to its arrival, even. [not audio] */
    explicit SmoothRamp (size_t length = 2)
        : line (std::max<size_t> (length / 2, 1))
        , last (std::max<size_t> (length / 2, 1))
    {
    }

    /** These functions have the meaning that they have in Ramp. */
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
        double sum = 0.0; // exact for equal values

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
