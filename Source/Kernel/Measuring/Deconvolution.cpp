#include "Kernel/Measuring/Deconvolution.h"

#include "Kernel/Measuring/KernelEnding.h"
#include "Kernel/Measuring/Quality/Dispersion.h"
#include "Kernel/Measuring/Quality/Interruption.h"
#include "Kernel/Measuring/Quality/RingingLoop.h"
#include "Kernel/Measuring/RecordingDivision.h"
#include "Kernel/Measuring/Sweeps/SweepFinder.h"
#include "Kernel/Measuring/TakeAlignment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <tuple>
#include <utility>

namespace faltwerk
{

namespace
{

/** A channel this far below the strongest does not decide where the kernel begins. */
constexpr double faintInDb = -40.0;

/** The dispersion over the whole band from which a clock's drift is told from the phase of what is measured, in s, and
    the highest drift of a clock; more is another sweep. */
constexpr double leastDispersion = 40e-6, highestDriftInPpm = 500.0;

/** By how much the dispersion of the band's halves may differ if a sweep that was found is certain, in s over the
    band. */
constexpr double mostSpread = 400e-6;

long long framesIn (double seconds, double rate) { return std::llround (seconds * rate); }

bool isInterrupted (const Interruption& found) { return found.silence || found.shift != 0.0; }

/** Makes one kernel of takes, step by step. */
class Measurement
{
public:
    Measurement (const std::vector<Sound>& recordings,
                 const KnownSweep& knownOfSweep,
                 const std::string& nameOfKernel,
                 BandPhase phaseOfBand,
                 const std::vector<std::string>& names,
                 const IsCancelled& isCancelled)
        : takes (recordings)
        , known (knownOfSweep)
        , name (nameOfKernel)
        , phase (phaseOfBand)
        , namesOfTakes (names)
        , stops (isCancelled)
    {
        for (const auto& take : takes)
            for (const auto& channel : take.channels)
                length = std::max (length, channel.size());
    }

    Outcome<Deconvolved> run()
    {
        if (length > longestRecordingInFrames)
            return tooLong();

        auto chosen = chooseSweep (takes.front(), known, length, stops);

        if (! chosen.excitation)
            return fail (chosen.problem);

        result.wasFound = chosen.wasFound;
        result.uncertaintyInSeconds = chosen.uncertaintyInSeconds;
        isGiven = chosen.isGiven;
        result.isCertain = chosen.isCertain;
        const size_t sine = chosen.excitation->lengthInFrames();

        if (length < sine / 2 && ! isGiven)
            return failWithoutSweep();

        if (length < sine / 2)
            return fail ("it is shorter than the sweep. Choose the recording of the whole sweep.");

        if (RecordingDivision::sizeFor (*chosen.excitation, length) > longestRecordingInFrames)
            return tooLong();

        throwIfCancelled (stops);
        division = std::make_unique<RecordingDivision> (std::move (*chosen.excitation), length, stops);
        channels = measure (*division, takes.front());
        strongest = strongestOf (channels);

        for (const auto& channel : takes.front().channels)
            ends.push_back (static_cast<long long> (channel.size()));

        if (const auto& law = division->excitation().law)
        {
            result.sweep = law;
            throwIfCancelled (stops);
            result.interruption =
                findInterruption (takes.front().channels[strongest], *division, channels[strongest], *law);

            if (takes.size() > 1 && isInterrupted (result.interruption))
                return fail ("recording 1 is interrupted: " + inWords (result.interruption));

            throwIfCancelled (stops);

            // What comes early or late from a place on is no drift.
            if (result.interruption.shift == 0.0)
                compareLaw();
        }

        if (const auto problem = average(); ! problem.text.empty())
            return fail (problem.text, problem.take);

        return makeResult();
    }

private:
    Outcome<Deconvolved> fail (const std::string& what, size_t take = 0) const
    {
        const auto& file = take < namesOfTakes.size() ? namesOfTakes[take] : name;
        return Outcome<Deconvolved>::failure ("No kernel was found in '" + file + "': " + what);
    }

    Outcome<Deconvolved> failWithoutSweep() const
    {
        if (! isGiven)
            return fail (
                "no exponential sweep was found in it from beginning to end. Choose the recording of the whole "
                "sweep, or give the file of the sweep that was played: a linear sweep or another signal needs "
                "it.");

        return fail ("the sweep is not in it from beginning to end. Choose the recording of the whole sweep"
                     + (result.fits ? ", or give its figures: it fits " + inWords (*result.fits) + "."
                        : known.hasFigures()
                            ? ", and give the frequencies and the length with which it was made, or none of them."
                            : ", and the file of the sweep that was played."));
    }

