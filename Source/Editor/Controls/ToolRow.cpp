#include "Editor/Controls/ToolRow.h"

#include "Editor/Controls/Menu.h"
#include "Editor/Look/Icons.h"

namespace faltwerk
{

ToolRow::ToolRow()
    : more ({}, icons::more())
{
    more.setComponentID ("moreTools");
    more.setTitle ("More view tools");
    more.setTooltip ("Tools that do not fit into this window");
    more.onClick = [this] { showMenuBeside (menu(), more); };
    addChildComponent (more);
    setInterceptsMouseClicks (false, true);
}

void ToolRow::add (juce::Component& component,
                   std::function<int()> width,
                   std::function<void (juce::PopupMenu&)> addToMenu)
{
    tools.push_back ({ &component, std::move (width), std::move (addToMenu), std::exchange (nextGap, 0) });
    addAndMakeVisible (component);
    more.toFront (false);
}

void ToolRow::addToggle (juce::Button& button, std::function<int()> width)
{
    add (button, std::move (width),
         [&button] (juce::PopupMenu& menu)
         {
             menu.addItem (button.getButtonText(), button.isEnabled(), button.getToggleState(),
                           [safe = juce::Component::SafePointer<juce::Button> (&button)]
                           {
                               if (safe != nullptr)
                                   safe->triggerClick();
                           });
         });
}

void ToolRow::addMenu (ChoiceMenu& choice)
{
    add (
        choice, [&choice] { return choice.idealWidth(); },
        [&choice] (juce::PopupMenu& menu) { menu.addSubMenu (choice.getTitle(), choice.menu()); });
}

void ToolRow::addGap (int pixels) { nextGap = pixels; }

int ToolRow::idealWidth() const
{
    int width = 0;

    for (const auto& tool : tools)
        width += tool.width() + tool.gapBefore;

    return width;
}

juce::PopupMenu ToolRow::menu() const
{
    juce::PopupMenu menu;

    for (const auto& tool : tools)
        if (! tool.component->isVisible() && tool.addToMenu != nullptr)
            tool.addToMenu (menu);

    return menu;
}

void ToolRow::resized()
{
    int width = idealWidth();
    std::vector<bool> fits (tools.size(), true);

    for (size_t n = tools.size(); n-- > 0 && width > getWidth();)
    {
        if (tools[n].addToMenu == nullptr)
            continue;

        if (std::find (fits.begin(), fits.end(), false) == fits.end())
            width += more.idealWidth();

        fits[n] = false;
        width -= tools[n].width() + tools[n].gapBefore;
    }

    auto row = getLocalBounds();
    const bool hasMore = std::find (fits.begin(), fits.end(), false) != fits.end();
    more.setVisible (hasMore);

    if (hasMore)
        more.setBounds (row.removeFromRight (more.idealWidth()));

    row.removeFromLeft (std::max (0, row.getWidth() - (width - (hasMore ? more.getWidth() : 0))));

    for (size_t n = 0; n < tools.size(); ++n)
    {
        tools[n].component->setVisible (fits[n]);

        if (fits[n])
        {
            row.removeFromLeft (tools[n].gapBefore);
            tools[n].component->setBounds (row.removeFromLeft (tools[n].width()));
        }
    }
}

} // namespace faltwerk
