#include "Editor/Browser/PlaceList.h"

#include "Editor/Controls/Menu.h"
#include "Editor/Look/Icons.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

PlaceList::PlaceList (KernelChoice& owner)
    : choice (owner)
{
    setModel (this);
    setRowHeight (28);
    getViewport()->setScrollBarThickness (6);
    setComponentID ("places");
    setTitle ("Places");
    setColour (juce::ListBox::backgroundColourId, juce::Colours::transparentBlack);
    setColour (juce::ListBox::outlineColourId, juce::Colours::transparentBlack);
    setMouseClickGrabsKeyboardFocus (false);
    refresh();
    selectRow (0);
}

void PlaceList::refresh()
{
    using Kind = CataloguePlace::Kind;
    std::vector<Line> newest;
    const auto add = [&] (const juce::String& name, const CataloguePlace& place, const juce::String& problem = {}) {
        newest.push_back ({ Line::Kind::place, name, place, choice.countIn (place), problem });
    };

    add ("All", { Kind::all, {} });
    add ("Favourites", { Kind::favourites, {} });
    add ("Recent", { Kind::recent, {} });
    add ("Presets", { Kind::presets, {} });
    newest.push_back ({ Line::Kind::heading, "Factory", {}, 0, {} });
    std::vector<std::string> categories;

    for (const auto& kernel : factoryKernels())
        if (const std::string category (kernel.category);
            std::find (categories.begin(), categories.end(), category) == categories.end())
            categories.push_back (category);

    for (const auto& category : categories)
        add (juce::String (category), { Kind::category, category });

    newest.push_back ({ Line::Kind::heading, "My folders", {}, 0, {} });

    for (const auto& folder : choice.folders())
        add (juce::String::fromUTF8 (folder.path.c_str())
                 .fromLastOccurrenceOf (juce::File::getSeparatorString(), false, false),
             { Kind::folder, folder.path }, juce::String::fromUTF8 (folder.problem.c_str()));

    newest.push_back ({ Line::Kind::add, "Add folder" + juce::String::charToString (0x2026), {}, 0, {} });

    if (newest == lines)
        return;

    // The chosen place stays chosen wherever it lies now.
    const auto place = lines.empty() ? CataloguePlace() : lines[static_cast<size_t> (chosen)].place;
    lines = std::move (newest);
    updateContent();
    const auto found =
        std::find_if (lines.begin(), lines.end(),
                      [&place] (const Line& line) { return line.kind == Line::Kind::place && line.place == place; });
    chosen = found != lines.end() ? static_cast<int> (found - lines.begin()) : 0;
    selectRow (chosen, true);
    repaint();
}

void PlaceList::paintListBoxItem (int row, juce::Graphics& g, int width, int height, bool isSelected)
{
    if (row < 0 || row >= getNumRows())
        return;

    const auto& line = lines[static_cast<size_t> (row)];
    auto area = juce::Rectangle<int> (width, height).toFloat();

    if (line.kind == Line::Kind::heading)
    {
        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::textLow);
        g.drawText (line.name, area.withTrimmedLeft (8.0f).withTrimmedTop (6.0f), juce::Justification::centredLeft);
        return;
    }

    if (isSelected && line.kind == Line::Kind::place)
    {
        g.setColour (theme::raised);
        g.fillRoundedRectangle (area.reduced (0.0f, 1.0f), theme::controlRadius);
    }

    if (hasKeyboardFocus (true) && isSelected)
    {
        g.setColour (theme::focus);
        g.drawRoundedRectangle (area.reduced (1.0f, 2.0f), theme::controlRadius - 1.0f, 2.0f);
    }

    using Kind = CataloguePlace::Kind;
    const bool isWrong = line.problem.isNotEmpty(), isStar = line.place.kind == Kind::favourites;
    const auto icon = line.kind == Line::Kind::add       ? icons::plus()
                      : isWrong                          ? icons::warning()
                      : line.place.kind == Kind::all     ? icons::wave()
                      : isStar                           ? icons::star()
                      : line.place.kind == Kind::recent  ? icons::undo()
                      : line.place.kind == Kind::presets ? icons::sliders()
                                                         : icons::folder();
    const auto transform = juce::AffineTransform::scale (0.9f).translated (8.0f, area.getCentreY() - 7.2f);
    g.setColour (isWrong ? theme::warning : isSelected || isStar ? theme::kernel : theme::textMid);

    if (isStar)
        g.fillPath (icon, transform);
    else
        g.strokePath (icon, juce::PathStrokeType (1.4f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                      transform);

    area = area.withTrimmedLeft (30.0f).withTrimmedRight (8.0f);
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textLow);

    if (line.kind == Line::Kind::place)
    {
        const juce::String count (line.count);
        const float countWidth = theme::widthOf (theme::font (theme::Type::label), count);
        g.drawText (count, area.removeFromRight (countWidth), juce::Justification::centredRight, false);
        area.removeFromRight (6.0f);
    }

    g.setFont (theme::font (theme::Type::body));
    g.setColour (isSelected ? theme::textHigh : theme::textMid);
    g.drawText (line.name, area, juce::Justification::centredLeft, true);
}

