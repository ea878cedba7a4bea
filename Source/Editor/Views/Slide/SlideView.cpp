#include "Editor/Views/Slide/SlideView.h"

#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int ticksPerSecond = 60;
constexpr double longestTick = 0.25; // s
constexpr double restAtEnd = 20.0;   // positions for which the whole output stands
constexpr int narrowButton = 32 + 2 * ControlButton::ringMargin;

constexpr std::array<size_t, 4> tapCounts { 8, 16, 24, 32 };
constexpr size_t numStretches = 32;
constexpr int defaultKernelChoice = 2;

juce::StringArray kernelChoices()
{
    juce::StringArray result;

    for (const auto count : tapCounts)
        result.add ("first " + juce::String (static_cast<int> (count)) + " taps");

    result.add ("whole, summed up");
    return result;
}

} // namespace

SlideView::SlideView (PluginProcessor& owner, ViewChoices& choicesToKeep)
    : KernelView (owner, choicesToKeep)
    , back ({}, icons::stepBack(), ControlButton::IconStyle::filled)
    , run ("Freeze", icons::pause(), ControlButton::IconStyle::filled)
    , forward ({}, icons::stepForward(), ControlButton::IconStyle::filled)
    , modes ("Range", { "full", "same", "valid" })
    , kernelMenu ("Kernel", "Kernel", kernelChoices())
{
    setComponentID ("slideView");
    setTitle ("Convolution, step by step");
    setFocusContainerType (FocusContainerType::focusContainer);

    back.setComponentID ("stepBack");
    back.setTitle ("One sample back");
    back.setTooltip ("Step back\nOne sample back. Key: left arrow");
    back.onClick = [this]
    {
        field.onStep (-1);
        keepKeys();
    };
    run.setComponentID ("run");
    run.onClick = [this]
    {
        toggleRunning();
        keepKeys();
    };
    forward.setComponentID ("stepForward");
    forward.setTitle ("One sample forward");
    forward.setTooltip ("Step forward\nOne sample on. Key: right arrow");
    forward.onClick = [this]
    {
        field.onStep (1);
        keepKeys();
    };
    modes.setComponentID ("mode");
    modes.setTooltip ("Which samples of the result are kept: all, as many as the input has, or those for which the "
                      "kernel lies wholly on the input");
    modes.onChoose = [this] (int index) { chooseMode (index); };
    kernelMenu.setComponentID ("slideKernel");
    kernelMenu.setTooltip ("Kernel\nIts first taps, or all of it in 32 stretches with the energy of each");
    kernelMenu.onChoose = [this] (int index)
    {
        choices.set ("slide.kernel", index);
        readKernel();
    };

    const auto narrow = [] { return narrowButton; };
    const auto runWidth = [this]
    {
        int width = 0;

        for (const auto* const word : { "Freeze", "Resume", "New input" })
            width = std::max (width, ControlButton (word, icons::pause()).idealWidth());

        return width;
    };
    tools.add (back, narrow);
    tools.addGap (-4);
    tools.add (run, runWidth);
    tools.addGap (-4);
    tools.add (forward, narrow);
    tools.addGap (8);
    tools.add (
        modes, [this] { return modes.idealWidth(); },
        [this] (juce::PopupMenu& menu)
        {
            const juce::Component::SafePointer<SlideView> safe (this);
            const juce::StringArray names { "Full", "Same", "Valid" };

            for (int n = 0; n < names.size(); ++n)
                menu.addItem (names[n], true, modes.shown() == n,
                              [safe, n]
                              {
                                  if (safe != nullptr)
                                      safe->chooseMode (n);
                              });
        });
    tools.add (
        kernelMenu, [this] { return kernelMenu.idealWidth(); },
        [this] (juce::PopupMenu& menu) { menu.addSubMenu ("Kernel", kernelMenu.menu()); });
    tools.addKeyListener (this);

    // It paints the display's ground too: to copy what is opaque costs half as much, and nothing behind is painted.
    still.setOpaque (true);
    still.onPaint = [this] (juce::Graphics& g)
    {
        const auto ground = getParentComponent() != nullptr
                                ? getParentComponent()->getLocalBounds().toFloat() - getPosition().toFloat()
                                : getLocalBounds().toFloat();
        g.setGradientFill (
            { theme::canvasTop, 0.0f, ground.getY(), theme::canvasBottom, 0.0f, ground.getBottom(), false });
        g.fillAll();

        if (picture != nullptr)
            picture->drawStill (g);
    };
    addAndMakeVisible (still);
    moving.onPaint = [this] (juce::Graphics& g)
    {
        if (picture != nullptr)
            picture->drawMoving (g);
    };
    addAndMakeVisible (moving);
    field.onStep = [this] (int by) { goTo (scene.n + by); };
    field.onGoTo = [this] (int n) { goTo (n); };
    field.onMode = [this] (ConvolutionMode mode)
    {
        chooseMode (static_cast<int> (std::find (SlideLayout::modes.begin(), SlideLayout::modes.end(), mode)
                                      - SlideLayout::modes.begin()));
    };
    field.onReturnKey = [this] { toggleRunning(); };
    addAndMakeVisible (field);

    modes.show (juce::jlimit (0, 2, choices.get ("slide.mode", 0)));
    scene.mode = SlideLayout::modes[static_cast<size_t> (modes.shown())];
    kernelMenu.show (choices.get ("slide.kernel", defaultKernelChoice));
    showRunning();
}

