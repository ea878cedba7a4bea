#include "Kernel/Measuring/Quality/Dispersion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;
constexpr double reference = 1000.0; // Hz, whose time stays

/** Returns the phase that takes a group delay of ln (f / reference) s away. */
double phaseAt (double frequency)
{
    return frequency > 0.0 ? 2.0 * pi * frequency * (std::log (frequency / reference) - 1.0) : 0.0;
}

/** The samples around an arrival, whose sharpness is measured with any dispersion taken away. */
class Window
{
public:
    Window (const std::vector<float>& response, double sampleRate, long long arrival, double half, double high)
        : fourier (Fourier::sizeFor (static_cast<size_t> (4.0 * half * sampleRate)))
    {
        const auto size = static_cast<long long> (response.size());
        const auto reach = std::min (static_cast<long long> (half * sampleRate), size / 2 - 1);
        std::vector<float> samples (static_cast<size_t> (2 * reach));

        for (long long n = -reach; n < reach; ++n)
        {
            const double x = static_cast<double> (n) / static_cast<double> (reach);
            samples[static_cast<size_t> (n + reach)] =
                response[static_cast<size_t> (((arrival + n) % size + size) % size)]
                * static_cast<float> (0.5 + 0.5 * std::cos (pi * x));
        }

        spectrum = fourier.spectrumOf (samples);
        binWidth = sampleRate / static_cast<double> (fourier.size());
        spectrum.resize (std::min (spectrum.size(), static_cast<size_t> (high / binWidth) + 1));
        phases.resize (spectrum.size());
        weights.assign (spectrum.size(), 1.0f);

        for (size_t k = 0; k < phases.size(); ++k)
            phases[k] = phaseAt (static_cast<double> (k) * binWidth);
    }

    /** Looks at a band alone from now on, with edges of a quarter of it each. */
    void limitTo (double low, double high)
    {
        for (size_t k = 0; k < spectrum.size(); ++k)
        {
            const double x = static_cast<double> (k) * binWidth;
            const double edge = 0.25 * (high - low), inside = std::min (x - low, high - x) / edge;
            weights[k] = static_cast<float> (0.5 - 0.5 * std::cos (pi * std::clamp (inside, 0.0, 1.0)));
        }
    }

    double sharpnessWithout (double slope)
    {
        std::vector<Fourier::Complex> envelope (fourier.size());

        for (size_t k = 1; k < spectrum.size(); ++k)
            envelope[k] = weights[k] * spectrum[k] * Fourier::Complex (std::polar (1.0, slope * phases[k]));

        fourier.inverse (envelope);
        double squares = 0.0, fourths = 0.0;

        for (const auto& x : envelope)
        {
            const double power = static_cast<double> (std::norm (x));
            squares += power;
            fourths += power * power;
        }

        return squares > 0.0 ? fourths / (squares * squares) : 0.0;
    }

private:
    Fourier fourier;
    double binWidth = 0.0; // Hz
    Spectrum spectrum;
    std::vector<double> phases;
    std::vector<float> weights;
};

/** Returns true if a band is sharpest without a slope that is near another. */
bool agrees (Window& window, double low, double high, double slope)
{
    window.limitTo (low, high);
    double best = 0.0, highest = 0.0;

    for (double share = -1.0; share <= 3.05; share += 0.1)
    {
        if (const double sharpness = window.sharpnessWithout (share * slope); sharpness > highest)
        {
            highest = sharpness;
            best = share;
        }
    }

    return best > 0.45 && best < 1.55;
}

/** Returns the slope without which a band is sharpest. */
double slopeIn (Window& window, double low, double high, double range)
{
    window.limitTo (low, high);
    const int steps = static_cast<int> (10.0 * range * (high - low));
    double best = 0.0, highest = 0.0;

    for (int n = -steps; n <= steps; ++n)
    {
        const double slope = 0.1 * n / (high - low);

        if (const double sharpness = window.sharpnessWithout (slope); sharpness > highest)
        {
            highest = sharpness;
            best = slope;
        }
    }

    return best;
}

} // namespace

void removeDispersion (Spectrum& spectrum, double sampleRate, double slope)
{
    const double binWidth = sampleRate / static_cast<double> (2 * (spectrum.size() - 1));

    for (size_t k = 1; k < spectrum.size(); ++k)
        spectrum[k] *= Fourier::Complex (std::polar (1.0, slope * phaseAt (static_cast<double> (k) * binWidth)));
}

Dispersion findDispersion (const std::vector<float>& response,
                           double sampleRate,
                           long long arrival,
                           double range,
                           double high)
{
    // What matters lies below 24 kHz, over some seven times the growth of e.
    const double top = std::min (high, 24000.0), step = 0.25 / top;
    Window window (response, sampleRate, arrival, 0.03 + 5.0 * range, top);
    const double without = window.sharpnessWithout (0.0);
    double best = 0.0, highest = without;

    for (double slope = step; slope <= range; slope += step)
    {
        for (const double each : { slope, -slope })
        {
            if (const double sharpness = window.sharpnessWithout (each); sharpness > highest)
            {
                highest = sharpness;
                best = each;
            }
        }
    }

    // The golden section between its neighbours.
    constexpr double golden = 0.6180339887;
    double low = best - step, end = best + step;
    double a = end - golden * (end - low), b = low + golden * (end - low);
    double atA = window.sharpnessWithout (a), atB = window.sharpnessWithout (b);

    while (end - low > 0.002 * step)
    {
        if (atA > atB)
        {
            end = b;
            b = a;
            atB = atA;
            a = end - golden * (end - low);
            atA = window.sharpnessWithout (a);
        }
        else
        {
            low = a;
            a = b;
            atA = atB;
            b = low + golden * (end - low);
            atB = window.sharpnessWithout (b);
        }
    }

    const double slope = (low + end) / 2.0;
    const double sharpest = std::max ({ atA, atB, 1e-30 });
    const bool isEven = agrees (window, top / 16.0, top / 4.0, slope) && agrees (window, top / 4.0, top, slope);
    const double spread =
        std::abs (slopeIn (window, top / 16.0, top / 4.0, range) - slopeIn (window, top / 4.0, top, range));
    return { slope, without > 0.0 ? sharpest / without : 1.0, 1.0 / (sharpest * sampleRate), isEven, spread };
}

} // namespace faltwerk
