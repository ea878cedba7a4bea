#include "Editor/Views/Slide/SlideView.h"

#include "Editor/Window/PluginEditor.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Pictures.h"

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

constexpr double position = 1.0 / SlideView::positionsPerSecond; // s

juce::Component* search (juce::Component& in, const juce::String& id)
{
    for (auto* const child : in.getChildren())
    {
        if (child->getComponentID() == id)
            return child;

        if (auto* const found = search (*child, id))
            return found;
    }

    return nullptr;
}

template <typename Type = juce::Component>
Type& find (juce::Component& parent, const juce::String& id)
{
    auto* const found = dynamic_cast<Type*> (search (parent, id));
    REQUIRE (found != nullptr);
    return *found;
}

/** A view by itself, with a processor. */
struct Stage
{
    Stage()
        : processor (makeProcessor())
        , choices (processor->session)
    {
        settle (*processor);
        view = std::make_unique<SlideView> (*processor, choices);
        view->setSize (1100, 416);
        view->tools.setSize (800, 36);
        view->setVisible (true);
        view->update (0.0);
        REQUIRE (view->shownPicture() != nullptr);
    }

    const SlidePicture& picture() const
    {
        REQUIRE (view->shownPicture() != nullptr);
        return *view->shownPicture();
    }

    const SlideScene& scene() const { return picture().scene(); }
    int n() const { return scene().n; }

    /** Loads numbers as a kernel that keeps its level. */
    void loadNumbers (const juce::String& numbers)
    {
        (folder / "numbers.txt").replaceWithText (numbers);
        load (*processor, folder / "numbers.txt");
        view->update (0.0);
    }

    /** Lets sound through; gives its last samples, as the mean of both channels. */
    std::vector<float> play (uint64_t seed, size_t length = 4800)
    {
        const Sound sound { { noise (length, seed, 0.1), noise (length, seed + 1, 0.1) }, 48000 };
        process (*processor, sound, 64);
        std::vector<float> last;

        for (size_t k = length - SlideView::numSamples; k < length; ++k)
            last.push_back (0.5f * (sound.channels[0][k] + sound.channels[1][k]));

        return last;
    }

    void reduceMotion (bool shouldBe)
    {
        auto values = processor->settings->get();
        values.reducesMotion = shouldBe;
        CHECK (processor->settings->set (values) == "");
    }

    juce::Button& button (const juce::String& id) { return find<juce::Button> (view->tools, id); }
    juce::Component& mark() { return find (*view, "slideMark"); }
    SlideField& field() { return dynamic_cast<SlideField&> (*mark().getParentComponent()); }

    void press (int key) { CHECK (mark().keyPressed (juce::KeyPress (key))); }

    /** What a hand does with a mouse, on the field. */
    juce::MouseEvent event (juce::Point<float> at, juce::Point<float> from, bool dragged)
    {
        const auto now = juce::Time::getCurrentTime();
        return { juce::Desktop::getInstance().getMainMouseSource(),
                 at,
                 juce::ModifierKeys::leftButtonModifier,
                 0.0f,
                 0.0f,
                 0.0f,
                 0.0f,
                 0.0f,
                 &field(),
                 &field(),
                 now,
                 from,
                 now,
                 1,
                 dragged };
    }

    void drag (juce::Point<float> from, juce::Point<float> to)
    {
        field().mouseDown (event (from, from, false));

        for (int part = 1; part <= 4; ++part)
            field().mouseDrag (event (from + (to - from) * (static_cast<float> (part) / 4.0f), from, true));

        field().mouseUp (event (to, from, true));
    }

    void click (juce::Point<float> at)
    {
        field().mouseDown (event (at, at, false));
        field().mouseUp (event (at, at, false));
    }

    const Juce juce;
    const TemporaryFolder folder;
    const std::unique_ptr<PluginProcessor> processor;
    ViewChoices choices;
    std::unique_ptr<SlideView> view;
};

