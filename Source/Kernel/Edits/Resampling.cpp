#include "Kernel/Edits/Resampling.h"

#include "Kernel/Edits/PreRinging.h"
#include "Kernel/InParallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <soxr.h>
#include <span>

namespace faltwerk
{

namespace
{

constexpr double ringing = 64.0;        // frames of the lower rate that are kept behind the end
constexpr double lead = 128.0;          // the same before time 0, until they are moved
constexpr double passBand = 0.825;      // of half the lower rate: 18 kHz at 44.1 kHz
constexpr double mostEnergyLost = 1e-9; // of a response, before time 0

/** Which error makes up for a delay of one frame. */
struct DelayRule
{
    double mostErrorAtOnce; // of a response's energy, without the delay
    double leastGain;       // of the error without it over the one with it
};

constexpr DelayRule whenLowered { 1e-6, 1.5 }, whenRaised { 1e-5, 4.0 }; // where the higher band leaves more room

size_t roundUp (double frames) { return static_cast<size_t> (std::ceil (frames - 1e-9 * frames)); }

/** Zeros before a kernel that last a whole number of frames at both rates, or nearly so. */
struct LeadIn
{
    size_t input = 0, output = 0;

    LeadIn() = default; // none

    LeadIn (double fromRate, double toRate)
    {
        constexpr size_t furthest = 4096; // rates of audio have a common period of 640 frames or less
        const auto shortest = roundUp (lead * std::max (1.0, fromRate / toRate));
        double smallest = 1.0;

        for (size_t n = shortest; n < shortest + furthest && smallest > 1e-9; ++n)
        {
            const double frames = static_cast<double> (n) * toRate / fromRate;

            if (const double error = std::abs (frames - std::round (frames)); error < smallest)
            {
                smallest = error;
                input = n;
                output = static_cast<size_t> (std::llround (frames));
            }
        }
    }
};

/** libsoxr, fed in pieces, which it needs little memory for. Throws std::bad_alloc. */
class Resampler
{
public:
    Resampler (double fromRate, double toRate, ResamplingQuality wanted, std::vector<float>& destination)
        : output (destination)
    {
        const auto format = soxr_io_spec (SOXR_FLOAT32_I, SOXR_FLOAT32_I);
        const auto quality = soxr_quality_spec (wanted == ResamplingQuality::highest ? SOXR_VHQ : SOXR_HQ, 0);
        soxr.reset (soxr_create (fromRate, toRate, 1, nullptr, &format, &quality, nullptr));

        if (soxr == nullptr)
            throw std::bad_alloc();
    }

    void feed (std::span<const float> input)
    {
        while (! input.empty() && written < output.size())
            input = input.subspan (process (input.data(), std::min (input.size(), piece)));
    }

    void feedZeros (size_t count)
    {
        const std::array<float, piece> zeros {};

        for (; count > 0; count -= std::min (count, piece))
            feed (std::span (zeros).first (std::min (count, piece)));
    }

    /** Lets out what is held back, up to the end of the destination. */
    void finish()
    {
        for (size_t before = output.size(); before != written && written < output.size();)
        {
            before = written;
            process (nullptr, 0);
        }
    }

private:
    static constexpr size_t piece = 4096;

    struct Delete
    {
        void operator() (soxr_t resampler) const { soxr_delete (resampler); }
    };

    size_t process (const float* input, size_t count)
    {
        size_t numRead = 0, numWritten = 0;

        if (soxr_process (soxr.get(), input, count, &numRead, output.data() + written, output.size() - written,
                          &numWritten)
            != nullptr)
            throw std::bad_alloc(); // its only reason here

        written += numWritten;
        return numRead;
    }

