#pragma once

#include "Convolution/Vector/AlignedBuffer.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

struct TransformLoops;

/** A Fourier transform by repeated polynomial division.

    A block x of N samples is the polynomial x(z) = sum_n x[n] z^n, and a spectrum is the set of its remainders modulo
    the N linear factors of z^N - w. They are reached by halving: z^M - v = (z^(M/2) - s)(z^(M/2) + s) with s^2 = v, and
    a + b z^(M/2) leaves a + s b and a - s b. So each *node* of a binary tree, z^M - v with v = e^(j theta), needs one
    scalar s = e^(j theta / 2), loads contiguously, and leaves two nodes of half the size, of angles theta / 2 and
    theta / 2 + pi. Three levels are done in one *pass* (radix 8; 4 and 2 where the size asks for it); the last 64
    points, a *leaf*, stay in registers, which are transposed once so that neighbouring points lie in different ones.

    w = 1 gives the ordinary discrete Fourier transform: position p holds bin binOrder()[p] of
    X[k] = sum_n x[n] e^(-2 pi j k n / N).

    w = j gives the *right-angle* transform: for real x and h of one block each, the pointwise product belongs to
    x h modulo z^N - j, whose coefficients are y[n] + j y[n + N]. So the real part of the inverse is the block of
    output, and the imaginary part is what overlap-add carries to the next block: no zero padding, no special case for
    direct current or Nyquist, and the order of bins never matters, because both factors have the same order.

    A whole transform is one call. For work that must be spread evenly over time, nodes and passes can be called one by
    one, in ranges of columns; the order of bins is the same. Immutable after construction: any thread, several at
    once. Only the constructor, shared() and binOrder() allocate. */
class Transform
{
public:
    enum class Root
    {
        one,
        j
    };

    static constexpr size_t smallestSize = 32, largestSize = size_t { 1 } << 24, leafSize = 64;

    /** Bins come in groups of 16: 16 real parts, then 16 imaginary ones where a spectrum is kept interleaved. */
    static constexpr size_t groupSize = 16;

    /** Computes the twiddles; throws std::bad_alloc. @param size  N, a power of two from 32 to 2^24. [not audio] */
    Transform (size_t size, Root root);
    ~Transform();

    /** Returns the transform of a size and root that the process shares. [not audio] */
    static std::shared_ptr<const Transform> shared (size_t size, Root root);

    /** Returns N, the number of samples and of complex bins. [any] */
    size_t size() const noexcept { return numBins; }

    /** Replaces N complex samples by their spectrum, in the order of binOrder(). The spans must be aligned to cache
        lines. [any] */
    void forward (std::span<float> real, std::span<float> imaginary) const noexcept;

    /** Replaces a spectrum by N times its complex samples. [any] */
    void inverse (std::span<float> real, std::span<float> imaginary) const noexcept;

    /** Returns the bin k at each position of a spectrum, for w = 1: N entries. [not audio] */
    std::vector<size_t> binOrder() const;

    // --- Piece by piece ---------------------------------------------------------------------------------------------

    /** A node z^size - v of the tree: points first..first + size - 1, and the twiddles of all nodes below it. */
    struct Node
    {
        size_t size, first;
        const float* twiddles;

        bool isLeaf() const noexcept { return size <= leafSize; }
        size_t radix() const noexcept;            // number of children
        Node child (size_t index) const noexcept; // only if it is not a leaf
    };

    /** Returns the node of all points. [any] */
    Node root() const noexcept { return { numBins, 0, twiddles.data() }; }

    /** A spectrum in groups: group g is at data + g stride, its imaginary parts 16 floats after its real ones. */
    struct Spectrum
    {
        float* data;
        size_t stride;

        float* group (size_t index) const noexcept { return data + index * stride; }
    };

    /** Run columns from..to - 1 (multiples of 16) of a node's pass in place, on buffers of N real and N imaginary
        parts. forwardPassOfSamples() is the root's pass for real samples. A leaf has no pass. [audio] */
    void forwardPass (const Node&, float* real, float* imaginary, size_t from, size_t to) const noexcept;
    void forwardPassOfSamples (const float* samples,
                               float* real,
                               float* imaginary,
                               size_t from,
                               size_t to) const noexcept;
    void inversePass (const Node&, float* real, float* imaginary, size_t from, size_t to) const noexcept;

    /** Runs the last pass of an inverse transform: output = overlap + real parts, overlap = imaginary parts. [audio] */
    void inversePassToOutput (float* real, float* imaginary, float* output, float* overlap, size_t from, size_t to)
        const noexcept;

    /** Transforms `count` leaves, from their points in the buffers to their groups of a spectrum. [audio] */
    void forwardLeaves (const Node& first,
                        size_t count,
                        const float* real,
                        const float* imaginary,
                        Spectrum) const noexcept;

    /** Transforms a leaf back, from its groups, which are all that `own` holds, to its points in the buffers.
        [audio] */
    void inverseLeaf (const Node&, Spectrum own, float* real, float* imaginary) const noexcept;

    /** Runs a whole inverse transform of at most leafSize points; see inversePassToOutput(). [audio] */
    void inverseLeafToOutput (Spectrum, float* output, float* overlap) const noexcept;

    /** Runs a whole forward transform of N real samples. real and imaginary are workspace. [audio] */
    void forwardSamples (const float* samples, float* real, float* imaginary, Spectrum) const noexcept;

private:
    void forwardSubtree (const Node&, float* real, float* imaginary, Spectrum) const noexcept;

    size_t numBins;
    AlignedBuffer twiddles;
    const TransformLoops& loops;
};

} // namespace faltwerk