SlideView::~SlideView()
{
    tools.removeKeyListener (this);

    if (isListening)
        processor.meters.tap.removeListener();
}

juce::String SlideView::hint() const
{
    const bool hasMore = edited != nullptr && edited->kernel != nullptr && edited->kernel->paths.size() > 1;
    const juce::String path = hasMore ? "The left path. " : "";

    if (isStill())
        return path + "Left and right arrows: one sample. Drag the kernel to scrub. New input: the newest samples.";

    return path
           + (running ? "The kernel slides over the newest samples. Freeze it to step, or drag it."
                      : "Frozen. Left and right arrows: one sample. Drag the kernel to scrub.");
}

// --- What is shown ---------------------------------------------------------------------------------------------------

void SlideView::update (double)
{
    if (const auto now = processor.kernelStatus().edited; now != edited)
    {
        edited = now;
        readKernel();

        if (onHint != nullptr)
            onHint();
    }

    if (wasStill != isStill())
    {
        wasStill = isStill();
        setRunning (! wasStill);
        showRunning();

        if (onHint != nullptr)
            onHint();
    }
}

void SlideView::readKernel()
{
    scene.kernel = {};

    if (edited != nullptr && edited->kernel != nullptr && edited->kernel->lengthInFrames() > 0
        && ! edited->overviews().empty())
    {
        const auto& kernel = *edited->kernel;
        const auto& left = kernel.paths.front();
        const double rate = kernel.sampleRate > 0.0 ? kernel.sampleRate : processor.getSampleRate();
        const auto choice = static_cast<size_t> (kernelMenu.shown());
        scene.secondsPerTap = rate > 0.0 ? 1.0 / rate : 0.0;
        scene.kernel = choice < tapCounts.size() ? firstTapsOf (left, tapCounts[choice])
                                                 : stretchesOf (left, edited->overviews().front(), numStretches);
    }

    rebuild();
}

void SlideView::rebuild()
{
    still.setBounds (getLocalBounds());
    moving.setBounds (getLocalBounds());

    if (scene.x.empty())
    {
        scene.x = slideTestSignal (numSamples);
        scene.input = SlideScene::Input::silent;
    }

    field.setBounds (getLocalBounds());
    field.show (nullptr);
    scene.compact = compact;
    scene.n = juce::jlimit (0, scene.last(), scene.n);
    picture = scene.kernel.bars.empty() || getLocalBounds().isEmpty()
                  ? nullptr
                  : std::make_unique<SlidePicture> (scene, getLocalBounds());
    field.show (picture.get());
    still.repaint();
    moving.repaint();
}

void SlideView::moveTo (int n)
{
    if (picture == nullptr)
        return;

    const int before = std::exchange (scene.n, juce::jlimit (0, picture->scene().last(), n));

    if (scene.n == before)
        return;

    picture->moveTo (scene.n);

    for (const auto& area : picture->changedBetween (before, scene.n))
        moving.repaint (area);

    field.positionHasChanged (! running);
}

