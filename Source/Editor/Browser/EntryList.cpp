#include "Editor/Browser/EntryList.h"

#include "Editor/Controls/Menu.h"
#include "Editor/Look/Icons.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr int starWidth = 28;
const auto space = juce::String::charToString (0xa0);
const auto dot = " " + juce::String::charToString (0xb7) + " ";

juce::String tagsOf (const CatalogueEntry& entry)
{
    juce::StringArray words;

    for (const auto& tag : entry.tags)
        words.add (juce::String::fromUTF8 (tag.c_str()));

    return words.joinIntoString (dot);
}

/** Returns the facts of a row, which stand beside its name. */
juce::String factsOf (const CatalogueEntry& entry)
{
    if (entry.isPreset)
    {
        juce::StringArray parts { juce::String::fromUTF8 (entry.folder.c_str()), tagsOf (entry) };
        parts.removeEmptyStrings();
        return parts.joinIntoString (dot);
    }

    if (! entry.hasFacts)
        return juce::String::charToString (0x2026);

    const auto& facts = entry.facts;

    // Why, without the name that stands above it.
    if (! facts.problem.empty())
    {
        const auto sentence = juce::String::fromUTF8 (facts.problem.c_str());
        const auto reason = sentence.fromFirstOccurrenceOf (": ", false, false);
        return reason.isEmpty() ? sentence : reason.substring (0, 1).toUpperCase() + reason.substring (1);
    }

    const double seconds = facts.durationInSeconds(), kilohertz = facts.sampleRate / 1000.0;
    const auto length = facts.sampleRate <= 0.0 ? juce::String (facts.lengthInFrames) + " taps"
                        : seconds < 0.1         ? numberAsLabel (seconds * 1000.0, 1) + space + "ms"
                                                : numberAsLabel (seconds, 2) + space + "s";
    const auto channels = facts.numChannels == 1   ? juce::String ("mono")
                          : facts.numChannels == 2 ? juce::String ("stereo")
                                                   : juce::String (facts.numChannels) + space + "ch";
    return length + dot + channels
           + (facts.sampleRate > 0.0
                  ? dot + numberAsLabel (kilohertz, kilohertz == std::round (kilohertz) ? 0 : 1) + space + "kHz"
                  : juce::String());
}

/** Draws the lines of a preset: its name, the name of its kernel, and its tags. */
void drawPreset (juce::Graphics& g, juce::Rectangle<float> area, const CatalogueEntry& entry, bool isSelected)
{
    auto text = area.reduced (10.0f, 0.0f).withSizeKeepingCentre (area.getWidth() - 20.0f, 36.0f);
    auto line = text.removeFromTop (18.0f);
    const auto name = juce::String::fromUTF8 (entry.name.c_str());
    const auto font = theme::font (theme::Type::body);
    g.setFont (font);
    g.setColour (theme::textHigh);
    g.drawText (name, line.removeFromLeft (std::min (line.getWidth(), theme::widthOf (font, name) + 1.0f)),
                juce::Justification::centredLeft, true);
    line.removeFromLeft (10.0f);
    g.setFont (theme::font (theme::Type::label));
    g.setColour (isSelected ? theme::kernel : theme::kernel.withAlpha (0.8f));
    g.drawText (juce::String::fromUTF8 (entry.folder.c_str()), line, juce::Justification::centredRight, true);
    g.setColour (isSelected ? theme::textMid : theme::textLow);
    g.drawText (tagsOf (entry), text, juce::Justification::centredLeft, true);
}

void drawThumbnail (juce::Graphics& g, juce::Rectangle<float> box, const CatalogueFacts& facts, juce::Colour colour)
{
    g.setColour (colour.withAlpha (0.5f));
    g.fillRect (box.getX(), box.getCentreY() - 0.5f, box.getWidth(), 1.0f);

    if (! facts.hasThumbnail)
        return;

    g.setColour (colour);
    const float step = box.getWidth() / static_cast<float> (thumbnailWidth);

    for (size_t n = 0; n < thumbnailWidth; ++n)
    {
        const float height = box.getHeight() * static_cast<float> (facts.thumbnail[n]) / 255.0f;

        if (height > 0.5f)
            g.fillRect (box.getX() + static_cast<float> (n) * step, box.getCentreY() - height / 2.0f, step * 0.8f,
                        height);
    }
}

} // namespace