juce::String PlaceList::getNameForRow (int row)
{
    if (row < 0 || row >= getNumRows())
        return {};

    const auto& line = lines[static_cast<size_t> (row)];
    const auto* const what = line.place.kind == CataloguePlace::Kind::presets ? " presets" : " kernels";
    return line.kind == Line::Kind::place ? line.name + ", " + juce::String (line.count) + what
                                                + (line.problem.isEmpty() ? juce::String() : ", " + line.problem)
                                          : line.name;
}

juce::String PlaceList::getTooltipForRow (int row)
{
    if (row < 0 || row >= getNumRows())
        return {};

    const auto& line = lines[static_cast<size_t> (row)];

    if (line.place.kind != CataloguePlace::Kind::folder || line.kind != Line::Kind::place)
        return {};

    const auto path = juce::String::fromUTF8 (line.place.name.c_str());
    return line.name + "\n" + (line.problem.isEmpty() ? path : line.problem);
}

void PlaceList::selectedRowsChanged (int row)
{
    if (row < 0 || row >= getNumRows() || lines[static_cast<size_t> (row)].kind != Line::Kind::place || row == chosen)
        return;

    chosen = row;

    if (onChoose != nullptr)
        onChoose (lines[static_cast<size_t> (row)].place);
}

void PlaceList::listBoxItemClicked (int row, const juce::MouseEvent& event)
{
    const auto& line = lines[static_cast<size_t> (row)];

    if (line.kind == Line::Kind::add)
    {
        selectRow (chosen, true);

        if (onAddFolder != nullptr)
            onAddFolder();
    }
    else if (line.kind == Line::Kind::heading)
    {
        selectRow (chosen, true);
    }
    else if (event.mods.isPopupMenu() && line.place.kind == CataloguePlace::Kind::folder)
    {
        juce::PopupMenu menu;
        const auto path = juce::String::fromUTF8 (line.place.name.c_str());
        menu.addItem ("Show folder", [path] { juce::File (path).revealToUser(); });
        menu.addItem ("Remove from the list",
                      [this, path]
                      {
                          if (onRemoveFolder != nullptr)
                              onRemoveFolder (path);
                      });
        showMenu (std::move (menu), *this, {});
    }
}

bool PlaceList::keyPressed (const juce::KeyPress& key)
{
    return ! key.getModifiers().isAltDown() && juce::ListBox::keyPressed (key); // keys of the window
}

void PlaceList::returnKeyPressed (int row)
{
    if (row >= 0 && row < getNumRows() && lines[static_cast<size_t> (row)].kind == Line::Kind::add
        && onAddFolder != nullptr)
        onAddFolder();
}

} // namespace faltwerk
