#include "Picture/Slide/SlideFrame.h"

#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int leftMargin = theme::edgeMargin;

juce::String minus() { return juce::String::charToString (0x2212); }
juce::String dot() { return juce::String::charToString (0xb7); }
juce::String space() { return juce::String::charToString (0xa0); }

void write (juce::Graphics& g, const juce::String& text, juce::Rectangle<int> box, juce::Justification where)
{
    g.drawText (text, box, where, false);
}

int widthOf (theme::Type type, const juce::String& text)
{
    return static_cast<int> (std::ceil (theme::widthOf (theme::font (type), text)));
}

/** Returns M and N in words. */
juce::String lengthsOf (const SlideScene& scene)
{
    const auto& kernel = scene.kernel;
    auto text = "M = " + juce::String (scene.numBars());

    if (kernel.tapsPerBar > 1.0)
    {
        const double seconds = kernel.tapsPerBar * scene.secondsPerTap;
        text << " stretches of "
             << (seconds >= 1.0 ? significant (seconds, 3) + space() + "s"
                                : significant (seconds * 1000.0, 3) + space() + "ms");
    }
    else
    {
        text << " of " << grouped (kernel.lengthInTaps) << (kernel.lengthInTaps == 1 ? " tap" : " taps");
    }

    if (kernel.firstTap > 0)
        text << ", from tap " << grouped (kernel.firstTap);

    const auto wide = space() + space();
    return text + wide + dot() + wide + "N = " + juce::String (scene.numSamples()) + " samples"
           + (scene.compact ? "" : " in view");
}

/** What a mode's bar says: the name of the mode, how long it is, and why. */
struct RangeText
{
    juce::String name, reason, length;
};

RangeText rangeAsText (const SlideScene& scene, ConvolutionMode mode)
{
    const int n = scene.numSamples(), m = scene.numBars();
    const auto range = rangeOf (mode, scene.x.size(), scene.kernel.bars.size());
    const auto length = juce::String (static_cast<int> (range.length)), less = " " + minus() + " ";

    switch (mode)
    {
        case ConvolutionMode::same:
            return { "same:  ", "N = ", length };
        case ConvolutionMode::valid:
            return { "valid:  ", (m > n ? "M" + less + "N" : "N" + less + "M") + " + 1 = ", length };
        case ConvolutionMode::full:
            break;
    }

    return { "full:  ", "N + M" + less + "1 = " + juce::String (n) + " + " + juce::String (m) + less + "1 = ", length };
}

class Painter
{
public:
    Painter (juce::Graphics& graphics, const SlideScene& sceneToDraw, const SlideLayout& layout)
        : g (graphics)
        , scene (sceneToDraw)
        , place (layout)
    {
    }

    void names (const SlideLayout::Lane& lane,
                const juce::String& name,
                const juce::String& what,
                const juce::String& detail,
                juce::Colour colour)
    {
        const int height = scene.compact ? 38 : 55;
        auto box =
            juce::Rectangle<int> (leftMargin, lane.zero - height / 2, place.plot.getX() - leftMargin - 4, height);
        const auto line = [&] (const juce::String& text, int lineHeight, theme::Type type, juce::Colour textColour)
        {
            g.setFont (theme::font (type));
            g.setColour (textColour);
            write (g, text, box.removeFromTop (lineHeight), juce::Justification::centredLeft);
        };

        line (name, 21, theme::Type::heading, colour);
        line (what, 17, theme::Type::label, theme::textMid);

        if (! scene.compact)
            line (detail, 17, theme::Type::label, theme::textLow);
    }

    void top()
    {
        const auto row = place.top.withTrimmedTop (4).withHeight (16);
        auto legend = row.withTrimmedLeft (2);
        g.setFont (theme::font (theme::Type::label));

        const auto swatch = legend.removeFromLeft (14).reduced (0, 2);
        g.setColour (theme::focus.withAlpha (0.45f));
        g.fillRect (swatch);
        g.setColour (theme::focus);
        g.fillRect (swatch.withHeight (1));
        g.setColour (theme::textMid);
        const auto product = "product x[k]" + dot() + "h[n" + minus() + "k]";
        legend.removeFromLeft (8);
        write (g, product, legend, juce::Justification::centredLeft);
        legend.removeFromLeft (widthOf (theme::Type::label, product) + 20);
        write (g, lengthsOf (scene), row, juce::Justification::centredRight);
        padding (legend);
    }

