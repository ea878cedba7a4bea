#include "Picture/Waveform/WaveformColumns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace faltwerk
{

namespace
{

/** Returns the sample at a frame, and on the line to the next one; zero outside. */
float valueAt (const Overview& channel, double frame, size_t length)
{
    const double whole = std::floor (frame);

    if (whole < 0.0 || whole >= static_cast<double> (length))
        return 0.0f;

    const auto first = static_cast<size_t> (whole);
    const float here = channel.extentOf (first, first + 1).largest;
    const float next = first + 1 < length ? channel.extentOf (first + 1, first + 2).largest : 0.0f;
    const auto share = static_cast<float> (frame - whole);
    return (1.0f - share) * here + share * next; // whose difference may be more than a float
}

} // namespace

double WaveformLayer::peak() const noexcept
{
    if (isEmpty())
        return 0.0;

    return gain
           * static_cast<double> (
               std::max (left->extentOf (0, lengthInFrames).peak(), right->extentOf (0, lengthInFrames).peak()));
}

namespace
{

/** Returns a product as a float, the largest at most. */
float toFloat (double value)
{
    constexpr double largest = std::numeric_limits<float>::max();
    return static_cast<float> (std::clamp (value, -largest, largest));
}

} // namespace

std::vector<WaveformColumn> columnsOf (const WaveformLayer& layer,
                                       const Overview& channel,
                                       double from,
                                       double to,
                                       size_t numColumns)
{
    std::vector<WaveformColumn> columns (numColumns);

    if (layer.isEmpty() || numColumns == 0)
        return columns;

    const auto amplified = [gain = layer.gain] (double value) { return toFloat (gain * value); };
    const double step = (to - from) / static_cast<double> (numColumns);
    const double framesPerColumn = step / layer.stretch * layer.sampleRate;
    const auto length = static_cast<double> (layer.lengthInFrames);

    for (size_t n = 0; n < numColumns; ++n)
    {
        double begin = layer.frameAt (from + step * static_cast<double> (n));
        double end = layer.frameAt (from + step * static_cast<double> (n + 1));

        if (layer.backwards)
            std::swap (begin, end);

        if (end <= 0.0 || begin >= length)
            continue;

        auto& column = columns[n];

        if (framesPerColumn < 1.0)
        {
            const float a = amplified (static_cast<double> (valueAt (channel, begin, layer.lengthInFrames)));
            const float b = amplified (static_cast<double> (valueAt (channel, end, layer.lengthInFrames)));
            column = { std::min (a, b), std::max (a, b), std::max (std::abs (a), std::abs (b)) };
            continue;
        }

        const auto first = static_cast<size_t> (std::max (begin, 0.0));
        const auto last = static_cast<size_t> (std::clamp (end, begin + 1.0, length));
        const auto extent = channel.extentOf (first, std::max (last, first + 1));
        column = { amplified (static_cast<double> (extent.smallest)), amplified (static_cast<double> (extent.largest)),
                   amplified (std::sqrt (extent.meanSquare)) };
    }

    return columns;
}

ColumnPainter::ColumnPainter (juce::Image& image)
    : pixels (image, juce::Image::BitmapData::readWrite)
{
    jassert (pixels.pixelFormat == juce::Image::ARGB);

    for (int row = 0; row < pixels.height; ++row)
        std::fill_n (reinterpret_cast<juce::PixelARGB*> (pixels.getLinePointer (row)), pixels.width,
                     juce::PixelARGB (0, 0, 0, 0));
}

ColumnPainter::Colours ColumnPainter::colours (const juce::ColourGradient& gradient,
                                               float from,
                                               float to,
                                               juce::Colour surface) const
{
    Colours result;
    result.areOpaque = surface.isOpaque() || gradient.isOpaque();

    for (int row = 0; row < pixels.height; ++row)
    {
        const float place = (static_cast<float> (row) + 0.5f - from) / (to - from);
        const auto colour = gradient.getColourAtPosition (std::clamp (static_cast<double> (place), 0.0, 1.0));
        result.ofRow.push_back (surface.overlaidWith (colour).getPixelARGB());
    }

    return result;
}

ColumnPainter::Colours ColumnPainter::colours (juce::Colour colour) const
{
    return { std::vector<juce::PixelARGB> (static_cast<size_t> (pixels.height), colour.getPixelARGB()),
             colour.isOpaque() };
}

void ColumnPainter::fill (int column, float top, float bottom, const Colours& colours)
{
    top = std::max (top, 0.0f);
    bottom = std::min (bottom, static_cast<float> (pixels.height));

    if (! (bottom > top) || column < 0 || column >= pixels.width)
        return;

    const auto* const ofRow = colours.ofRow.data();
    const auto blend = [&] (int row, float share)
    {
        auto* const pixel = reinterpret_cast<juce::PixelARGB*> (pixels.getPixelPointer (column, row));
        pixel->blend (ofRow[row], static_cast<juce::uint32> (share * 255.0f + 0.5f));
    };

    const int first = static_cast<int> (top), last = static_cast<int> (std::ceil (bottom)) - 1;

    if (first == last)
    {
        blend (first, bottom - top);
        return;
    }

    blend (first, static_cast<float> (first + 1) - top);
    auto* pixel = pixels.getPixelPointer (column, first + 1);

    if (colours.areOpaque)
        for (int row = first + 1; row < last; ++row, pixel += pixels.lineStride)
            *reinterpret_cast<juce::PixelARGB*> (pixel) = ofRow[row];
    else
        for (int row = first + 1; row < last; ++row, pixel += pixels.lineStride)
            reinterpret_cast<juce::PixelARGB*> (pixel)->blend (ofRow[row]);

    blend (last, bottom - static_cast<float> (last));
}

void ColumnPainter::replaceBelow (std::span<const float> tops, const Colours& colours)
{
    jassert (tops.size() == static_cast<size_t> (pixels.width));
    std::vector<int> whole (tops.size()); // the first row of each column that is covered whole
    int first = pixels.height;

    for (size_t column = 0; column < tops.size(); ++column)
    {
        const float top = std::clamp (tops[column], 0.0f, static_cast<float> (pixels.height));
        whole[column] = static_cast<int> (std::ceil (top));
        first = std::min (first, whole[column]);
        fill (static_cast<int> (column), top, static_cast<float> (whole[column]), colours);
    }

    for (int row = first; row < pixels.height; ++row)
    {
        auto* const line = reinterpret_cast<juce::PixelARGB*> (pixels.getLinePointer (row));
        const auto colour = colours.ofRow[static_cast<size_t> (row)];

        for (size_t column = 0; column < whole.size(); ++column)
            line[column] = whole[column] <= row ? colour : line[column];
    }
}

} // namespace faltwerk
