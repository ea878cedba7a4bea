#include "Convolution/Transform.h"
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

/** The RMS of the error relative to the expected values' RMS, in dB. */
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

} // namespace

TEST_CASE ("With w = 1 the transform is the discrete Fourier transform", "[engine]")
{
    // Single precision rounds each of log2 N levels: -125 dB leaves room above the -130 dB that it reaches.
    for (size_t size = 1; size <= 65536; size *= 2)
    {
        CAPTURE (size);
        auto real = test::noise (size, 1), imaginary = test::noise (size, 2);
        const auto expected = fftw (join (real, imaginary));

        const Transform transform (size, Transform::Root::one);
        transform.forward (real, imaginary);
        const auto order = transform.binOrder();

        auto sorted = order;
        std::sort (sorted.begin(), sorted.end());

        for (size_t k = 0; k < size; ++k)
            REQUIRE (sorted[k] == k);

        std::vector<Complex> measured (size);

        for (size_t p = 0; p < size; ++p)
            measured[order[p]] = { real[p], imaginary[p] };

        CHECK (errorDb (measured, expected) < -125.0);
    }
}

TEST_CASE ("The inverse undoes the transform and multiplies by N", "[engine]")
{
    for (const auto root : { Transform::Root::one, Transform::Root::j })
    {
        for (size_t size = 1; size <= 65536; size *= 2)
        {
            CAPTURE (size);
            const auto x = test::noise (size, 3), y = test::noise (size, 4);
            auto real = x, imaginary = y;
            const Transform transform (size, root);
            transform.forward (real, imaginary);
            transform.inverse (real, imaginary);

            for (size_t n = 0; n < size; ++n)
            {
                real[n] /= static_cast<float> (size);
                imaginary[n] /= static_cast<float> (size);
            }

            CHECK (errorDb (join (real, imaginary), join (x, y)) < -120.0);
        }
    }
}

TEST_CASE ("With w = j a product holds this block and the overlap", "[engine]")
{
    for (size_t size = 1; size <= 65536; size *= 2)
    {
        CAPTURE (size);
        const auto x = test::noise (size, 5), h = test::noise (size, 6);
        const auto expected = test::oracle (x, h);
        const Transform transform (size, Transform::Root::j);

        auto xr = x, hr = h;
        std::vector<float> xi (size), hi (size);
        transform.forward (xr, xi);
        transform.forward (hr, hi);

        for (size_t k = 0; k < size; ++k)
        {
            const std::complex<float> product = std::complex (xr[k], xi[k]) * std::complex (hr[k], hi[k]);
            xr[k] = product.real() / static_cast<float> (size);
            xi[k] = product.imag() / static_cast<float> (size);
        }

        transform.inverse (xr, xi);
        auto measured = xr;
        measured.insert (measured.end(), xi.begin(), xi.end() - 1); // the full product has 2 N - 1 samples
        CHECK (test::errorInDb (measured, expected) < -120.0);
    }
}
