#include "Editor/Header/UndoMenu.h"

#include <algorithm>

namespace faltwerk
{

juce::PopupMenu undoMenu (Document& document)
{
    // A menu that can be read at once: what lies further away is reached in two goes.
    constexpr size_t mostUndone = 15, mostDone = 25;
    const auto listed = document.undoSteps();
    const auto& names = listed.names;
    const size_t numDone = listed.numDone;
    const size_t last = std::min (names.size(), numDone + mostUndone);
    const size_t first = numDone > mostDone ? numDone - mostDone : 0;
    juce::PopupMenu menu;
    const auto add = [&] (size_t steps, const juce::String& name)
    {
        menu.addItem (name, true, steps == numDone,
                      [&document, steps, names]
                      {
                          const auto now = document.undoSteps();

                          // A host's gesture may have moved them since the menu opened.
                          if (now.names == names && now.numDone != steps)
                              document.goToStep (steps);
                      });
    };

    if (last > numDone)
        menu.addSectionHeader ("Undone");

    for (size_t steps = last; steps > first; --steps)
    {
        if (steps == numDone)
            menu.addSectionHeader ("Done");

        add (steps, juce::String::fromUTF8 (names[steps - 1].c_str()));
    }

    add (first, first == 0 ? "Before all of these" : "Before these");
    return menu;
}

} // namespace faltwerk
