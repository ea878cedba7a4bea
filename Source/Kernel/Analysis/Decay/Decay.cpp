#include "Kernel/Analysis/Decay/Decay.h"

#include "Kernel/Analysis/AnalysisLevel.h"
#include "Kernel/Analysis/Decay/LineFit.h"
#include "Kernel/Analysis/Decay/NoiseFloor.h"
#include "Kernel/Analysis/Decay/OctaveBands.h"
#include "Kernel/Analysis/Levels.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

using Missing = Figure::Missing;

constexpr double smoothingInSeconds = 0.012;

/** A fall by 60 dB in less is a filter or a loudspeaker's, not a room's. */
constexpr double shortestDecay = 0.06; // s

/** Bands' filters ring: what falls faster than this over the centre's frequency cannot be told from that ringing. */
constexpr double shortestDecayInPeriods = 24.0;

/** The least quality of a line. A steady decay has 0.99 or more, a reversed kernel about 0.8. */
constexpr double leastQuality = 0.95;

double decibels (double power) { return 10.0 * std::log10 (std::max (power, 1e-300)); }

/** How a band's energy falls, made of one walk from its end to its beginning. */
class EnergyDecay
{
public:
    EnergyDecay (const EnergyOverTime& sourceToUse, size_t end)
        : source (sourceToUse)
        , floor (findNoiseFloor (source, end))
        , remaining (floor.crossing + 1)
    {
        const double noise = floor.isNoise ? floor.power : 0.0;
        const double tail = floor.isNoise && floor.fallRate > 0.0
                                ? floor.powerAtCrossing * source.sampleRate * 10.0 / (floor.fallRate * std::log (10.0))
                                : 0.0;
        double sum = remaining[floor.crossing] = tail;

        for (size_t n = floor.crossing; n-- > 0;)
            remaining[n] = sum += static_cast<double> (source.energy[n]) - noise;
    }

    double total() const { return remaining.front(); }

    /** Returns all energy that is still to come at a sample, in dB of the whole. */
    double levelAt (size_t sample) const { return decibels (remaining[sample] / total()); }

    /** Returns the line between two levels below the total. */
    Line fit (double from, double to) const
    {
        size_t first = source.origin;

        while (first < floor.crossing && levelAt (first) > from)
            ++first;

        size_t last = first;
        const double limit = total() * std::pow (10.0, to / 10.0);

        while (last < floor.crossing && remaining[last] >= limit)
            ++last;

        LineFit points;
        const size_t stride = std::max<size_t> (1, (last - first) / 4000);

        for (size_t n = first; n < last; n += stride)
            points.add (source.timeOf (n), levelAt (n));

        return points.numPoints() >= 3 ? points.line() : Line {};
    }

    const EnergyOverTime& source;
    NoiseFloor floor;
    std::vector<double> remaining;
};

/** Returns the mean over a window around each sample. */
std::vector<float> smoothed (const std::vector<float>& energy, size_t end, size_t window)
{
    std::vector<float> result (end);
    const size_t before = window / 2;
    double sum = 0.0;

    for (size_t n = 0; n < end + before; ++n)
    {
        if (n < end)
            sum += static_cast<double> (energy[n]);

        if (n >= window)
            sum -= static_cast<double> (energy[n - window]);

        if (n >= before)
            result[n - before] = static_cast<float> (std::max (sum, 0.0) / static_cast<double> (window));
    }

    return result;
}

Figure timeOf (const Line& line, const BandDecay& band, double neededRange, double shortest)
{
    if (band.rangeInDb < neededRange)
        return Figure::none (band.hasNoise ? Missing::noise : Missing::tooShort);

    if (! (line.slope < 0.0))
        return Figure::none (Missing::notADecay);

    const double time = -60.0 / line.slope;

    if (line.quality < leastQuality)
        return { time < shortest ? 0.0 : time, Missing::notADecay };

    return time < shortest ? Figure::none (Missing::tooShort) : Figure { time };
}

/** How far a decay must be above the noise where its energy is split. ISO 3382-1 says nothing of this. For a decay with
    the time constant tau that is 10 dB above noise of the power p, the energy still to come is 10 p tau, that of the
    noise up to the crossing 2.3 p tau, and what the decay gives after it p tau. A noise power that is wrong by a tenth
    then moves C50 and C80 by 0.1 dB, and a decay that ends at the crossing by 0.5 dB: less than the difference that is
    just heard, 1 dB (ISO 3382-1, table A.1). */
constexpr double marginOverNoiseInDb = 10.0;

/** The least fall from the peak to the end of a kernel in which no noise was found: with less, noise cannot be told
    from decay, and energy of more than a hundredth may be missing. */
constexpr double leastFallInDb = 20.0;

/** Returns the first sample at which the energy of a decay can no longer be split. */
size_t endOfMargin (const NoiseFloor& floor, double sampleRate, double rangeInDb)
{
    if (! floor.isNoise)
        return rangeInDb < leastFallInDb ? 0 : floor.crossing;

    const double margin = floor.fallRate > 0.0 ? marginOverNoiseInDb / floor.fallRate * sampleRate : 1e300;
    return margin < static_cast<double> (floor.crossing) ? floor.crossing - static_cast<size_t> (margin) : 0;
}