/** Shows the view in the editor, whatever its place among the tabs. */
SlideView& showSlide (PluginEditor& editor)
{
    auto& view = find<SlideView> (editor, "slideView");
    auto& display = find<Display> (editor, "display");

    for (int index = 0; index < 5 && ! view.isVisible(); ++index)
        display.showView (index);

    REQUIRE (view.isVisible());
    return view;
}

} // namespace

TEST_CASE ("The slide runs over the newest samples, and takes new ones after each pass", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    const auto first = stage.play (10);
    view.advance (position);
    REQUIRE (stage.scene().x.size() == SlideView::numSamples);
    CHECK (stage.scene().input == SlideScene::Input::live);
    CHECK (stage.n() == 0);

    for (size_t k = 0; k < first.size(); ++k)
        CHECK (stage.scene().x[k] == Approx (first[k]).margin (1e-6));

    // 24 positions a second, however often it is called.
    for (int tick = 0; tick < 60; ++tick)
        view.advance (1.0 / 60.0);

    CHECK (stage.n() == Approx (24).margin (1));
    const auto second = stage.play (20);
    const int last = stage.scene().last();
    CHECK (last == 86);

    while (stage.n() < last)
    {
        const int before = stage.n();
        view.advance (position);
        REQUIRE (stage.n() > before);
        CHECK (stage.scene().x.front() == Approx (first.front()).margin (1e-6)); // the pass keeps its samples
    }

    for (int tick = 0; tick < 60 && stage.n() == last; ++tick)
        view.advance (1.0 / 60.0); // the whole output stands for a moment

    CHECK (stage.n() == 0);

    for (size_t k = 0; k < second.size(); ++k)
        CHECK (stage.scene().x[k] == Approx (second[k]).margin (1e-6));
}

TEST_CASE ("While the input is silent the slide shows a test signal, and says so", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    CHECK (stage.scene().input == SlideScene::Input::silent);
    CHECK (stage.scene().x == slideTestSignal (SlideView::numSamples));
    keep (snapshot (view, 1.0f), "slide-silent");

    process (*stage.processor, Sound { { std::vector<float> (4800, 1e-6f), std::vector<float> (4800) }, 48000 }, 64);
    view.advance (position);
    CHECK (stage.scene().input == SlideScene::Input::silent);
    CHECK (stage.n() == 1);

    stage.play (30); // and as soon as there is sound, that
    view.advance (position);
    CHECK (stage.scene().input == SlideScene::Input::live);
    CHECK (stage.n() == 0);

    for (int n = 0; n < 200; ++n)
        view.advance (position); // nothing more comes

    CHECK (stage.scene().input == SlideScene::Input::silent);
}

TEST_CASE ("The slide listens and ticks only while it is seen and runs", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    const auto& tap = stage.processor->meters.tap;
    const auto hears = [&]
    {
        const auto before = tap.input.size();
        stage.play (40, 256);
        return tap.input.size() != before;
    };

    CHECK (view.isTimerRunning());
    CHECK (hears());
    stage.button ("run").onClick();
    CHECK_FALSE (view.isTimerRunning());
    CHECK (hears());
    stage.button ("run").onClick();
    CHECK (view.isTimerRunning());

    view.setVisible (false);
    CHECK_FALSE (view.isTimerRunning());
    CHECK_FALSE (hears());
    view.setVisible (true);
    CHECK (view.isTimerRunning());
    CHECK (hears());

    // The timer moves it.
    view.advance (position);
    const int before = stage.n();

    juce::Timer::callAfterDelay (300, [] { juce::MessageManager::getInstance()->stopDispatchLoop(); });
    juce::MessageManager::getInstance()->runDispatchLoop();
    CHECK (stage.n() > before);

    stage.view = nullptr;
    CHECK_FALSE (hears());
}

