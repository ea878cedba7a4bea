#include "Editor/Views/Analysis/SignalAnalyser.h"

#include "Picture/Spectrum/SpectrumPicture.h"

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

void SignalAnalyser::setFrozen (bool shouldFreeze)
{
    frozen = shouldFreeze;
    applyChoices();
}

void SignalAnalyser::applyChoices()
{
    if (ofInput == nullptr || frozen) // what is frozen stays as it is
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

    const auto input = ofInput->meanPowers();
    const auto response = kernel.outputPower (controls);
    const auto out = static_cast<double> (controls.out);

    for (size_t n = 0; n < response.size(); ++n)
        expected.push_back (asLevel (input[n] * out * out * response[n]));
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
