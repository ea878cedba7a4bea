#include "Kernel/Generators/Plate.h"

#include "Kernel/Generators/GeneratorSupport.h"
#include "Kernel/Random.h"
#include "Kernel/Resampling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

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

/** All modes, the lowest first. */
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
            // A real plate is a little uneven, so that its modes do not stand in rows.
            const double exact = c * (m * m / (p.width * p.width) + n * n / (p.height * p.height));
            const double frequency = exact + 0.3 * spacing * random.bipolar();

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

    std::sort (modes.begin(), modes.end(), [] (const Mode& a, const Mode& b) { return a.frequency < b.frequency; });
    return modes;
}

/** Modes that turn and shrink side by side, so that the compiler can keep them in vectors. */
struct Lanes
{
    static constexpr size_t count = 16, sums = 4;

    Lanes (std::span<const Mode> modes, double rate)
    {
        for (size_t n = 0; n < modes.size(); ++n)
        {
            const auto& mode = modes[n];
            const double factor = decayFactor (mode.decay, rate), angle = 2.0 * pi * mode.frequency / rate;
            real[n] = 1.0f;
            turnReal[n] = static_cast<float> (factor * std::cos (angle));
            turnImaginary[n] = static_cast<float> (factor * std::sin (angle));
            left[n] = static_cast<float> (mode.left);
            right[n] = static_cast<float> (mode.right);
            numFrames = std::max (numFrames, framesFor (mode.decay * decayInDb / 60.0, rate));
        }
    }

    /** Adds the next frames to partial sums of both channels: [frame][sum]. */
    void addTo (std::span<std::array<float, sums>> leftSums, std::span<std::array<float, sums>> rightSums) noexcept
    {
        for (size_t frame = 0; frame < leftSums.size(); ++frame)
        {
            auto& l = leftSums[frame];
            auto& r = rightSums[frame];

            for (size_t first = 0; first < count; first += sums)
                for (size_t sum = 0; sum < sums; ++sum)
                {
                    const size_t n = first + sum;
                    l[sum] += left[n] * real[n];
                    r[sum] += right[n] * real[n];
                    const float turned = real[n] * turnReal[n] - imaginary[n] * turnImaginary[n];
                    imaginary[n] = real[n] * turnImaginary[n] + imaginary[n] * turnReal[n];
                    real[n] = turned;
                }
        }
    }

    std::array<float, count> real {}, imaginary {}, turnReal {}, turnImaginary {}, left {}, right {};
    size_t numFrames = 0; // until all of them are silent
};

} // namespace

Kernel generate (const Plate& p)
{
    const double rate = rateOf (p);
    const auto modes = modesOf (p);
    std::vector<Lanes> lanes;

    for (size_t n = 0; n < modes.size(); n += Lanes::count)
        lanes.emplace_back (std::span (modes).subspan (n, std::min (Lanes::count, modes.size() - n)), rate);

    std::vector<Signal> channels (2, Signal (std::max<size_t> (2, framesFor (lengthInSeconds (p), rate))));
    constexpr size_t blockLength = 256;

    for (size_t start = 0; start < channels[0].size(); start += blockLength)
    {
        const size_t numFrames = std::min (blockLength, channels[0].size() - start);
        std::array<std::array<float, Lanes::sums>, blockLength> left {}, right {};

        for (auto& each : lanes)
            if (start < each.numFrames)
                each.addTo (std::span (left).first (numFrames), std::span (right).first (numFrames));

        for (size_t n = 0; n < numFrames; ++n)
            for (size_t sum = 0; sum < Lanes::sums; ++sum)
            {
                channels[0][start + n] += static_cast<double> (left[n][sum]);
                channels[1][start + n] += static_cast<double> (right[n][sum]);
            }
    }

    for (auto& channel : channels)
    {
        removeLows (channel, lowestFrequency, rate);
        fadeOut (channel, std::min (framesFor (fadeInSeconds, rate), channel.size() / 4));
    }

    // Resampling keeps the response, and with it the energy at 48 kHz.
    return resampled (kernelOfUnitEnergy (std::move (channels), rate, "Plate"), p.sampleRate);
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
