#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/Toggle.h"
#include "Editor/Views/Analysis/BandHandles.h"
#include "Editor/Views/Analysis/SignalAnalyser.h"
#include "Editor/Views/Backdrop.h"
#include "Editor/Views/KernelView.h"

#include <memory>
#include <optional>

namespace faltwerk
{

/** The kernel over frequency: before and after its edits and the tone, whose bands are handles, with its group delay,
    and live sound beneath: what comes in, what goes out, and what the convolution theorem says must go out. */
class SpectrumView : public KernelView
{
public:
    SpectrumView (PluginProcessor&, ViewChoices&);

    juce::String hint() const override;
    void update (double seconds) override;
    void resized() override;
    void visibilityChanged() override;
    bool keyPressed (const juce::KeyPress&) override;
    bool isLate() const override { return analysis.isLate (patience); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** Returns the menu of the analyser's options. [message] */
    juce::PopupMenu analyserMenu();

    /** Returns the live sound, as it is drawn. */
    const SignalAnalyser& analyser() const noexcept { return signals; }

private:
    /** What the curve of an edited kernel depends on. */
    struct Key
    {
        std::shared_ptr<const EditedKernel> edited;
        LoadedKernelPointer document;
        int smoothing = 0;

        bool operator== (const Key&) const = default;
    };

    struct Analysis
    {
        SpectrumCurves before, after;
        KernelBands bands; // of the kernel as it sounds
    };

    bool showsSignals() const { return analyse.getToggleState() || showsProduct; }
    void rebuild();
    void updateTraces (double seconds);
    void addToggle (Toggle&, const char* id, const char* choice, bool initial, const char* tooltip);
    ReadOut hoverCard() const;
    AnalyserChoices analyserChoices() const;
    void setHover (std::optional<juce::Point<float>>);
    void paintOverlay (juce::Graphics&) const;

    ChoiceMenu smoothing;
    Toggle groupDelay, analyse, freeze, beforeToggle;
    ControlButton analyserOptions;

    Backdrop backdrop;
    PaintedLayer traces, overlay;
    HandleField field;
    BandHandles bands;
    SignalAnalyser signals;

    Computed<Key, Analysis> analysis;
    std::unique_ptr<SpectrumPicture> picture;
    ToneControls shownTone;
    bool showsProduct = false; // as chosen when the picture was made
    int lastTraceTop = 0;
    std::optional<juce::Point<float>> hover;
};

} // namespace faltwerk