TEST_CASE ("The slide is stepped and scrubbed with keys, and freezes at once", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    stage.play (50);
    view.advance (position);
    view.advance (5.2 * position);
    CHECK (stage.n() == 5);
    int numHints = 0;
    view.onHint = [&numHints] { ++numHints; };
    CHECK_THAT (view.hint().toStdString(), Contains ("Freeze"));

    stage.press (juce::KeyPress::rightKey);
    CHECK (stage.n() == 6);
    CHECK_FALSE (view.isRunning());
    CHECK (stage.scene().input == SlideScene::Input::frozen);
    CHECK (numHints == 1);
    CHECK (view.hint() == "The left path. Frozen. Left and right arrows: one sample. Drag the kernel to scrub.");
    const auto frozen = stage.scene().x;
    stage.play (51);
    view.advance (1.0);
    CHECK (stage.n() == 6);

    stage.press (juce::KeyPress::leftKey);
    stage.press (juce::KeyPress::downKey);
    CHECK (stage.n() == 4);
    stage.press (juce::KeyPress::pageUpKey);
    CHECK (stage.n() == 14);
    stage.press (juce::KeyPress::endKey);
    CHECK (stage.n() == 86);
    stage.press (juce::KeyPress::rightKey);
    CHECK (stage.n() == 86);
    stage.press (juce::KeyPress::homeKey);
    CHECK (stage.n() == 0);
    stage.press (juce::KeyPress::leftKey);
    CHECK (stage.n() == 0);
    CHECK (stage.scene().x == frozen);
    CHECK_FALSE (stage.mark().keyPressed (juce::KeyPress (juce::KeyPress::spaceKey))); // the host's
    CHECK_FALSE (
        stage.mark().keyPressed (juce::KeyPress (juce::KeyPress::leftKey, juce::ModifierKeys::altModifier, 0)));

    stage.button ("stepForward").onClick();
    stage.button ("stepForward").onClick();
    stage.button ("stepBack").onClick();
    CHECK (stage.n() == 1);
    CHECK (stage.button ("run").getButtonText() == "Resume");
    stage.press (juce::KeyPress::returnKey);
    CHECK (view.isRunning());
    CHECK (stage.button ("run").getButtonText() == "Freeze");
    CHECK (numHints == 2);
}

TEST_CASE ("The slide is scrubbed with the mouse: by its mark, its kernel, its axis, its wheel", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    const auto& layout = stage.picture().layout();
    const auto pitch = static_cast<float> (layout.pitch);
    const auto centreOf = [] (juce::Rectangle<int> area) { return area.getCentre().toFloat(); };

    stage.click ({ layout.middleOf (40), static_cast<float> (layout.axis.getCentreY()) });
    CHECK (stage.n() == 40);
    CHECK_FALSE (view.isRunning());
    CHECK (stage.mark().getBounds().getCentreX() == Approx (layout.middleOf (40)).margin (1.0));

    const auto onMark = centreOf (stage.mark().getBounds());
    stage.drag (onMark, onMark.translated (10.0f * pitch, 0.0f));
    CHECK (stage.n() == 50);

    const auto inKernel = centreOf (layout.window (50));
    stage.drag (inKernel, inKernel.translated (-25.0f * pitch, 7.0f));
    CHECK (stage.n() == 25);
    stage.drag (inKernel, inKernel.translated (-1000.0f, 0.0f));
    CHECK (stage.n() == 0);
    stage.drag (centreOf (stage.mark().getBounds()), { 5000.0f, 300.0f });
    CHECK (stage.n() == 86);

    // The arrows of the mark are a step each; its middle is none.
    const auto box = stage.mark().getBounds().toFloat();
    stage.click ({ box.getX() + 14.0f, box.getCentreY() });
    CHECK (stage.n() == 85);
    stage.click (centreOf (stage.mark().getBounds()));
    CHECK (stage.n() == 85);

    // What is dragged stays where it was let go: a click in the kernel's lane does nothing.
    stage.click (inKernel);
    CHECK (stage.n() == 85);

    const auto over = stage.event (inKernel, inKernel, false);
    stage.field().mouseWheelMove (over, { 0.0f, -0.5f, false, false, false });
    CHECK (stage.n() == 84);

    for (int part = 0; part < 5; ++part)
        stage.field().mouseWheelMove (over, { 0.0f, 0.05f, false, true, false });

    CHECK (stage.n() == 86);

    // A range is chosen by its bar.
    stage.click (centreOf (layout.rangeBar (ConvolutionMode::valid)));
    CHECK (stage.scene().mode == ConvolutionMode::valid);
    CHECK (find<Segments> (view.tools, "mode").shown() == 2);
}

