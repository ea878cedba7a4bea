#include "Kernel/Generators/Models/ImageSources.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace faltwerk
{

namespace
{

/** Returns the position of an image on one axis; negative numbers of reflections are behind the wall at 0. */
double imageOnAxis (int64_t reflections, double size, double source)
{
    return reflections % 2 == 0 ? static_cast<double> (reflections) * size + source
                                : static_cast<double> (reflections + 1) * size - source;
}

/** How far a wall throws an image off its place, for each reflection after the first, in m. */
constexpr double displacement = 0.04, largestDisplacement = 0.4;

} // namespace

double distanceBetween (const Point& a, const Point& b) noexcept
{
    return std::hypot (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

MicrophonePair::MicrophonePair (const Point& centre,
                                const Point& lookingAt,
                                double spacing,
                                double angle,
                                double directivity)
    : distance (spacing)
    , halfAngle (0.5 * angle)
    , omni (1.0 - directivity)
    , eight (directivity)
{
    const double x = lookingAt[0] - centre[0], y = lookingAt[1] - centre[1];
    const double ahead = std::hypot (x, y) > 1e-6 ? std::atan2 (y, x) : 0.5 * std::numbers::pi;

    for (const size_t microphone : { 0u, 1u })
    {
        const double side = microphone == 0 ? 1.0 : -1.0; // left is a quarter turn against the clock
        positions[microphone] = { centre[0] - side * 0.5 * spacing * std::sin (ahead),
                                  centre[1] + side * 0.5 * spacing * std::cos (ahead), centre[2] };
        axes[microphone] = { std::cos (ahead + side * halfAngle), std::sin (ahead + side * halfAngle), 0.0 };
    }
}

double MicrophonePair::gain (size_t microphone, const Point& from) const noexcept
{
    const auto& here = positions[microphone];
    const auto& axis = axes[microphone];
    const double cosine =
        (axis[0] * (from[0] - here[0]) + axis[1] * (from[1] - here[1]) + axis[2] * (from[2] - here[2]))
        / std::max (1e-6, distanceBetween (here, from));
    return omni + eight * cosine;
}

double MicrophonePair::diffuseGain() const noexcept { return omni * omni + eight * eight / 3.0; }

double MicrophonePair::diffuseCorrelation (double frequency) const noexcept
{
    // The integral over the sphere of both sensitivities and the phase between them, with k d = kappa.
    const double kappa = 2.0 * std::numbers::pi * frequency * distance / speedOfSound;
    const double i0 = kappa < 1e-3 ? 1.0 : std::sin (kappa) / kappa;
    const double i2 =
        kappa < 0.05 ? 1.0 / 3.0 - kappa * kappa / 10.0 : i0 + 2.0 * (std::cos (kappa) - i0) / (kappa * kappa);
    const double front = std::pow (eight * std::cos (halfAngle), 2),
                 across = std::pow (eight * std::sin (halfAngle), 2);
    return ((omni * omni + 0.5 * front) * i0 - (0.5 * front + across) * i2) / diffuseGain();
}

std::vector<ImageSource> imageSources (const Point& size,
                                       const Point& source,
                                       const Point& listener,
                                       double distance,
                                       Random& random)
{
    std::array<int64_t, 3> most {};
    std::transform (size.begin(), size.end(), most.begin(),
                    [distance] (double s) { return static_cast<int64_t> (distance / s) + 2; });
    std::vector<ImageSource> images;

    for (int64_t x = -most[0]; x <= most[0]; ++x)
        for (int64_t y = -most[1]; y <= most[1]; ++y)
            for (int64_t z = -most[2]; z <= most[2]; ++z)
            {
                Point position { imageOnAxis (x, size[0], source[0]), imageOnAxis (y, size[1], source[1]),
                                 imageOnAxis (z, size[2], source[2]) };

                if (distanceBetween (position, listener) > distance)
                    continue;

                const auto order = static_cast<size_t> (std::abs (x) + std::abs (y) + std::abs (z));
                const double off =
                    order < 2 ? 0.0 : std::min (displacement * static_cast<double> (order - 1), largestDisplacement);

                for (auto& coordinate : position)
                    coordinate += off * random.bipolar();

                images.push_back ({ position, order });
            }

    return images;
}

} // namespace faltwerk
