#pragma once

#include "Editor/Computed.h"
#include "Editor/KernelBands.h"
#include "Plugin/PluginProcessor.h"

#include <memory>
#include <optional>
#include <string>

namespace faltwerk
{

/** Keeps the loudness as one compares: another kernel, slot or preset sounds as loud as the one before, so that it is
    not preferred for being louder. What a hand then changes is heard as it is. It goes by the loudness that pink noise
    would have at the output (K-weighted, ITU-R BS.1770-4), and not by what sounds just now. [message] */
class LoudnessMatch
{
public:
    explicit LoudnessMatch (PluginProcessor&);

    /** Takes its gain away: one compares while the window is open. */
    ~LoudnessMatch();

    void setOn (bool);
    bool isOn() const noexcept { return on; }

    /** Returns the gain at the output, in dB. */
    double gainDb() const noexcept { return gain; }

    /** Follows what sounds. */
    void update();

    static constexpr double mostUp = 6.0, mostDown = 24.0; // dB

private:
    /** What is compared with another. */
    struct Subject
    {
        LoadedKernelPointer document;
        bool isB = false;
        std::string preset;

        bool operator== (const Subject&) const = default;
    };

    std::optional<double> loudness();
    void setGain (double decibels);

    PluginProcessor& processor;
    bool on = false, isSettling = false; // the latter: another sound is on its way
    juce::uint32 changedAt = 0;          // ms
    double gain = 0.0;                   // dB
    std::optional<Subject> last;
    double lastLoudness = 0.0, goal = 0.0; // dB
    Computed<std::shared_ptr<const EditedKernel>, KernelBands> bands;
};

} // namespace faltwerk
