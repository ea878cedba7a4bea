#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"

#include "Support/Catch.h"
#include "Support/Fourier.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace faltwerk;
using namespace faltwerk::test;
using Grade = MeasuringQuality::Grade;

namespace
{

constexpr double rate = 48000.0;

Sweep threeSeconds()
{
    Sweep sweep;
    sweep.from = 30.0;
    sweep.to = 20000.0;
    sweep.seconds = 3.0;
    sweep.leadIn = 0.3;
    sweep.tail = 1.2;
    return sweep;
}

/** The backward integral of a response from its peak on, in dB of its first value: double precision, no code of ours. */
std::vector<double> backward (const std::vector<float>& response)
{
    const auto peak = std::max_element (response.begin(), response.end(),
                                        [] (float a, float b) { return std::abs (a) < std::abs (b); });
    std::vector<double> curve (peak, response.end());
    double sum = 0.0;

    for (auto x = curve.rbegin(); x != curve.rend(); ++x)
        *x = sum += *x * *x;

    const double all = sum;

    for (auto& x : curve)
        x = 10.0 * std::log10 (x / all);

    return curve;
}

/** The decay time by a line through the backward integral between two levels, in s. */
double decayTime (const std::vector<float>& response, double from, double to)
{
    const auto curve = backward (response);
    double count = 0.0, x1 = 0.0, y1 = 0.0, xx = 0.0, xy = 0.0;

    for (size_t n = 0; n < curve.size() && curve[n] > to; ++n)
    {
        if (curve[n] > from)
            continue;

        const double x = static_cast<double> (n) / rate;
        count += 1.0;
        x1 += x;
        y1 += curve[n];
        xx += x * x;
        xy += x * curve[n];
    }

    return -60.0 * (count * xx - x1 * x1) / (count * xy - x1 * y1);
}

/** How far a measured response is from the true one. */
struct Error
{
    double levelInDb = 0.0;                   // the highest of the thirds of an octave
    double earlyShare = 0.0, lateShare = 0.0; // of EDT and T20
};

std::vector<double> thirdsOf (std::vector<float> response)
{
    response.resize (1 << 17);
    std::vector<double> levels;

    for (double f = 63.0; f < 15000.0; f *= std::exp2 (1.0 / 3.0))
        levels.push_back (
            10.0
            * std::log10 (energyWithin (
                response, rate,
                [f] (double x) { return std::abs (std::log2 (std::max (x, 1.0) / f)) < 1.0 / 6.0 ? 1.0 : 0.0; })));

    return levels;
}

Error errorOf (const std::vector<float>& kernel, const std::vector<float>& truth)
{
    const auto a = thirdsOf (kernel), b = thirdsOf (truth);
    Error error;

    for (size_t n = 0; n < a.size(); ++n)
        error.levelInDb = std::max (error.levelInDb, std::abs (a[n] - b[n]));

    error.earlyShare = std::abs (decayTime (kernel, 0.0, -10.0) / decayTime (truth, 0.0, -10.0) - 1.0);
    error.lateShare = std::abs (decayTime (kernel, -5.0, -25.0) / decayTime (truth, -5.0, -25.0) - 1.0);
    return error;
}

using Recording = std::vector<float>;

/** Something that happens to a recording. */
struct Defect
{
    std::string name;
    std::function<Recording (Recording, unsigned seed)> apply;
};

Recording clipped (Recording recording, double overInDb)
{
    float peak = 0.0f;

    for (const float x : recording)
        peak = std::max (peak, std::abs (x));

    const float limit = peak * static_cast<float> (std::pow (10.0, -overInDb / 20.0));

    for (auto& x : recording)
        x = std::clamp (x, -limit, limit);

    return recording;
}

/** A curve that is bent on both sides, as of tape or a valve. */
Recording bent (Recording recording, double cubic)
{
    float peak = 0.0f;

    for (const float x : recording)
        peak = std::max (peak, std::abs (x));

    for (auto& x : recording)
        x -= static_cast<float> (cubic) * x * x * x / (peak * peak);

    return recording;
}

Recording noisy (const Recording& recording, double snr, unsigned seed)
{
    double power = 0.0;

    for (const float x : recording)
        power += static_cast<double> (x) * static_cast<double> (x);

    return inNoise (recording, 10.0 * std::log10 (power / (3.0 * rate)) - snr, seed);
}

std::ptrdiff_t placeOf (unsigned seed) { return 60000 + 1357 * static_cast<std::ptrdiff_t> (seed % 40); }

std::vector<Defect> defects()
{
    std::vector<Defect> all { { "none", [] (Recording r, unsigned) { return r; } } };

    for (const double snr : { 60.0, 40.0, 20.0, 10.0 })
        all.push_back ({ "noise at " + std::to_string (snr),
                         [snr] (const Recording& r, unsigned seed) { return noisy (r, snr, seed); } });

    for (const double over : { 1.0, 3.0, 6.0, 12.0, 18.0 })
        all.push_back ({ "clipped by " + std::to_string (over),
                         [over] (const Recording& r, unsigned) { return clipped (r, over); } });

    for (const double cubic : { 0.01, 0.1, 0.3 })
        all.push_back ({ "bent by " + std::to_string (cubic),
                         [cubic] (const Recording& r, unsigned) { return bent (r, cubic); } });

    for (const std::ptrdiff_t length : { 2400, 9600, 38400 })
    {
        all.push_back ({ "silence of " + std::to_string (length), [length] (Recording r, unsigned seed)
                         {
                             std::fill_n (r.begin() + placeOf (seed), length, 0.0f);
                             return r;
                         } });
    }

    for (const std::ptrdiff_t length : { 512, 4096 })
    {
        all.push_back ({ "lost " + std::to_string (length), [length] (Recording r, unsigned seed)
                         {
                             r.erase (r.begin() + placeOf (seed), r.begin() + placeOf (seed) + length);
                             return r;
                         } });
        all.push_back ({ "repeated " + std::to_string (length), [length] (Recording r, unsigned seed)
                         {
                             const Recording buffer (r.begin() + placeOf (seed) - length, r.begin() + placeOf (seed));
                             r.insert (r.begin() + placeOf (seed), buffer.begin(), buffer.end());
                             return r;
                         } });
    }

    for (const double rest : { 0.05, 0.15, 0.4 })
        all.push_back ({ "cut " + std::to_string (rest) + " s after the sweep", [rest] (Recording r, unsigned)
                         {
                             r.resize (static_cast<size_t> ((3.3 + rest) * rate));
                             return r;
                         } });

    return all;
}

} // namespace

