#include "Picture/Axis.h"

#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

/** Returns the smallest of 1, 2 and 5 times a power of ten that is no smaller than a value. */
double roundStep (double least)
{
    const double power = std::pow (10.0, std::floor (std::log10 (least)));

    for (const double factor : { 1.0, 2.0, 5.0 })
        if (factor * power >= least * (1.0 - 1e-9))
            return factor * power;

    return 10.0 * power;
}

/** Returns a number with `decimals` decimals; juce::String would take 0 to mean all. */
juce::String fixed (double value, int decimals)
{
    return decimals > 0 ? juce::String (value, decimals) : juce::String (juce::roundToInt (value));
}

/** The distance between labels, and between the small ticks. */
struct Steps
{
    double major, minor;

    Steps (double seconds, float width, float spacing)
        : major (roundStep (seconds * static_cast<double> (spacing) / static_cast<double> (std::max (width, spacing))))
    {
        const double leading = major / std::pow (10.0, std::floor (std::log10 (major * (1.0 + 1e-9))));
        minor = major / (leading > 1.5 && leading < 2.5 ? 4.0 : 5.0);
    }
};

} // namespace

TimeAxis::TimeAxis (double from, double to, float width, float spacing)
    : begin (from)
    , end (std::max (to, from + 1e-6))
{
    const Steps steps (end - begin, width, spacing);
    minorStep = steps.minor;

    const bool inSeconds = end >= 1.0;
    const double scale = inSeconds ? 1.0 : 1000.0;
    unit = inSeconds ? "s" : "ms";
    const int decimals =
        std::max (inSeconds ? 1 : 0, static_cast<int> (std::ceil (-std::log10 (steps.major * scale) - 1e-9)));

    for (double n = std::ceil (begin / steps.major - 1e-9); n * steps.major <= end + 1e-9 * (end - begin); ++n)
        ticks.push_back ({ n * steps.major, numberAsLabel (n * steps.major * scale, decimals) });
}

TimeAxis TimeAxis::holding (double seconds, float width, float spacing)
{
    seconds = std::max (seconds, 1e-5);
    const double minor = Steps (seconds, width, spacing).minor;
    return { 0.0, minor * std::ceil (seconds / minor - 1e-9), width, spacing };
}

float FrequencyAxis::positionOf (double frequency) const
{
    return static_cast<float> (logarithmic ? std::log (frequency / lowest) / std::log (highest / lowest)
                                           : (frequency - lowest) / (highest - lowest));
}

double FrequencyAxis::frequencyAt (float position) const
{
    const auto place = static_cast<double> (position);
    return logarithmic ? lowest * std::pow (highest / lowest, place) : lowest + (highest - lowest) * place;
}

std::vector<Tick> FrequencyAxis::ticks() const
{
    std::vector<Tick> result;
    const auto add = [&] (double frequency)
    {
        if (frequency >= lowest * (1.0 - 1e-9) && frequency <= highest * (1.0 + 1e-9))
            result.push_back ({ frequency, frequencyAsLabel (frequency) });
    };

    // Less than two octaves have room for even steps, as a linear axis has.
    if (! logarithmic || highest / lowest < 4.0)
    {
        const double step = roundStep ((highest - lowest) / 6.0);

        for (double n = std::ceil (lowest / step - 1e-9); n * step <= highest * (1.0 + 1e-9); ++n)
            if (n > 0.0)
                add (n * step);

        return result;
    }

    for (double power = 1.0; power <= highest; power *= 10.0)
        for (const double factor : { 1.0, 2.0, 5.0 })
            add (factor * power);

    return result;
}

juce::String frequencyAsLabel (double frequency)
{
    if (frequency < 1000.0)
        return juce::String (juce::roundToInt (frequency));

    const int tenths = juce::roundToInt (frequency / 100.0);
    return (tenths % 10 == 0 ? juce::String (tenths / 10) : juce::String (tenths / 10.0, 1)) + "k";
}

juce::String numberAsLabel (double value, int decimals)
{
    const auto text = fixed (std::abs (value), decimals);
    return value < 0.0 && text.containsAnyOf ("123456789") ? juce::String::charToString (0x2212) + text : text;
}

PlotFrame::PlotFrame (juce::Graphics& graphics, juce::Rectangle<float> area)
    : g (graphics)
    , plot (area)
{
    g.setFont (theme::font (theme::Type::label));
}

void PlotFrame::levelLine (float y, const juce::String& label, bool strong, float gap) const
{
    g.setColour (strong ? theme::zeroLine : theme::gridline);
    g.fillRect (plot.getX(), std::round (y), plot.getWidth(), 1.0f);
    g.setColour (theme::textLow);
    g.drawText (label,
                juce::Rectangle<float> (60.0f, 16.0f).withRightX (plot.getX() - gap).withY (std::round (y) - 8.0f),
                juce::Justification::centredRight);
}

void PlotFrame::placeLine (float x, const juce::String& label) const
{
    g.setColour (theme::gridline);
    g.fillRect (std::round (x), plot.getY(), 1.0f, plot.getHeight());
    const auto box = juce::Rectangle<float> (60.0f, 16.0f).withY (plot.getBottom() + 10.0f);
    g.setColour (theme::textMid);

    if (x < plot.getX() + 12.0f)
        g.drawText (label, box.withX (plot.getX()), juce::Justification::centredLeft);
    else if (x > plot.getRight() - 12.0f)
        g.drawText (label, box.withRightX (plot.getRight()), juce::Justification::centredRight);
    else
        g.drawText (label, box.withX (x - 30.0f), juce::Justification::centred);
}

void PlotFrame::unit (const juce::String& text) const
{
    g.setColour (theme::textLow);
    g.drawText (text,
                juce::Rectangle<float> (60.0f, 16.0f).withRightX (plot.getX() - 10.0f).withY (plot.getBottom() + 10.0f),
                juce::Justification::centredRight);
}

} // namespace faltwerk
