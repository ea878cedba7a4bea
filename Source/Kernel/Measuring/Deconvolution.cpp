#include "Kernel/Measuring/Deconvolution.h"

#include "Kernel/Analysis/Decay.h"
#include "Kernel/Measuring/Dispersion.h"
#include "Kernel/Measuring/Excitation.h"
#include "Kernel/Measuring/Response.h"
#include "Kernel/Measuring/SweepDivision.h"
#include "Kernel/Measuring/SweepFinder.h"
#include "Kernel/Measuring/TakeAlignment.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;
constexpr double preRollInSeconds = 0.0005;

/** What noise alone does not reach: its peaks lie at most 15 dB over its RMS. */
constexpr double leastProminenceInDb = 18.0;

/** A channel this far below the strongest does not decide where the kernel begins. */
constexpr double faintInDb = -40.0;

/** The dispersion over the whole band from which a clock's drift is told from the phase of what is measured, in s, and
    the highest drift of a clock; more is another sweep. */
constexpr double leastDispersion = 40e-6, highestDriftInPpm = 500.0;

long long framesIn (double seconds, double rate) { return std::llround (seconds * rate); }

double decibels (double power) { return 10.0 * std::log10 (std::max (power, 1e-300)); }

/** The responses of one take's channels to one excitation. */
class Division
{
public:
    Division (Excitation toUse, size_t recordingLength)
        : excitation (std::move (toUse))
        , length (static_cast<long long> (recordingLength))
        , fourier (Fourier::sizeFor (sizeFor (excitation, recordingLength)))
        , division (excitation, fourier)
    {
    }

    /** Returns by how many frames the response of harmonic k comes earlier; a tenth of a signal without law. */
    double aheadOfHarmonic (int k) const
    {
        return excitation.law ? excitation.law->growthTime() * std::log (k) * excitation.sampleRate
                              : 0.1 * static_cast<double> (excitation.lengthInFrames());
    }

    /** Returns the samples that the circle must hold: the recording, or the excitation if it is longer, and what comes
        before the first sound. */
    static size_t sizeFor (const Excitation& excitation, size_t recordingLength)
    {
        const double ahead = excitation.law ? excitation.law->growthTime() * std::log (2.0) * excitation.sampleRate
                                            : 0.1 * static_cast<double> (excitation.lengthInFrames());
        return std::max (recordingLength, excitation.lengthInFrames()) + static_cast<size_t> (1.2 * ahead) + 1;
    }

    Spectrum quotientOf (const std::vector<float>& channel) const
    {
        return division.quotientOf (std::span (channel).first (std::min (channel.size(), fourier.size())));
    }

    CircularResponse withoutPhase (const Spectrum& quotient) const
    {
        return { division.withoutPhase (quotient), earliest() };
    }

    CircularResponse withLeastPhase (const Spectrum& quotient) const
    {
        return { division.withLeastPhase (quotient), earliest() };
    }

    long long arrivalIn (const CircularResponse& response) const
    {
        const auto lookBack = static_cast<long long> (0.5 * aheadOfHarmonic (2));
        const auto pulse = static_cast<long long> (std::ceil (5.5 * excitation.sampleRate / excitation.high));
        return response.arrival (std::min (lookBack, static_cast<long long> (fourier.size() / 16)), pulse);
    }

    /** Returns the energy before the first sound, without harmonics, relative to all of it: noise, and what is smeared if
        the law is wrong. */
    double shareBefore (const Spectrum& quotient, long long arrival) const
    {
        const auto response = withLeastPhase (quotient);
        const long long preRoll = framesIn (preRollInSeconds, excitation.sampleRate);
        const auto reach = static_cast<long long> (0.4 * aheadOfHarmonic (2));
        return response.energyBetween (arrival - reach, arrival - preRoll)
               / std::max (response.energyBetween (0, response.size()), 1e-30);
    }

    Excitation excitation;
    long long length; // of the recording

private:
    long long earliest() const { return std::min (length - static_cast<long long> (fourier.size()), 0LL); }

    mutable Fourier fourier;
    SweepDivision division;
};

