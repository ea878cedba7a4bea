#pragma once

#include "Convolution/Signal/EngineControls.h"
#include "Kernel/Edits/Edits.h"
#include "Plugin/Parameters/Parameter.h"
#include "Plugin/Parameters/ParameterText.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <array>
#include <atomic>
#include <optional>
#include <vector>

namespace faltwerk
{

/** How the wet and the dry sound share the output. */
enum class MixLaw
{
    balance,   // both at 0 dB in the middle
    linear,    // their gains add up to one
    equalPower // their powers do
};

/** Every parameter of the plugin, each defined once: identifier, name, range, unit, text, default, version.

    Identifiers and ranges are for ever: sessions and automation hold them. The parameters belong to the processor that
    they were added to. */
class Parameters
{
    // Before the parameters, which are added with their help.
    juce::AudioProcessor& processor;
    std::vector<Unit> units;             // in the order of the table; of switches and choices it is not used
    std::atomic<double> tempo { 120.0 }; // audio -> any, relaxed

public:
    static constexpr size_t count = 23;

    /** The value of each parameter in its own unit, in the order of the table. */
    using Values = std::array<float, count>;

    /** What of the parameters rebuilds the kernel, to be compared. */
    using Rebuild = std::array<float, 8>;

    /** Adds the parameters to the processor. [message] */
    explicit Parameters (juce::AudioProcessor& processor);

    struct Shelf
    {
        FloatParameter &frequency, &gain, &q;
    };

    FloatParameter &gain, &preDelay, &size, &decay, &attack, &width, &damping;
    SwitchParameter& reverse;
    ChoiceParameter& normalise;
    FloatParameter &lowCut, &highCut;
    Shelf lowShelf, highShelf;
    FloatParameter& mix;
    ChoiceParameter& mixLaw;
    FloatParameter &wet, &dry, &out;
    SwitchParameter& bypass;

    /** Returns the current values for the engine; to be called once for each block. [audio] */
    EngineControls snapshot() const noexcept;

    /** Returns the values of those that rebuild the kernel. Wait-free. [any] */
    Rebuild rebuild() const noexcept;

    /** Returns the edits of the kernel that these parameters make. [any] */
    Edits edits() const;

    /** Returns a text that was typed as a parameter's value in its own unit, within its range; none if it cannot be
        read. [not audio] */
    std::optional<float> valueFromText (const juce::RangedAudioParameter&, const juce::String&) const;

    /** Set and return the host's tempo, for note values. Wait-free. [any] */
    void setTempo (double beatsPerMinute) noexcept { tempo.store (beatsPerMinute, std::memory_order_relaxed); }
    double getTempo() const noexcept { return tempo.load (std::memory_order_relaxed); }

    /** Returns a parameter by its place in the table. [any] */
    Parameter& operator[] (size_t index) const noexcept;

    /** Returns the place in the table of a parameter with some identifier. [any] */
    std::optional<size_t> find (const juce::String& id) const;

    /** [any] */
    Values values() const noexcept;
    Values defaults() const noexcept;

    /** Sets those that differ, to the last bit, and tells the host; what is not finite is left out. [not audio] */
    void set (const Values&);

private:
    /** What every parameter is told by; the version is that of the state which first had it. */
    struct Name
    {
        const char *id, *name;
        int version;
    };

    FloatParameter& add (const Name&, const juce::NormalisableRange<float>&, float initial, Unit);
    ChoiceParameter& addChoice (const Name&, const juce::StringArray&, int initial);
    SwitchParameter& addSwitch (const Name&);
    Shelf addShelf (const std::array<Name, 3>&, float frequency);
    Parameter::FromText textReader();
};

} // namespace faltwerk
