#pragma once

#include "Editor/Browser/EntryList.h"
#include "Editor/Browser/PlaceList.h"
#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/ControlButton.h"

#include <functional>

namespace faltwerk
{

/** The drawer with kernels to choose from: search as you type, places, a list that is heard as one goes through it.
    Enter keeps what is heard, Escape takes it back. Presets are a place of it: Enter or a click loads one. */
class Browser : public juce::Component
{
public:
    explicit Browser (KernelChoice&);

    std::function<void()> onClose, onAddFolder;
    std::function<void (bool)> onMatch; // lets what is compared sound equally loud, or not
    std::function<void (const juce::String& path)> onRemoveFolder;

    /** Opens or shuts it; what is heard then is kept. */
    void setOpen (bool);

    /** Follows what there is to choose from. @param hasChanged  whether that has changed */
    void update (bool hasChanged);

    void showMatch (bool isOn);

    static constexpr int width = 424;

    void paint (juce::Graphics&) override;
    void resized() override;
    bool keyPressed (const juce::KeyPress&) override;

private:
    /** The search field: the arrow keys go through the list beneath. */
    class SearchField : public juce::TextEditor
    {
    public:
        std::function<void (int)> onStep;
        bool keyPressed (const juce::KeyPress&) override;
    };

    void ask();
    void takeBack();
    juce::String whyNothing() const;

    KernelChoice& choice;
    SearchField search;
    ChoiceMenu order;
    ControlButton close;
    ControlButton match;
    PlaceList places;
    EntryList entries;
    juce::Rectangle<int> dropArea;
    juce::String note; // of what is being looked into, or that nothing was found
};

} // namespace faltwerk