/** What a channel's response is, in one take or as the mean of several. */
struct Measured
{
    Spectrum quotient;
    CircularResponse response; // without phase
    long long arrival = 0;
    bool holdsSweep = false;
};

std::vector<Measured> measure (const Division& division, const Sound& take)
{
    std::vector<Measured> channels;

    for (const auto& channel : take.channels)
    {
        auto quotient = division.quotientOf (channel);
        auto response = division.withoutPhase (quotient);
        const bool holds = response.prominenceInDb() >= leastProminenceInDb;
        const long long arrival = division.arrivalIn (response);
        channels.push_back ({ std::move (quotient), std::move (response), arrival, holds });
    }

    return channels;
}

float peakOf (const Measured& channel) { return std::abs (channel.response[channel.response.peak()]); }

/** Returns the channel with the highest response of those that hold the sweep; the first if none does. */
size_t strongestOf (const std::vector<Measured>& channels)
{
    size_t strongest = 0;

    for (size_t n = 1; n < channels.size(); ++n)
        if (channels[n].holdsSweep > channels[strongest].holdsSweep
            || (channels[n].holdsSweep == channels[strongest].holdsSweep
                && peakOf (channels[n]) > peakOf (channels[strongest])))
            strongest = n;

    return strongest;
}

/** Returns the channel of most energy, before anything is known of the sweep. */
const std::vector<float>& loudestOf (const Sound& take)
{
    const auto energy = [] (const std::vector<float>& channel)
    {
        double sum = 0.0;

        for (const float x : channel)
            sum += static_cast<double> (x) * static_cast<double> (x);

        return sum;
    };
    return *std::max_element (take.channels.begin(), take.channels.end(),
                              [&energy] (const auto& a, const auto& b) { return energy (a) < energy (b); });
}

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

/** Turns the phase of all frequencies, so that the first sound is a positive pulse: by moving f1, whose exact value
    nobody gave, with the law. */
void turnPhase (Sweep& sweep, const Sound& take, size_t length)
{
    const Division division (excitationOf (sweep, take.sampleRate), length);
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

/** What was played, as well as it is known. */
struct Chosen
{
    std::optional<Excitation> excitation;
    bool wasFound = false, isCertain = true;
    std::string problem {};
};

Chosen choose (const Sound& take, const KnownSweep& known, size_t length)
{
    const double rate = take.sampleRate;
    std::vector<Sweep> sweeps;
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
            return { {}, false, true, "the file of the sweep is silent. Choose the one that was played." };

        return { std::move (excitation) };
    }
    else if (known.hasFigures())
    {
        sweeps = withLoweredEnds (sweepOf (known, known.otherwise), rate);
    }
    else if (const auto found = findSweeps (loudestOf (take), rate); ! found.sweeps.empty())
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
            turnPhase (sweeps.front(), take, length);
    }
    else
    {
        sweeps = withLoweredEnds (sweepOf (known, known.otherwise), rate);
    }

    if (auto problem = problemOfLaw (sweeps.front()); ! problem.empty())
        return { {}, false, true, problem };

    // Another than the first is taken if it is clearly right: it leaves less before the first sound of those that were
    // found, and makes the response sharper of those that were given.
    size_t best = 0;
    double highest = -1.0;
    std::vector<double> merits;

    for (size_t n = 0; sweeps.size() > 1 && n < sweeps.size(); ++n)
    {
        auto excitation = excitationOf (sweeps[n], rate);

        if (Division::sizeFor (excitation, length) > longestRecordingInFrames)
            break;

        const Division division (std::move (excitation), length);
        const auto quotient = division.quotientOf (loudestOf (take));
        const auto response = division.withoutPhase (quotient);
        const auto arrival = division.arrivalIn (response);
        const bool isInside =
            arrival >= 0 && arrival + static_cast<long long> (division.excitation.lengthInFrames()) <= division.length;
        const double merit = ! wasFound ? response.sharpness()
                             : isInside ? 1.0 / (division.shareBefore (quotient, arrival) + 1e-16)
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

    return { excitationOf (sweeps[best], rate), wasFound, isCertain };
}

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
bool addTake (std::vector<Measured>& sums, const std::vector<Measured>& take, size_t strongest, double sampleRate)
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

