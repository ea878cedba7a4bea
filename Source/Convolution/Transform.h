#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** A Fourier transform by repeated polynomial division.

    A block x of N samples is the polynomial x(z) = sum_n x[n] z^n, and a spectrum is the set of its remainders modulo
    the N linear factors of z^N - w. They are reached by halving: z^M - v = (z^(M/2) - s)(z^(M/2) + s) with s^2 = v, and
    a + b z^(M/2) leaves a + s b and a - s b. Each half-sized division needs one scalar s, loads contiguously, and
    leaves two problems of the same kind; after log2 N levels the remainders are values at the N roots of w.

    w = 1 gives the ordinary discrete Fourier transform: position p holds bin binOrder()[p] of
    X[k] = sum_n x[n] e^(-2 pi j k n / N).

    w = j gives the *right-angle* transform: for real x and h of one block each, the pointwise product belongs to
    x h modulo z^N - j, whose coefficients are y[n] + j y[n + N]. So the real part of the inverse is the block of
    output, and the imaginary part is what overlap-add carries to the next block: no zero padding, no special case for
    direct current or Nyquist, and an order of bins that never matters, because both factors have the same.

    Immutable after construction; every method may be called on any thread, from several at once. */
class Transform
{
public:
    enum class Root
    {
        one,
        j
    };

    /** @param size  N, a power of two from 1 up. */
    Transform (size_t size, Root root);

    /** N: the number of samples and of complex bins. [any] */
    size_t size() const noexcept { return numBins; }

    /** Replaces N complex samples by their N spectrum values. Allocates nothing. [any] */
    void forward (std::span<float> real, std::span<float> imaginary) const noexcept;

    /** Replaces N spectrum values by N times their complex samples. Allocates nothing. [any] */
    void inverse (std::span<float> real, std::span<float> imaginary) const noexcept;

    /** For w = 1, the ordinary bin k that each position of a spectrum holds; N entries. [any] */
    std::vector<size_t> binOrder() const;

private:
    struct Twiddle
    {
        float real, imaginary;
    };

    size_t numBins;
    std::vector<Twiddle> twiddles; // the root s of node t on the level with 2^l nodes stands at 2^l - 1 + t
};

} // namespace faltwerk
