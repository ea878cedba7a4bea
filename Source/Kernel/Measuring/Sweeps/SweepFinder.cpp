#include "Kernel/Measuring/Sweeps/SweepFinder.h"

#include "Kernel/Measuring/Quality/BandArrivals.h"
#include "Kernel/Measuring/Quality/Dispersion.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

double medianOf (std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t> (values.size() / 2);
    std::nth_element (values.begin(), middle, values.end());
    return *middle;
}

/** A line through arrivals over the logarithm of frequency: the median of the slopes between all pairs (P. K. Sen,
    1968), which a few wrong points do not move. */
struct ArrivalLine
{
    double slope = 0.0, rest = 0.0; // s; the median distance of the points from the line
    size_t numPoints = 0;
};

ArrivalLine lineThrough (const std::vector<BandArrival>& arrivals, double leastProminence)
{
    std::vector<BandArrival> points;

    for (const auto& each : arrivals)
        if (each.prominenceInDb >= leastProminence)
            points.push_back (each);

    ArrivalLine line;
    line.numPoints = points.size();

    if (points.size() < 5)
        return line;

    std::vector<double> slopes, offsets, rests;

    for (size_t n = 0; n < points.size(); ++n)
        for (size_t m = 0; m < n; ++m)
            slopes.push_back ((points[n].seconds - points[m].seconds)
                              / std::log (points[n].frequency / points[m].frequency));

    line.slope = medianOf (slopes);

    for (const auto& point : points)
        offsets.push_back (point.seconds - line.slope * std::log (point.frequency));

    const double offset = medianOf (offsets);

    for (const double each : offsets)
        rests.push_back (std::abs (each - offset));

    line.rest = medianOf (rests);
    return line;
}

/** A recording's spectrum, raised so that a sweep's is level, and its dispersion, found step by step. */
class Search
{
public:
    Search (std::span<const float> recording, double rate, const IsCancelled& isCancelled)
        : sampleRate (rate)
        , stops (isCancelled)
        , fourier (Fourier::sizeFor (recording.size() + recording.size() / 8))
        , spectrum (fourier.spectrumOf (recording))
        , high (highestSweepEnd * rate)
    {
        for (size_t k = 0; k < spectrum.size(); ++k)
            spectrum[k] *= static_cast<float> (std::sqrt (static_cast<double> (k)));
    }

    /** Returns L, or 0 if the recording holds no sweep. */
    double findGrowthTime()
    {
        const double circle = static_cast<double> (fourier.size()) / sampleRate;
        double growthTime = 0.0;

        for (int step = 0; step < 8; ++step)
        {
            throwIfCancelled (stops);
            const auto line = lineThrough (bandArrivals (spectrum, sampleRate, lowest, high), 10.0);

            if (line.numPoints < 5 || std::abs (line.slope) > circle)
                return 0.0;

            removeDispersion (spectrum, sampleRate, line.slope);
            growthTime += line.slope;

            if (std::abs (line.slope) < 2e-5)
                break;
        }

        // The bands must sound together now, and stand out.
        const auto line = lineThrough (bandArrivals (spectrum, sampleRate, lowest, high), 14.0);

        if (line.numPoints < 5 || line.rest > 0.02 || growthTime < 0.002)
            return 0.0;

        // How far the bands lie from the line, over some five times the growth of e.
        uncertainty = 0.5 * line.rest;
        return growthTime + refine();
    }

    /** Returns by how much L may be wrong, in s: more for long and dense responses. */
    double uncertaintyOfGrowthTime() const noexcept { return uncertainty; }

    /** The frequencies at which a sweep begins and ends, in Hz. */
    struct Ends
    {
        double low = 0.0, high = 0.0;
        bool isHighSharp = false; // energy falls there at once
    };

