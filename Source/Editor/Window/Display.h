#pragma once

#include "Editor/Controls/Tabs.h"
#include "Editor/ViewChoices.h"
#include "Editor/Views/KernelView.h"
#include "Editor/Window/EmptyState.h"

#include <functional>
#include <memory>
#include <vector>

namespace faltwerk
{

class WaveformView;

/** Says over a picture that the next one is being worked out. */
class WorkSign : public juce::Component
{
public:
    WorkSign();

    /** @param words  what goes on; empty: nothing, and the sign vanishes */
    void show (const juce::String& words);

    const juce::String& words() const noexcept { return text; }
    void paint (juce::Graphics&) override;

private:
    juce::String text;
};

/** The middle of the window: tabs for the views of the kernel, the tools of the present one, and its picture. */
class Display : public juce::Component
{
public:
    explicit Display (PluginProcessor&);
    ~Display() override;

    /** Shows a view by its place: waveform, spectrum, spectrogram, decay, slide. */
    void showView (int index);
    int shownView() const noexcept { return tabs.shown(); }

    /** Follows the document and the sound. */
    void update (double seconds);

    juce::String hint() const { return present().hint(); }

    /** Called when the hint has become another one. */
    std::function<void()> onHint;

    void setCompact (bool);

    /** What is in the way of any picture: no kernel yet, or one that is missing. */
    enum class Absence
    {
        none,
        noKernel,
        missing
    };
    void setAbsence (Absence, const juce::String& missingName = {});

    EmptyState emptyState;

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    KernelView& present() const { return *views[static_cast<size_t> (tabs.shown())]; }
    void keepViewState();

    PluginProcessor& processor;
    ViewChoices choices;
    Tabs tabs;
    WorkSign sign;
    std::vector<std::unique_ptr<KernelView>> views;
    WaveformView* waveform = nullptr;
    Absence absence = Absence::none;
    bool compact = false;
};

} // namespace faltwerk