TEST_CASE ("The values of the index under the pointer are shown", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    stage.click ({ stage.picture().layout().middleOf (40), 310.0f });
    const auto& layout = stage.picture().layout();
    const auto without = snapshot (view, 1.0f);
    const juce::Point<float> place (layout.middleOf (30), static_cast<float> (layout.input.zero));
    const auto cardIn = [&] (const juce::Image& image) {
        return share (image.getClippedImage ({ 500, 40, 300, 120 }), theme::card, 0.03f);
    };

    stage.field().mouseMove (stage.event (place, place, false));
    const auto with = snapshot (view, 1.0f);
    keep (snapshot (view, 2.0f), "slide-hover");
    CHECK (cardIn (with) > cardIn (without) + 0.1);

    stage.field().mouseExit (stage.event (place, place, false));
    CHECK (cardIn (snapshot (view, 1.0f)) == cardIn (without));
}

TEST_CASE ("The slide's mode and kernel are chosen, kept, and shown", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    auto& modes = find<Segments> (view.tools, "mode");
    CHECK (modes.keyPressed (juce::KeyPress (juce::KeyPress::rightKey)));
    CHECK (stage.scene().mode == ConvolutionMode::same);
    CHECK (stage.choices.get ("slide.mode", -1) == 1);

    auto& menu = find<ChoiceMenu> (view.tools, "slideKernel");
    const auto& kernel = *stage.processor->kernelStatus().edited->kernel;
    const std::vector<size_t> counts { 8, 16, 24, 32 };

    for (size_t choice = 0; choice < counts.size(); ++choice)
    {
        menu.keyPressed (juce::KeyPress (juce::KeyPress::homeKey));

        for (size_t down = 0; down < choice; ++down)
            menu.keyPressed (juce::KeyPress (juce::KeyPress::downKey));

        REQUIRE (stage.scene().kernel.bars.size() == counts[choice]);
        CHECK (stage.scene().kernel.bars == firstTapsOf (kernel.paths[0], counts[choice]).bars);
        CHECK (stage.scene().last() == 62 + static_cast<int> (counts[choice]));
    }

    menu.keyPressed (juce::KeyPress (juce::KeyPress::endKey));
    CHECK (menu.getButtonText() == "whole, summed up");
    CHECK (stage.scene().kernel.bars.size() == 32);
    CHECK (stage.scene().kernel.tapsPerBar * stage.scene().secondsPerTap
           == Approx (kernel.lengthInSeconds() / 32.0).epsilon (0.01));

    // A numeric kernel of three taps is three bars, whatever is chosen.
    stage.processor->parameters.normalise = 0;
    stage.loadNumbers ("0.25, 0.5, -0.125");

    for (const int key : { juce::KeyPress::endKey, juce::KeyPress::homeKey })
    {
        menu.keyPressed (juce::KeyPress (key));
        CHECK (stage.scene().kernel.bars == std::vector<float> { 0.25f, 0.5f, -0.125f });
    }

    // The silence before a kernel that comes late is left out.
    stage.processor->parameters.preDelay = 80.0f;
    settle (*stage.processor);
    view.update (0.0);
    CHECK (stage.scene().kernel.bars == std::vector<float> { 0.25f, 0.5f, -0.125f });
    CHECK (stage.scene().kernel.firstTap == 3840);
    CHECK (stage.scene().kernel.lengthInTaps == 3843);

    // The next window begins with what was chosen in this one.
    stage.view = std::make_unique<SlideView> (*stage.processor, stage.choices);
    stage.view->setSize (1100, 416);
    stage.view->update (0.0);
    CHECK (stage.scene().mode == ConvolutionMode::same);
    CHECK (find<ChoiceMenu> (stage.view->tools, "slideKernel").shown() == 0);
}