/** Energies before and after a moment, if the decay still goes on then and is clear of the noise. */
struct Split
{
    Split (const EnergyDecay& decay, double rangeInDb, double seconds)
        : sample (decay.source.origin + static_cast<size_t> (std::lround (seconds * decay.source.sampleRate)))
        , missing (sample < endOfMargin (decay.floor, decay.source.sampleRate, rangeInDb) ? Missing::nothing
                   : decay.floor.isNoise                                                  ? Missing::noise
                                                                                          : Missing::tooShort)
    {
        if (missing != Missing::nothing)
            return;

        late = decay.remaining[sample];
        early = decay.total() - late;

        if (! (late > 0.0) || ! (early > 0.0))
            missing = Missing::tooShort;
    }

    Figure clarity() const
    {
        return missing == Missing::nothing ? Figure { decibels (early / late) } : Figure::none (missing);
    }

    Figure definition() const
    {
        return missing == Missing::nothing ? Figure { 100.0 * early / (early + late) } : Figure::none (missing);
    }

    size_t sample;
    Missing missing;
    double early = 0.0, late = 0.0;
};

/** Returns the centre of the energy, with what the decay would give after the crossing. */
double centreTimeInMs (const EnergyDecay& decay)
{
    const auto& floor = decay.floor;
    const double noise = floor.isNoise ? floor.power : 0.0;
    double sum = 0.0;

    for (size_t n = 0; n < floor.crossing; ++n)
        sum += decay.source.timeOf (n) * (static_cast<double> (decay.source.energy[n]) - noise);

    if (floor.fallRate > 0.0) // the mean delay of an exponential decay is its time constant
        sum += decay.remaining[floor.crossing]
               * (decay.source.timeOf (floor.crossing) + 10.0 / (floor.fallRate * std::log (10.0)));

    return 1000.0 * sum / decay.total();
}

/** A curve with at most some thousand points. */
template <typename LevelAt>
DecayCurve sampled (const EnergyOverTime& source, size_t end, LevelAt&& levelAt)
{
    constexpr size_t mostPoints = 2048;
    DecayCurve curve;
    const size_t length = end > source.origin ? end - source.origin : 0;
    const size_t stride = std::max<size_t> (1, (length + mostPoints - 1) / mostPoints);
    curve.step = static_cast<double> (stride) / source.sampleRate;

    for (size_t n = source.origin; n < end; n += stride)
        curve.levels.push_back (static_cast<float> (levelAt (n)));

    return curve;
}

BandDecay describe (const EnergyOverTime& source, double centre, double lengthInSeconds)
{
    BandDecay band;
    band.centre = centre;

    if (source.energy.empty())
    {
        const auto none = Figure::none (Missing::aboveBandwidth);
        band.edt = band.t20 = band.t30 = band.c50 = band.c80 = band.d50 = band.ts = band.curvature = none;
        return band;
    }

    const size_t end = std::min (source.energy.size(),
                                 source.origin + static_cast<size_t> (std::ceil (lengthInSeconds * source.sampleRate)));
    const EnergyDecay decay (source, end);
    const auto window = static_cast<size_t> (std::max (1.0, smoothingInSeconds * source.sampleRate));
    const auto smooth = smoothed (source.energy, end, window);
    const double peak = static_cast<double> (*std::max_element (smooth.begin(), smooth.end()));
    const double shortest = std::max (shortestDecay, centre > 0.0 ? shortestDecayInPeriods / centre : 0.0);

    band.rangeInDb = decibels (peak) - decibels (decay.floor.power);
    band.noiseInDb = -band.rangeInDb;
    band.hasNoise = decay.floor.isNoise;
    band.crossingInSeconds = source.timeOf (decay.floor.crossing);

    const auto early = decay.fit (0.0, -10.0), to25 = decay.fit (-5.0, -25.0), to35 = decay.fit (-5.0, -35.0);
    band.edt = timeOf (early, band, 20.0, shortest);
    band.t20 = timeOf (to25, band, 35.0, shortest);
    band.t30 = timeOf (to35, band, 45.0, shortest);

    if (band.t20.missing == Missing::notADecay) // a bend that the longer line hides
        band.t30 =
            band.t30.hasValue() ? Figure { band.t30.value, Missing::notADecay } : Figure::none (Missing::notADecay);

    band.quality20 = to25.quality;
    band.quality30 = to35.quality;
    band.curvature = band.t20.hasValue() && band.t30.hasValue()
                         ? Figure { 100.0 * (band.t30.value / band.t20.value - 1.0) }
                         : Figure::none (band.t30.missing);

    const Split at50 (decay, band.rangeInDb, 0.05), at80 (decay, band.rangeInDb, 0.08);
    band.c50 = at50.clarity();
    band.c80 = at80.clarity();
    band.d50 = at50.definition();
    band.ts = at50.missing == Missing::nothing ? Figure { centreTimeInMs (decay) } : Figure::none (at50.missing);

    band.schroeder = sampled (source, decay.floor.crossing, [&decay] (size_t n) { return decay.levelAt (n); });
    band.level = sampled (
        source, end, [&] (size_t n) { return decibels (static_cast<double> (smooth[n]) / std::max (peak, 1e-300)); });
    return band;
}