TEST_CASE ("The word of quality falls with the true error of response and decay", "[kernel][measuring]")
{
    const auto sweep = threeSeconds();
    KnownSweep known;
    known.law = sweep;

    for (const unsigned seed : { 1u, 2u, 3u })
    {
        auto system = decayingNoise (static_cast<size_t> ((0.3 + 0.2 * seed) * rate), seed);
        system[0] = 0.4f;
        const auto played = recordedSweep (sweep, { {} }, rate);
        const auto sound = oracle (played, system);
        const Recording clean (sound.begin(), sound.begin() + static_cast<std::ptrdiff_t> (played.size()));

        for (const auto& defect : defects())
        {
            CAPTURE (seed, defect.name);
            const auto result = deconvolve ({ { { defect.apply (clean, seed) }, rate } }, known, "take");

            if (! result)
                continue; // refused, with a sentence

            const auto error = errorOf (result->kernel.paths[0], system);
            const auto quality = judge (*result);
            CAPTURE (inWords (quality), error.levelInDb, error.earlyShare, error.lateShare);

            // JND of level and of decay: 1 dB, 5 %.
            const bool isRight = error.levelInDb < 0.5 && error.earlyShare < 0.05 && error.lateShare < 0.05;
            const bool isClose = error.levelInDb < 2.0 && error.earlyShare < 0.15 && error.lateShare < 0.15;
            CHECK ((quality.grade != Grade::good || isRight));
            CHECK ((quality.grade != Grade::usable || isClose));

            if (defect.name == "none" || defect.name.find ("noise at 60") == 0)
                CHECK (quality.grade == Grade::good);
        }
    }
}
