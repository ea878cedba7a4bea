#include "Picture/ReadOut.h"

#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr float padding = 12.0f, rowHeight = 18.0f, columnGap = 20.0f, distance = 14.0f;

} // namespace

ReadOut::ReadOut (std::vector<Row> content, bool isBubble)
    : rows (std::move (content))
    , bubble (isBubble)
{
    const auto labels = theme::font (theme::Type::label), values = theme::font (theme::Type::labelMedium);
    float width = 0.0f;

    for (const auto& row : rows)
    {
        labelWidth = std::max (labelWidth, theme::widthOf (labels, row.label));
        valueWidth = std::max (valueWidth, theme::widthOf (values, row.value));
        width += theme::widthOf (values, row.value) + (width > 0.0f ? columnGap : 0.0f);
    }

    if (bubble)
        size = { width + 2.0f * padding, rowHeight + 10.0f };
    else
        size = { labelWidth + (labelWidth > 0.0f ? columnGap : 0.0f) + valueWidth + 2.0f * padding,
                 rowHeight * static_cast<float> (rows.size()) + 14.0f };
}

juce::String ReadOut::asText() const
{
    juce::StringArray words;

    for (const auto& row : rows)
        words.add ((row.label + " " + row.value).trim());

    return words.joinIntoString (", ");
}

juce::Rectangle<float> ReadOut::boundsBeside (juce::Point<float> place, juce::Rectangle<float> within) const
{
    const bool fitsRight = place.x + distance + size.x <= within.getRight();
    const bool fitsBelow = place.y + distance + size.y <= within.getBottom();
    const auto box = juce::Rectangle<float> (size.x, size.y);
    return (fitsRight ? box.withX (place.x + distance) : box.withRightX (place.x - distance))
        .withY (fitsBelow ? place.y + distance : std::max (within.getY(), place.y - distance - size.y));
}

juce::Rectangle<float> ReadOut::boundsAbove (juce::Point<float> place, juce::Rectangle<float> within) const
{
    const bool fitsAbove = place.y - distance - size.y >= within.getY();
    const auto box = juce::Rectangle<float> (size.x, size.y)
                         .withX (juce::jlimit (within.getX(), std::max (within.getX(), within.getRight() - size.x),
                                               place.x + 14.0f));
    return fitsAbove ? box.withBottomY (place.y - distance) : box.withY (place.y + distance);
}

void ReadOut::draw (juce::Graphics& g, juce::Rectangle<float> bounds) const
{
    g.setColour (theme::card.withAlpha (0.96f));
    g.fillRoundedRectangle (bounds, bubble ? theme::controlRadius : theme::cardRadius);
    const auto labels = theme::font (theme::Type::label), values = theme::font (theme::Type::labelMedium);

    if (bubble)
    {
        auto line = bounds.reduced (padding, 0.0f);
        g.setFont (values);

        for (const auto& row : rows)
        {
            const float width = theme::widthOf (values, row.value);
            g.setColour (row.isEmphasised ? theme::kernelBright : theme::textHigh);
            g.drawText (row.value, line.removeFromLeft (width + 2.0f), juce::Justification::centredLeft, false);
            line.removeFromLeft (columnGap - 2.0f);
        }

        return;
    }

    auto area = bounds.reduced (padding, 7.0f);

    for (const auto& row : rows)
    {
        const auto line = area.removeFromTop (rowHeight);
        g.setFont (labels);
        g.setColour (theme::textMid);
        g.drawText (row.label, line, juce::Justification::centredLeft, false);
        g.setFont (values);
        g.setColour (row.isEmphasised ? theme::kernelBright : theme::textHigh);
        g.drawText (row.value, line, juce::Justification::centredRight, false);
    }
}

} // namespace faltwerk
