#include "Editor/LoudnessMatch.h"

#include "Kernel/Edits/Normalisation.h"
#include "Picture/Spectrum/SpectrumPicture.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr juce::uint32 leastSettling = 300; // ms, until what was asked for counts as being loaded

} // namespace

LoudnessMatch::LoudnessMatch (PluginProcessor& owner)
    : processor (owner)
{
}

LoudnessMatch::~LoudnessMatch() { setGain (0.0); }

void LoudnessMatch::setOn (bool shouldMatch)
{
    on = shouldMatch;
    last.reset();
    setGain (0.0);

    if (! on)
        bands.clear();
}

void LoudnessMatch::setGain (double decibels)
{
    gain = decibels;
    processor.comparisonGain.store (static_cast<float> (std::pow (10.0, decibels / 20.0)), std::memory_order_relaxed);
}

/** Returns the loudness of what sounds, in dB; none while it is not known, and of silence. */
std::optional<double> LoudnessMatch::loudness()
{
    const auto edited = processor.kernelStatus().edited;

    if (edited == nullptr || edited->kernel == nullptr)
        return {};

    bands.ask (edited, [edited] { return KernelBands::of (FrequencyResponse (*edited->kernel), *edited->kernel); });
    bands.update();

    if (! bands.isCurrent())
        return {};

    // The places are equally far apart in octaves, and pink noise has equal power in each.
    const auto controls = processor.parameters.snapshot();
    const auto power = bands.get()->outputPower (controls);
    const auto places = SpectrumCurves::places();
    double sum = 0.0, whole = 0.0;

    for (size_t n = 0; n < places.size(); ++n)
    {
        const double weight = loudnessWeight (places[n]);
        sum += weight * power[n];
        whole += weight;
    }

    const auto out = static_cast<double> (controls.out);
    const double total = out * out * sum / whole;
    return total > 1e-12 ? std::optional (10.0 * std::log10 (total)) : std::nullopt;
}

void LoudnessMatch::update()
{
    if (! on)
        return;

    const auto now = loudness();

    if (! now)
        return; // the gain stays until it is known

    Subject subject { processor.kernelStatus().source, processor.document.isB(), processor.session.presetName() };
    const auto time = juce::Time::getMillisecondCounter();

    if (last && subject != *last)
    {
        isSettling = true;
        changedAt = time;
    }

    if (! last)
        goal = *now;
    else if (! isSettling)
        goal += *now - lastLoudness; // by hand, and meant to be heard

    // Another sound is there once its kernel has been loaded and edited.
    isSettling = isSettling && (processor.isLoading() || time - changedAt < leastSettling);
    last = std::move (subject);
    lastLoudness = *now;

    // Raised by little, so that it does not clip: a sound that is quieter than that becomes the goal for the others.
    if (! isSettling)
        goal = std::min (goal, *now + mostUp);

    setGain (std::clamp (goal - *now, -mostDown, mostUp));
}

} // namespace faltwerk
