#pragma once

#include "Editor/Computed.h"
#include "Kernel/Measuring/Deconvolution.h"
#include "Plugin/Sounds/SweepRun.h"

#include <memory>
#include <optional>
#include <vector>

namespace faltwerk
{

/** Returns what a level check found, and what to do about it: "Good (peak -12.0 dB)".
    @param peak  largest magnitude that was recorded
    @param clips  true if two samples in a row were at full scale
    @param isApp  true if it is the app that has the input, and not a host */
juce::String levelInWords (float peak, bool clips, bool isApp);

/** Plays sweeps through a processor and records what comes back: a level check, the latency of a loop, and the
    measurement itself. Says at any moment what goes on. [message] */
class LiveMeasuring
{
public:
    enum class Kind
    {
        play,    // nothing is made of what is recorded
        check,   // its peak
        loop,    // its latency, kept by the processor's recorder
        measure, // a recording: see measured()
    };

    /** The outputs that play; the last plays one after the other, and records both. One output alone plays always. */
    enum class Outputs
    {
        both,
        left,
        right,
        leftThenRight
    };

    /** What a measurement has recorded. */
    struct Measured
    {
        Sound recording; // of each output's channels in turn
        Sweep sweep;
        int number = 0; // another for each
    };

    LiveMeasuring (PluginProcessor&, SweepRun::OpenInput);

    /** Begins a measurement and ends one that is running. @param sweep  without a problem, at the processor's rate */
    void begin (Kind, const Sweep&, Outputs);

    /** Ends what goes on; says so. */
    void stop();

    bool isBusy() const noexcept { return present.has_value(); }
    bool is (Kind kind) const noexcept { return present && *present == kind; }

    /** Goes on. @param now  s. Returns true if a measurement is done, and measured() is new. */
    bool update (double now);

    /** Returns 0..1. */
    double progress() const;

    /** Return what is going on or what came of it, and a problem; may be empty. */
    juce::String words() const;
    const juce::String& warning() const noexcept { return problem; }

    /** Returns the last measurement, or null. */
    std::shared_ptr<const Measured> measured() const { return newest; }

    /** Returns the latency of the loop at the current rate and block size, in s; none if it was not measured there. */
    std::optional<double> loopLatency() const;

private:
    struct Place
    {
        juce::String side; // that plays, of a pair: "Left: "
        double seconds;    // of the sweep
        bool isTail;
    };

    void finish();
    Place placeOf (size_t frame) const;
    juce::String wordsOfTake() const;

    PluginProcessor& processor;
    const SweepRun::OpenInput openInput;
    std::optional<Kind> present;
    Sweep sweep; // that is played
    Outputs outputs = Outputs::both;
    Computed<int, std::shared_ptr<SweepTake>> preparing;
    Computed<int, Outcome<double>, MeasuringThread> loop; // latency in s
    std::unique_ptr<SweepRun> run;
    std::shared_ptr<const Measured> newest;
    juce::String said, problem;
    int number = 0;
};

} // namespace faltwerk