    /** Looks where narrow bands still sound when all others do: far below or above the sweep they do not, even if what
        is measured passes little there. */
    Ends findEnds() const
    {
        constexpr size_t perOctave = 12;
        std::vector<double> times;

        for (const auto& each : bandArrivals (spectrum, sampleRate, 500.0, std::min (high, 8000.0)))
            times.push_back (each.seconds);

        if (times.empty())
            return {};

        const double time = medianOf (times), circle = static_cast<double> (fourier.size()) / sampleRate;
        const auto edge = [&] (double step, double last)
        {
            std::vector<BandArrival> sounding;

            for (double f = 1000.0; step > 1.0 ? f < last : f > last; f *= step)
            {
                throwIfCancelled (stops);
                const auto arrival = bandArrival (spectrum, sampleRate, f, 1.0 / perOctave);
                const double later = std::remainder (arrival.seconds - time, circle);

                if (arrival.prominenceInDb > 11.0 && std::abs (later) < 0.04 + 5.0 / f)
                    sounding.push_back (arrival);
                else if (! sounding.empty() && std::abs (std::log2 (f / sounding.back().frequency)) > 0.34)
                    break; // a notch of a third of an octave is no end
            }

            std::vector<double> innerLevels;

            for (size_t n = 0; n < std::min<size_t> (sounding.size(), perOctave); ++n)
                innerLevels.push_back (sounding[n].levelInDb);

            const double inner = innerLevels.empty() ? 0.0 : medianOf (innerLevels);

            // What sounds beyond the end is the beginning or the end itself, and less than the octave before.
            while (sounding.size() > 2 * perOctave)
            {
                std::vector<double> levels;

                for (size_t n = sounding.size() - 3 * perOctave / 2; n < sounding.size() - perOctave / 2; ++n)
                    levels.push_back (sounding[n].levelInDb);

                if (const double level = sounding.back().levelInDb;
                    level > medianOf (levels) - 8.0 && level > inner - 40.0)
                    break;

                sounding.pop_back();
            }

            return sounding.empty() ? 1000.0 : sounding.back().frequency;
        };
        const double step = std::exp2 (1.0 / perOctave);
        Ends ends { edge (1.0 / step, 4.0), edge (step, 0.495 * sampleRate) };

        if (const double sharp = fallNear (ends.high); sharp > 0.0)
            ends = { ends.low, sharp, true };

        return ends;
    }

private:
    static constexpr double lowest = 90.0; // Hz: below, rooms ring longer than they say when

    /** Takes the rest of the dispersion away, by the sharpness of the response. */
    double refine()
    {
        throwIfCancelled (stops);
        auto banded = spectrum;
        const double binWidth = sampleRate / static_cast<double> (fourier.size());

        for (size_t k = 0; k < banded.size(); ++k)
            if (const double f = static_cast<double> (k) * binWidth; f < lowest || f > high)
                banded[k] = {};

        // The envelope's peak: the response's own phase is not known yet.
        auto analytic = banded;
        analytic.resize (fourier.size());
        fourier.inverse (analytic);
        size_t peak = 0;

        for (size_t n = 0; n < analytic.size(); ++n)
            if (std::norm (analytic[n]) > std::norm (analytic[peak]))
                peak = n;

        throwIfCancelled (stops);
        const auto rest =
            findDispersion (fourier.signalOf (banded), sampleRate, static_cast<long long> (peak), 0.002, high);
        uncertainty = std::max (uncertainty > 5e-4 ? uncertainty : 0.0, 0.05 * rest.width);
        removeDispersion (spectrum, sampleRate, rest.slope);
        return rest.slope;
    }

    /** Returns the frequency within a sixth of an octave at which the energy falls most; 0 if by less than 10 dB. */
    double fallNear (double frequency) const
    {
        const double binWidth = sampleRate / static_cast<double> (fourier.size()), step = std::exp2 (1.0 / 96.0);
        const auto levelFrom = [&] (double f)
        {
            const auto first = static_cast<size_t> (f / binWidth),
                       last = std::min (static_cast<size_t> (f * step * step / binWidth) + 1, spectrum.size());
            double sum = 0.0;

            for (size_t k = first; k < last; ++k)
                sum += static_cast<double> (std::norm (spectrum[k]));

            return first < last ? 10.0 * std::log10 (sum / static_cast<double> (last - first) + 1e-30) : 0.0;
        };
        double place = 0.0, most = 10.0;

        for (double f = frequency * std::exp2 (-1.0 / 6.0); f < frequency * std::exp2 (1.0 / 6.0); f *= step)
        {
            if (f * std::pow (step, 4.0) > 0.4995 * sampleRate)
                break;

            if (const double fall = levelFrom (f / (step * step)) - levelFrom (f * step); fall > most)
            {
                most = fall;
                place = f * std::sqrt (step);
            }
        }

        return place;
    }

    double sampleRate;
    const IsCancelled& stops;
    Fourier fourier;
    Spectrum spectrum;
    double high, uncertainty = 0.0;
};

/** The first frequencies that people sweep from, and the last, in Hz; the usual ones first cost nothing. */
constexpr double usualStarts[] = { 20,   15, 10, 30, 40, 50,  100, 5,   16,  22, 25,
                                   31.5, 32, 60, 63, 80, 120, 125, 150, 160, 200 };
constexpr double usualEnds[] = { 20000, 22000, 24000, 22050, 21168, 23040, 16000, 18000, 10000, 8000,
                                 12000, 15000, 21000, 40000, 44100, 48000, 46080, 42336, 92160, 96000 };

