#pragma once

#include "Convolution/Vector/AlignedBuffer.h"

#include <complex>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

class Transform;

/** The discrete Fourier transform of whole signals, X[k] = sum_n x[n] e^(-2 pi j k n / N), with its bins in their
    natural order: the engine's own transform for what is looked at or made and not heard at once. Single precision,
    with an error of about -125 dB. Not shared between threads: it has buffers. [not audio] */
class Fourier
{
public:
    using Complex = std::complex<float>;

    /** @param size  N, a power of two from 32 to 2^24: 87 s at 192 kHz. */
    explicit Fourier (size_t size);
    ~Fourier();

    /** Returns the smallest size for a number of samples. */
    static size_t sizeFor (size_t numSamples) noexcept;

    size_t size() const noexcept { return numBins; }

    /** Replaces N samples by N bins, and back: the inverse of the forward transform gives the samples again. */
    void forward (std::span<Complex>);
    void inverse (std::span<Complex>);

    /** Returns the bins 0..N / 2 of a real signal of at most N samples, which is padded with zeros. */
    std::vector<Complex> spectrumOf (std::span<const float> signal);

    /** Returns the N samples of the real signal with these bins 0..N / 2. */
    std::vector<float> signalOf (std::span<const Complex> spectrum);

private:
    size_t numBins;
    std::shared_ptr<const Transform> transform;
    std::vector<size_t> order; // of the transform's bins
    AlignedBuffer real, imaginary;
};

} // namespace faltwerk
