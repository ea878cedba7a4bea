#include "Convolution/Vector/Transform.h"

#include "Convolution/Vector/Simd.h"
#include "Convolution/Vector/TransformLoops.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>
#include <tuple>

namespace faltwerk
{

namespace
{

/** Returns the difference between the angles of nodes k and 0 of a pass, in half turns: the three bits of k
    reversed. */
constexpr double turnOf[8] = { 0.0, 1.0, 0.5, 1.5, 0.25, 1.25, 0.75, 1.75 };

size_t radixOf (size_t nodeSize)
{
    const auto levels = std::countr_zero (nodeSize / Transform::leafSize); // above the leaves
    return levels % 3 == 0 ? 8 : levels % 3 == 2 ? 4 : levels == 1 ? 2 : 4;
}

size_t numTwiddles (size_t nodeSize)
{
    if (nodeSize <= Transform::leafSize)
        return leafTwiddles (nodeSize);

    const size_t radix = radixOf (nodeSize);
    return passTwiddles + radix * numTwiddles (nodeSize / radix);
}

/** Returns the roots of a pass at a node z^M - e^(j angle): s, then those of the first nodes below. */
struct Roots
{
    explicit Roots (double angle)
        : angles { angle / 2.0, angle / 4.0, angle / 8.0, angle / 8.0 + std::numbers::pi / 4.0 }
    {
    }