/** Finds a copy of the first sound that stands alone behind it. */
LoopEcho findEcho (const CircularResponse& response, long long arrival, long long end, double sampleRate)
{
    const auto at = [&] (double ms) { return framesIn (ms / 1000.0, sampleRate); };
    long long copy = arrival + at (5.0);

    for (long long n = copy; n < end; ++n)
        if (std::abs (response[n]) > std::abs (response[copy]))
            copy = n;

    if (copy + at (1.0) >= end)
        return {};

    const auto place = align (response, arrival, response, copy, sampleRate, 0.001);
    const double first = response.energyBetween (arrival - at (1.0), arrival + at (1.0)),
                 second = response.energyBetween (copy - at (1.0), copy + at (1.0));

    // The same shape, well above what is between and around.
    const double between = response.energyBetween (arrival + at (2.0), copy - at (2.0))
                           / static_cast<double> (std::max (copy - arrival - at (4.0), 1LL));
    const double behind = response.energyBetween (copy + at (2.0), copy + at (5.0)) / static_cast<double> (at (3.0));
    const double top = std::pow (static_cast<double> (response[copy]), 2);

    if (! (std::abs (place.similarity) > 0.95) || top < 1e3 * std::max (between, behind) || second < 1e-4 * first
        || second > 0.9 * first)
        return {};

    return { place.delay / sampleRate, decibels (second / first) };
}

/** The level of a kernel over time, as the mean power of all paths over some milliseconds. */
struct Power
{
    Power (const Kernel& kernel, double seconds)
        : window (static_cast<size_t> (std::max (1.0, seconds * kernel.sampleRate)))
        , sums (kernel.lengthInFrames() + 1)
    {
        for (size_t n = 0; n < kernel.lengthInFrames(); ++n)
        {
            double sum = 0.0;

            for (const auto& path : kernel.paths)
                sum += static_cast<double> (path[n]) * static_cast<double> (path[n]);

            sums[n + 1] = sums[n] + sum;
        }
    }

    double from (size_t first) const
    {
        const size_t last = std::min (first + window, sums.size() - 1);
        return last > first ? (sums[last] - sums[first]) / static_cast<double> (last - first) : 0.0;
    }

    double highest() const
    {
        double most = 0.0;

        for (size_t n = 0; n + window < sums.size(); ++n)
            most = std::max (most, from (n));

        return std::max (most, from (0));
    }

    size_t window;
    std::vector<double> sums; // of the energy before a frame
};

/** Where a kernel ends, and how far above the noise. */
struct Ending
{
    double snrInDb = 0.0, endInDb = 0.0;
    bool noiseWasReached = false;
    size_t crossing = 0;
};

/** @param noise  mean power before the first sound, summed over the paths */
Ending findEnding (const Kernel& kernel, double noise)
{
    const auto decay = analyseBroadbandDecay (kernel);
    const size_t length = kernel.lengthInFrames();
    const Power fine (kernel, 0.012), coarse (kernel, 0.05);
    const double highest = fine.highest(), fromBefore = decibels (highest / std::max (noise, 1e-300));
    const double last = fine.from (length - std::min (length, fine.window));
    Ending ending { fromBefore, decibels (last / highest), false, length };

    // What is called noise and lies far above what is before the first sound is a decay that was cut.
    if (decay.hasNoise && decay.rangeInDb > fromBefore - 10.0)
    {
        ending.snrInDb = decay.rangeInDb;
        ending.noiseWasReached = true;
        ending.crossing = findOnset (kernel) + static_cast<size_t> (decay.crossingInSeconds * kernel.sampleRate);
    }
    else if (last < 2.0 * noise)
    {
        ending.noiseWasReached = true;
        ending.crossing = 0;

        for (size_t n = 0; n + coarse.window < length; n += coarse.window / 2 + 1)
            if (coarse.from (n) > 2.0 * noise)
                ending.crossing = n + coarse.window / 2;

        ending.crossing = std::max (ending.crossing, fine.window);
    }

    return ending;
}

