#include "Editor/Views/SignalAnalyser.h"

#include "Picture/SpectrumPicture.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

float asLevel (double power)
{
    return power > 1e-16 ? static_cast<float> (10.0 * std::log10 (power)) : LiveSpectrum::silence;
}

} // namespace

KernelBands KernelBands::of (const FrequencyResponse& response, const Kernel& kernel)
{
    constexpr double octaves = 1.0 / 6.0;
    const auto places = SpectrumCurves::places();
    KernelBands bands;
    bands.power = response.power (places, octaves);

    // Several inputs add up in each output.
    if (kernel.routing == Routing::trueStereo || kernel.routing == Routing::matrix)
    {
        const auto inputs = kernel.routing == Routing::matrix ? kernel.numMatrixInputs : 2;

        for (auto& power : bands.power)
            power *= static_cast<double> (inputs);
    }

    bands.mean = response.mean (0, places, octaves);

    if (response.numPaths() > 1)
    {
        const auto right = response.mean (response.numPaths() - 1, places, octaves);

        for (size_t n = 0; n < right.size(); ++n)
            bands.mean[n] = 0.5 * (bands.mean[n] + right[n]);
    }

    return bands;
}

SignalAnalyser::SignalAnalyser (SignalTap& source)
    : tap (source)
    , left (LiveSpectrum::windowSize)
    , right (LiveSpectrum::windowSize)
{
}

SignalAnalyser::~SignalAnalyser() { setListening (false); }

void SignalAnalyser::setListening (bool shouldListen)
{
    if (std::exchange (listening, shouldListen) == shouldListen)
        return;

    shouldListen ? tap.addListener() : tap.removeListener();

    if (! frozen)
    {
        ofInput = nullptr;
        ofOutput = nullptr;
    }
}

void SignalAnalyser::setChoices (const AnalyserChoices& choices)
{
    chosen = choices;
    applyChoices();
}

void SignalAnalyser::applyChoices()
{
    if (ofInput == nullptr)
        return;

    ofInput->setSmoothing (chosen.smoothing);
    ofOutput->setSmoothing (chosen.smoothing);
    ofOutput->keepPeaks (chosen.peaks == AnalyserChoices::Peaks::kept);
}

bool SignalAnalyser::update (double sampleRate, double seconds)
{
    if (! listening || frozen || ! (sampleRate > 0.0))
        return false;

    if (ofInput == nullptr || rate != sampleRate)
    {
        rate = sampleRate;
        ofInput = std::make_unique<LiveSpectrum> (SpectrumCurves::places(), sampleRate);
        ofOutput = std::make_unique<LiveSpectrum> (SpectrumCurves::places(), sampleRate);
        applyChoices();
    }

    constexpr size_t size = LiveSpectrum::windowSize;
    float* const channels[] = { left.data(), right.data() };
    const auto look = [&] (const History& history, LiveSpectrum& spectrum)
    {
        const auto end = history.size();

        if (end < size || ! history.read (end - size, size, channels))
            return;

        spectrum.update (left, right, seconds);
    };

    look (tap.input, *ofInput);
    look (tap.output, *ofOutput);
    measured.resize (ofOutput->meanPowers().size());
    std::transform (ofOutput->meanPowers().begin(), ofOutput->meanPowers().end(), measured.begin(), asLevel);
    return true;
}

void SignalAnalyser::predict (const KernelBands& kernel, const EngineControls& controls)
{
    expected.clear();

    if (ofInput == nullptr)
        return;

    const auto places = SpectrumCurves::places();
    const auto input = ofInput->meanPowers();
    const auto wet = static_cast<double> (controls.wet), dry = static_cast<double> (controls.dry),
               out = static_cast<double> (controls.out);

    for (size_t n = 0; n < places.size(); ++n)
    {
        std::complex<double> tone = 1.0;

        for (const auto& band : controls.tone.bands)
            tone *= toneResponse (band, places[n]);

        // |dry + wet T H|^2, as the mean over the band.
        const double response = dry * dry + wet * wet * std::norm (tone) * kernel.power[n]
                                + 2.0 * wet * dry * (tone * kernel.mean[n]).real();
        expected.push_back (asLevel (input[n] * out * out * std::max (response, 0.0)));
    }
}

std::span<const float> SignalAnalyser::input() const
{
    return ofInput != nullptr ? ofInput->levels() : std::span<const float>();
}

std::span<const float> SignalAnalyser::output() const
{
    return ofOutput != nullptr ? ofOutput->levels() : std::span<const float>();
}

std::span<const float> SignalAnalyser::peaks() const
{
    return ofOutput != nullptr && chosen.peaks != AnalyserChoices::Peaks::none ? ofOutput->peaks()
                                                                               : std::span<const float>();
}

void SignalAnalyser::clearPeaks()
{
    if (ofOutput != nullptr)
        ofOutput->clearPeaks();
}

} // namespace faltwerk
