#include "Kernel/Measuring/Deconvolution.h"

#include "Kernel/Measuring/Dispersion.h"
#include "Kernel/Measuring/KernelEnding.h"
#include "Kernel/Measuring/RecordingDivision.h"
#include "Kernel/Measuring/SweepFinder.h"
#include "Kernel/Measuring/TakeAlignment.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <numbers>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

/** A channel this far below the strongest does not decide where the kernel begins. */
constexpr double faintInDb = -40.0;

/** The dispersion over the whole band from which a clock's drift is told from the phase of what is measured, in s, and
    the highest drift of a clock; more is another sweep. */
constexpr double leastDispersion = 40e-6, highestDriftInPpm = 500.0;

long long framesIn (double seconds, double rate) { return std::llround (seconds * rate); }

double decibels (double power) { return 10.0 * std::log10 (std::max (power, 1e-300)); }

/** Returns the sweep as a recorder hears it whose clock is faster than the player's by a share. */
Sweep stretched (Sweep sweep, double share)
{
    sweep.seconds *= 1.0 + share;
    sweep.from /= 1.0 + share;
    sweep.to /= 1.0 + share;
    return sweep;
}

/** Adds another take to the sums of the first one's channels, at the same place in time. False if it is another system's.
 */
bool addTake (std::vector<MeasuredResponse>& sums,
              const std::vector<MeasuredResponse>& take,
              size_t strongest,
              double sampleRate)
{
    const auto place = align (sums[strongest].response, sums[strongest].arrival, take[strongest].response,
                              take[strongest].arrival, sampleRate, 0.01);

    if (! take[strongest].holdsSweep || place.similarity < 0.7)
        return false;

    for (size_t n = 0; n < sums.size(); ++n)
    {
        auto& sum = sums[n].quotient;
        const double step = pi * place.delay / static_cast<double> (sum.size() - 1);

        for (size_t k = 0; k < sum.size(); ++k)
            sum[k] += take[n].quotient[k] * Fourier::Complex (std::polar (1.0, step * static_cast<double> (k)));
    }

    return true;
}

/** Makes one kernel of takes, step by step. */
class Measurement
{
public:
    Measurement (const std::vector<Sound>& recordings, const KnownSweep& knownOfSweep, const std::string& nameOfKernel)
        : takes (recordings)
        , known (knownOfSweep)
        , name (nameOfKernel)
    {
        for (const auto& take : takes)
            for (const auto& channel : take.channels)
                length = std::max (length, channel.size());
    }

    Outcome<Deconvolved> run()
    {
        if (length > longestRecordingInFrames)
            return tooLong();

        auto chosen = chooseSweep (takes.front(), known, length);

        if (! chosen.excitation)
            return fail (chosen.problem);

        result.wasFound = chosen.wasFound;
        result.isCertain = chosen.isCertain;
        const size_t sine = chosen.excitation->lengthInFrames();

        if (length < sine / 2)
            return fail ("it is shorter than the sweep. Choose the recording of the whole sweep.");

        if (RecordingDivision::sizeFor (*chosen.excitation, length) > longestRecordingInFrames)
            return tooLong();

        division = std::make_unique<RecordingDivision> (std::move (*chosen.excitation), length);
        channels = measure (*division, takes.front());
        strongest = strongestOf (channels);

        if (division->excitation().law)
            compareLaw();

        if (const auto problem = average(); ! problem.empty())
            return fail (problem);

        return makeResult();
    }

private:
    Outcome<Deconvolved> fail (const std::string& what) const
    {
        return Outcome<Deconvolved>::failure ("No kernel was found in '" + name + "': " + what);
    }

    Outcome<Deconvolved> tooLong() const
    {
        const double most = static_cast<double> (longestRecordingInFrames) / takes.front().sampleRate;
        return fail ("it is too long: sweep and recording may last about " + std::to_string (std::lround (0.85 * most))
                     + " s at this sample rate. Cut it so that it ends some seconds after the sweep.");
    }

    /** Corrects the law by the drift of the clocks, and looks for another one that fits better. */
    void compareLaw()
    {
        const auto& law = *division->excitation().law;
        const double growthTime = law.growthTime(), rate = division->excitation().sampleRate;
        const double high = division->excitation().high, span = std::log (high / law.from);
        const auto& response = channels[strongest].response;
        const auto dispersion = findDispersion (response.circle(), rate, channels[strongest].arrival,
                                                std::max (1e-3 * growthTime, 1e-4), high);
        const double ppm = 1e6 * dispersion.slope / growthTime;

        if (std::abs (dispersion.slope) * span >= leastDispersion && dispersion.sharpness > 1.005 && dispersion.isEven)
        {
            if (std::abs (ppm) <= highestDriftInPpm)
                correctDrift (law, dispersion.slope / growthTime);
            else
                result.smearInSeconds = dispersion.slope * span;
        }

        if (! result.sweep)
            result.sweep = law;

        if (! result.wasFound)
            compareWithFound();
    }

    /** Divides by the sweep as a recorder heard it whose clock was faster by a share, unless that leaves more before the
        first sound: then what is measured disperses by itself. */
    void correctDrift (const Sweep law, double share)
    {
        auto corrected = std::make_unique<RecordingDivision> (
            excitationOf (stretched (law, share), division->excitation().sampleRate), length);
        auto measured = measure (*corrected, takes.front());
        const auto &before = channels[strongest], &after = measured[strongest];

        if (corrected->shareBefore (after.quotient, after.arrival)
            > 1.1 * division->shareBefore (before.quotient, before.arrival))
            return;

        result.driftInPpm = 1e6 * share;
        result.sweep = law;
        division = std::move (corrected);
        channels = std::move (measured);
        strongest = strongestOf (channels);
    }

