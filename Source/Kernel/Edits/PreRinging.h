#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** Moves what a resampled response rings before its first frame behind it, where a kernel can hold it.

    Finds the correction c of a few frames from the first on whose spectrum C is closest to the spectrum D of the part
    before it: the integral of |C(f) - D(f)|^2 over the pass-band, plus a weight times the integral of |C(f)|^2, is
    least. Above the pass-band, where a kernel at the lower rate says nothing, the spectrum comes out as it will: the
    smaller the weight, the smaller the error and the louder what is above. The normal equations have a Toeplitz matrix,
    which depends on the pass-band only. */
class PreRinging
{
public:
    static constexpr double mostError = 5e-6; // of a response's energy: 0.1 dB where it lies 14 dB below its mean

    struct Correction
    {
        std::vector<double> frames; // to be added to the first ones of the response
        double error = 0.0;         // what remains in the pass-band, as an energy, with the weighted part
    };

    /** @param passBand  in cycles per frame, below 0.5. [not audio] */
    explicit PreRinging (double passBand);

    /** Returns what stands for the frames before the first, the last of which is that right before it: with the
        smallest weight that adds less than 1 % to the response's energy, or at least with an error of mostError.
        [not audio] */
    Correction correctionFor (std::span<const float> before, double energy) const;

private:
    struct Equations
    {
        std::vector<double> factor; // of Cholesky: [row * length + column], lower triangle
    };

    double correlation (size_t distance) const;
    Equations equations (double weight) const;

    double passBand;
    std::vector<Equations> all; // from the largest weight to the smallest
};

} // namespace faltwerk