TEST_CASE ("With reduced motion the slide moves only by steps", "[editor]")
{
    Stage stage;
    auto& view = *stage.view;
    int numHints = 0;
    view.onHint = [&numHints] { ++numHints; };
    stage.reduceMotion (true);
    view.update (0.0);
    CHECK_FALSE (view.isRunning());
    CHECK_FALSE (view.isTimerRunning());
    CHECK (numHints > 0);
    CHECK (stage.button ("run").getButtonText() == "New input");
    view.advance (1.0);
    CHECK (stage.n() == 0);
    stage.press (juce::KeyPress::rightKey);
    CHECK (stage.n() == 1);

    const auto newest = stage.play (60);
    stage.button ("run").onClick();
    CHECK_FALSE (view.isRunning());
    CHECK (stage.scene().input == SlideScene::Input::frozen);
    CHECK (stage.scene().x.back() == Approx (newest.back()).margin (1e-6));

    SlideView next (*stage.processor, stage.choices); // as the next window's is
    next.setVisible (true);
    CHECK_FALSE (next.isRunning());
    CHECK_FALSE (next.isTimerRunning());

    stage.reduceMotion (false);
    view.update (0.0);
    CHECK (view.isRunning());
    CHECK (view.isTimerRunning());
}

TEST_CASE ("A screen reader has the slide's position as a slider", "[editor]")
{
    Stage stage;
    stage.processor->parameters.normalise = 0;
    stage.loadNumbers ("1, -2");
    stage.press (juce::KeyPress::homeKey);

    for (int n = 0; n < 40; ++n)
        stage.press (juce::KeyPress::rightKey);

    CHECK (stage.mark().getTitle() == "Position n");
    CHECK (stage.mark().getWantsKeyboardFocus());
    const auto handler = stage.field().mark.createAccessibilityHandler();
    CHECK (handler->getRole() == juce::AccessibilityRole::slider);
    auto* const value = handler->getValueInterface();
    REQUIRE (value != nullptr);
    const double y = stage.picture().outputAt (40);
    CHECK (value->getCurrentValueAsString()
           == "40 of 0 to 64; y is " + juce::String (y < 0.0 ? "minus " : "") + significant (std::abs (y), 4));
    CHECK (value->getCurrentValue() == 40.0);
    CHECK (value->getRange().getMaximumValue() == 64.0);
    value->setValue (12.0);
    CHECK (stage.n() == 12);

    for (const char* const id : { "stepBack", "run", "stepForward" })
    {
        CHECK (stage.button (id).getTitle().isNotEmpty());
        CHECK (stage.button (id).getTooltip().isNotEmpty());
    }
}

TEST_CASE ("A slide without a kernel is empty, and comes back with one", "[editor]")
{
    Stage stage;
    stage.processor->document.clearKernel();
    settle (*stage.processor);
    stage.view->update (0.0);
    CHECK (stage.view->shownPicture() == nullptr);
    stage.view->advance (1.0);
    keep (snapshot (*stage.view, 1.0f), "slide-empty");
    stage.loadNumbers ("1 2 3 4");
    CHECK (stage.picture().scene().numBars() == 4);
}