void SlideView::setCompact (bool isCompact)
{
    if (compact == isCompact)
        return;

    KernelView::setCompact (isCompact);
    rebuild();
}

// --- Time ------------------------------------------------------------------------------------------------------------

void SlideView::visibilityChanged()
{
    auto& tap = processor.meters.tap;

    if (std::exchange (isListening, isVisible()) != isVisible())
    {
        isListening ? tap.addListener() : tap.removeListener();
        heardUntil = tap.input.size();
        isStale = running;
    }

    setRunning (running);
}

void SlideView::setRunning (bool shouldRun)
{
    shouldRun = shouldRun && ! isStill();
    const bool changed = std::exchange (running, shouldRun) != shouldRun;

    if (running && isVisible())
    {
        lastTick = juce::Time::getMillisecondCounterHiRes() / 1000.0;
        startTimerHz (ticksPerSecond);
    }
    else
    {
        stopTimer();
    }

    if (! changed)
        return;

    clock = 0.0;
    showRunning();

    if (scene.input != SlideScene::Input::silent)
    {
        scene.input = running ? SlideScene::Input::live : SlideScene::Input::frozen;
        rebuild();
    }

    if (onHint != nullptr)
        onHint();
}

void SlideView::showRunning()
{
    if (isStill())
        run.show ("New input", {}, theme::textHigh);
    else if (running)
        run.show ("Freeze", icons::pause(), theme::signal);
    else
        run.show ("Resume", icons::play(), theme::signal);

    run.setTitle (run.getButtonText());
    run.setTooltip (isStill() ? "New input\nTakes the newest samples"
                    : running ? "Freeze\nKeeps these samples, to step through them"
                              : "Resume\nSlides on, over new samples after each pass");
}

std::optional<SlideInput> SlideView::newestInput() const
{
    return newestSound (processor.meters.tap.input, heardUntil, numSamples);
}

void SlideView::beginPass (std::optional<SlideInput> input)
{
    if (input)
    {
        scene.x = std::move (input->samples);
        heardUntil = input->end;
    }
    else
    {
        scene.x = slideTestSignal (numSamples);
    }

    scene.input = ! input ? SlideScene::Input::silent : running ? SlideScene::Input::live : SlideScene::Input::frozen;
    scene.n = 0;
    clock = 0.0;
    isStale = false;
    rebuild();
}

void SlideView::timerCallback()
{
    const double now = juce::Time::getMillisecondCounterHiRes() / 1000.0;
    advance (std::min (now - std::exchange (lastTick, now), longestTick));
}

void SlideView::advance (double seconds)
{
    if (! running || picture == nullptr)
        return;

    // Sound is shown as soon as there is some.
    if (scene.input == SlideScene::Input::silent || isStale)
    {
        if (auto input = newestInput())
        {
            beginPass (std::move (input));
            return;
        }
    }

    clock += seconds * positionsPerSecond;
    const int n = scene.n, last = scene.last();

    if (n == last)
    {
        if (clock >= restAtEnd)
            beginPass (newestInput());

        return;
    }

    const double steps = std::min (std::floor (clock), static_cast<double> (last - n));
    clock -= steps;
    moveTo (n + static_cast<int> (steps));
}

// --- By hand ---------------------------------------------------------------------------------------------------------

void SlideView::goTo (int n)
{
    setRunning (false);
    moveTo (n);
}

void SlideView::toggleRunning()
{
    if (isStill())
        beginPass (newestInput());
    else
        setRunning (! running);
}

void SlideView::chooseMode (int index)
{
    modes.show (index);
    choices.set ("slide.mode", index);
    scene.mode = SlideLayout::modes[static_cast<size_t> (index)];
    rebuild();
}

/** Takes the keyboard after a click on a tool, so that arrow keys step, unless another control has it. */
void SlideView::keepKeys()
{
    if (! tools.hasKeyboardFocus (true))
        field.mark.grabKeyboardFocus();
}

std::unique_ptr<juce::AccessibilityHandler> SlideView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::group);
}

} // namespace faltwerk
