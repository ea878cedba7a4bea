#include "Kernel/Sweep.h"

#include "Kernel/Analysis/Decay.h"
#include "Kernel/Fourier.h"
#include "Kernel/MinimumPhase.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;
using Spectrum = std::vector<Fourier::Complex>;

size_t framesIn (double seconds, double rate) { return static_cast<size_t> (std::llround (seconds * rate)); }

/** The sine, with its fades but without the silence around it. */
std::vector<float> makeSine (const Sweep& sweep)
{
    const double ratio = std::log (sweep.to / sweep.from);
    const double amplitude = std::pow (10.0, sweep.levelDb / 20.0);
    const size_t length = framesIn (sweep.seconds, sweep.sampleRate);
    const double fadeIn = std::min (2.0 / sweep.from, sweep.seconds / 20.0),
                 fadeOut = std::min (0.005, sweep.seconds / 20.0);
    std::vector<float> sine (length);

    for (size_t n = 0; n < length; ++n)
    {
        const double t = static_cast<double> (n) / sweep.sampleRate, left = sweep.seconds - t;
        const auto rise = [] (double x) { return x < 1.0 ? 0.5 - 0.5 * std::cos (pi * x) : 1.0; };
        const double phase =
            2.0 * pi * sweep.from * sweep.seconds / ratio * (std::exp (t * ratio / sweep.seconds) - 1.0);
        sine[n] = static_cast<float> (amplitude * std::sin (phase) * rise (t / fadeIn) * rise (left / fadeOut));
    }

    return sine;
}

/** 1 between f1 and f2, and 0 beyond both; the edges are raised cosines over the logarithm of frequency. */
double bandAt (double frequency, const Sweep& sweep)
{
    if (frequency <= sweep.from || frequency >= sweep.to)
        return 0.0;

    const auto rise = [] (double x) { return x < 1.0 ? 0.5 - 0.5 * std::cos (pi * x) : 1.0; };
    return rise (2.0 * std::log2 (frequency / sweep.from)) * rise (12.0 * std::log2 (sweep.to / frequency));
}

/** The band's response with minimum phase, in the bins of a transform. */
Spectrum causalBand (const Sweep& sweep, const Fourier& fourier)
{
    std::vector<float> magnitudes (fourier.size() / 2 + 1);
    const double binWidth = sweep.sampleRate / static_cast<double> (fourier.size());

    for (size_t k = 0; k < magnitudes.size(); ++k)
        magnitudes[k] = static_cast<float> (std::max (1e-5, bandAt (static_cast<double> (k) * binWidth, sweep)));

    return minimumPhaseSpectrum (magnitudes);
}

/** What a recording's spectrum must be multiplied with for the spectrum of the system, and the band without phase. */
struct Inverse
{
    Inverse (const Sweep& sweep, Fourier& fourier)
        : division (fourier.spectrumOf (makeSine (sweep)))
        , band (division.size())
    {
        // A sweep's |X|^2 is A^2 T / (4 R f) in band. What is far less is no part of the sweep, and would only lift
        // noise.
        const double binWidth = sweep.sampleRate / static_cast<double> (fourier.size());
        const double scale = std::pow (10.0, sweep.levelDb / 10.0) * sweep.sampleRate * sweep.sampleRate * sweep.seconds
                             / (4.0 * std::log (sweep.to / sweep.from));

        for (size_t k = 0; k < division.size(); ++k)
        {
            const double frequency = std::max (static_cast<double> (k), 1.0) * binWidth;
            const auto regular = static_cast<float> (1e-5 * scale / frequency);
            const float power = std::norm (division[k]);
            band[k] = static_cast<float> (bandAt (frequency, sweep));
            division[k] = power > regular ? std::conj (division[k]) / power : std::conj (division[k]) / regular;
        }
    }

    Spectrum division;
    std::vector<float> band;
};

/** The place of the first sound in a response without phase: the highest sample at the first rise to within 20 dB of
   its peak. Places in the last half of the circle are before its beginning. */
