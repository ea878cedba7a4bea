#include "Kernel/Generators/Models/Cabinet.h"

#include "Kernel/Edits/MinimumPhase.h"
#include "Kernel/Fourier.h"
#include "Kernel/Generators/GeneratorSupport.h"
#include "Kernel/Random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr double floorInDb = -70.0; // of the curve below its top: keeps the cepstrum short
constexpr size_t shortestSize = 1u << 14;

/** Returns a peak or a dip: dB at a frequency, as wide as 1 / q of its own. */
double bell (double frequency, double centre, double q, double gainDb)
{
    const double detune = q * (frequency / centre - centre / frequency);
    return gainDb / (1.0 + detune * detune);
}

/** Returns a slope that takes a number of dB per octave beyond a corner, along a Butterworth curve. */
double slopeDb (double ratio, double order) { return -10.0 * std::log10 (1.0 + std::pow (ratio, 2.0 * order)); }

/** The cabinet's gain over frequency, in dB. */
class Curve
{
public:
    explicit Curve (const Cabinet& cabinet)
        : p (cabinet)
    {
        Random random (p.seed);

        for (size_t n = 0; n < ripples.size(); ++n)
            ripples[n] = { 250.0 * std::exp2 (5.0 * (static_cast<double> (n) + random.uniform()) / 20.0),
                           4.0 + 6.0 * random.uniform(), p.ripple * random.bipolar() };
    }

    double at (double frequency) const
    {
        const double f = std::max (frequency, 1.0), box = f / p.boxFrequency;

        // The box: a high-pass of second order with its resonance, and the transformer before it.
        double db =
            20.0 * std::log10 (box * box / std::hypot (1.0 - box * box, box / p.boxQ)) + slopeDb (0.6 / box, 1.0);

        // The cone: it breaks up into three peaks, with a dip before and a notch after them.
        db += bell (f, 0.37 * p.breakUp, 1.1, -p.scoop);
        db += bell (f, p.breakUp, 2.0, p.presence) + bell (f, 0.66 * p.breakUp, 3.5, 0.4 * p.presence)
              + bell (f, 1.45 * p.breakUp, 4.5, 0.6 * p.presence);
        db += bell (f, 1.21 * p.breakUp, 7.0, -0.5 * p.presence) + bell (f, 1.3 * p.cutoff, 5.0, -9.0);
        db += slopeDb (f / p.cutoff, 4.5) + slopeDb (f / (2.1 * p.cutoff), 3.0);

        // The microphone: darker towards the rim, fuller when near.
        db += p.axis * (slopeDb (f / 2200.0, 0.75) + bell (f, 450.0, 0.8, 2.0));
        db += 10.0 * std::log10 (1.0 + std::pow (900.0 / (f * std::sqrt (p.distance)), 2.0)) * 0.35;

        for (const auto& [centre, q, gainDb] : ripples)
            db += bell (f, centre, q, gainDb);

        return db;
    }

private:
    struct Bell
    {
        double centre, q, gainDb;
    };

    const Cabinet& p;
    std::array<Bell, 20> ripples {};
};

} // namespace

Kernel generate (const Cabinet& p)
{
    const size_t numFrames = std::max<size_t> (2, framesFor (p.length * 1e-3, p.sampleRate));
    const size_t size = std::max (shortestSize, Fourier::sizeFor (8 * numFrames));
    const Curve curve (p);
    std::vector<double> db (size / 2 + 1);

    for (size_t k = 0; k < db.size(); ++k)
        db[k] = curve.at (p.sampleRate * static_cast<double> (k) / static_cast<double> (size));

    const double lowest = *std::max_element (db.begin(), db.end()) + floorInDb;
    std::vector<float> magnitudes (db.size());
    std::transform (db.begin(), db.end(), magnitudes.begin(),
                    [lowest] (double x) { return static_cast<float> (std::pow (10.0, 0.05 * std::max (x, lowest))); });

    const auto impulse = minimumPhaseImpulse (magnitudes);
    Signal signal (impulse.begin(), impulse.begin() + static_cast<std::ptrdiff_t> (numFrames));
    fadeOut (signal, numFrames / 3);
    return kernelOfUnitEnergy ({ std::move (signal) }, p.sampleRate, "Cabinet");
}

} // namespace faltwerk