/** Fades the ends of a kernel: in before the onset, and out where noise takes over, or over the last tenth of what was
    cut. */
void fadeEnds (Kernel& kernel, size_t preRoll, const Ending& ending)
{
    const size_t crossing = ending.crossing;
    const size_t length = std::min (kernel.lengthInFrames(), crossing + crossing / 5 + 1);
    const bool isCut = ! ending.noiseWasReached && ending.endInDb > -60.0;
    const size_t fadeOut = std::max<size_t> (
        1, std::min (length - std::min (length, crossing) + (isCut ? length / 10 : length / 50), length));

    for (auto& path : kernel.paths)
    {
        path.resize (length);

        for (size_t n = 0; n < preRoll / 2; ++n)
            path[n] *= (static_cast<float> (n) + 0.5f) / static_cast<float> (preRoll / 2);

        for (size_t n = 0; n < fadeOut; ++n)
            path[length - 1 - n] *= static_cast<float> (
                0.5 - 0.5 * std::cos (pi * (static_cast<double> (n) + 0.5) / static_cast<double> (fadeOut)));
    }
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

        auto chosen = choose (takes.front(), known, length);

        if (! chosen.excitation)
            return fail (chosen.problem);

        result.wasFound = chosen.wasFound;
        result.isCertain = chosen.isCertain;
        const size_t sine = chosen.excitation->lengthInFrames();

        if (length < sine / 2)
            return fail ("it is shorter than the sweep. Choose the recording of the whole sweep.");

        if (Division::sizeFor (*chosen.excitation, length) > longestRecordingInFrames)
            return tooLong();

        division = std::make_unique<Division> (std::move (*chosen.excitation), length);
        channels = measure (*division, takes.front());
        strongest = strongestOf (channels);

        if (division->excitation.law)
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
        const auto& law = *division->excitation.law;
        const double growthTime = law.growthTime(), rate = division->excitation.sampleRate;
        const double high = division->excitation.high, span = std::log (high / law.from);
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
        auto corrected =
            std::make_unique<Division> (excitationOf (stretched (law, share), division->excitation.sampleRate), length);
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
        const auto all = findSweeps (takes.front().channels[strongest], division->excitation.sampleRate).sweeps;
        const auto found = all.empty() ? std::nullopt : std::optional (all.front());
        const double growthTime = result.sweep->growthTime();

        if (! found || std::abs (found->growthTime() / growthTime - 1.0) < highestDriftInPpm * 1.2e-6)
            return;

        auto excitation = excitationOf (*found, division->excitation.sampleRate);

        if (Division::sizeFor (excitation, length) > longestRecordingInFrames)
            return;

        const Division other (std::move (excitation), length);
        const auto response = other.withoutPhase (other.quotientOf (takes.front().channels[strongest]));

        if (response.sharpness() < 2.0 * channels[strongest].response.sharpness())
            return;

        result.fits = found;
        result.smearInSeconds =
            (found->growthTime() - growthTime) * std::log (division->excitation.high / result.sweep->from);
    }

    /** Adds the other takes. */
    std::string average()
    {
        for (size_t n = 1; n < takes.size(); ++n)
        {
            if (! addTake (channels, measure (*division, takes[n]), strongest, division->excitation.sampleRate))
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
            channel.holdsSweep = channel.response.prominenceInDb() >= leastProminenceInDb;
            channel.arrival = division->arrivalIn (channel.response);
        }

        result.numTakes = takes.size();
        return {};
    }

    Outcome<Deconvolved> makeResult()
    {
        const double rate = division->excitation.sampleRate;
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
        const long long sine = static_cast<long long> (division->excitation.lengthInFrames());
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

        result.latency = static_cast<double> (arrival) / rate - division->excitation.leadIn;
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
    std::unique_ptr<Division> division;
    std::vector<Measured> channels;
    size_t strongest = 0;
    Deconvolved result;
};

} // namespace

Outcome<Deconvolved> deconvolve (const std::vector<Sound>& takes, const KnownSweep& known, const std::string& name)
{
    return Measurement (takes, known, name).run();
}

} // namespace faltwerk
