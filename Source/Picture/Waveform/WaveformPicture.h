#pragma once

#include "Picture/Axis.h"
#include "Picture/Waveform/WaveformColumns.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** What a picture of a waveform shows, and how. */
struct WaveformScene
{
    WaveformLayer kernel;        // as it sounds; may be empty
    WaveformLayer before;        // the unedited one behind it; may be empty
    double from = 0.0, to = 1.0; // the stretch of time in view, in s
    double fullScale = 1.0;      // the magnitude that is drawn as 0 dB

    bool decibels = true;        // or linear
    bool stacked = true;         // or both channels in one lane, the right one as an outline
    double beatsPerMinute = 0.0; // of the ruler in beats; 0: none
    bool unitBesideRuler = true; // or with the first label

    const char* leftName = "L"; // of the lanes, if the kernel is not mono
    const char* rightName = "R";
    std::vector<double> handles; // times in s that the names stay clear of
};

/** The waveform of a kernel: the peak and the RMS of each column of pixels, with rulers. In dB, left upward and right
    downward from one centre line at silence; linear, a lane for each channel. */
class WaveformPicture
{
public:
    /** A part of the plot that shows a channel. */
    struct Lane
    {
        juce::Rectangle<float> area;
        enum class Direction
        {
            up,
            down,
            both
        } direction;
        bool isLeft = true, isRight = true; // which channels lie in it
    };

    /** @param area  of the plot and its rulers, in logical pixels */
    WaveformPicture (const WaveformScene&, juce::Rectangle<float> area);

    /** Draws all that stands still; sharp at any scale of the context. */
    void draw (juce::Graphics&) const;

    const juce::Rectangle<float>& plot() const noexcept { return plotArea; }
    const TimeAxis& axis() const noexcept { return timeAxis; }
    const std::vector<Lane>& lanes() const noexcept { return allLanes; }

    float xOf (double seconds) const noexcept;
    double timeAt (float x) const noexcept;

    /** Returns the height of a magnitude in a lane, upward if it shows both signs. */
    float yOf (double magnitude, const Lane&) const noexcept;

    /** Returns the magnitude at a height, the inverse; at least silence. */
    double magnitudeAt (float y, const Lane&) const noexcept;

    /** The lowest level on the scale in dB. */
    static constexpr double rangeInDb = 80.0;
    static constexpr float leftGutter = 56.0f, rightGutter = 24.0f, rulerHeight = 22.0f, beatsHeight = 18.0f;

private:
    void drawTimeRuler (juce::Graphics&) const;
    void drawBeats (juce::Graphics&) const;
    void drawScale (juce::Graphics&) const;
    void drawColumns (juce::Graphics&) const;
    void drawNames (juce::Graphics&) const;
    float endOfNames (float width) const;

    const WaveformScene scene;
    juce::Rectangle<float> plotArea;
    TimeAxis timeAxis;
    std::vector<Lane> allLanes;
};

/** Draws a whole kernel in a narrow bar for orientation: linear in dB, dim gold. */
void drawWaveformOverview (juce::Graphics&, juce::Rectangle<float> area, const WaveformScene&, juce::Colour);

} // namespace faltwerk