EntryList::EntryList (KernelChoice& owner)
    : choice (owner)
{
    setModel (this);
    setRowHeight (heightOfRow);
    getViewport()->setScrollBarThickness (6);
    setComponentID ("entries");
    setColour (juce::ListBox::backgroundColourId, juce::Colours::transparentBlack);
    setColour (juce::ListBox::outlineColourId, juce::Colours::transparentBlack);
    refresh();
}

void EntryList::refresh()
{
    updateContent();
    setTitle (choice.showsPresets() ? "Presets" : "Kernels");

    auto now = choice.presentIdShown();
    const bool isOtherPreset = std::exchange (presentId, now) != now && choice.showsPresets();

    if (isOtherPreset)
        selectedId.clear();

    const bool isPicked =
        choice.showsPresets() ? choice.rowOf (selectedId) >= 0 : choice.isTrying() && ! selectedId.empty();
    const juce::ScopedValueSetter<bool> following (follows, true);
    const int row = choice.rowOf (isPicked ? selectedId : presentId);

    if (row >= 0)
        selectRow (row, ! isOtherPreset); // it may have come from elsewhere, and is scrolled to
    else
        deselectAllRows();

    listWasScrolled();
    repaint();
}

void EntryList::step (int by)
{
    if (choice.size() == 0)
        return;

    const int last = static_cast<int> (choice.size()) - 1, row = getSelectedRow();
    selectRow (juce::jlimit (0, last, row < 0 ? 0 : row + by));
}

bool EntryList::loadSelected()
{
    const int row = choice.showsPresets() ? choice.rowOf (selectedId) : -1;

    if (row < 0 || onLoad == nullptr)
        return false;

    onLoad (choice[static_cast<size_t> (row)]);
    return true;
}

void EntryList::paintListBoxItem (int row, juce::Graphics& g, int width, int height, bool isSelected)
{
    if (! has (row))
        return;

    const auto& entry = choice[static_cast<size_t> (row)];
    const bool isWrong = ! entry.facts.problem.empty(), isStarred = choice.isFavourite (entry.id);
    auto area = juce::Rectangle<int> (width, height).toFloat();

    if (isSelected)
    {
        g.setColour (theme::raised);
        g.fillRoundedRectangle (area.reduced (1.0f), theme::controlRadius);

        if (hasKeyboardFocus (true))
        {
            g.setColour (theme::focus);
            g.drawRoundedRectangle (area.reduced (2.0f), theme::controlRadius - 1.0f, 2.0f);
        }
    }

    if (entry.isPreset)
    {
        drawPreset (g, area, entry, isSelected);
        return;
    }

    const auto star = area.removeFromRight (static_cast<float> (starWidth));
    const auto place =
        juce::AffineTransform::scale (0.9f).translated (star.getCentreX() - 7.2f, star.getCentreY() - 7.2f);
    g.setColour (isStarred ? theme::kernel : theme::outline);

    if (isStarred)
        g.fillPath (icons::star(), place);
    else
        g.strokePath (icons::star(), juce::PathStrokeType (1.3f), place);

    area.removeFromLeft (6.0f);
    drawThumbnail (g, area.removeFromLeft (56.0f).withSizeKeepingCentre (56.0f, 28.0f), entry.facts,
                   isWrong      ? theme::textDisabled
                   : isSelected ? theme::kernel
                                : theme::kernel.withAlpha (0.7f));
    area.removeFromLeft (10.0f);
    auto text = area.withSizeKeepingCentre (area.getWidth(), 36.0f);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (isWrong ? theme::textDisabled : theme::textHigh);
    g.drawText (juce::String::fromUTF8 (entry.name.c_str()), text.removeFromTop (18.0f),
                juce::Justification::centredLeft, true);
    g.setFont (theme::font (theme::Type::label));
    g.setColour (isWrong ? theme::warning : isSelected ? theme::textMid : theme::textLow);
    g.drawText (factsOf (entry), text, juce::Justification::centredLeft, true);
}

