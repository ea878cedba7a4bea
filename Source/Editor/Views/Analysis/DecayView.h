#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/Segments.h"
#include "Editor/Views/Analysis/DecayTableView.h"
#include "Editor/Views/Backdrop.h"
#include "Editor/Views/HandleField.h"
#include "Editor/Views/KernelView.h"
#include "Picture/Decay/DecayPicture.h"
#include "Picture/ReadOut.h"

#include <memory>
#include <optional>

namespace faltwerk
{

/** How the kernel decays: the curve of a band with the lines of its decay times, and the table of all bands. */
class DecayView : public KernelView
{
public:
    DecayView (PluginProcessor&, ViewChoices&);

    juce::String hint() const override;
    void update (double seconds) override;
    void setCompact (bool) override;
    void paint (juce::Graphics&) override;
    void resized() override;
    bool isLate() const override { return analysis.isLate (patience); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    /** Of what the figures are. */
    enum class Measure
    {
        asLoaded,
        trimAndTone,
        allEdits
    };

    struct Key
    {
        LoadedKernelPointer document;
        std::shared_ptr<const EditedKernel> edited; // null unless it matters
        int measure = 0, channel = 0;
        double start = 0.0;
        std::optional<double> end;
        ToneControls tone;

        bool operator== (const Key&) const = default;
    };

    Key key() const;
    static Decay analyse (const Key&);
    void rebuild();
    DecayPicture pictureOf (const Decay&) const;
    void paintNote (juce::Graphics&) const;

    ChoiceMenu channel, measure;
    ControlButton copy;
    Segments part; // in a low window

    Backdrop backdrop;
    DecayTableView table;
    juce::Rectangle<int> noteArea;

    Computed<Key, Decay> analysis;
    LoadedKernelPointer document;
    std::unique_ptr<DecayPicture> picture;
};

} // namespace faltwerk