    /** Returns which frequencies are lost with a part of the sweep, if its law is known: ", and what is below 171 Hz is
        lost". */
    std::string lossIn (double seconds, const char* side) const
    {
        if (! result.sweep)
            return {};

        const double frequency = result.sweep->from * std::exp (seconds / result.sweep->growthTime());
        return std::string (", and what is ") + side + " " + std::to_string (std::lround (frequency)) + " Hz is lost";
    }

    Outcome<Deconvolved> tooLong() const
    {
        const double most = static_cast<double> (longestRecordingInFrames) / takes.front().sampleRate;
        return fail ("it is too long: sweep and recording may last about " + std::to_string (std::lround (0.85 * most))
                     + " s at this sample rate. Cut it so that it ends some seconds after the sweep.");
    }

    /** Corrects the law by the drift of the clocks, or by what was found of it, and looks for another one that fits
        better. */
    void compareLaw()
    {
        const auto law = *division->excitation().law;
        const double growthTime = law.growthTime(), rate = division->excitation().sampleRate;
        const double high = division->excitation().high, span = std::log (high / law.from);
        const auto dispersion = findDispersion (channels[strongest].response.circle(), rate,
                                                channels[strongest].arrival, std::max (1e-3 * growthTime, 1e-4), high);
        const double smear = dispersion.slope * span, ppm = 1e6 * dispersion.slope / growthTime;

        const bool isClear = std::abs (smear) >= leastDispersion && dispersion.sharpness > 1.005 && dispersion.isEven;

        // A law that was found must leave nothing, and be told from its neighbours.
        if (! isGiven
            && (isClear
                || ((std::abs (smear) >= leastDispersion || dispersion.spread * span > mostSpread)
                    && ! leavesLeast (law, mostSpread / span / growthTime))))
        {
            result.isCertain = false;
            result.uncertaintyInSeconds = std::max (result.uncertaintyInSeconds, dispersion.spread * span);
        }

        if (isClear)
        {
            if (! isGiven || std::abs (ppm) <= highestDriftInPpm)
                correctLaw (law, dispersion.slope / growthTime);
            else
                result.smearInSeconds = smear;
        }

        if (! result.wasFound && ! known.file)
            compareWithFound();
    }

    /** Returns true if a law leaves clearly less before the first sound than sweeps that are faster or slower by a
        share. */
    bool leavesLeast (const Sweep& law, double share) const
    {
        const auto leftBy = [this] (const RecordingDivision& by)
        {
            const auto quotient = by.quotientOf (takes.front().channels[strongest]);
            return by.shareBefore (quotient, by.arrivalIn (by.withoutPhase (quotient)));
        };
        const double left = leftBy (*division);
        return std::ranges::all_of (
            std::array { -1.0, 1.0 },
            [&] (double sign)
            {
                return leftBy ({ excitationOf (stretched (law, sign * share), division->excitation().sampleRate),
                                 length, stops })
                       > 1.5 * left;
            });
    }

    /** Divides by the sweep as a recorder heard it whose clock was faster by a share, unless that leaves more before
        the first sound: then what is measured disperses by itself. */
    void correctLaw (const Sweep& law, double share)
    {
        const double rate = division->excitation().sampleRate;
        auto excitation = excitationOf (stretched (law, share), rate);

        if (known.file && ! known.law)
        {
            const auto band = std::pair (division->excitation().low, division->excitation().high);
            excitation = excitationOf (*known.file, rate * (1.0 + share));
            excitation.sampleRate = rate;
            excitation.leadIn = division->excitation().leadIn;
            std::tie (excitation.low, excitation.high) = band;
            excitation.law = law;
        }

        if (RecordingDivision::sizeFor (excitation, length) > longestRecordingInFrames)
            return;

        auto corrected = std::make_unique<RecordingDivision> (std::move (excitation), length, stops);
        auto measured = measure (*corrected, takes.front());
        const auto &before = channels[strongest], &after = measured[strongest];

        if (corrected->shareBefore (after.quotient, after.arrival)
            > 1.1 * division->shareBefore (before.quotient, before.arrival))
            return;

        if (isGiven)
            result.driftInPpm = 1e6 * share;

        result.sweep = isGiven ? law : stretched (law, share);
        division = std::move (corrected);
        channels = std::move (measured);
        strongest = strongestOf (channels);
    }

