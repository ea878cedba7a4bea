#pragma once

#include "Convolution/EngineControls.h"
#include "Convolution/SignalTap.h"
#include "Kernel/Analysis/FrequencyResponse.h"
#include "Kernel/Analysis/LiveSpectrum.h"

#include <complex>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

/** What a kernel does to sound in narrow bands, as it goes into what is predicted of the output. */
struct KernelBands
{
    std::vector<double> power;              // of all paths that lead to an output, mean over outputs
    std::vector<std::complex<double>> mean; // of the direct paths

    static KernelBands of (const FrequencyResponse&, const Kernel&);
};

/** The spectra of an instance's sound as it passes, in and out, and of what the output should be: the input's spectrum
    times the response of the kernel and of all that is around it. In dB, at the places of a spectrum picture. [message]
 */
class SignalAnalyser
{
public:
    explicit SignalAnalyser (SignalTap&);
    ~SignalAnalyser();

    /** Listens only while it is looked at. */
    void setListening (bool);

    /** Looks at what was heard last. @param seconds  since the last call  @return whether there is something to see */
    bool update (double sampleRate, double seconds);

    /** Works out the expected output. */
    void predict (const KernelBands&, const EngineControls&);

    std::span<const float> input() const;
    std::span<const float> output() const;

    /** The mean of the last seconds: as measured, and as expected. */
    std::span<const float> meanOutput() const { return measured; }
    std::span<const float> expectedOutput() const { return expected; }

private:
    SignalTap& tap;
    bool listening = false;
    double rate = 0.0;
    std::unique_ptr<LiveSpectrum> ofInput, ofOutput;
    std::vector<float> measured, expected;
    std::vector<float> left, right;
};

} // namespace faltwerk
