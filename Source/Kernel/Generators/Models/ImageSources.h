#pragma once

#include "Kernel/Random.h"

#include <array>
#include <cstddef>
#include <vector>

namespace faltwerk
{

using Point = std::array<double, 3>; // across, along and up, in m

constexpr double speedOfSound = 343.0; // m/s, at 20 degrees Celsius

/** A pair of microphones that look at a source: their patterns are omnidirectional at a directivity of 0, a cardioid at
    0.5, a figure of eight at 1. */
class MicrophonePair
{
public:
    /** @param angle  between the two axes, in radians. */
    MicrophonePair (const Point& centre, const Point& lookingAt, double spacing, double angle, double directivity);

    /** Returns the position of a microphone: 0 left, 1 right. */
    const Point& position (size_t microphone) const noexcept { return positions[microphone]; }

    /** Returns a microphone's sensitivity for sound from a point. */
    double gain (size_t microphone, const Point& from) const noexcept;

    /** Returns the mean of the squared sensitivity over all directions. */
    double diffuseGain() const noexcept;

    /** Returns the correlation of the two in a diffuse field at a frequency in Hz (Elko: Spatial coherence functions
        for differential microphones in isotropic noise fields, 2001). */
    double diffuseCorrelation (double frequency) const noexcept;

private:
    std::array<Point, 2> positions, axes;
    double distance, halfAngle, omni, eight;
};

/** An image of the source behind the walls of a box. */
struct ImageSource
{
    Point position;
    size_t order; // how many reflections lead to it
};

/** Returns all images within a distance of a listener (Allen, Berkley: Image method for efficiently simulating
    small-room acoustics, JASA 65, 1979). Images of the second order on are displaced a little, since perfect walls
    would let the echoes sweep. [not audio] */
std::vector<ImageSource> imageSources (const Point& size,
                                       const Point& source,
                                       const Point& listener,
                                       double distance,
                                       Random& random);

double distanceBetween (const Point& a, const Point& b) noexcept;

} // namespace faltwerk
