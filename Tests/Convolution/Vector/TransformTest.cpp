#include "Convolution/Vector/Transform.h"
#include "Convolution/Vector/AlignedBuffer.h"
#include "Convolution/Vector/Simd.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <fftw3.h>

using namespace faltwerk;

namespace
{

using Complex = std::complex<double>;

std::vector<Complex> fftw (const std::vector<Complex>& x)
{
    std::vector<Complex> result (x);
    auto* data = reinterpret_cast<fftw_complex*> (result.data());
    auto* plan = fftw_plan_dft_1d (static_cast<int> (x.size()), data, data, FFTW_FORWARD, FFTW_ESTIMATE);
    std::copy (x.begin(), x.end(), result.begin());
    fftw_execute (plan);
    fftw_destroy_plan (plan);
    return result;
}

/** Returns the RMS of the error relative to the RMS of the expected values, in dB. */
double errorDb (const std::vector<Complex>& measured, const std::vector<Complex>& expected)
{
    double error = 0.0, energy = 0.0;

    for (size_t k = 0; k < expected.size(); ++k)
    {
        error += std::norm (measured[k] - expected[k]);
        energy += std::norm (expected[k]);
    }

    return 10.0 * std::log10 (error / energy + 1e-30);
}

std::vector<Complex> join (const std::vector<float>& real, const std::vector<float>& imaginary)
{
    std::vector<Complex> result (real.size());

    for (size_t n = 0; n < real.size(); ++n)
        result[n] = { real[n], imaginary[n] };

    return result;
}

/** Two spans of aligned samples. */
class Block
{
public:
    explicit Block (size_t size)
        : buffer (2 * size)
        , real (buffer.data(), size)
        , imaginary (buffer.data() + size, size)
    {
    }

    Block (const std::vector<float>& re, const std::vector<float>& im)
        : Block (re.size())
    {
        std::copy (re.begin(), re.end(), real.begin());
        std::copy (im.begin(), im.end(), imaginary.begin());
    }

    std::vector<Complex> values (double scale = 1.0) const
    {
        std::vector<Complex> result;

        for (size_t n = 0; n < real.size(); ++n)
            result.push_back (scale * Complex (static_cast<double> (real[n]), static_cast<double> (imaginary[n])));

        return result;
    }

private:
    AlignedBuffer buffer;

public:
    std::span<float> real, imaginary;
};

/** Calls check (size) for every size and every instruction set that the machine has. */
template <typename Check>
void forEachTransform (Check&& check)
{
    for (const auto& target : simd::supportedTargets())
    {
        const simd::ScopedTarget scoped (target);

        for (size_t size = Transform::smallestSize; size <= Transform::largestSize; size *= size < 65536 ? 2 : 64)
        {
            CAPTURE (target.name, size);
            check (size);
        }
    }
}

} // namespace

TEST_CASE ("With w = 1 the transform is the discrete Fourier transform", "[engine]")
{
    // Single precision rounds each of log2 N levels, which gives -130 dB; the tolerance leaves 5 dB.
    forEachTransform (
        [] (size_t size)
        {
            const auto re = test::noise (size, 1), im = test::noise (size, 2);
            const auto expected = fftw (join (re, im));
            Block x (re, im);

            const Transform transform (size, Transform::Root::one);
            transform.forward (x.real, x.imaginary);
            const auto order = transform.binOrder();

            auto sorted = order;
            std::sort (sorted.begin(), sorted.end());

            bool everyBinOnce = true;

            for (size_t k = 0; k < size; ++k)
                everyBinOnce = everyBinOnce && sorted[k] == k;

            REQUIRE (everyBinOnce);

            const auto values = x.values();
            std::vector<Complex> measured (size);

            for (size_t p = 0; p < size; ++p)
                measured[order[p]] = values[p];

            CHECK (errorDb (measured, expected) < -125.0);
        });
}

TEST_CASE ("The inverse undoes the transform and multiplies by N", "[engine]")
{
    for (const auto root : { Transform::Root::one, Transform::Root::j })
    {
        forEachTransform (
            [root] (size_t size)
            {
                const auto re = test::noise (size, 3), im = test::noise (size, 4);
                Block x (re, im);
                const Transform transform (size, root);
                transform.forward (x.real, x.imaginary);
                transform.inverse (x.real, x.imaginary);
                CHECK (errorDb (x.values (1.0 / static_cast<double> (size)), join (re, im)) < -120.0);
            });
    }
}

TEST_CASE ("With w = j a product holds this block and the overlap", "[engine]")
{
    forEachTransform (
        [] (size_t size)
        {
            const auto signal = test::noise (size, 5), kernel = test::noise (size, 6);
            const auto expected = test::oracle (signal, kernel);
            const Transform transform (size, Transform::Root::j);
            Block x (signal, std::vector<float> (size)), h (kernel, std::vector<float> (size));
            transform.forward (x.real, x.imaginary);
            transform.forward (h.real, h.imaginary);

            for (size_t k = 0; k < size; ++k)
            {
                const auto product =
                    std::complex (x.real[k], x.imaginary[k]) * std::complex (h.real[k], h.imaginary[k]);
                x.real[k] = product.real() / static_cast<float> (size);
                x.imaginary[k] = product.imag() / static_cast<float> (size);
            }

            transform.inverse (x.real, x.imaginary);
            std::vector<float> measured (x.real.begin(), x.real.end());
            measured.insert (measured.end(), x.imaginary.begin(), x.imaginary.end() - 1); // 2 N - 1 samples in all
            CHECK (test::errorInDb (measured, expected) < -120.0);
        });
}

TEST_CASE ("Samples go into the groups of a spectrum as they do in place", "[engine]")
{
    forEachTransform (
        [] (size_t size)
        {
            const auto signal = test::noise (size, 7);
            const Transform transform (size, Transform::Root::j);
            Block x (signal, std::vector<float> (size)), samples (signal, std::vector<float> (size)), work (size);
            transform.forward (x.real, x.imaginary);

            constexpr size_t stride = 96; // three spectra side by side, of which this is the middle one
            AlignedBuffer groups (size / Transform::groupSize * stride);
            transform.forwardSamples (samples.real.data(), work.real.data(), work.imaginary.data(),
                                      { groups.data() + 32, stride });
            bool same = true, untouched = true;

            for (size_t k = 0; k < size; ++k)
            {
                const float* const group = groups.data() + k / Transform::groupSize * stride;
                const size_t lane = k % Transform::groupSize;
                same = same && group[32 + lane] == x.real[k] && group[48 + lane] == x.imaginary[k];
                untouched = untouched && group[lane] == 0.0f && group[64 + lane] == 0.0f;
            }

            CHECK (same);
            CHECK (untouched);
        });
}

TEST_CASE ("Transforms of one size and root are shared", "[engine]")
{
    const auto transform = Transform::shared (128, Transform::Root::j);
    CHECK (Transform::shared (128, Transform::Root::j) == transform);
    CHECK (Transform::shared (128, Transform::Root::one) != transform);
    CHECK (Transform::shared (256, Transform::Root::j) != transform);
}
