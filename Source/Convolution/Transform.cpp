#include "Convolution/Transform.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

/** The bits of an index in reverse, read as a binary fraction in 0..1: node t of a level divides by the root whose
    angle is this fraction of a turn further than that of node 0. The same on every level. */
double reversedFraction (size_t index)
{
    double fraction = 0.0;

    for (double weight = 0.5; index != 0; index >>= 1, weight *= 0.5)
        if ((index & 1) != 0)
            fraction += weight;

    return fraction;
}

} // namespace

Transform::Transform (size_t size, Root root)
    : numBins (size)
{
    assert (std::has_single_bit (size));

    const double rootAngle = root == Root::j ? std::numbers::pi / 2.0 : 0.0;
    twiddles.reserve (size);

    for (size_t nodes = 1; nodes < size; nodes *= 2)
    {
        const double firstAngle = rootAngle / (2.0 * static_cast<double> (nodes));

        for (size_t node = 0; node < nodes; ++node)
        {
            const double angle = firstAngle + std::numbers::pi * reversedFraction (node);
            twiddles.push_back ({ static_cast<float> (std::cos (angle)), static_cast<float> (std::sin (angle)) });
        }
    }
}

void Transform::forward (std::span<float> real, std::span<float> imaginary) const noexcept
{
    assert (real.size() == numBins && imaginary.size() == numBins);

    for (size_t nodes = 1; nodes < numBins; nodes *= 2)
    {
        const size_t half = numBins / nodes / 2;

        for (size_t node = 0; node < nodes; ++node)
        {
            const auto s = twiddles[nodes - 1 + node];
            float* const ar = real.data() + 2 * half * node;
            float* const ai = imaginary.data() + 2 * half * node;
            float* const br = ar + half;
            float* const bi = ai + half;

            for (size_t n = 0; n < half; ++n)
            {
                const float sr = s.real * br[n] - s.imaginary * bi[n];
                const float si = s.real * bi[n] + s.imaginary * br[n];
                br[n] = ar[n] - sr;
                bi[n] = ai[n] - si;
                ar[n] += sr;
                ai[n] += si;
            }
        }
    }
}

void Transform::inverse (std::span<float> real, std::span<float> imaginary) const noexcept
{
    assert (real.size() == numBins && imaginary.size() == numBins);

    for (size_t nodes = numBins / 2; nodes >= 1; nodes /= 2)
    {
        const size_t half = numBins / nodes / 2;

        for (size_t node = 0; node < nodes; ++node)
        {
            const auto s = twiddles[nodes - 1 + node];
            float* const ar = real.data() + 2 * half * node;
            float* const ai = imaginary.data() + 2 * half * node;
            float* const br = ar + half;
            float* const bi = ai + half;

            for (size_t n = 0; n < half; ++n)
            {
                const float dr = ar[n] - br[n];
                const float di = ai[n] - bi[n];
                ar[n] += br[n];
                ai[n] += bi[n];
                br[n] = s.real * dr + s.imaginary * di;
                bi[n] = s.real * di - s.imaginary * dr;
            }
        }
    }
}

std::vector<size_t> Transform::binOrder() const
{
    std::vector<size_t> order (numBins);

    // Position p is the value at e^(2 pi j f) with f the reversed fraction of p; bin k is the value at e^(-2 pi j k/N).
    for (size_t p = 0; p < numBins; ++p)
    {
        const auto k = static_cast<size_t> (reversedFraction (p) * static_cast<double> (numBins));
        order[p] = (numBins - k) % numBins;
    }

    return order;
}

} // namespace faltwerk
