#pragma once

#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/Segments.h"
#include "Editor/Views/Backdrop.h"
#include "Editor/Views/KernelView.h"
#include "Editor/Views/Slide/SlideField.h"
#include "Picture/Slide/SlidePicture.h"

#include <memory>
#include <optional>

namespace faltwerk
{

/** Convolution made visible: the kernel slides over the newest samples of the input, by itself or step by step. It
    listens to the sound only while it is visible, and has a timer only while it also runs. */
class SlideView : public KernelView, private juce::Timer, private juce::KeyListener
{
public:
    SlideView (PluginProcessor&, ViewChoices&);
    ~SlideView() override;

    juce::String hint() const override;
    void update (double seconds) override;
    void setCompact (bool) override;
    void resized() override { rebuild(); }
    void visibilityChanged() override;
    bool isLate() const override { return false; } // nothing is worked out in the background
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** Lets it run for a time, as the timer does. */
    void advance (double seconds);

    bool isRunning() const noexcept { return running; }
    using juce::Timer::isTimerRunning;

    /** Returns the picture that is shown; null without a kernel. */
    const SlidePicture* shownPicture() const noexcept { return picture.get(); }

    static constexpr size_t numSamples = 64;
    static constexpr double positionsPerSecond = 24.0;

private:
    void timerCallback() override;
    bool keyPressed (const juce::KeyPress& key, juce::Component*) override { return field.keyPressed (key); }
    using juce::Component::keyPressed;

    void setRunning (bool);
    void beginPass (std::optional<SlideInput>);
    std::optional<SlideInput> newestInput() const;
    void readKernel();
    void rebuild();
    void moveTo (int n);
    void goTo (int n);
    void chooseMode (int index);
    void toggleRunning();
    void showRunning();
    void keepKeys();
    bool isStill() const { return processor.settings->get().reducesMotion; }

    ControlButton back, run, forward;
    Segments modes;
    ChoiceMenu kernelMenu;

    Backdrop still;
    PaintedLayer moving;
    SlideField field;

    std::shared_ptr<const EditedKernel> edited;
    SlideScene scene;
    std::unique_ptr<SlidePicture> picture;

    bool running = true, wasStill = false, isListening = false;
    bool isStale = false;    // x is from before it was last hidden
    uint64_t heardUntil = 0; // frames of the input before this are not shown any more
    double clock = 0.0;      // positions since the last step
    double lastTick = 0.0;   // s
};

} // namespace faltwerk
