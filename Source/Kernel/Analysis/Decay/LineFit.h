#pragma once

#include <cstddef>

namespace faltwerk
{

/** A line y = offset + slope x. */
struct Line
{
    double offset = 0.0, slope = 0.0;
    double quality = 0.0; // r^2, the square of the correlation: 1 if all points lie on the line
};

/** A line through points by least squares. */
class LineFit
{
public:
    void add (double x, double y) noexcept
    {
        // About the first point, so that no digits are lost.
        if (count++ == 0)
        {
            firstX = x;
            firstY = y;
        }

        x -= firstX;
        y -= firstY;
        sumX += x;
        sumY += y;
        sumXX += x * x;
        sumXY += x * y;
        sumYY += y * y;
    }

    size_t numPoints() const noexcept { return count; }

    /** Returns the line of least squares; level if there are fewer than two points. */
    Line line() const noexcept
    {
        const double n = static_cast<double> (count);
        const double varianceX = n * sumXX - sumX * sumX, varianceY = n * sumYY - sumY * sumY;
        const double covariance = n * sumXY - sumX * sumY;

        if (! (varianceX > 0.0))
            return { firstY, 0.0, 0.0 };

        const double slope = covariance / varianceX;
        return { firstY + (sumY - slope * sumX) / n - slope * firstX, slope,
                 varianceY > 0.0 ? covariance * covariance / (varianceX * varianceY) : 0.0 };
    }

private:
    size_t count = 0;
    double firstX = 0.0, firstY = 0.0, sumX = 0.0, sumY = 0.0, sumXX = 0.0, sumXY = 0.0, sumYY = 0.0;
};

} // namespace faltwerk
