#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Measuring/Response.h"
#include "Kernel/Measuring/Sweeps/Excitation.h"
#include "Kernel/Measuring/Sweeps/SweepDivision.h"
#include "Kernel/Sound.h"

#include <cstddef>
#include <vector>

namespace faltwerk
{

/** Half a millisecond that stays before a kernel's first sound, in s. */
constexpr double preRollInSeconds = 0.0005;

/** The phase of the filter that limits a kernel to the sweep's band. */
enum class BandPhase
{
    minimum, // nothing comes before the first sound; low and high frequencies are turned
    linear   // no frequency is turned; the filter rings before the first sound, too, for up to two periods of f1
};

/** Returns how long a kernel lasts before its first sound, in s. [any] */
double preRollOf (BandPhase, double lowestFrequency);

/** Divides recordings of one length by one excitation, in a circle that holds what comes before the first sound, too.
    [not audio; one thread at a time] */
class RecordingDivision
{
public:
    /** @param recordingLength  in frames; sizeFor() of it is at most longestRecordingInFrames
        @param isCancelled  asked before each transform, which throws Cancelled then */
    RecordingDivision (Excitation, size_t recordingLength, IsCancelled isCancelled = {});

    /** Returns the samples that the circle must hold: the recording, or the excitation if it is longer, and what comes
        before the first sound. */
    static size_t sizeFor (const Excitation&, size_t recordingLength);

    /** Returns by how many frames the response of harmonic k comes earlier: L ln k; a tenth of a signal without law. */
    double aheadOfHarmonic (int k) const;

    /** Returns the system's spectrum as a channel of a recording shows it. */
    Spectrum quotientOf (const std::vector<float>& channel) const;

    CircularResponse withoutPhase (const Spectrum& quotient) const;
    CircularResponse withLeastPhase (const Spectrum& quotient) const;

    /** Returns the place of the first sound; harmonics before it do not count. */
    long long arrivalIn (const CircularResponse& withoutPhase) const;

    /** Returns the energy before the first sound, without harmonics, relative to all of it: noise, and what is smeared
        if the law is wrong. */
    double shareBefore (const Spectrum& quotient, long long arrival) const;

    /** Returns true if the excitation lies in the recording from beginning to end. */
    bool isInside (long long arrival) const;

    const Excitation& excitation() const noexcept { return played; }
    const IsCancelled& isCancelled() const noexcept { return stops; }

private:
    long long earliest() const;

    Excitation played;
    long long length; // of the recording
    IsCancelled stops;
    mutable Fourier fourier;
    SweepDivision division;
};

/** The response of a channel, in one take or as the mean of several. */
struct MeasuredResponse
{
    Spectrum quotient;
    CircularResponse response; // without phase
    long long arrival = 0;
    bool holdsSweep = false;
};

/** Returns true if a response stands out as noise alone does not. */
bool holdsSweep (const CircularResponse&);

/** Measures all channels of a take. [not audio] */
std::vector<MeasuredResponse> measure (const RecordingDivision&, const Sound& take);

float peakOf (const MeasuredResponse&);

/** Returns the channel with the highest response of those that hold the sweep; of all if none does. */
size_t strongestOf (const std::vector<MeasuredResponse>&);

/** Returns the channel of most energy, which is asked before anything is known of the sweep. */
const std::vector<float>& loudestOf (const Sound& take);

} // namespace faltwerk