/** Returns the time from the onset to the last sample that is not zero, in s. */
double lengthOf (const Kernel& kernel, size_t onset)
{
    size_t end = onset + 1;

    for (const auto& path : kernel.paths)
    {
        size_t last = path.size();

        while (last > end && path[last - 1] == 0.0f)
            --last;

        end = std::max (end, last);
    }

    return static_cast<double> (end - onset) / kernel.sampleRate;
}

/** Returns the energy below some kHz, in steps of about 1 ms: quick, for each sample is touched twice. */
EnergyOverTime coarseEnergy (const Kernel& kernel, size_t firstFrame)
{
    // Two running means in a row attenuate what lies above; their output is decimated by `stride`.
    const auto stride = static_cast<size_t> (std::max (1.0, std::round (kernel.sampleRate / 6000.0)));
    constexpr size_t valuesPerSample = 6;
    const size_t length = kernel.lengthInFrames() - firstFrame;
    EnergyOverTime result;
    result.energy.resize (length / (stride * valuesPerSample) + 1);
    result.sampleRate = kernel.sampleRate / static_cast<double> (stride * valuesPerSample);
    result.bandwidth = kernel.sampleRate / static_cast<double> (2 * stride);
    std::vector<float> weights (stride);

    for (size_t n = 0; n < stride; ++n)
        weights[n] = static_cast<float> (n) / static_cast<float> (stride);

    for (const auto& path : kernel.paths)
    {
        // A triangle's rising half belongs to the value after, its falling half to the value before.
        float rising = 0.0f;

        for (size_t value = 0; value * stride < length; ++value)
        {
            const size_t first = firstFrame + value * stride, last = std::min (first + stride, path.size());
            float next = 0.0f, whole = rising;

            for (size_t n = first; n < last; ++n)
            {
                next += weights[n - first] * path[n];
                whole += (1.0f - weights[n - first]) * path[n];
            }

            result.energy[value / valuesPerSample] += whole * whole;
            rising = next;
        }
    }

    return result;
}

} // namespace

size_t findOnset (const Kernel& kernel, double withinDb) noexcept
{
    float peak = 0.0f;

    for (const auto& path : kernel.paths)
        for (const float x : path)
            peak = std::max (peak, std::abs (x));

    // A float may be too coarse for the limit: of a denormal peak it would be 0.
    const double limit = static_cast<double> (peak) * std::pow (10.0, -withinDb / 20.0);
    size_t onset = kernel.lengthInFrames();

    for (const auto& path : kernel.paths)
        for (size_t n = 0; n < onset; ++n)
            if (static_cast<double> (std::abs (path[n])) >= limit)
                onset = n;

    return onset;
}

BandDecay analyseBroadbandDecay (const Kernel& original)
{
    const AnalysisLevel atLevel (original);
    const auto& kernel = atLevel.kernel();
    const size_t onset = findOnset (kernel);
    return describe (OctaveBands (kernel, onset).audible(), 0.0, lengthOf (kernel, onset));
}

DecaySlope measureDecaySlope (const Kernel& original)
{
    const AnalysisLevel atLevel (original);
    const auto& kernel = atLevel.kernel();
    const size_t onset = findOnset (kernel);
    const auto band = describe (coarseEnergy (kernel, onset), 0.0, lengthOf (kernel, onset));
    DecaySlope slope { 0.0, static_cast<double> (onset) / kernel.sampleRate, band.crossingInSeconds, band.hasNoise };

    for (const auto& figure : { band.edt, band.t20, band.t30 })
        if (figure)
            slope.rate = 60.0 / figure.value;

    if (slope.rate == 0.0)
        slope.rate = 60.0 * kernel.sampleRate
                     / static_cast<double> (std::max (measureLevels (kernel).framesTo60dB, onset + 1) - onset);

    return slope;
}

Decay analyseDecay (const Kernel& original)
{
    const AnalysisLevel atLevel (original);
    const auto& kernel = atLevel.kernel();
    Decay decay;
    decay.onset = findOnset (kernel);
    const double length = lengthOf (kernel, decay.onset);
    const OctaveBands bands (kernel, decay.onset);
    decay.bands.push_back (describe (bands.audible(), 0.0, length));

    for (size_t band = 0; band < octaveCentres.size(); ++band)
        decay.bands.push_back (describe (bands.octave (band), octaveCentres[band], length));

    return decay;
}

Figure Decay::mid (Figure BandDecay::*figure) const noexcept
{
    const auto &at500 = bands[3].*figure, &at1000 = bands[4].*figure;

    if (at500.hasValue() && at1000.hasValue())
        return { (at500.value + at1000.value) / 2.0, at500 ? at1000.missing : at500.missing };

    if (! at500.hasValue())
        return Figure::none (at500.missing);

    return Figure::none (at1000.missing);
}

} // namespace faltwerk
