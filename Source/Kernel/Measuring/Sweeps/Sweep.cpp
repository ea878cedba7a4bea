#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

/** Returns a raised cosine from 0 at 0 to 1 at 1 and beyond. */
double rise (double x) { return x <= 0.0 ? 0.0 : x < 1.0 ? 0.5 - 0.5 * std::cos (pi * x) : 1.0; }

/** The frequency at which a sine has faded out for a sample rate, as a share of it. */
constexpr double sineEnd = 0.4975;

size_t framesIn (double seconds, double rate) { return static_cast<size_t> (std::llround (seconds * rate)); }

} // namespace

double Sweep::growthTime() const { return seconds / std::log (to / from); }

double Sweep::timeOf (double frequency) const { return growthTime() * std::log (frequency / from); }

Sweep stretched (Sweep sweep, double share)
{
    sweep.seconds *= 1.0 + share;
    sweep.from /= 1.0 + share;
    sweep.to /= 1.0 + share;
    return sweep;
}

std::string problemOfLaw (const Sweep& sweep)
{
    if (! (sweep.from > 0.0 && sweep.from < sweep.to))
        return "a sweep runs from a low to a higher frequency. Exchange them.";

    if (! (sweep.seconds * sweep.from >= 4.0))
        return "a sweep from " + std::to_string (std::lround (sweep.from)) + " Hz lasts at least "
               + std::to_string (std::lround (std::ceil (4.0 / sweep.from * 10.0) * 100.0)) + " ms. Make it longer.";

    return {};
}

std::string problemOf (const Sweep& sweep)
{
    if (auto problem = problemOfLaw (sweep); ! problem.empty())
        return problem;

    if (sweep.to > highestSweepEnd * sweep.sampleRate)
        return "a sweep at " + std::to_string (std::lround (sweep.sampleRate)) + " Hz can reach "
               + std::to_string (static_cast<long> (highestSweepEnd * sweep.sampleRate))
               + " Hz. End it there or lower.";

    if ((sweep.leadIn + sweep.seconds + sweep.tail) * sweep.sampleRate > static_cast<double> (longestRecordingInFrames))
        return "sweep and silence may last "
               + std::to_string (static_cast<long> (static_cast<double> (longestRecordingInFrames) / sweep.sampleRate))
               + " s in all at this sample rate. Make them shorter.";

    return {};
}

std::vector<float> makeSine (const Sweep& sweep, double sampleRate)
{
    const double growth = sweep.growthTime();
    const double amplitude = std::pow (10.0, sweep.levelDb / 20.0);
    const double lowest = highestSweepEnd * sampleRate, highest = sineEnd * sampleRate;
    const double end = std::min (sweep.seconds, sweep.timeOf (highest));
    const double fadeIn = std::min (2.0 / sweep.from, sweep.seconds / 20.0),
                 fadeOut = std::min (0.005, sweep.seconds / 20.0);
    std::vector<float> sine (framesIn (std::max (end, 0.0), sampleRate));

    for (size_t n = 0; n < sine.size(); ++n)
    {
        const double t = static_cast<double> (n) / sampleRate, grown = std::exp (t / growth);
        const double phase = 2.0 * pi * sweep.from * growth * (grown - 1.0);
        double level = amplitude * rise (t / fadeIn) * rise ((sweep.seconds - t) / fadeOut);

        if (sweep.from * grown > lowest)
            level *= rise ((highest - sweep.from * grown) / (highest - lowest));

        sine[n] = static_cast<float> (level * std::sin (phase));
    }

    return sine;
}

std::vector<float> makeSweep (const Sweep& sweep)
{
    std::vector<float> samples (framesIn (sweep.leadIn, sweep.sampleRate));
    const auto sine = makeSine (sweep, sweep.sampleRate);
    samples.insert (samples.end(), sine.begin(), sine.end());
    samples.resize (samples.size() + framesIn (sweep.tail, sweep.sampleRate));
    return samples;
}

std::string inWords (const Sweep& sweep)
{
    char text[120];
    std::snprintf (text, sizeof text, "%.6g Hz to %.6g Hz in %.6g s", sweep.from, sweep.to, sweep.seconds);
    return text;
}

} // namespace faltwerk