TEST_CASE ("Slides of every kernel and size can be looked at, with everything in its place", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    (folder / "three.txt").replaceWithText ("0.25, 0.5, 0.25");
    (folder / "one.txt").replaceWithText ("-1");
    const auto processor = makeProcessor();
    settle (*processor);
    PluginEditor editor (*processor);
    auto& view = showSlide (editor);
    auto& mark = find (editor, "slideMark");
    const auto play = [&processor] (uint64_t seed) {
        process (*processor, Sound { { noise (4800, seed, 0.1), noise (4800, seed + 1, 0.05) }, 48000 }, 64);
    };

    for (const auto* const kernel : { "hall", "hall-whole", "three", "one" })
    {
        const juce::String name (kernel);
        auto& menu = find<ChoiceMenu> (editor, "slideKernel");
        menu.keyPressed (juce::KeyPress (name == "hall-whole" ? juce::KeyPress::endKey : juce::KeyPress::homeKey));

        if (! name.startsWith ("hall"))
            load (*processor, folder / (name + ".txt"));
        else if (name == "hall")
            find<ChoiceMenu> (editor, "slideKernel").onChoose (0);

        editor.update();

        for (const auto& [width, height] : { std::pair { 1100, 700 }, { 720, 460 }, { 720, 600 }, { 1920, 1080 } })
        {
            CAPTURE (kernel, width, height);
            editor.setSize (width, height);

            for (const char* const key : { "full", "same", "valid" })
            {
                auto& modes = find<Segments> (editor, "mode");
                modes.onChoose (juce::StringArray { "full", "same", "valid" }.indexOf (key));
                play (3);

                if (! view.isRunning())
                    find<juce::Button> (editor, "run").onClick();

                for (int n = 0; n < 150 && (n == 0 || view.shownPicture()->scene().n != 40); ++n)
                    view.advance (position);

                const bool isLive = juce::String (key) == "full";

                if (! isLive)
                    find<juce::Button> (editor, "run").onClick();

                for (const float scale : { 1.0f, 2.0f })
                {
                    const auto image = snapshot (editor, scale);
                    CHECK (share (image, theme::signal, 0.1f) > 0.004);
                    keep (image, "slide-" + name + "-" + key + "-" + (isLive ? "live-" : "frozen-")
                                     + juce::String (width) + "x" + juce::String (height) + "-"
                                     + juce::String (scale, 0) + "x");
                }
            }

            // The mark stays within the picture at both ends, and what is under it does not cover it.
            for (const int key : { juce::KeyPress::homeKey, juce::KeyPress::endKey })
            {
                mark.keyPressed (juce::KeyPress (key));
                CHECK (view.getLocalBounds().contains (mark.getBounds()));
            }

            const auto& layout = view.shownPicture()->layout();
            CHECK (layout.pitch >= 4);
            CHECK (layout.kernel.reach >= 20);

            for (const auto mode : SlideLayout::modes)
                CHECK (view.getLocalBounds().contains (layout.rangeBar (mode)));
        }
    }
}

TEST_CASE ("A running slide repaints little of its view", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    PluginEditor editor (*processor);
    auto& view = showSlide (editor);
    juce::Image image (juce::Image::RGB, 1100, 700, true, juce::SoftwareImageType());
    juce::Graphics g (image);
    const auto numSteps = static_cast<int> (SlideView::positionsPerSecond);
    int64_t repainted = 0;

    // A step repaints what has changed, through all that lies behind it.
    const auto origin = editor.getLocalPoint (&view, juce::Point<int>());
    find (editor, "slideMark").keyPressed (juce::KeyPress (juce::KeyPress::homeKey));
    find<juce::Button> (editor, "run").onClick();

    for (int n = 0; n < numSteps; ++n)
    {
        const int before = view.shownPicture()->scene().n;
        auto changed = view.shownPicture()->changedBetween (before, before + 1);
        changed.offsetAll (origin);
        view.advance (1.001 * position);
        const juce::Graphics::ScopedSaveState saved (g);
        g.reduceClipRegion (changed);
        editor.paintEntireComponent (g, false);
        REQUIRE (view.shownPicture()->scene().n == before + 1);

        for (const auto& area : changed)
            repainted += static_cast<int64_t> (area.getWidth()) * area.getHeight();
    }

    const auto whole = static_cast<int64_t> (view.getWidth()) * view.getHeight();
    CAPTURE (repainted, whole);
    CHECK (repainted < numSteps * whole / 4);
}