    void compareWithFound()
    {
        const Sound channel { { takes.front().channels[strongest] }, division->excitation().sampleRate };
        const double growthTime = result.sweep->growthTime();
        const auto agrees = [growthTime] (const Sweep& sweep)
        { return std::abs (sweep.growthTime() / growthTime - 1.0) < 1.2e-6 * highestDriftInPpm; };
        const auto all = findSweeps (channel.channels[0], channel.sampleRate, stops).sweeps;

        if (all.empty() || std::any_of (all.begin(), all.end(), agrees))
            return;

        auto chosen = chooseSweep (channel, {}, length, stops);

        if (! chosen.excitation || ! chosen.excitation->law || agrees (*chosen.excitation->law))
            return;

        auto excitation = std::move (*chosen.excitation);
        const auto found = excitation.law;

        if (RecordingDivision::sizeFor (excitation, length) > longestRecordingInFrames)
            return;

        const RecordingDivision other (std::move (excitation), length, stops);
        const auto response = other.withoutPhase (other.quotientOf (takes.front().channels[strongest]));

        if (response.sharpness() < 2.0 * channels[strongest].response.sharpness())
            return;

        result.fits = found;
        result.smearInSeconds =
            (found->growthTime() - growthTime) * std::log (division->excitation().high / result.sweep->from);
    }

    /** What is wrong with a take. */
    struct Problem
    {
        size_t take = 0;
        std::string text; // empty if nothing is
    };

    /** Adds the other takes. */
    Problem average()
    {
        const long long firstArrival = channels[strongest].arrival;

        for (size_t n = 1; n < takes.size(); ++n)
        {
            const auto take = measure (*division, takes[n]);

            if (result.sweep)
                if (const auto found =
                        findInterruption (takes[n].channels[strongest], *division, take[strongest], *result.sweep);
                    isInterrupted (found))
                    return { n, "recording " + std::to_string (n + 1) + " is interrupted: " + inWords (found) };

            if (! addTake (channels, take, strongest, division->excitation().sampleRate))
                return { n,
                         "recording " + std::to_string (n + 1)
                             + " holds something else than the first, or no sweep. Average takes of one thing only." };

            const auto sine = static_cast<long long> (division->excitation().lengthInFrames());

            for (size_t c = 0; c < ends.size(); ++c)
            {
                const auto size = static_cast<long long> (takes[n].channels[c].size());

                if (take[c].holdsSweep && size - take[strongest].arrival < sine)
                    return { n, "recording " + std::to_string (n + 1)
                                    + " ends before the sweep does. Record it to its end." };

                ends[c] = std::min (ends[c], size - take[strongest].arrival + firstArrival);
            }
        }

        if (takes.size() == 1)
            return {};

        for (auto& channel : channels)
        {
            for (auto& bin : channel.quotient)
                bin /= static_cast<float> (takes.size());

            channel.response = division->withoutPhase (channel.quotient);
            channel.holdsSweep = holdsSweep (channel.response);
            channel.arrival = division->arrivalIn (channel.response);
        }

        result.numTakes = takes.size();
        return {};
    }

