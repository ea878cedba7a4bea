#include "Editor/Controls/Meter.h"

#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float silence = -100.0f, lowest = -60.0f, middle = -20.0f, clipLevel = 0.0f;
constexpr float numberHeight = 22.0f, barWidth = 8.0f, barGap = 2.0f;
constexpr double holdTime = 1.5, fallPerSecond = 20.0;

/** Returns the position of a level: 0 at the bottom of the scale, 1 at 0 dB. */
float proportionOf (float level)
{
    return std::clamp (level >= middle ? 1.0f + level / 40.0f : 0.5f * (level - lowest) / (middle - lowest), 0.0f,
                       1.0f);
}

float decibels (float magnitude) { return magnitude > 1e-5f ? 20.0f * std::log10 (magnitude) : silence; }

} // namespace

Meter::Meter (const juce::String& title, Scale side)
    : scale (side)
{
    setTitle (title);
    setTooltip (title);
}

void Meter::update (std::array<float, 2> peaks, double seconds)
{
    bool changed = false;

    for (size_t channel = 0; channel < bars.size(); ++channel)
    {
        auto& bar = bars[channel];
        const float level = decibels (peaks[channel]);
        const float fallen = std::max (bar.level - static_cast<float> (fallPerSecond * 3.0 * seconds), silence);
        const auto before = bar;

        bar.level = std::max (level, fallen);
        bar.heldFor += seconds;

        if (level >= bar.held)
        {
            bar.held = level;
            bar.heldFor = 0.0;
        }
        else if (bar.heldFor > holdTime)
        {
            bar.held = std::max (bar.held - static_cast<float> (fallPerSecond * seconds), silence);
        }

        changed = changed || bar.level != before.level || bar.held != before.held;
        maximum = std::max (maximum, level);
    }

    if (changed)
        repaint();
}

juce::String Meter::maximumText() const
{
    const auto minus = juce::String::charToString (0x2212);

    if (maximum <= -99.0f)
        return minus + juce::String::charToString (0x221e);

    return (maximum < 0.0f ? minus : "+") + juce::String (std::abs (maximum), 1);
}

void Meter::paint (juce::Graphics& g)
{
    const bool scaleOnRight = scale == Scale::right;
    const float barsWidth = 2.0f * barWidth + barGap;
    const float left = scaleOnRight ? 0.0f : static_cast<float> (getWidth()) - barsWidth;

    const float barTop = getHeight() < height ? 0.0f : numberHeight;
    const float barHeight = static_cast<float> (getHeight()) - barTop;

    if (barTop > 0.0f)
    {
        g.setFont (theme::font (theme::Type::labelMedium));
        g.setColour (maximum > clipLevel ? theme::warning : theme::textHigh);
        g.drawText (maximumText(), getLocalBounds().toFloat().withHeight (16.0f),
                    scaleOnRight ? juce::Justification::centredLeft : juce::Justification::centredRight);
    }

    for (size_t channel = 0; channel < bars.size(); ++channel)
    {
        const auto track = juce::Rectangle<float> (left + static_cast<float> (channel) * (barWidth + barGap), barTop,
                                                   barWidth, barHeight);
        g.setColour (theme::meterTrack);
        g.fillRoundedRectangle (track, 2.0f);

        const auto filled = track.withTop (track.getBottom() - barHeight * proportionOf (bars[channel].level));
        g.setGradientFill ({ bars[channel].level > clipLevel ? theme::signalBright : theme::signal, 0.0f,
                             track.getY() + barHeight * 0.4f, theme::meterBottom, 0.0f, track.getBottom(), false });
        g.fillRoundedRectangle (filled, std::min (2.0f, filled.getHeight() / 2.0f));

        if (bars[channel].held > lowest)
        {
            g.setColour (bars[channel].held > clipLevel ? theme::warning : theme::focus);
            g.fillRect (track.withY (track.getBottom() - barHeight * proportionOf (bars[channel].held) - 1.0f)
                            .withHeight (2.0f));
        }
    }

    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textLow);

    for (const int level : { 0, 10, 20, 40 })
    {
        const float y = std::clamp (barTop + barHeight * (1.0f - proportionOf (static_cast<float> (-level))),
                                    barTop + 6.0f, barTop + barHeight - 6.0f);
        const auto place = juce::Rectangle<float> (20.0f, 16.0f).withY (y - 8.0f);
        g.drawText (juce::String (level),
                    scaleOnRight ? place.withX (barsWidth + 6.0f) : place.withRightX (left - 6.0f),
                    scaleOnRight ? juce::Justification::centredLeft : juce::Justification::centredRight);
    }
}

void Meter::mouseDown (const juce::MouseEvent&) { resetMaximum(); }

void Meter::resetMaximum()
{
    maximum = silence;
    repaint();
}

std::unique_ptr<juce::AccessibilityHandler> Meter::createAccessibilityHandler()
{
    /** Read on demand: the maximum in words. */
    struct Value : juce::AccessibilityTextValueInterface
    {
        explicit Value (const Meter& owner)
            : meter (owner)
        {
        }
        bool isReadOnly() const override { return true; }
        void setValueAsString (const juce::String&) override {}

        juce::String getCurrentValueAsString() const override
        {
            return meter.maximum <= -99.0f ? juce::String ("silent")
                                           : juce::String (meter.maximum, 1).replace ("-", "minus ") + " decibels";
        }

        const Meter& meter;
    };

    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::staticText, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces { std::make_unique<Value> (*this) });
}

} // namespace faltwerk
