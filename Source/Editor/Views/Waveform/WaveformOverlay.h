#pragma once

#include "Editor/Views/HandleField.h"
#include "Editor/Views/Waveform/WaveformHandles.h"
#include "Picture/EnvelopeLine.h"
#include "Picture/ReadOut.h"
#include "Picture/Waveform/WaveformPicture.h"

#include <optional>

namespace faltwerk
{

/** Returns what the start and the end take away, in the order of time: "Trimmed 0.31 + 2.08 s"; empty if nothing. */
juce::String trimmedInWords (const EditTimeline&);

/** What moves over a waveform: the envelope's line, the fades, the lengths beneath, the crosshair and its card. */
class WaveformOverlay : public juce::Component
{
public:
    /** What there is to be painted; what is pointed to must outlive it. */
    struct Content
    {
        const WaveformPicture* picture = nullptr; // null: nothing
        const EnvelopeLine* line = nullptr;       // null while it is not known
        WaveformScene scene;                      // of the picture
        EditTimeline timeline;
        DocumentEdits edits;
        juce::Rectangle<int> lane; // of the pre-delay and the length; empty if there is no room
        bool compact = false, isFocused = false;
    };

    WaveformOverlay (const WaveformHandles&, const HandleField&);

    void show (const Content&);

    /** Sets the position of the pointer; empty if it is not over the picture. */
    void setHover (std::optional<juce::Point<float>>);

    void paint (juce::Graphics&) override;

private:
    void paintLine (juce::Graphics&) const;
    void paintFades (juce::Graphics&) const;
    void paintLane (juce::Graphics&) const;
    void paintHover (juce::Graphics&) const;
    ReadOut hoverCard() const;
    ReadOut bubble() const;

    const WaveformHandles& handles;
    const HandleField& field;
    Content content;
    std::optional<juce::Point<float>> hover;
};

} // namespace faltwerk
