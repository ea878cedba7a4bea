#include "Kernel/Generators/FilterGenerators.h"
#include "Kernel/Generators/GeneratorEntries.h"

namespace faltwerk
{

namespace
{

template <typename Filter>
Slot<Filter> tapsSlot()
{
    return slot (&Filter::taps, "taps", "Taps", "", 3, 65535, "Its length in frames; even numbers are rounded up.");
}

template <typename Filter>
Slot<Filter> automaticTapsSlot()
{
    return slot (&Filter::taps, "taps", "Taps", "", 0, 1048576,
                 "Its length in frames; 0 is as long as the cutoff needs, even numbers are rounded up.");
}

template <typename Filter>
Slot<Filter> phaseSlot()
{
    auto result = slot (&Filter::phase, "phase", "Phase", "", 0, 1,
                        "The phase: linear, which delays by half the length, or minimum, which hardly delays.");
    result.parameter.choices = { "linear", "minimum" };
    return result;
}

template <typename Filter>
Slot<Filter> attenuationSlot()
{
    return slot (&Filter::attenuation, "attenuation", "Attenuation", "dB", 20, 140,
                 "How far down the stop-band is; more makes the slope less steep.");
}

template <typename Filter>
Slot<Filter> cutoffSlot (double Filter::*member, std::string_view id, std::string_view name, std::string_view help)
{
    return slot (member, id, name, "Hz", 1, 192000, help);
}

template <typename Filter>
GeneratorEntry oneCutoffEntry (std::string_view id, std::string_view name, std::string_view description)
{
    return entry<Filter> (
        id, name, description,
        { cutoffSlot (&Filter::cutoff, "cutoff", "Cutoff", "The frequency where the gain is one half."),
          automaticTapsSlot<Filter>(), attenuationSlot<Filter>(), phaseSlot<Filter>(), sampleRateSlot<Filter>() });
}

template <typename Filter>
GeneratorEntry twoCutoffsEntry (std::string_view id, std::string_view name, std::string_view description)
{
    return entry<Filter> (id, name, description,
                          { cutoffSlot (&Filter::lowCutoff, "low-cutoff", "Low cutoff",
                                        "The lower frequency where the gain is one half."),
                            cutoffSlot (&Filter::highCutoff, "high-cutoff", "High cutoff",
                                        "The upper frequency where the gain is one half."),
                            automaticTapsSlot<Filter>(), attenuationSlot<Filter>(), phaseSlot<Filter>(),
                            sampleRateSlot<Filter>() });
}

} // namespace

std::vector<GeneratorEntry> filterEntries()
{
    return {
        entry<Delta> ("delta", "Delta", "A single sample of 1, which changes nothing.", { sampleRateSlot<Delta>() }),
        entry<DelayedDelta> ("delayed-delta", "Delay", "A single sample of 1 after a time: one echo.",
                             { slot (&DelayedDelta::delay, "delay", "Delay", "ms", 0, 30000,
                                     "When the echo comes, also between two frames."),
                               sampleRateSlot<DelayedDelta>() }),
        entry<Comb> ("comb", "Comb", "Echoes at even distances, which colour the spectrum like a comb.",
                     { slot (&Comb::delay, "delay", "Delay", "ms", 0.01, 2000, "The time from one echo to the next."),
                       slot (&Comb::numEchoes, "echoes", "Echoes", "", 1, 10000,
                             "The number of echoes behind the first sample."),
                       slot (&Comb::gain, "gain", "Gain", "", -1, 1,
                             "Each echo's level against the one before; below 0 turns every other one over."),
                       sampleRateSlot<Comb>() }),
        entry<MovingAverage> (
            "moving-average", "Moving average", "The mean of the last samples, which smooths.",
            { slot (&MovingAverage::taps, "taps", "Taps", "", 1, 1000000, "How many samples it is the mean of."),
              sampleRateSlot<MovingAverage>() }),
        entry<Gaussian> ("gaussian", "Gaussian", "A bell, which blurs evenly and rings nowhere.",
                         { slot (&Gaussian::sigma, "sigma", "Sigma", "frames", 0.1, 100000,
                                 "The bell's width: from its top to where it is steepest."),
                           sampleRateSlot<Gaussian>() }),
        oneCutoffEntry<LowPass> ("low-pass", "Low-pass", "Lets low frequencies pass, at a steep slope."),
        oneCutoffEntry<HighPass> ("high-pass", "High-pass", "Lets high frequencies pass, at a steep slope."),
        twoCutoffsEntry<BandPass> ("band-pass", "Band-pass", "Lets the frequencies between two cutoffs pass."),
        twoCutoffsEntry<BandStop> ("band-stop", "Band-stop", "Removes the frequencies between two cutoffs."),
        entry<Differentiator> (
            "differentiator", "Differentiator", "The slope of the signal from sample to sample.",
            { tapsSlot<Differentiator>(), attenuationSlot<Differentiator>(), sampleRateSlot<Differentiator>() }),
        entry<Hilbert> ("hilbert", "Hilbert transformer", "Shifts the phase of every frequency by -90 degrees.",
                        { tapsSlot<Hilbert>(), attenuationSlot<Hilbert>(), sampleRateSlot<Hilbert>() }),
    };
}

} // namespace faltwerk
