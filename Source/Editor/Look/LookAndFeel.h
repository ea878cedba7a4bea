#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** How controls are drawn: rounded surfaces, the bundled typeface, a white ring around what has the keyboard focus. */
class LookAndFeel : public juce::LookAndFeel_V4
{
public:
    LookAndFeel();

    void drawRotarySlider (juce::Graphics&,
                           int x,
                           int y,
                           int width,
                           int height,
                           float position,
                           float startAngle,
                           float endAngle,
                           juce::Slider&) override;
    void drawCornerResizer (juce::Graphics&, int width, int height, bool isMouseOver, bool isMouseDragging) override;
    void drawPopupMenuBackground (juce::Graphics&, int width, int height) override;
    void getIdealPopupMenuItemSize (const juce::String& text,
                                    bool isSeparator,
                                    int standardHeight,
                                    int& width,
                                    int& height) override;
    void drawPopupMenuItem (juce::Graphics&,
                            const juce::Rectangle<int>& area,
                            bool isSeparator,
                            bool isActive,
                            bool isHighlighted,
                            bool isTicked,
                            bool hasSubMenu,
                            const juce::String& text,
                            const juce::String& shortcut,
                            const juce::Drawable* icon,
                            const juce::Colour* textColour) override;
    void drawPopupMenuSectionHeader (juce::Graphics&, const juce::Rectangle<int>&, const juce::String&) override;
    int getPopupMenuBorderSize() override { return 5; }
    juce::Rectangle<int> getTooltipBounds (const juce::String&, juce::Point<int>, juce::Rectangle<int>) override;
    void drawCallOutBoxBackground (juce::CallOutBox&, juce::Graphics&, const juce::Path&, juce::Image& cache) override;
    void drawTextEditorOutline (juce::Graphics&, int width, int height, juce::TextEditor&) override;
    void drawFileBrowserRow (juce::Graphics&,
                             int width,
                             int height,
                             const juce::File&,
                             const juce::String& name,
                             juce::Image* icon,
                             const juce::String& size,
                             const juce::String& time,
                             bool isDirectory,
                             bool isSelected,
                             int index,
                             juce::DirectoryContentsDisplayComponent&) override;
    void drawTooltip (juce::Graphics&, const juce::String& text, int width, int height) override;
    juce::Font getTextButtonFont (juce::TextButton&, int height) override;
    juce::Font getLabelFont (juce::Label&) override;
    juce::Font getPopupMenuFont() override;
    juce::Typeface::Ptr getTypefaceForFont (const juce::Font&) override;

    /** Draws the ring around a control that has the keyboard focus: 2 px, in a gap of 2 px. */
    static void drawFocusRing (juce::Graphics&, juce::Rectangle<float> control, float radius);

    /** Draws a button that opens a menu: a label, which may be empty, a value, and the sign of a menu. */
    static void drawMenuButton (juce::Graphics&,
                                juce::Rectangle<float> surface,
                                const juce::String& label,
                                const juce::Button&,
                                bool highlighted,
                                bool down);

    /** Draws the sign of a menu, with its tip at a place. */
    static void drawChevron (juce::Graphics&, juce::Point<float> tip);
};

} // namespace faltwerk