    void ranges()
    {
        for (const auto mode : SlideLayout::modes)
        {
            const auto bar = place.rangeBar (mode);
            const bool isChosen = mode == scene.mode;

            if (bar.isEmpty())
                continue;

            g.setColour (isChosen ? theme::signal : theme::raised);
            g.fillRoundedRectangle (bar.toFloat(), 4.0f);

            // As much as there is room for; beside a bar that is too short for anything.
            const auto type = isChosen ? theme::Type::labelMedium : theme::Type::label;
            const auto words = rangeAsText (scene, mode);
            const auto fits = [&] (const juce::String& text) { return widthOf (type, text) + 14 <= bar.getWidth(); };
            auto text = words.name + words.reason + words.length + (isChosen ? " samples" : "");

            if (! fits (text))
                text = words.name + words.reason + words.length;

            if (! fits (text))
                text = words.name + words.length;

            const int width = widthOf (type, text) + 2;
            const bool isInside = fits (text), isBehind = bar.getRight() + 8 + width <= place.whole.getRight();
            g.setFont (theme::font (type));
            g.setColour (isInside && isChosen ? theme::textOnSignal : theme::textMid);
            write (g, text,
                   isInside ? bar
                            : bar.withX (isBehind ? bar.getRight() + 8 : bar.getX() - 8 - width).withWidth (width),
                   juce::Justification::centred);
        }

        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::textMid);
        const auto first = place.rangeBar (scene.compact ? scene.mode : ConvolutionMode::full);
        write (g, "Range", first.withX (leftMargin).withWidth (place.plot.getX() - leftMargin),
               juce::Justification::centredLeft);
    }

private:
    /** Says once what the marks of padding are: under those on the left, or, where there is no room, in the legend. */
    void padding (juce::Rectangle<int> legend)
    {
        if (place.numBars == 1)
            return; // there are none

        const juce::String text ("zeros (padding)");
        const int width = widthOf (theme::Type::label, text) + 2;
        const int left = place.plot.getX() + 2, right = place.xOf (0) - 4;
        auto label = legend;

        if (right - left >= width)
        {
            const int middle = (place.xOf (place.firstIndex()) + place.xOf (0)) / 2;
            label = { std::clamp (middle - width / 2, left, right - width), place.input.zero + 5, width, 16 };
        }
        else
        {
            g.setColour (theme::outline);
            g.drawEllipse (legend.removeFromLeft (6).withSizeKeepingCentre (5, 5).toFloat().reduced (0.5f), 1.0f);
            label = legend.withTrimmedLeft (8);
        }

        g.setColour (theme::textLow);
        write (g, text, label, juce::Justification::centredLeft);
    }

    juce::Graphics& g;
    const SlideScene& scene;
    const SlideLayout& place;
};

} // namespace

void drawSlidePadding (juce::Graphics& g, const SlideLayout& place, int first, int last, juce::Colour colour)
{
    const float size = std::clamp (static_cast<float> (place.pitch) - 3.0f, 2.0f, 5.0f);
    const bool isHollow = size >= 3.0f; // as nothing is there
    juce::Path discs, rings;
    rings.setUsingNonZeroWinding (false);

    // In one shape: many small ones cost more.
    for (int k = first; k <= last; ++k)
    {
        const auto mark = juce::Rectangle<float> (size, size)
                              .withCentre ({ place.middleOf (k), static_cast<float> (place.input.zero) + 0.5f });

        if (! isHollow)
        {
            discs.addRectangle (mark);
            continue;
        }

        discs.addEllipse (mark);
        rings.addEllipse (mark);
        rings.addEllipse (mark.reduced (1.0f));
    }

    g.setColour (isHollow ? theme::canvas : colour);
    g.fillPath (discs);
    g.setColour (colour);
    g.fillPath (rings);
}

void drawSlideFrame (juce::Graphics& g, const SlideScene& scene, const SlideLayout& place, const SlidePeaks& peaks)
{
    g.setColour (theme::zeroLine);

    for (const auto* const lane : { &place.input, &place.kernel, &place.output })
        g.fillRect (place.plot.getX(), lane->zero, place.plot.getWidth(), 1);

    drawSlidePadding (g, place, place.firstIndex(), -1, theme::outline);
    drawSlidePadding (g, place, place.numSamples, place.last(), theme::outline);

    const bool isTest = scene.input == SlideScene::Input::silent;
    const auto source = scene.input == SlideScene::Input::live ? "Input, live"
                        : ! isTest                             ? "Input, frozen"
                        : scene.compact                        ? "Test signal"
                                                               : "Input, silent:";
    const auto peak = [] (double value) { return "peak " + significant (value, 3); };
    Painter painter (g, scene, place);
    painter.names (place.input, "x[k]", source, isTest ? "a test signal" : peak (peaks.input), theme::signal);
    painter.names (place.kernel, "h[n" + minus() + "k]", "Kernel, flipped", peak (peaks.kernel), theme::kernel);
    painter.names (place.output, "y[n]", "Output", peak (peaks.output), theme::signal);
    painter.top();
    painter.ranges();

    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    write (g, "Scrub", place.axis.withX (leftMargin), juce::Justification::centredLeft);
}

} // namespace faltwerk
