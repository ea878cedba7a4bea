#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <memory>
#include <vector>

namespace faltwerk
{

/** Words side by side, of which one is chosen and underlined in gold. Each can have the keyboard; the arrow keys choose
    the next. */
class Tabs : public juce::Component
{
public:
    Tabs (const juce::String& title, const juce::StringArray& names);
    ~Tabs() override;

    /** Called with the index that the user chose. */
    std::function<void (int)> onChoose;

    void show (int index);
    int shown() const noexcept { return chosen; }

    int idealWidth() const;
    void resized() override;

private:
    class Tab;
    void choose (int index, bool takesFocus);

    std::vector<std::unique_ptr<Tab>> tabs;
    int chosen = 0;
};

} // namespace faltwerk
