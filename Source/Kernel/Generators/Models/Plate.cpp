#include "Kernel/Generators/Models/Plate.h"

#include "Kernel/Edits/Resampling.h"
#include "Kernel/Generators/GeneratorSupport.h"
#include "Kernel/Random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;
constexpr double ownRate = 32000.0;      // Hz: modes are summed at this rate at most, and resampled
constexpr double highestMode = 14000.0;  // Hz
constexpr double lowestFrequency = 50.0; // Hz
constexpr double decayInDb = 85.0;       // where a mode stops
constexpr double longestInSeconds = 12.0;
constexpr size_t mostModes = 40000;  // a second or two of computing
constexpr double stiffness = 2400.0; // pi / 2 sqrt (E / (12 rho (1 - nu^2))) of steel, in m / s
constexpr double unevenness = 2.0;   // of a mode, in distances from mode to mode
constexpr double dampedDecay = 0.5;  // T60 that the damper alone would leave, in s
constexpr double fadeInSeconds = 0.05;

struct Mode
{
    double frequency, decay; // Hz, T60 in s
    double left, right;      // amplitudes
};

double decayAt (const Plate& p, double frequency)
{
    const double position = std::clamp (std::log (frequency / 100.0) / std::log (100.0), 0.0, 1.0);
    const double own = p.lowDecay * std::pow (p.highDecay / p.lowDecay, position);
    return 1.0 / (1.0 / own + p.damping / dampedDecay);
}

double lengthInSeconds (const Plate& p)
{
    if (p.lengthInSeconds > 0.0)
        return p.lengthInSeconds;

    return std::max (decayAt (p, 100.0), decayAt (p, 10000.0)) * decayInDb / 60.0;
}

double rateOf (const Plate& p) { return std::min (p.sampleRate, ownRate); }
double highestOf (const Plate& p) { return std::min (highestMode, 0.45 * rateOf (p)); }
double waveConstant (const Plate& p) { return stiffness * p.thickness * 1e-3; } // Hz m^2

/** Returns all modes that are heard. */
std::vector<Mode> modesOf (const Plate& p)
{
    const double c = waveConstant (p), highest = highestOf (p);
    const double spacing = 4.0 * c / (pi * p.width * p.height); // from mode to mode, in Hz
    const auto shape = [] (double m, double x) { return std::sin (m * pi * 0.01 * x); };
    Random random (p.seed);
    std::vector<Mode> modes;

    for (double m = 1.0; c * m * m < highest * p.width * p.width; ++m)
        for (double n = 1.0;; ++n)
        {
            // A real plate is a little uneven: in rows, the modes would echo.
            const double exact = c * (m * m / (p.width * p.width) + n * n / (p.height * p.height));
            const double frequency = exact + unevenness * spacing * random.bipolar();

            if (exact >= highest)
                break;

            if (frequency < 0.5 * lowestFrequency)
                continue;

            const double edge = std::clamp ((1.0 - exact / highest) / 0.3, 0.0, 1.0); // no ringing at the upper end
            const double gain = (0.5 - 0.5 * std::cos (pi * edge)) * shape (m, p.driveX) * shape (n, p.driveY)
                                * std::pow (frequency / 1000.0, p.brightness * 0.05 * std::log2 (10.0));
            modes.push_back ({ frequency, decayAt (p, frequency), gain * shape (m, p.leftX) * shape (n, p.leftY),
                               gain * shape (m, p.rightX) * shape (n, p.rightY) });
        }

    return modes;
}

/** A mode that sounds: y[n + s] = 2 r^s cos (s w) y[n] - r^2s y[n - s]. As many frames as the stride lie side by side
    for the compiler's vectors, and each block starts anew from exact values, before single precision drifts. */
class SoundingMode
{
public:
    static constexpr size_t blockLength = 2048, stride = 32;

    using Block = std::array<float, blockLength>;

    SoundingMode (const Mode& mode, double rate)
        : turn (std::polar (decayFactor (mode.decay, rate), 2.0 * pi * mode.frequency / rate))
        , recent (static_cast<float> (2.0 * std::pow (turn, static_cast<double> (stride)).real()))
        , older (static_cast<float> (std::pow (std::norm (turn), static_cast<double> (stride))))
        , leftGain (static_cast<float> (mode.left))
        , rightGain (static_cast<float> (mode.right))
        , life (framesFor (mode.decay * decayInDb / 60.0, rate))
    {
    }

    /** Returns the number of frames until it is silent. */
    size_t lifeInFrames() const noexcept { return life; }

    /** Adds the block that starts at a frame. */
    void addTo (Block& left, Block& right, size_t start) const noexcept
    {
        Block y;
        auto state = std::pow (turn, static_cast<double> (start));

        for (size_t n = 0; n < 2 * stride; ++n)
        {
            y[n] = static_cast<float> (state.real());
            state = { state.real() * turn.real() - state.imag() * turn.imag(),
                      state.real() * turn.imag() + state.imag() * turn.real() };
        }

        for (size_t n = 2 * stride; n < blockLength; n += stride)
            for (size_t k = n; k < n + stride; ++k)
                y[k] = recent * y[k - stride] - older * y[k - 2 * stride];

        for (size_t n = 0; n < blockLength; ++n)
        {
            left[n] += leftGain * y[n];
            right[n] += rightGain * y[n];
        }
    }

private:
    std::complex<double> turn;
    float recent, older, leftGain, rightGain;
    size_t life;
};

} // namespace

Kernel generate (const Plate& p)
{
    const double rate = rateOf (p);
    std::vector<SoundingMode> modes;

    for (const auto& mode : modesOf (p))
        modes.emplace_back (mode, rate);

    std::vector<Signal> channels (2, Signal (std::max<size_t> (2, framesFor (lengthInSeconds (p), rate))));

    for (size_t start = 0; start < channels[0].size(); start += SoundingMode::blockLength)
    {
        SoundingMode::Block left {}, right {};

        for (const auto& mode : modes)
            if (start < mode.lifeInFrames())
                mode.addTo (left, right, start);

        for (size_t n = 0; n < std::min (left.size(), channels[0].size() - start); ++n)
        {
            channels[0][start + n] = static_cast<double> (left[n]);
            channels[1][start + n] = static_cast<double> (right[n]);
        }
    }

    for (auto& channel : channels)
    {
        removeLows (channel, lowestFrequency, rate);
        fadeOut (channel, std::min (framesFor (fadeInSeconds, rate), channel.size() / 4));
    }

    // Resampling keeps the response, and with it the energy at 48 kHz.
    return resampledAndCut (kernelOfUnitEnergy (std::move (channels), rate, "Plate"), p.sampleRate);
}

std::string problemWith (const Plate& p)
{
    const double numModes = 0.25 * pi * p.width * p.height * highestOf (p) / waveConstant (p);

    if (numModes > static_cast<double> (mostModes))
        return "it would have " + std::to_string (static_cast<int> (std::min (numModes, 1e9))) + " modes, and at most "
               + std::to_string (mostModes) + " are possible. Make it smaller or thicker.";

    if (lengthInSeconds (p) > longestInSeconds)
        return "it would ring for longer than 12 s. Choose a length, or shorten its decay.";

    return {};
}

} // namespace faltwerk
