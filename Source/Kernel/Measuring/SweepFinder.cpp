#include "Kernel/Measuring/SweepFinder.h"

#include "Kernel/Measuring/BandArrivals.h"
#include "Kernel/Measuring/Dispersion.h"

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

/** A line through arrivals over the logarithm of frequency: the median of the slopes between all pairs (P. K. Sen, 1968),
    which a few wrong points do not move. */
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
    Search (std::span<const float> recording, double rate)
        : sampleRate (rate)
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

        return growthTime + refine();
    }

    /** Returns by how much L may be wrong, in s: more for long and dense responses. */
    double uncertaintyOfGrowthTime() const noexcept { return uncertainty; }

    /** Returns where the energy of a sweep begins and ends, in Hz. */
    std::pair<double, double> findEnds() const
    {
        // In twelfths of an octave, level for a sweep.
        constexpr double perOctave = 12.0;
        const double binWidth = sampleRate / static_cast<double> (fourier.size());
        std::vector<double> frequencies, levels;

        for (double f = std::max (4.0, 2.0 * binWidth * perOctave); f < 0.499 * sampleRate;
             f *= std::exp2 (1.0 / perOctave))
        {
            const auto first = static_cast<size_t> (f / binWidth),
                       last = static_cast<size_t> (f * std::exp2 (1.0 / perOctave) / binWidth) + 1;
            double sum = 0.0;

            for (size_t k = first; k < std::min (last, spectrum.size()); ++k)
                sum += static_cast<double> (std::norm (spectrum[k]));

            frequencies.push_back (f * std::exp2 (0.5 / perOctave));
            levels.push_back (10.0 * std::log10 (sum / static_cast<double> (last - first) + 1e-30));
        }

        if (levels.empty())
            return { 0.0, 0.0 };

        std::vector<double> inner;

        for (size_t n = 0; n < levels.size(); ++n)
            if (frequencies[n] > 300.0 && frequencies[n] < 4000.0)
                inner.push_back (levels[n]);

        const double limit = (inner.empty() ? medianOf (levels) : medianOf (inner)) - 15.0;
        const auto isLoud = [limit] (double level) { return level > limit; };
        const auto lowEnd = std::find_if (levels.begin(), levels.end(), isLoud) - levels.begin();
        const auto highEnd = levels.rend() - std::find_if (levels.rbegin(), levels.rend(), isLoud) - 1;
        return { frequencies[static_cast<size_t> (lowEnd)],
                 frequencies[static_cast<size_t> (std::max<std::ptrdiff_t> (highEnd, 0))] };
    }

private:
    static constexpr double lowest = 90.0; // Hz: below, rooms ring longer than they say when

    /** Takes the rest of the dispersion away, by the sharpness of the response. */
    double refine()
    {
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

        const auto rest =
            findDispersion (fourier.signalOf (banded), sampleRate, static_cast<long long> (peak), 0.002, high);
        uncertainty = 0.05 * rest.width;
        return rest.slope;
    }

    double sampleRate;
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

/** The lengths near one that are round. */
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
std::vector<Sweep> roundFigures (double growthTime, double uncertainty, double low, double high, double sampleRate)
{
    constexpr double mostCost = 8.0, mostBehindBest = 2.5;
    constexpr size_t most = 6;
    std::vector<std::pair<double, Sweep>> found;
    const double likely = std::max (5e-5, uncertainty / growthTime); // deviation

    for (const double& from : usualStarts)
    {
        for (const double& to : usualEnds)
        {
            // What is measured may not pass the lowest and the highest, and a recording nothing above half its rate.
            const double octavesBelow = std::log2 (low / from), octavesAbove = std::log2 (to / high);
            const bool reachesRate = high > 0.45 * sampleRate;

            if (octavesBelow < -0.4 || octavesBelow > 2.5 || octavesAbove < -0.15
                || octavesAbove > (reachesRate ? 2.5 : 0.6) || to <= 2.0 * from)
                continue;

            const double exact = growthTime * std::log (to / from);

            for (const double seconds : roundLengthsNear (exact))
            {
                const double deviation = std::abs (seconds / exact - 1.0);

                if (! (seconds > 0.0) || deviation > 10.0 * likely)
                    continue;

                const double cost =
                    oddityOf (seconds) + std::min (deviation / likely, 4.0) + 2.0 * std::abs (octavesBelow)
                    + (reachesRate ? 0.5 : 4.0) * std::abs (octavesAbove)
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

FoundSweeps findSweeps (std::span<const float> recording, double sampleRate)
{
    if (recording.size() < 1024 || recording.size() + recording.size() / 8 > longestRecordingInFrames)
        return {};

    Search search (recording, sampleRate);
    const double growthTime = search.findGrowthTime();

    if (growthTime == 0.0)
        return {};

    const auto [low, high] = search.findEnds();

    if (! (low > 0.0 && high > 2.0 * low))
        return {};

    if (auto sweeps = roundFigures (growthTime, search.uncertaintyOfGrowthTime(), low, high, sampleRate);
        ! sweeps.empty())
        return { std::move (sweeps), true };

    Sweep sweep;
    sweep.from = low;
    sweep.to = high;
    sweep.seconds = growthTime * std::log (high / low);

    if (! problemOfLaw (sweep).empty())
        return {};

    return { { sweep }, false };
}

} // namespace faltwerk