long long findArrival (const std::vector<float>& response)
{
    const auto size = static_cast<long long> (response.size());
    const auto at = [&] (long long place) { return std::abs (response[static_cast<size_t> ((place + size) % size)]); };
    long long peak = 0;

    for (long long place = -size / 2; place < size / 2; ++place)
        if (at (place) > at (peak))
            peak = place;

    // Nothing that belongs to the response lies further before its peak than this; harmonics do.
    long long first = peak;

    for (long long place = peak; place > std::max (peak - size / 16, -size / 2); --place)
        if (at (place) > 0.1f * at (peak))
            first = place;

    long long arrival = first;

    for (long long place = first; place <= std::min (first + 12, peak); ++place)
        if (at (place) > at (arrival))
            arrival = place;

    return arrival;
}

double energyBetween (const std::vector<float>& response, long long first, long long last)
{
    const auto size = static_cast<long long> (response.size());
    double energy = 0.0;

    for (long long place = first; place < last; ++place)
        energy += std::pow (static_cast<double> (response[static_cast<size_t> (((place % size) + size) % size)]), 2);

    return energy;
}

/** Fades the ends of a kernel: in before the onset, and out where noise takes over. */
void fadeEnds (Kernel& kernel, size_t preRoll, size_t crossing)
{
    const size_t length = std::min (kernel.lengthInFrames(), crossing + crossing / 5 + 1);
    const size_t fadeOut = std::max<size_t> (1, std::min (length - std::min (length, crossing) + length / 50, length));

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

} // namespace

std::string problemOf (const Sweep& sweep)
{
    if (! (sweep.from > 0.0 && sweep.from < sweep.to))
        return "a sweep runs from a low to a higher frequency. Exchange them.";

    if (sweep.to > 0.48 * sweep.sampleRate)
        return "a sweep at " + std::to_string (std::lround (sweep.sampleRate)) + " Hz can reach "
               + std::to_string (static_cast<long> (0.48 * sweep.sampleRate)) + " Hz. End it there or lower.";

    if (! (sweep.seconds * sweep.from >= 4.0))
        return "a sweep from " + std::to_string (std::lround (sweep.from)) + " Hz lasts at least "
               + std::to_string (std::lround (std::ceil (4.0 / sweep.from * 10.0) * 100.0)) + " ms. Make it longer.";

    if ((sweep.leadIn + sweep.seconds + sweep.tail) * sweep.sampleRate > static_cast<double> (size_t { 1 } << 21))
        return "sweep and silence may have " + std::to_string (size_t { 1 } << 21) + " frames in all ("
               + std::to_string (static_cast<long> (static_cast<double> (size_t { 1 } << 21) / sweep.sampleRate))
               + " s at this rate). Make them shorter.";

    return {};
}

std::vector<float> makeSweep (const Sweep& sweep)
{
    std::vector<float> samples (framesIn (sweep.leadIn, sweep.sampleRate));
    const auto sine = makeSine (sweep);
    samples.insert (samples.end(), sine.begin(), sine.end());
    samples.resize (samples.size() + framesIn (sweep.tail, sweep.sampleRate));
    return samples;
}