juce::String EntryList::getNameForRow (int row)
{
    if (! has (row))
        return {};

    const auto& entry = choice[static_cast<size_t> (row)];
    return juce::String::fromUTF8 (entry.name.c_str()) + ", " + factsOf (entry)
           + (choice.isFavourite (entry.id) ? ", favourite" : "");
}

juce::String EntryList::getTooltipForRow (int row)
{
    if (! has (row))
        return {};

    const auto& entry = choice[static_cast<size_t> (row)];
    return juce::String::fromUTF8 (entry.name.c_str()) + "\n"
           + (! entry.facts.problem.empty() ? juce::String::fromUTF8 (entry.facts.problem.c_str())
              : entry.isPreset              ? factsOf (entry)
              : entry.isFactory()           ? "Comes with Faltwerk: " + juce::String::fromUTF8 (entry.folder.c_str())
                                            : juce::String::fromUTF8 (entry.path.c_str()));
}

void EntryList::selectedRowsChanged (int row)
{
    if (! has (row) || follows)
        return;

    const auto& entry = choice[static_cast<size_t> (row)];
    selectedId = entry.id;

    if (onAudition != nullptr && entry.facts.problem.empty())
        onAudition (entry);
}

void EntryList::listBoxItemClicked (int row, const juce::MouseEvent& event)
{
    if (! has (row))
        return;

    if (choice.showsPresets())
    {
        if (! event.mods.isPopupMenu() && event.getNumberOfClicks() < 2) // the first of a double click loads
            returnKeyPressed (row);

        return;
    }

    if (event.x >= getVisibleRowWidth() - starWidth)
        toggleFavourite (row);

    if (! event.mods.isPopupMenu())
        return;

    const auto& entry = choice[static_cast<size_t> (row)];
    juce::PopupMenu menu;
    menu.addItem (choice.isFavourite (entry.id) ? "Remove from favourites" : "Add to favourites",
                  [this, row] { toggleFavourite (row); });
    menu.addItem ("Show file", ! entry.isFactory(), false,
                  [path = juce::String::fromUTF8 (entry.path.c_str())] { juce::File (path).revealToUser(); });
    showMenu (std::move (menu), *this, {});
}

void EntryList::listBoxItemDoubleClicked (int row, const juce::MouseEvent&)
{
    if (! choice.showsPresets())
        returnKeyPressed (row);
}

void EntryList::returnKeyPressed (int row)
{
    if (! has (row))
        return;

    if (choice.showsPresets())
    {
        selectedId = choice[static_cast<size_t> (row)].id;
        loadSelected();
    }
    else if (onKeep != nullptr)
    {
        onKeep();
    }
}

void EntryList::toggleFavourite (int row)
{
    if (has (row) && ! choice.showsPresets())
        choice.setFavourite (choice[static_cast<size_t> (row)].id,
                             ! choice.isFavourite (choice[static_cast<size_t> (row)].id));
}

bool EntryList::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::escapeKey) && onTakeBack != nullptr)
    {
        onTakeBack();
        return true;
    }

    if (key.getTextCharacter() == '*')
    {
        toggleFavourite (getSelectedRow());
        return true;
    }

    return ! key.getModifiers().isAltDown() && juce::ListBox::keyPressed (key); // keys of the window
}

void EntryList::listWasScrolled()
{
    const int first = getRowContainingPosition (4, 4);
    choice.prioritise (static_cast<size_t> (std::max (0, first)), static_cast<size_t> (getHeight() / heightOfRow + 2));
}

} // namespace faltwerk