    void compareWithFound()
    {
        const Sound channel { { takes.front().channels[strongest] }, division->excitation().sampleRate };
        const double growthTime = result.sweep->growthTime();
        const auto isGiven = [growthTime] (const Sweep& sweep)
        { return std::abs (sweep.growthTime() / growthTime - 1.0) < 1.2e-6 * highestDriftInPpm; };
        const auto all = findSweeps (channel.channels[0], channel.sampleRate).sweeps;

        if (all.empty() || std::any_of (all.begin(), all.end(), isGiven))
            return;

        auto chosen = chooseSweep (channel, {}, length);

        if (! chosen.excitation || ! chosen.excitation->law || isGiven (*chosen.excitation->law))
            return;

        auto excitation = std::move (*chosen.excitation);
        const auto found = excitation.law;

        if (RecordingDivision::sizeFor (excitation, length) > longestRecordingInFrames)
            return;

        const RecordingDivision other (std::move (excitation), length);
        const auto response = other.withoutPhase (other.quotientOf (takes.front().channels[strongest]));

        if (response.sharpness() < 2.0 * channels[strongest].response.sharpness())
            return;

        result.fits = found;
        result.smearInSeconds =
            (found->growthTime() - growthTime) * std::log (division->excitation().high / result.sweep->from);
    }

    /** Adds the other takes. */
    std::string average()
    {
        for (size_t n = 1; n < takes.size(); ++n)
        {
            if (! addTake (channels, measure (*division, takes[n]), strongest, division->excitation().sampleRate))
                return "recording " + std::to_string (n + 1)
                       + " holds something else than the first, or no sweep. Average takes of one thing only.";
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
        const auto notInIt = [this]
        {
            return fail ("the sweep is not in it from beginning to end. Choose the recording of the whole sweep"
                         + (result.fits ? ", or give its figures: it fits " + inWords (*result.fits) + "."
                            : known.hasFigures()
                                ? ", and give the frequencies and the length with which it was made, or none of them."
                                : ", or give the frequencies and the length with which it was made."));
        };

        if (loudestOf (takes.front()).empty() || ! (peakOf (main) > 0.0f))
            return fail ("it is silent. Check what was recorded.");

        if (! main.holdsSweep)
            return notInIt();

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
                if (const auto clipping = findClipping (take.channels[index]); clipping && ! state.clipping)
                    state.clipping = clipping;

            result.channels.push_back (state);
        }

        // From half a millisecond before the first arrival to where the recording ends, as the end of the sweep sees it.
        const long long preRoll = framesIn (preRollInSeconds, rate), start = arrival - preRoll;
        const long long sine = static_cast<long long> (division->excitation().lengthInFrames());
        const long long heard = static_cast<long long> (length) - sine - arrival;
        const auto late = [rate] (long long frames)
        {
            char text[32];
            std::snprintf (text, sizeof text, "%.2f s", static_cast<double> (frames) / rate);
            return std::string (text);
        };

        if (result.fits && (arrival < -preRoll || heard < 0))
            return notInIt();

        if (arrival < -preRoll)
            return fail ("the recording begins " + late (-arrival)
                         + " after the sweep did. Record it from its beginning.");

        if (heard < 0)
            return fail ("the recording ends " + late (-heard) + " before the sweep does. Record it to its end.");

        const auto numFrames =
            std::clamp (heard + preRoll, framesIn (0.05, rate), static_cast<long long> (longestKernelInFrames));
        std::vector<std::vector<float>> paths;
        double noise = 0.0, harmonics[2] = {}, whole = 0.0;
        const auto ahead = static_cast<long long> (division->aheadOfHarmonic (2));
        const long long before = std::max (2 * ahead / 5 - 2 * preRoll, 1LL);

        for (const auto& channel : channels)
        {
            auto& path = paths.emplace_back (static_cast<size_t> (numFrames));

            if (! channel.holdsSweep)
                continue;

            const auto response = division->withLeastPhase (channel.quotient);

            for (long long n = 0; n < numFrames; ++n)
                path[static_cast<size_t> (n)] = response[start + n];

            noise += response.energyBetween (arrival - 2 * preRoll - before, arrival - 2 * preRoll)
                     / static_cast<double> (before);
            whole += response.energyBetween (start, start + numFrames);

            for (const int k : { 2, 3 })
            {
                const auto place = arrival - static_cast<long long> (division->aheadOfHarmonic (k)),
                           around = ahead / 10;
                harmonics[k - 2] += response.energyBetween (place - around, place + 2 * around);
            }
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

        result.latency = static_cast<double> (arrival) / rate - division->excitation().leadIn;
        result.secondHarmonicInDb = result.thirdHarmonicInDb = -std::numeric_limits<double>::infinity();

        if (result.sweep)
        {
            result.secondHarmonicInDb = decibels (harmonics[0] / whole);
            result.thirdHarmonicInDb = decibels (harmonics[1] / whole);
        }

        result.echo = findEcho (main.response, main.arrival, main.arrival + heard, rate);
        fadeEnds (*kernel, static_cast<size_t> (preRoll), ending);
        result.kernel = std::move (*kernel);
        return std::move (result);
    }

    const std::vector<Sound>& takes;
    const KnownSweep& known;
    const std::string& name;
    size_t length = 0;
    std::unique_ptr<RecordingDivision> division;
    std::vector<MeasuredResponse> channels;
    size_t strongest = 0;
    Deconvolved result;
};

} // namespace

Outcome<Deconvolved> deconvolve (const std::vector<Sound>& takes, const KnownSweep& known, const std::string& name)
{
    return Measurement (takes, known, name).run();
}

} // namespace faltwerk
