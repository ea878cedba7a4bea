#include "Kernel/Measuring/RecordingDivision.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

/** A level that noise alone does not reach: its peaks lie at most 15 dB over its RMS. */
constexpr double leastProminenceInDb = 18.0;

double aheadOfHarmonicIn (const Excitation& excitation, int k)
{
    return excitation.law ? excitation.law->growthTime() * std::log (k) * excitation.sampleRate
                          : 0.1 * static_cast<double> (excitation.lengthInFrames());
}

} // namespace

RecordingDivision::RecordingDivision (Excitation excitation, size_t recordingLength, IsCancelled isCancelled)
    : played (std::move (excitation))
    , length (static_cast<long long> (recordingLength))
    , stops (std::move (isCancelled))
    , fourier (Fourier::sizeFor (sizeFor (played, recordingLength)))
    , division (played, fourier, stops)
{
}

size_t RecordingDivision::sizeFor (const Excitation& excitation, size_t recordingLength)
{
    return std::max (recordingLength, excitation.lengthInFrames())
           + static_cast<size_t> (1.2 * aheadOfHarmonicIn (excitation, 2)) + 1;
}

double RecordingDivision::aheadOfHarmonic (int k) const { return aheadOfHarmonicIn (played, k); }

Spectrum RecordingDivision::quotientOf (const std::vector<float>& channel) const
{
    throwIfCancelled (stops);
    return division.quotientOf (std::span (channel).first (std::min (channel.size(), fourier.size())));
}

CircularResponse RecordingDivision::withoutPhase (const Spectrum& quotient) const
{
    throwIfCancelled (stops);
    return { division.withoutPhase (quotient), earliest() };
}

CircularResponse RecordingDivision::withLeastPhase (const Spectrum& quotient) const
{
    throwIfCancelled (stops);
    return { division.withLeastPhase (quotient), earliest() };
}

long long RecordingDivision::arrivalIn (const CircularResponse& response) const
{
    const auto lookBack = static_cast<long long> (0.5 * aheadOfHarmonic (2));
    const auto pulse = static_cast<long long> (std::ceil (5.5 * played.sampleRate / played.high));
    return response.arrival (std::min (lookBack, static_cast<long long> (fourier.size() / 16)), pulse);
}

double RecordingDivision::shareBefore (const Spectrum& quotient, long long arrival) const
{
    const auto response = withLeastPhase (quotient);
    const long long preRoll = std::llround (preRollInSeconds * played.sampleRate);
    const auto reach = static_cast<long long> (0.4 * aheadOfHarmonic (2));
    return response.energyBetween (arrival - reach, arrival - preRoll)
           / std::max (response.energyBetween (0, response.size()), 1e-30);
}

bool RecordingDivision::isInside (long long arrival) const
{
    return arrival >= 0 && arrival + static_cast<long long> (played.lengthInFrames()) <= length;
}

long long RecordingDivision::earliest() const
{
    return std::min (length - static_cast<long long> (fourier.size()), 0LL);
}

double preRollOf (BandPhase phase, double lowestFrequency)
{
    return phase == BandPhase::minimum ? preRollInSeconds : std::min (2.0 / lowestFrequency, 0.25);
}

bool holdsSweep (const CircularResponse& response) { return response.prominenceInDb() >= leastProminenceInDb; }

std::vector<MeasuredResponse> measure (const RecordingDivision& division, const Sound& take)
{
    std::vector<MeasuredResponse> channels;

    for (const auto& channel : take.channels)
    {
        auto quotient = division.quotientOf (channel);
        auto response = division.withoutPhase (quotient);
        const bool holds = holdsSweep (response);
        const long long arrival = division.arrivalIn (response);
        channels.push_back ({ std::move (quotient), std::move (response), arrival, holds });
    }

    return channels;
}

float peakOf (const MeasuredResponse& channel) { return std::abs (channel.response[channel.response.peak()]); }

size_t strongestOf (const std::vector<MeasuredResponse>& channels)
{
    size_t strongest = 0;

    for (size_t n = 1; n < channels.size(); ++n)
        if (channels[n].holdsSweep > channels[strongest].holdsSweep
            || (channels[n].holdsSweep == channels[strongest].holdsSweep
                && peakOf (channels[n]) > peakOf (channels[strongest])))
            strongest = n;

    return strongest;
}

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

} // namespace faltwerk
