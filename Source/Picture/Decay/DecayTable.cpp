#include "Picture/Decay/DecayTable.h"

#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr float headingHeight = 40.0f, mostRowHeight = 36.0f, nameShare = 0.17f;

DecayTable::Row rowOf (const juce::String& name, const BandDecay& band)
{
    DecayTable::Row row { name, {} };

    for (size_t n = 0; n < row.figures.size(); ++n)
        row.figures[n] = band.*DecayTable::columns[n].figure;

    return row;
}

} // namespace

DecayTable::DecayTable (const Decay& decay)
{
    const auto space = juce::String::charToString (0xa0);

    for (size_t band = 1; band < decay.bands.size(); ++band)
    {
        const double centre = decay.bands[band].centre;
        const auto name = centre < 1000.0 ? juce::String (juce::roundToInt (centre)) + space + "Hz"
                                          : juce::String (juce::roundToInt (centre / 1000.0)) + space + "kHz";
        allRows.push_back (rowOf (name, decay.bands[band]));
    }

    auto& mid = allRows.emplace_back (Row { "Mid", {} });

    for (size_t n = 0; n < columns.size(); ++n)
        mid.figures[n] = decay.mid (columns[n].figure);

    allRows.push_back (rowOf ("Broadband", decay.broadband()));
}

juce::String DecayTable::textOf (const Figure& figure, const Column& column)
{
    return figure ? numberAsLabel (figure.value, column.decimals) : juce::String ("n/a");
}

juce::Rectangle<float> DecayTable::rowArea (juce::Rectangle<float> area, int row) const
{
    if (row < 0)
        return area.withHeight (headingHeight);

    const float height =
        std::min (mostRowHeight, (area.getHeight() - headingHeight) / static_cast<float> (allRows.size()));
    return area.withHeight (height).translated (0.0f, headingHeight + height * static_cast<float> (row));
}

void DecayTable::draw (juce::Graphics& g, juce::Rectangle<float> area, int selected) const
{
    constexpr float margin = 12.0f;
    const auto cellOf = [&] (juce::Rectangle<float> row, size_t column)
    {
        const auto inner = row.reduced (margin, 0.0f);
        const float names = inner.getWidth() * nameShare;
        const float width = (inner.getWidth() - names) / static_cast<float> (columns.size());
        return inner.withX (inner.getX() + names + width * static_cast<float> (column)).withWidth (width);
    };

    const auto heading = rowArea (area, -1);
    const auto drawHeading =
        [&] (juce::Rectangle<float> cell, const char* name, const char* unit, juce::Justification where)
    {
        g.setColour (theme::textMid);
        g.setFont (theme::font (theme::Type::labelMedium));
        g.drawText (name, cell.withHeight (16.0f), where);
        g.setColour (theme::textLow);
        g.setFont (theme::font (theme::Type::label));
        g.drawText (unit, cell.withHeight (16.0f).translated (0.0f, 16.0f), where);
    };

    drawHeading (heading.reduced (margin, 0.0f), "Band", "octave", juce::Justification::centredLeft);
    const bool isDense = rowArea (area, 0).getHeight() < 24.0f;

    for (size_t column = 0; column < columns.size(); ++column)
        drawHeading (cellOf (heading, column), columns[column].name, columns[column].unit,
                     juce::Justification::centredRight);

    for (size_t n = 0; n < allRows.size(); ++n)
    {
        const auto place = rowArea (area, static_cast<int> (n));
        const bool isSelected = static_cast<int> (n) == selected, isMid = allRows[n].name == "Mid";

        if (isSelected || n % 2 == 0)
        {
            g.setColour (isSelected ? theme::raised : theme::control.withAlpha (0.45f));
            g.fillRoundedRectangle (place.reduced (0.0f, 0.5f), theme::controlRadius);
        }

        g.setColour (isSelected ? theme::textHigh : theme::textMid);
        g.setFont (theme::font (isDense      ? theme::Type::labelMedium
                                : isSelected ? theme::Type::bodyStrong
                                             : theme::Type::body));
        g.drawText (allRows[n].name, place.reduced (margin, 0.0f), juce::Justification::centredLeft);

        for (size_t column = 0; column < columns.size(); ++column)
        {
            const auto& figure = allRows[n].figures[column];
            g.setColour (! figure ? theme::warning : isMid ? theme::kernelBright : theme::textHigh);
            g.drawText (textOf (figure, columns[column]), cellOf (place, column), juce::Justification::centredRight);
        }
    }
}

} // namespace faltwerk
