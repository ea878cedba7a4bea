#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/Segments.h"
#include "Editor/Controls/Toggle.h"
#include "Editor/Views/Backdrop.h"
#include "Editor/Views/HandleField.h"
#include "Editor/Views/KernelView.h"
#include "Editor/Views/Waveform/WaveformHandles.h"
#include "Editor/Views/Waveform/WaveformOverlay.h"
#include "Editor/Views/Waveform/ZoomBar.h"

#include <memory>

namespace faltwerk
{

/** The waveform of the kernel, to be edited by hand: the edited one in gold over the unedited one in grey, with
    handles, rulers, and a bar with the whole. */
class WaveformView : public KernelView
{
public:
    WaveformView (PluginProcessor&, ViewChoices&);

    juce::String hint() const override;
    void update (double seconds) override;
    void setCompact (bool) override;
    void resized() override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override { showOverlay(); }
    void focusLost (FocusChangeType) override { showOverlay(); }
    bool isLate() const override { return sources.isLate (patience); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** Returns the visible stretch of time, in s; both 0 for the whole kernel. */
    std::pair<double, double> visible() const;
    void setVisible (double from, double to);
    using juce::Component::setVisible;

    /** Called when the user has zoomed or scrolled. */
    std::function<void()> onZoom;

    void zoomToWhole();
    void zoomToOnset();

private:
    /** What of an unedited kernel is worked out once. */
    struct Source
    {
        std::shared_ptr<const Kernel> kernel;
        std::unique_ptr<Overview> left, right; // right is none for mono
        double onset = 0.0;                    // s
        double peak = 0.0;
    };

    static const Overview& rightOf (const Source& of) { return of.right ? *of.right : *of.left; }
    bool showsBefore() const { return beforeToggle.getToggleState(); }

    static std::shared_ptr<const Source> sourceOf (std::shared_ptr<const Kernel>);
    void followEdited();
    void readDocument();
    void rebuild();
    void layOutHandles();
    void zoomAbout (double seconds, double factor);
    void scrollBy (double seconds);
    std::pair<double, double> whole() const;
    void settle (double moved);

    void showOverlay();
    void showMenu (Handle*, juce::Point<float>);

    Segments scale, stacking;
    Toggle snap, beforeToggle;
    ControlButton onset;

    Backdrop backdrop;
    HandleField field;
    WaveformHandles handles;
    WaveformOverlay overlay;
    ZoomBar zoomBar;

    // What is shown, all of one kernel, until all of another is there.
    LoadedKernelPointer document;
    std::shared_ptr<const Source> source;
    std::shared_ptr<const EditedKernel> edited;
    Computed<LoadedKernelPointer, std::shared_ptr<const Source>> sources;
    DocumentEdits shownEdits;
    Edits shownParameters;
    double shownTempo = 0.0;
    bool isOutdated = false; // what was read of the document

    WaveformScene scene;
    std::unique_ptr<WaveformPicture> picture;
    KernelOutline outline; // of the edited kernel
    std::unique_ptr<EnvelopeLine> line;
    EditTimeline timeline;
    bool isWhole = true;
    double from = 0.0, to = 1.0;   // visible, in s
    juce::Rectangle<int> laneArea; // of the pre-delay and the length; empty if there is no room
};

} // namespace faltwerk
