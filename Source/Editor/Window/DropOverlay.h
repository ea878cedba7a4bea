#pragma once

#include "Editor/Computed.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>

namespace faltwerk
{

/** Where dragged files may be let go: on the left they replace the kernel, on the right they go into the other slot. It
    says in advance what will happen with them, or that they are no sound. */
class DropOverlay : public juce::Component
{
public:
    enum class Target
    {
        replace,
        otherSlot
    };

    /** What dragged files are. */
    struct Facts
    {
        juce::String description; // name, length, channels, rate, conversion
        bool isUsable = false;    // else the description says why not
        bool isFolder = false;    // which becomes one of the kernel folders
        bool isKnown = false;     // else they are still being looked into
    };

    DropOverlay();

    /** Shows what is dragged.
        @param otherSlot  "A" or "B"
        @param sampleRate  of the sound, to which it will be converted; in Hz */
    void begin (const juce::StringArray& files, const juce::String& otherSlot, double sampleRate);
    void moveTo (juce::Point<int>);

    /** Takes what has been found out about the files meanwhile; to be called now and then. */
    void update();

    Target targetAt (juce::Point<int>) const;
    Target target() const noexcept { return hovered; } // that the files are held over
    const Facts& facts() const noexcept { return shown; }

    /** Looks into the files. [not audio] */
    static Facts look (const juce::StringArray& files, double sampleRate);

    void paint (juce::Graphics&) override;

private:
    bool hasTwoTargets() const noexcept { return shown.isUsable && ! shown.isFolder; }
    juce::Rectangle<float> areaOf (Target) const;
    void paintTarget (juce::Graphics&, Target, const juce::String& title, const juce::String& text) const;

    juce::String fileName, other;
    Facts shown;
    Target hovered = Target::replace;
    Computed<juce::String, Facts> looked;
};

} // namespace faltwerk