    double angles[4];
};

/** Writes the twiddles of a node and of all nodes below it. */
void writeTwiddles (size_t nodeSize, double angle, float* destination)
{
    const Roots roots (angle);

    for (size_t n = 0; n < 4; ++n)
    {
        destination[2 * n] = static_cast<float> (std::cos (roots.angles[n]));
        destination[2 * n + 1] = static_cast<float> (std::sin (roots.angles[n]));
    }

    destination += passTwiddles;

    if (nodeSize <= Transform::leafSize)
    {
        const size_t rows = nodeSize / 8;

        for (size_t row = 0; row < rows; ++row)
        {
            const Roots own (angle / static_cast<double> (rows) + std::numbers::pi * turnOf[row]);

            for (size_t n = 0; n < 4; ++n)
            {
                destination[2 * n * rows + row] = static_cast<float> (std::cos (own.angles[n]));
                destination[(2 * n + 1) * rows + row] = static_cast<float> (std::sin (own.angles[n]));
            }
        }

        return;
    }

    const size_t radix = radixOf (nodeSize);

    for (size_t k = 0; k < radix; ++k)
    {
        writeTwiddles (nodeSize / radix, angle / static_cast<double> (radix) + std::numbers::pi * turnOf[k],
                       destination);
        destination += numTwiddles (nodeSize / radix);
    }
}

} // namespace

Transform::Transform (size_t size, Root root)
    : numBins (size)
    , twiddles (numTwiddles (size))
    , loops (transformLoops())
{
    assert (std::has_single_bit (size) && size >= smallestSize && size <= largestSize);
    writeTwiddles (size, root == Root::j ? std::numbers::pi / 2.0 : 0.0, twiddles.data());
}

Transform::~Transform() = default;

std::shared_ptr<const Transform> Transform::shared (size_t size, Root root)
{
    static std::mutex lock;
    static std::map<std::tuple<size_t, Root, int64_t>, std::weak_ptr<const Transform>> known;

    const std::lock_guard guard (lock);
    auto& place = known[{ size, root, simd::currentTarget() }];
    auto transform = place.lock();

    if (transform == nullptr)
        place = transform = std::make_shared<const Transform> (size, root);

    return transform;
}

size_t Transform::Node::radix() const noexcept { return radixOf (size); }

Transform::Node Transform::Node::child (size_t index) const noexcept
{
    const size_t childSize = size / radixOf (size);
    return { childSize, first + index * childSize, twiddles + passTwiddles + index * numTwiddles (childSize) };
}

void Transform::forwardPass (const Node& node, float* real, float* imaginary, size_t from, size_t to) const noexcept
{
    const size_t radix = node.radix();
    loops.forwardPass (radix, nullptr, real + node.first, imaginary + node.first, node.size / radix, from, to,
                       node.twiddles);
}

void Transform::forwardPassOfSamples (const float* samples,
                                      float* real,
                                      float* imaginary,
                                      size_t from,
                                      size_t to) const noexcept
{
    const size_t radix = radixOf (numBins);
    loops.forwardPass (radix, samples, real, imaginary, numBins / radix, from, to, twiddles.data());
}

void Transform::inversePass (const Node& node, float* real, float* imaginary, size_t from, size_t to) const noexcept
{
    const size_t radix = node.radix();
    loops.inversePass (radix, real + node.first, imaginary + node.first, node.size / radix, from, to, node.twiddles,
                       nullptr, nullptr);
}

void Transform::inversePassToOutput (float* real,
                                     float* imaginary,
                                     float* output,
                                     float* overlap,
                                     size_t from,
                                     size_t to) const noexcept
{
    const size_t radix = radixOf (numBins);
    loops.inversePass (radix, real, imaginary, numBins / radix, from, to, twiddles.data(), output, overlap);
}

void Transform::forwardLeaves (const Node& first,
                               size_t count,
                               const float* real,
                               const float* imaginary,
                               Spectrum spectrum) const noexcept
{
    float* const bins = spectrum.group (first.first / groupSize);
    loops.forwardLeaves (first.size, count, nullptr, real + first.first, imaginary + first.first, bins,
                         bins + groupSize, spectrum.stride, first.twiddles);
}

void Transform::forwardSubtree (const Node& node, float* real, float* imaginary, Spectrum spectrum) const noexcept
{
    const size_t radix = node.radix();

    if (const auto first = node.child (0); first.isLeaf())
    {
        forwardLeaves (first, radix, real, imaginary, spectrum);
        return;
    }

    for (size_t k = 0; k < radix; ++k)
    {
        const auto child = node.child (k);
        forwardPass (child, real, imaginary, 0, child.size / child.radix());
        forwardSubtree (child, real, imaginary, spectrum);
    }
}

void Transform::forwardSamples (const float* samples, float* real, float* imaginary, Spectrum spectrum) const noexcept
{
    if (root().isLeaf())
    {
        loops.forwardLeaves (numBins, 1, samples, samples, samples, spectrum.data, spectrum.data + groupSize,
                             spectrum.stride, twiddles.data());
        return;
    }

    forwardPassOfSamples (samples, real, imaginary, 0, numBins / root().radix());
    forwardSubtree (root(), real, imaginary, spectrum);
}

void Transform::inverseLeaf (const Node& node, Spectrum own, float* real, float* imaginary) const noexcept
{
    loops.inverseLeaves (node.size, 1, own.data, own.data + groupSize, own.stride, real + node.first,
                         imaginary + node.first, node.twiddles, nullptr, nullptr);
}

void Transform::inverseLeafToOutput (Spectrum spectrum, float* output, float* overlap) const noexcept
{
    loops.inverseLeaves (numBins, 1, spectrum.data, spectrum.data + groupSize, spectrum.stride, output, output,
                         twiddles.data(), output, overlap);
}

// --- Whole transforms, in place: a leaf's groups are then 16 apart, real and imaginary parts in their own buffers ---

void Transform::forward (std::span<float> real, std::span<float> imaginary) const noexcept
{
    assert (real.size() == numBins && imaginary.size() == numBins);

    const auto run = [&, this] (const auto& self, const Node& node) -> void
    {
        float *const re = real.data() + node.first, *const im = imaginary.data() + node.first;

        if (node.isLeaf())
        {
            loops.forwardLeaves (node.size, 1, nullptr, re, im, re, im, groupSize, node.twiddles);
            return;
        }

        forwardPass (node, real.data(), imaginary.data(), 0, node.size / node.radix());

        for (size_t k = 0; k < node.radix(); ++k)
            self (self, node.child (k));
    };

    run (run, root());
}

void Transform::inverse (std::span<float> real, std::span<float> imaginary) const noexcept
{
    assert (real.size() == numBins && imaginary.size() == numBins);

    const auto run = [&, this] (const auto& self, const Node& node) -> void
    {
        float *const re = real.data() + node.first, *const im = imaginary.data() + node.first;

        if (node.isLeaf())
        {
            loops.inverseLeaves (node.size, 1, re, im, groupSize, re, im, node.twiddles, nullptr, nullptr);
            return;
        }

        for (size_t k = 0; k < node.radix(); ++k)
            self (self, node.child (k));

        inversePass (node, real.data(), imaginary.data(), 0, node.size / node.radix());
    };

    run (run, root());
}

std::vector<size_t> Transform::binOrder() const
{
    // Each index has its bits reversed.
    std::vector<size_t> reversed (numBins);

    for (size_t n = 1; n < numBins; ++n)
        reversed[n] = reversed[n / 2] / 2 + (n % 2) * (numBins / 2);

    std::vector<size_t> order (numBins);
    const size_t leaf = std::min (numBins, leafSize), rows = leaf / 8;

    for (size_t position = 0; position < numBins; ++position)
    {
        // A leaf keeps its rows of 8 points transposed; the tree keeps the natural order.
        const size_t inLeaf = position % leaf;
        const size_t natural = position - inLeaf + inLeaf % rows * 8 + inLeaf / rows;

        // A natural position holds the remainder at e^(2 pi j r / N), where r is the position with its bits reversed;
        // bin k is the remainder at e^(-2 pi j k / N).
        order[position] = (numBins - reversed[natural]) % numBins;
    }

    return order;
}

} // namespace faltwerk
