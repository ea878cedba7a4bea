#include "Editor/Controls/Menu.h"

#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr int screenMargin = 48; // pixels that a menu leaves of its screen

int heightOf (const juce::PopupMenu::Item& item, juce::LookAndFeel& look)
{
    int width = 0, height = 0;
    look.getIdealPopupMenuItemSize (item.text, item.isSeparator, -1, width, height);
    return item.isSectionHeader ? height + height / 2 : height; // as JUCE draws it
}

/** Returns the height of the screen that a component is on, in the component's pixels. */
int screenHeight (const juce::Component& owner)
{
    const auto* const screen = juce::Desktop::getInstance().getDisplays().getDisplayForRect (owner.getScreenBounds());
    const float scale = juce::Component::getApproximateScaleFactorForComponent (&owner);
    return screen != nullptr && scale > 0.0f
               ? juce::roundToInt (static_cast<float> (screen->userArea.getHeight()) / scale)
               : 0;
}

} // namespace

void breakAtHeadings (const juce::PopupMenu& menu, int room, juce::LookAndFeel& look)
{
    std::vector<juce::PopupMenu::Item*> items;
    int total = 0;

    for (juce::PopupMenu::MenuItemIterator each (menu); each.next();)
    {
        auto& item = each.getItem();
        items.push_back (&item);
        total += heightOf (item, look);

        if (item.subMenu != nullptr)
            breakAtHeadings (*item.subMenu, room, look);
    }

    if (total <= room)
        return;

    int column = 0; // its height so far

    for (size_t first = 0; first < items.size();)
    {
        size_t next = first + 1;
        int group = heightOf (*items[first], look);

        for (; next < items.size() && ! items[next]->isSectionHeader; ++next)
            group += heightOf (*items[next], look);

        if (column > 0 && column + group > room)
        {
            items[first - 1]->shouldBreakAfter = true;
            column = 0;
        }

        column += group;
        first = next;
    }
}

void showMenu (juce::PopupMenu menu, juce::Component& owner, const juce::PopupMenu::Options& options)
{
    auto& look = owner.getLookAndFeel();
    menu.setLookAndFeel (&look);

    if (const int height = screenHeight (owner); height > 0)
        breakAtHeadings (menu, height - screenMargin, look);

    menu.showMenuAsync (options.withDeletionCheck (owner).withMaximumNumColumns (1));
}

void showMenuBeside (juce::PopupMenu menu, juce::Component& owner)
{
    showMenu (std::move (menu), owner, juce::PopupMenu::Options().withTargetComponent (owner));
}

void showMenuAt (juce::PopupMenu menu, juce::Component& owner, juce::Point<float> place)
{
    showMenu (std::move (menu), owner,
              juce::PopupMenu::Options().withTargetScreenArea (
                  juce::Rectangle<int> (1, 1).withPosition (owner.localPointToGlobal (place.toInt()))));
}

} // namespace faltwerk