/** Returns by how much a length is no round one: 0 for whole seconds, more for others; 4 for any. */
double oddityOf (double seconds)
{
    const auto isWhole = [] (double x) { return x > 0.5 && std::abs (x - std::round (x)) < 1e-6 * x + 1e-9; };

    for (const double rate : { 48000.0, 44100.0, 96000.0, 192000.0 }) // REW's sweeps have a power of two of samples
        if (const double power = std::log2 (seconds * rate);
            power > 15.5 && std::abs (power - std::round (power)) < 1e-9)
            return 1.5;

    return isWhole (seconds)           ? 0.0
           : isWhole (2.0 * seconds)   ? 0.5
           : isWhole (10.0 * seconds)  ? 1.0
           : isWhole (20.0 * seconds)  ? 1.5
           : isWhole (100.0 * seconds) ? 2.5
                                       : 4.0;
}

/** Returns the lengths near one that are round. */
std::vector<double> roundLengthsNear (double seconds)
{
    std::vector<double> lengths;

    for (const double step : { 1.0, 0.5, 0.1, 0.05, 0.01 })
        lengths.push_back (std::round (seconds / step) * step);

    for (const double rate : { 48000.0, 44100.0, 96000.0, 192000.0 })
        lengths.push_back (std::exp2 (std::round (std::log2 (seconds * rate))) / rate);

    return lengths;
}

/** Returns the round figures that agree with a growth time and the ends that were seen, the best first. */
std::vector<Sweep> roundFigures (double growthTime, double uncertainty, const Search::Ends& ends)
{
    constexpr double mostCost = 9.0, mostBehindBest = 2.5;
    constexpr size_t most = 6;
    std::vector<std::pair<double, Sweep>> found;
    const auto [low, high, isHighSharp] = ends;
    const double likely = std::clamp (uncertainty / growthTime, 5e-5, 0.02); // deviation

    for (const double& from : usualStarts)
    {
        for (const double& to : usualEnds)
        {
            // What is measured may not pass the lowest and the highest, and a recording nothing above half its rate.
            const double octavesBelow = std::log2 (low / from), octavesAbove = std::log2 (to / high);

            if (octavesBelow < -0.4 || octavesBelow > 2.5 || octavesAbove < -0.15
                || octavesAbove > (isHighSharp ? 0.3 : 2.5) || to <= 2.0 * from)
                continue;

            const bool isUsual = (from == 15.0 && to == 22000.0) || (from == 20.0 && to == 20000.0);
            const double exact = growthTime * std::log (to / from);

            for (const double seconds : roundLengthsNear (exact))
            {
                const double deviation = std::abs (seconds / exact - 1.0);

                if (! (seconds > 0.0) || deviation > std::min (10.0 * likely, 0.05))
                    continue;

                const double cost =
                    oddityOf (seconds) + std::min (deviation / likely, 4.0) + (isUsual ? 0.0 : 1.0)
                    + 1.5 * std::abs (octavesBelow) + (isHighSharp ? 30.0 : 1.0) * std::abs (octavesAbove)
                    + 0.03 * static_cast<double> (&from - usualStarts) + 0.03 * static_cast<double> (&to - usualEnds);

                if (cost > mostCost)
                    continue;

                Sweep sweep;
                sweep.from = from;
                sweep.to = to;
                sweep.seconds = seconds;
                found.emplace_back (cost, sweep);
            }
        }
    }

    std::sort (found.begin(), found.end(), [] (const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Sweep> sweeps;

    for (const auto& [cost, sweep] : found)
        if (cost < found.front().first + mostBehindBest && sweeps.size() < most
            && std::find (sweeps.begin(), sweeps.end(), sweep) == sweeps.end())
            sweeps.push_back (sweep);

    return sweeps;
}

} // namespace

FoundSweeps findSweeps (std::span<const float> recording, double sampleRate, const IsCancelled& isCancelled)
{
    if (recording.size() < 1024 || recording.size() + recording.size() / 8 > longestRecordingInFrames)
        return {};

    Search search (recording, sampleRate, isCancelled);
    const double growthTime = search.findGrowthTime();

    if (growthTime == 0.0)
        return {};

    const auto ends = search.findEnds();
    const auto low = ends.low, high = ends.high;

    if (! (low > 0.0 && high > 2.0 * low))
        return {};

    if (auto sweeps = roundFigures (growthTime, search.uncertaintyOfGrowthTime(), ends); ! sweeps.empty())
        return { std::move (sweeps), true, search.uncertaintyOfGrowthTime() };

    Sweep sweep;
    sweep.from = low;
    sweep.to = high;
    sweep.seconds = growthTime * std::log (high / low);

    if (! problemOfLaw (sweep).empty())
        return {};

    return { { sweep }, false, search.uncertaintyOfGrowthTime() };
}

} // namespace faltwerk
