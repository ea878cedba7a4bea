#pragma once

#include "Convolution/Signal/SignalTap.h"
#include "Editor/KernelBands.h"
#include "Kernel/Analysis/LiveSpectrum.h"

#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

/** How the sound's spectra are drawn. */
struct AnalyserChoices
{
    enum class Peaks
    {
        none,
        held, // for a moment
        kept  // until they are cleared
    };

    double smoothing = 1.0 / 6.0; // octaves of which a level is the mean; 0 gives tones their own level
    double tilt = 4.5;            // dB per octave that are added above 1 kHz, and taken off below
    Peaks peaks = Peaks::held;
};

/** The spectra of an instance's sound as it passes, in and out, and of what the output should be: the input's spectrum
    times the response of the kernel and of all that is around it. In dB, at the places of a spectrum picture.
    [message] */
class SignalAnalyser
{
public:
    explicit SignalAnalyser (SignalTap&);
    ~SignalAnalyser();

    /** Listens only while it is looked at. */
    void setListening (bool);

    void setChoices (const AnalyserChoices&);
    const AnalyserChoices& choices() const noexcept { return chosen; }

    /** Keeps what is seen as it is. */
    void setFrozen (bool);
    bool isFrozen() const noexcept { return frozen; }

    /** Looks at what was heard last. @param seconds  since the last call  @return true if there is something new to
        see */
    bool update (double sampleRate, double seconds);

    /** Works out the expected output. */
    void predict (const KernelBands&, const EngineControls&);

    std::span<const float> input() const;
    std::span<const float> output() const;

    /** Peaks of the output; empty where none are wanted. */
    std::span<const float> peaks() const;
    void clearPeaks();

    /** Returns the mean of the last seconds: as measured, and as expected. */
    std::span<const float> meanOutput() const { return measured; }
    std::span<const float> expectedOutput() const { return expected; }

private:
    void applyChoices();

    SignalTap& tap;
    AnalyserChoices chosen;
    bool listening = false, frozen = false;
    double rate = 0.0;
    std::unique_ptr<LiveSpectrum> ofInput, ofOutput;
    std::vector<float> measured, expected;
    std::vector<float> left, right;
};

} // namespace faltwerk