    std::unique_ptr<std::remove_pointer_t<soxr_t>, Delete> soxr;
    std::vector<float>& output;
    size_t written = 0;
};

/** Returns a path at another rate, behind the lead-in. */
std::vector<float> withLeadIn (std::span<const float> path,
                               double fromRate,
                               double toRate,
                               ResamplingQuality wanted,
                               const LeadIn& leadIn,
                               size_t length)
{
    std::vector<float> output (leadIn.output + length);
    Resampler resampler (fromRate, toRate, wanted, output);
    resampler.feedZeros (leadIn.input);
    resampler.feed (path);
    resampler.feedZeros (roundUp (2.0 * ringing * std::max (1.0, fromRate / toRate)));
    resampler.finish();

    for (auto& sample : output)
        sample *= static_cast<float> (fromRate / toRate);

    return output;
}

double energyOf (std::span<const float> samples)
{
    return std::accumulate (samples.begin(), samples.end(), 0.0,
                            [] (double sum, float x)
                            { return sum + static_cast<double> (x) * static_cast<double> (x); });
}

} // namespace

size_t resampledLength (size_t lengthInFrames, double fromRate, double toRate)
{
    if (fromRate == toRate)
        return lengthInFrames;

    // Rates of audio are whole or nearly so: a product a rounding error above a whole number is that number.
    return roundUp (static_cast<double> (lengthInFrames) * toRate / fromRate)
           + roundUp (ringing * std::max (1.0, toRate / fromRate));
}

Kernel resampled (Kernel kernel, double sampleRate, ResamplingQuality wanted)
{
    if (kernel.sampleRate == sampleRate || kernel.sampleRate == 0.0)
    {
        kernel.sampleRate = sampleRate;
        return kernel;
    }

    /** The corrections that replace the frames before time 0, without a delay and with one of a frame. */
    struct Corrections
    {
        PreRinging::Correction atOnce, late;
    };

    const double fromRate = kernel.sampleRate;
    const LeadIn leadIn (fromRate, sampleRate);
    const size_t length = resampledLength (kernel.lengthInFrames(), fromRate, sampleRate);
    const PreRinging preRinging (0.5 * passBand * std::min (1.0, fromRate / sampleRate));
    std::vector<Corrections> corrections (kernel.paths.size());
    const auto& rule = sampleRate < fromRate ? whenLowered : whenRaised;
    std::atomic<bool> isLate { false }; // any path needs a frame before time 0

    inParallel (kernel.paths.size(),
                [&] (size_t index)
                {
                    auto& path = kernel.paths[index];
                    path = withLeadIn (path, fromRate, sampleRate, wanted, leadIn, length);
                    const auto before = std::span<const float> (path).first (leadIn.output);
                    const auto earlier = before.first (before.size() - 1);
                    const double energy = energyOf (path);

                    if (energyOf (before) <= mostEnergyLost * energy)
                        return;

                    auto& [atOnce, late] = corrections[index];
                    atOnce = preRinging.correctionFor (before, energy);
                    late = preRinging.correctionFor (earlier, energy);

                    if (atOnce.error > rule.mostErrorAtOnce * energy && atOnce.error > rule.leastGain * late.error)
                        isLate = true;

                    if (energyOf (earlier) <= mostEnergyLost * energy)
                        late.frames.clear();
                });

    const size_t start = leadIn.output - (isLate ? 1 : 0);

    for (size_t index = 0; index < kernel.paths.size(); ++index)
    {
        auto& path = kernel.paths[index];
        const auto& correction = isLate ? corrections[index].late : corrections[index].atOnce;
        path.erase (path.begin(), path.begin() + static_cast<std::ptrdiff_t> (start));
        path.resize (length);

        for (size_t n = 0; n < std::min (length, correction.frames.size()); ++n)
            path[n] += static_cast<float> (correction.frames[n]);
    }

    kernel.sampleRate = sampleRate;
    return kernel;
}

Kernel resampledAndCut (Kernel kernel, double sampleRate)
{
    if (kernel.sampleRate == sampleRate)
        return kernel;

    const double fromRate = kernel.sampleRate;
    const size_t length = roundUp (static_cast<double> (kernel.lengthInFrames()) * sampleRate / fromRate);

    for (auto& path : kernel.paths)
        path = withLeadIn (path, fromRate, sampleRate, ResamplingQuality::highest, LeadIn(), length);

    kernel.sampleRate = sampleRate;
    return kernel;
}

} // namespace faltwerk
