#pragma once

#include "Editor/Controls/ControlButton.h"

#include <functional>

namespace faltwerk
{

/** The kernel's name on a surface of its own, with the arrows to the previous and the next one and the star of a
    favourite. The name opens a menu; dragged out of the window it is the kernel as a file. */
class KernelSelector : public juce::Component
{
public:
    KernelSelector();

    /** What the parts do. */
    std::function<void (int)> onStep; // -1, 1
    std::function<void()> onMenu, onStar;

    /** The name is pressed, and may be dragged; dragged far enough; let go. */
    std::function<void()> onDragBegin, onDragOut;

    void show (const juce::String& name, bool isThere);
    void showFavourite (bool isFavourite, bool canBe);
    juce::String shownName() const { return name.getButtonText(); }

    juce::Component& nameButton() { return name; }

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    /** The name: a button, and where a drag begins. */
    class Name : public ControlButton
    {
    public:
        explicit Name (KernelSelector&);
        void mouseDown (const juce::MouseEvent&) override;
        void mouseDrag (const juce::MouseEvent&) override;
        void mouseUp (const juce::MouseEvent&) override;

    private:
        KernelSelector& selector;
        bool dragging = false;
    };

    ControlButton previous, next, star;
    Name name;
};

} // namespace faltwerk
