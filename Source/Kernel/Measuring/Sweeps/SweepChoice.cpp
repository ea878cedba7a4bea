#include "Kernel/Measuring/Sweeps/SweepChoice.h"

#include "Kernel/Measuring/RecordingDivision.h"
#include "Kernel/Measuring/Sweeps/SweepFinder.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

/** Returns a sweep, and where its end depends on the rate at which it was made, those of usual rates too. */
std::vector<Sweep> withLoweredEnds (const Sweep& sweep, double recordingRate)
{
    std::vector<Sweep> sweeps { sweep };

    for (const double rate : { recordingRate, 44100.0 })
    {
        auto lowered = sweep;
        lowered.to = std::min (sweep.to, highestSweepEnd * rate);

        if (std::find (sweeps.begin(), sweeps.end(), lowered) == sweeps.end() && problemOfLaw (lowered).empty())
            sweeps.push_back (lowered);
    }

    return sweeps;
}

/** Returns the sweep of figures that were given; those of a default one for others. */
Sweep sweepOf (const KnownSweep& known, Sweep sweep)
{
    sweep.from = known.from.value_or (sweep.from);
    sweep.to = known.to.value_or (sweep.to);
    sweep.seconds = known.seconds.value_or (sweep.seconds);
    sweep.leadIn = known.leadIn.value_or (sweep.leadIn);
    sweep.levelDb = known.levelDb.value_or (sweep.levelDb);
    return sweep;
}

/** Rotates the phase of all frequencies so that the first sound is a positive pulse, by moving f1, which was not given
    exactly, along the sweep's law. */
void turnPhase (Sweep& sweep, const Sound& take, size_t length, const IsCancelled& isCancelled)
{
    const RecordingDivision division (excitationOf (sweep, take.sampleRate), length, isCancelled);
    auto quotient = division.quotientOf (loudestOf (take));
    const auto real = division.withoutPhase (quotient);

    for (auto& bin : quotient)
        bin *= Fourier::Complex (0.0f, -1.0f);

    const auto imaginary = division.withoutPhase (quotient);
    long long peak = real.peak();
    const auto power = [&] (long long n) { return std::hypot (real[n], imaginary[n]); };

    for (const long long n : { imaginary.peak(), peak - 1, peak + 1 })
        if (power (n) > power (peak))
            peak = n;

    // The recording's phase runs ahead by that angle of 2 pi f1 L.
    const double angle = std::atan2 (static_cast<double> (imaginary[peak]), static_cast<double> (real[peak]));
    const double growthTime = sweep.growthTime();
    sweep.from -= angle / (2.0 * pi * growthTime);
    sweep.seconds = growthTime * std::log (sweep.to / sweep.from);
}

/** Returns the law of a file that holds an exponential sweep, with its own level and silence. */
std::optional<Sweep> lawOf (const Sound& file, const Excitation& excitation, const IsCancelled& isCancelled)
{
    const auto found = findSweeps (file.channels.front(), file.sampleRate, isCancelled);

    if (found.sweeps.empty() || found.uncertainty > 1e-3 * found.sweeps.front().growthTime())
        return {};

    auto law = found.sweeps.front();
    float peak = 0.0f;

    for (const float x : excitation.samples)
        peak = std::max (peak, std::abs (x));

    law.levelDb = 20.0 * std::log10 (static_cast<double> (peak));
    law.leadIn = excitation.leadIn;
    law.sampleRate = file.sampleRate;
    return law;
}

} // namespace

SweepChoice chooseSweep (const Sound& take, const KnownSweep& known, size_t length, const IsCancelled& isCancelled)
{
    const double rate = take.sampleRate;
    std::vector<Sweep> sweeps;
    const bool isGiven = known.law || known.file || known.hasFigures();
    bool wasFound = false;
    double uncertainty = 0.0; // s over the whole band

    if (known.law)
    {
        sweeps = { sweepOf (known, *known.law) };
    }
    else if (known.file)
    {
        auto excitation = excitationOf (*known.file, rate);
        excitation.leadIn = known.leadIn.value_or (excitation.leadIn);

        if (excitation.samples.empty())
            return { {}, false, true, true, 0.0, "the file of the sweep is silent. Choose the one that was played." };

        excitation.law = lawOf (*known.file, excitation, isCancelled);

        // Above its end, where the ends of the law are seen to about a 24th of an octave, harmonics would be amplified.
        if (const auto& law = excitation.law)
            excitation.high = std::min (excitation.high, law->to * std::exp2 (-1.0 / 24.0));

        return { std::move (excitation), false, true };
    }
    else if (known.hasFigures())
    {
        sweeps = withLoweredEnds (sweepOf (known, known.otherwise), rate);
    }
    else if (const auto found = findSweeps (loudestOf (take), rate, isCancelled); ! found.sweeps.empty())
    {
        const double growthTime = found.sweeps.front().growthTime();

        if (std::abs (known.otherwise.growthTime() - growthTime)
            < std::max (4.0 * found.uncertainty, 5e-4 * growthTime))
            sweeps.push_back (sweepOf (known, known.otherwise));

        for (const auto& sweep : found.sweeps)
            if (const auto meant = sweepOf (known, sweep); std::none_of (
                    sweeps.begin(), sweeps.end(),
                    [&meant] (const Sweep& other)
                    { return meant.from == other.from && meant.to == other.to && meant.seconds == other.seconds; }))
                sweeps.push_back (meant);

        wasFound = true;
        uncertainty = found.uncertainty * std::log (found.sweeps.front().to / found.sweeps.front().from);

        if (! found.areRound && sweeps.size() == 1)
            turnPhase (sweeps.front(), take, length, isCancelled);
    }
    else
    {
        sweeps = withLoweredEnds (sweepOf (known, known.otherwise), rate);
    }

    if (auto problem = problemOfLaw (sweeps.front()); ! problem.empty())
        return { {}, false, isGiven, true, 0.0, problem };

    // Another than the first is taken if it is clearly right: it leaves less before the first sound of those that were
    // found, and makes the response sharper of those that were given.
    size_t best = 0;
    double highest = -1.0;
    std::vector<double> merits;

    for (size_t n = 0; sweeps.size() > 1 && n < sweeps.size(); ++n)
    {
        auto excitation = excitationOf (sweeps[n], rate);

        if (RecordingDivision::sizeFor (excitation, length) > longestRecordingInFrames)
            break;

        const RecordingDivision division (std::move (excitation), length, isCancelled);
        const auto quotient = division.quotientOf (loudestOf (take));
        const auto response = division.withoutPhase (quotient);
        const auto arrival = division.arrivalIn (response);
        const double merit = ! wasFound                    ? response.sharpness()
                             : division.isInside (arrival) ? 1.0 / (division.shareBefore (quotient, arrival) + 1e-16)
                                                           : 0.0;
        merits.push_back (merit);

        if (merit > 1.5 * highest)
        {
            highest = merit;
            best = n;
        }
    }

    bool isCertain = uncertainty < 0.001 || ! merits.empty();

    for (size_t n = 0; n < merits.size(); ++n)
        if (const double other = sweeps[n].growthTime() / sweeps[best].growthTime();
            uncertainty >= 0.001 && std::abs (other - 1.0) > 5e-4 && merits[n] > 0.3 * merits[best])
            isCertain = false;

    return { excitationOf (sweeps[best], rate), wasFound, isGiven, isCertain, uncertainty };
}

} // namespace faltwerk
