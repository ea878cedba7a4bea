#include "Kernel/Fourier.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <cmath>
#include <numbers>

using namespace faltwerk;

TEST_CASE ("A spectrum has its bins in order, and its signal comes back", "[kernel]")
{
    // Single precision: -120 dB.
    for (const size_t size : { 32u, 1024u, 1u << 19 })
    {
        CAPTURE (size);
        Fourier fourier (size);
        const auto signal = test::noise (size - 7, 3);
        const auto spectrum = fourier.spectrumOf (signal);
        REQUIRE (spectrum.size() == size / 2 + 1);
        const double scale = 0.25 * std::sqrt (static_cast<double> (size));

        for (const size_t k : { size_t { 0 }, size_t { 1 }, size / 5, size / 2 })
        {
            std::complex<double> expected;

            for (size_t n = 0; n < signal.size(); ++n)
                expected += static_cast<double> (signal[n])
                            * std::polar (1.0, -2.0 * std::numbers::pi * static_cast<double> (k * n % size)
                                                   / static_cast<double> (size));

            CHECK (std::abs (std::complex<double> (spectrum[k]) - expected) < 1e-5 * scale);
        }

        const auto back = fourier.signalOf (spectrum);
        double error = 0.0;

        for (size_t n = 0; n < size; ++n)
            error = std::max (error, std::abs (static_cast<double> (back[n])
                                               - (n < signal.size() ? static_cast<double> (signal[n]) : 0.0)));

        CHECK (error < 1e-6);
    }

    CHECK (Fourier::sizeFor (1) == 32);
    CHECK (Fourier::sizeFor (1024) == 1024);
    CHECK (Fourier::sizeFor (1025) == 2048);
}
