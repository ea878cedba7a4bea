#include "Kernel/Measuring/RecordedSweep.h"

#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace faltwerk::test
{

namespace
{

constexpr double pi = std::numbers::pi;

double rise (double x) { return x <= 0.0 ? 0.0 : x >= 1.0 ? 1.0 : 0.5 - 0.5 * std::cos (pi * x); }

} // namespace

std::vector<float> recordedSweep (const Sweep& law, const std::vector<Pulse>& pulses, double rate, double drift)
{
    const double T = law.seconds, R = std::log (law.to / law.from), amplitude = std::pow (10.0, law.levelDb / 20.0);
    const double fadeIn = std::min (2.0 / law.from, T / 20.0), fadeOut = std::min (0.005, T / 20.0);
    const double playerRate = rate * (1.0 + drift); // frames of the recorder in a second of the player
    std::vector<float> recording (static_cast<size_t> ((law.leadIn + T + law.tail) * playerRate));

    for (size_t n = 0; n < recording.size(); ++n)
    {
        double sum = 0.0;

        for (const auto& pulse : pulses)
        {
            const double t = static_cast<double> (n) / playerRate - law.leadIn - pulse.seconds;

            if (t <= 0.0 || t >= T)
                continue;

            const double frequency = law.from * std::exp (t * R / T);
            const double phase = 2.0 * pi * law.from * T / R * std::expm1 (t * R / T);
            sum += pulse.gain * amplitude * std::sin (phase) * rise (t / fadeIn) * rise ((T - t) / fadeOut)
                   * rise ((0.495 * playerRate - frequency) / (0.045 * playerRate));
        }

        recording[n] = static_cast<float> (sum);
    }

    return recording;
}

std::vector<float> inNoise (std::vector<float> recording, double levelDb, unsigned seed)
{
    const auto added = noise (recording.size(), seed, std::pow (10.0, levelDb / 20.0));

    for (size_t n = 0; n < recording.size(); ++n)
        recording[n] += added[n];

    return recording;
}

double levelAt (const std::vector<float>& response, double rate, double frequency)
{
    std::complex<double> sum;

    for (size_t n = 0; n < response.size(); ++n)
        sum += static_cast<double> (response[n])
               * std::polar (1.0, -2.0 * pi * frequency * static_cast<double> (n) / rate);

    return 20.0 * std::log10 (std::abs (sum));
}

double levelAt (const std::vector<Pulse>& pulses, double frequency)
{
    std::complex<double> sum;

    for (const auto& pulse : pulses)
        sum += pulse.gain * std::polar (1.0, -2.0 * pi * frequency * pulse.seconds);

    return 20.0 * std::log10 (std::abs (sum));
}

} // namespace faltwerk::test