Outcome<Deconvolved> deconvolve (const std::vector<std::vector<float>>& channels, const Sweep& sweep, std::string name)
{
    const auto fail = [&name] (const std::string& what)
    { return Outcome<Deconvolved>::failure ("No kernel was found in '" + name + "': " + what); };

    if (const auto problem = problemOf (sweep); ! problem.empty())
        return fail (problem);

    size_t length = 0;

    for (const auto& channel : channels)
        length = std::max (length, channel.size());

    const size_t sineLength = framesIn (sweep.seconds, sweep.sampleRate);

    if (length < sineLength / 2)
        return fail ("it is shorter than the sweep. Choose the recording of the whole sweep.");

    if (length + sineLength > (size_t { 1 } << 22))
        return fail ("it is too long. Cut it so that it ends some seconds after the sweep.");

    // Room for the whole circle: responses after, harmonics before.
    Fourier fourier (Fourier::sizeFor (length + sineLength));
    const Inverse inverse (sweep, fourier);
    const auto band = causalBand (sweep, fourier);
    std::vector<std::vector<float>> responses;
    long long arrival = 0;

    for (const auto& channel : channels)
    {
        auto padded = channel;
        padded.resize (length);
        auto spectrum = fourier.spectrumOf (padded);
        auto withoutPhase = spectrum;

        for (size_t k = 0; k < spectrum.size(); ++k)
        {
            spectrum[k] *= inverse.division[k];
            withoutPhase[k] = spectrum[k] * inverse.band[k];
            spectrum[k] *= band[k];
        }

        const auto first = findArrival (fourier.signalOf (withoutPhase));
        arrival = responses.empty() ? first : std::min (arrival, first);
        responses.push_back (fourier.signalOf (spectrum));
    }

    // From half a millisecond before the first arrival to where the recording ends, as the end of the sweep sees it.
    const size_t preRoll = framesIn (0.0005, sweep.sampleRate);
    const auto size = static_cast<long long> (fourier.size());
    const long long start = arrival - static_cast<long long> (preRoll);
    const long long heard = static_cast<long long> (length) - static_cast<long long> (sineLength) - arrival;
    const auto longest = static_cast<long long> (longestKernelInFrames);

    if (arrival < -static_cast<long long> (preRoll) || heard < 0)
        return fail (
            "the sweep is not in it from beginning to end. Choose the recording of the whole sweep, and give the "
            "frequencies, the length and the rate with which it was made.");

    const auto numFrames = static_cast<size_t> (std::clamp (heard + static_cast<long long> (preRoll),
                                                            static_cast<long long> (framesIn (0.05, sweep.sampleRate)),
                                                            std::min (longest, size / 2)));
    std::vector<std::vector<float>> paths;

    for (const auto& response : responses)
    {
        auto& path = paths.emplace_back (numFrames);

        for (size_t n = 0; n < numFrames; ++n)
            path[n] = response[static_cast<size_t> (((start + static_cast<long long> (n)) % size + size) % size)];
    }

    auto kernel = makeKernel (std::move (paths), sweep.sampleRate, name);

    if (! kernel)
        return Outcome<Deconvolved>::failure (kernel.error());

    const auto decay = analyseBroadbandDecay (*kernel);
    Deconvolved result;
    result.latency = static_cast<double> (arrival) / sweep.sampleRate - sweep.leadIn;
    result.snrInDb = decay.rangeInDb;
    result.noiseWasReached = decay.hasNoise;

    if (result.snrInDb < 10.0)
        return fail (
            "its sweep stands out of the noise by less than 10 dB. Check that the recording is of this sweep, with "
            "the same frequencies, length and sample rate.");

    // The second harmonic lies before the arrival by T ln 2 / R.
    const double ahead = sweep.seconds * std::log (2.0) / std::log (sweep.to / sweep.from) * sweep.sampleRate;
    const auto second = arrival - static_cast<long long> (ahead), around = static_cast<long long> (0.1 * ahead);
    double harmonic = 0.0, whole = 0.0;

    for (const auto& response : responses)
    {
        harmonic += energyBetween (response, second - around, second + 2 * around);
        whole += energyBetween (response, start, start + static_cast<long long> (numFrames));
    }

    result.secondHarmonicInDb = 10.0 * std::log10 (std::max (harmonic, 1e-30) / whole);

    const size_t onset = findOnset (*kernel);
    const size_t crossing =
        decay.hasNoise ? onset + framesIn (decay.crossingInSeconds, sweep.sampleRate) : kernel->lengthInFrames();
    fadeEnds (*kernel, preRoll, crossing);
    result.kernel = std::move (*kernel);
    return result;
}

} // namespace faltwerk
