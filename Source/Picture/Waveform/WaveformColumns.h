#pragma once

#include "Kernel/Overview.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <span>
#include <vector>

namespace faltwerk
{

/** A kernel on a time axis: one channel or two, of which a picture shows some stretch. The overviews must outlive
    it. */
struct WaveformLayer
{
    const Overview* left = nullptr;
    const Overview* right = nullptr; // the same as left for mono
    size_t lengthInFrames = 0;
    double sampleRate = 48000.0; // Hz
    double begin = 0.0;          // the time of the first frame, or if backwards of the last one's end, in s
    double stretch = 1.0;        // how much longer than its own the layer is on the axis
    bool backwards = false;
    double gain = 1.0; // its samples are drawn times this

    bool isEmpty() const noexcept { return left == nullptr || lengthInFrames == 0; }
    bool isMono() const noexcept { return left == right; }
    double lengthInSeconds() const noexcept { return static_cast<double> (lengthInFrames) / sampleRate * stretch; }

    /** Returns the frame at a time, with its fraction; negative before the first. */
    double frameAt (double seconds) const noexcept
    {
        const double frame = (seconds - begin) / stretch * sampleRate;
        return backwards ? static_cast<double> (lengthInFrames) - frame : frame;
    }

    /** Returns the largest magnitude as drawn. */
    double peak() const noexcept;
};

/** What a column of pixels shows of a channel. */
struct WaveformColumn
{
    float lowest = 0.0f, highest = 0.0f, rms = 0.0f; // as drawn: with the layer's gain

    float peak() const noexcept { return highest > -lowest ? highest : -lowest; }
};

/** Returns the columns of a channel between two times, equally wide. Where a column is shorter than a sample, the line
    between samples. [not audio] */
std::vector<WaveformColumn> columnsOf (const WaveformLayer&,
                                       const Overview& channel,
                                       double from,
                                       double to,
                                       size_t numColumns);

/** Fills parts of columns in an image of premultiplied colours, with soft ends: many times faster than filling a path
    that has a corner in each column. */
class ColumnPainter
{
public:
    /** Clears the image. */
    explicit ColumnPainter (juce::Image&);

    /** The colour of each row. */
    struct Colours
    {
        std::vector<juce::PixelARGB> ofRow;
        bool areOpaque = false;
    };

    /** Return the colours of a gradient between two heights, over a surface or not, and one colour for all rows. */
    Colours colours (const juce::ColourGradient&, float from, float to, juce::Colour surface = {}) const;
    Colours colours (juce::Colour) const;

    /** Blends rows top..bottom, fractions included, of a column. */
    void fill (int column, float top, float bottom, const Colours&);

    /** Replaces all rows below these tops, one for each column, row after row: faster than column after column. */
    void replaceBelow (std::span<const float> tops, const Colours&);

private:
    juce::Image::BitmapData pixels;
};

} // namespace faltwerk