    Outcome<Deconvolved> makeResult()
    {
        const double rate = division->excitation().sampleRate;
        const auto& main = channels[strongest];
        if (loudestOf (takes.front()).empty() || ! (peakOf (main) > 0.0f))
            return fail ("it is silent. Check what was recorded.");

        if (! main.holdsSweep)
            return failWithoutSweep();

        // The earliest of the channels that count.
        long long arrival = main.arrival;

        for (const auto& channel : channels)
        {
            MeasuredChannel state;
            state.holdsSweep = channel.holdsSweep;
            state.levelDb = 20.0 * std::log10 (std::max (peakOf (channel), 1e-20f) / peakOf (main));

            if (channel.holdsSweep && state.levelDb > faintInDb)
                arrival = std::min (arrival, channel.arrival);

            const size_t index = result.channels.size();

            for (const auto& take : takes)
                if (const auto clipping = findClipping (take.channels[index], rate);
                    clipping.share > state.clipping.share)
                    state.clipping = clipping;

            result.channels.push_back (state);
        }

        if (result.channels[strongest].clipping)
            result.interruption.jump = {}; // a burst of clipping looks like one

        // From before the first arrival to where the recording ends, as the end of the sweep sees it.
        const long long gap = framesIn (preRollInSeconds, rate),
                        preRoll = framesIn (preRollOf (phase, division->excitation().low), rate),
                        start = arrival - preRoll;
        const long long sine = static_cast<long long> (division->excitation().lengthInFrames());
        long long end = static_cast<long long> (length);

        for (size_t n = 0; n < channels.size(); ++n)
            if (channels[n].holdsSweep)
                end = std::min (end, ends[n]);

        const long long heard = end - sine - arrival;
        const auto late = [rate] (long long frames)
        {
            char text[32];
            std::snprintf (text, sizeof text, "%.2f s", static_cast<double> (frames) / rate);
            return std::string (text);
        };

        if (isGiven && result.interruption.shift != 0.0 && (arrival < -gap || heard < 0))
            return fail (inWords (result.interruption));

        if ((result.fits || ! isGiven) && (arrival < -gap || heard < 0))
            return failWithoutSweep();

        if (arrival < -gap)
            return fail ("the recording begins " + late (-arrival) + " after the sweep did"
                         + lossIn (static_cast<double> (-arrival) / rate, "below") + ". Record it from its beginning.");

        if (heard < 0)
            return fail ("the recording ends " + late (-heard) + " before the sweep does"
                         + lossIn (static_cast<double> (sine + heard) / rate, "above") + ". Record it to its end.");

        const auto numFrames =
            std::clamp (heard + preRoll, framesIn (0.05, rate), static_cast<long long> (longestKernelInFrames));
        std::vector<std::vector<float>> paths;
        double noise = 0.0;
        HarmonicSums harmonics;
        const auto ahead = static_cast<long long> (division->aheadOfHarmonic (2));
        const long long before = std::max (2 * ahead / 5 - 2 * gap, 1LL);

        const auto noiseOf = [&] (const CircularResponse& response) {
            return response.energyBetween (arrival - 2 * gap - before, arrival - 2 * gap)
                   / static_cast<double> (before);
        };

        for (const auto& channel : channels)
        {
            auto& path = paths.emplace_back (static_cast<size_t> (numFrames));

            if (! channel.holdsSweep)
                continue;

            const auto response = division->withLeastPhase (channel.quotient);

            for (long long n = 0; n < numFrames; ++n)
                path[static_cast<size_t> (n)] = (phase == BandPhase::linear ? channel.response : response)[start + n];

            noise += noiseOf (response);
            harmonics.add (response, *division, arrival, noiseOf (response), start + numFrames);
        }

        auto kernel = makeKernel (std::move (paths), rate, name);

        if (! kernel)
            return Outcome<Deconvolved>::failure (kernel.error());

        const auto ending = findEnding (*kernel, noise);
        result.snrInDb = ending.snrInDb;
        result.noiseWasReached = ending.noiseWasReached;
        result.endInDb = ending.endInDb;

        if (result.snrInDb < 6.0)
            return fail ("its sweep stands out of the noise by less than 6 dB. Record it louder, longer, or several "
                         "times.");

        throwIfCancelled (stops);
        result.latency = static_cast<double> (arrival) / rate - division->excitation().leadIn;
        throwIfCancelled (stops);
        result.harmonics = harmonics.result();
        const double low = division->excitation().low, high = division->excitation().high;
        result.echo = findEcho (main.response, main.arrival, main.arrival + heard, rate);

        if (result.echo.seconds == 0.0)
            result.echo = findRingingLoop (main.response, main.arrival, main.arrival + heard, rate, low, high);

        fadeEnds (*kernel, static_cast<size_t> (preRoll), ending);
        result.kernel = std::move (*kernel);
        return std::move (result);
    }

    const std::vector<Sound>& takes;
    const KnownSweep& known;
    const std::string& name;
    BandPhase phase;
    const std::vector<std::string>& namesOfTakes;
    const IsCancelled& stops;
    size_t length = 0;
    bool isGiven = false; // the law, or the file of the sweep
    std::unique_ptr<RecordingDivision> division;
    std::vector<MeasuredResponse> channels;
    std::vector<long long> ends; // of each channel, in frames of the first take: the earliest of all takes
    size_t strongest = 0;
    Deconvolved result;
};

} // namespace

Outcome<Deconvolved> deconvolve (const std::vector<Sound>& takes,
                                 const KnownSweep& known,
                                 const std::string& name,
                                 BandPhase phase,
                                 const std::vector<std::string>& namesOfTakes,
                                 const IsCancelled& isCancelled)
{
    try
    {
        return Measurement (takes, known, name, phase, namesOfTakes, isCancelled).run();
    }
    catch (const Cancelled&)
    {
        return Outcome<Deconvolved>::failure ("The search for a kernel in '" + name + "' was cancelled.");
    }
}

} // namespace faltwerk
