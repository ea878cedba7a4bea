#include "Support/Fourier.h"

#include <complex>
#include <fftw3.h>

namespace faltwerk::test
{

namespace
{

/** The bins 0..N / 2 of a signal of N samples. */
std::vector<std::complex<double>> spectrumOf (std::span<const float> signal)
{
    std::vector<double> samples (signal.begin(), signal.end());
    std::vector<std::complex<double>> bins (signal.size() / 2 + 1);
    auto* const plan = fftw_plan_dft_r2c_1d (static_cast<int> (samples.size()), samples.data(),
                                             reinterpret_cast<fftw_complex*> (bins.data()), FFTW_ESTIMATE);
    fftw_execute (plan);
    fftw_destroy_plan (plan);
    return bins;
}

} // namespace

std::vector<double> bandPassed (std::span<const float> signal, double sampleRate, double low, double high)
{
    auto bins = spectrumOf (signal);
    std::vector<double> result (signal.size());

    for (size_t k = 0; k < bins.size(); ++k)
    {
        const double frequency = static_cast<double> (k) * sampleRate / static_cast<double> (signal.size());
        bins[k] *= frequency >= low && frequency < high ? 1.0 / static_cast<double> (signal.size()) : 0.0;
    }

    auto* const plan = fftw_plan_dft_c2r_1d (
        static_cast<int> (result.size()), reinterpret_cast<fftw_complex*> (bins.data()), result.data(), FFTW_ESTIMATE);
    fftw_execute (plan);
    fftw_destroy_plan (plan);
    return result;
}

double energyWithin (std::span<const float> signal, double sampleRate, const std::function<double (double)>& weight)
{
    const auto bins = spectrumOf (signal);
    double energy = 0.0;

    for (size_t k = 0; k < bins.size(); ++k)
    {
        const bool twice = k > 0 && 2 * k != signal.size();
        energy += (twice ? 2.0 : 1.0) * std::norm (bins[k]) / static_cast<double> (signal.size())
                  * weight (static_cast<double> (k) * sampleRate / static_cast<double> (signal.size()));
    }

    return energy;
}

} // namespace faltwerk::test
