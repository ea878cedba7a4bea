#include "Editor/Window/PluginEditor.h"

#include "Editor/Header/SettingsMenu.h"
#include "Editor/Keyboard/TypedKey.h"
#include "Editor/Views/KernelView.h"
#include "Picture/Theme.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** Drags a control from its middle. */
void drag (juce::Component& component, juce::Point<float> by, juce::ModifierKeys modifiers = {})
{
    const auto start = component.getLocalBounds().getCentre().toFloat();
    Mouse (component).drag (start, start + by, modifiers);
}

} // namespace

#if JUCE_LINUX || JUCE_BSD
TEST_CASE ("A letter that was typed before Ctrl was held is no shortcut", "[editor]")
{
    const auto ctrl = juce::ModifierKeys::ctrlModifier;
    CHECK (asTyped (juce::KeyPress ('s', ctrl, 's')) == juce::KeyPress ('s', juce::ModifierKeys(), 's'));

    for (const auto& key : { juce::KeyPress ('s', ctrl, 0x13), juce::KeyPress ('1', ctrl, '1'),
                             juce::KeyPress ('s', juce::ModifierKeys(), 's'), juce::KeyPress ('z', ctrl, 0) })
        CHECK (asTyped (key) == key);
}
#endif

TEST_CASE ("The editor shows what is loaded, and its pictures can be looked at", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    const Sound input { { noise (48000, 2, 0.1), noise (48000, 3, 0.05) }, 48000 };
    process (*processor, input, 64);
    editor.update();

    CHECK (find<Header> (editor, "header").shownKernelName() == "Concert Hall");
    CHECK_FALSE (find (editor, "play").isVisible()); // in a plugin where there is room, and else in the menu
    editor.setSize (1300, 700);
    CHECK (find (editor, "play").isVisible());
    editor.setSize (1100, 700);
    CHECK_THAT (find<StatusLine> (editor, "status").shownMessage().toStdString(), Contains ("Drag the handles"));

    for (const auto& [width, height] : { std::pair { 1100, 700 }, { 720, 460 }, { 1920, 1080 } })
    {
        editor.setSize (width, height);

        for (const float scale : { 1.0f, 2.0f })
        {
            const auto image = snapshot (editor, scale);
            CHECK (image.getWidth() == juce::roundToInt (scale * static_cast<float> (width)));
            keep (image,
                  "editor-" + juce::String (width) + "x" + juce::String (height) + "-" + juce::String (scale, 0) + "x");
            CHECK (share (image, theme::waveformMiddle, 0.25f) > 0.04); // the kernel, in gold: 0.001 without it
            CHECK (share (image, theme::signal, 0.1f) > 0.0005);        // meters and arcs, in blue
        }
    }

    editor.setStandalone ([] {});
    editor.setSize (PluginEditor::referenceWidth, PluginEditor::referenceHeight);
    CHECK (find (editor, "play").isVisible());
    keep (snapshot (editor, 2.0f), "app");
}

TEST_CASE ("Everything lies within its window at every size", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);

    for (const bool standalone : { false, true })
    {
        if (standalone)
            editor.setStandalone ([] {});

        for (const auto& size : { juce::Point (720, 460), { 850, 599 }, { 1000, 600 }, { 1100, 700 }, { 3840, 2160 } })
        {
            editor.setSize (size.x, size.y);
            const std::function<void (juce::Component&)> check = [&] (juce::Component& component)
            {
                for (auto* const child : component.getChildren())
                {
                    if (! child->isVisible())
                        continue;

                    CAPTURE (size.x, size.y, child->getComponentID().toStdString(),
                             child->getBounds().toString().toStdString());
                    CHECK (component.getLocalBounds().contains (child->getBounds()));
                    CHECK_FALSE (child->getBounds().isEmpty());

                    for (auto* const sibling : component.getChildren())
                        if (sibling != child && sibling->isVisible()
                            && dynamic_cast<juce::ResizableCornerComponent*> (sibling) == nullptr
                            && dynamic_cast<juce::ResizableCornerComponent*> (child) == nullptr)
                            CHECK_FALSE (child->getBounds().reduced (4).intersects (sibling->getBounds().reduced (4)));

                    if (dynamic_cast<KernelView*> (child) == nullptr) // whose layers lie on each other
                        check (*child);
                }
            };
            check (editor);
        }
    }
}

TEST_CASE ("Knobs follow the mouse, the keys, and what is typed", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    auto& mix = processor->parameters.mix;
    auto& dial = find<juce::Slider> (editor, "mix/dial");
    auto& value = find<juce::Label> (editor, "mix/value");
    CHECK (mix.get() == Approx (30.0f));

    drag (dial, { 0.0f, -50.0f }); // 200 px are the full range
    CHECK (mix.get() == Approx (55.0f).margin (0.6));
    drag (dial, { 0.0f, -50.0f }, juce::ModifierKeys::shiftModifier); // fine: a tenth
    CHECK (mix.get() == Approx (57.5f).margin (0.6));
    CHECK (value.getText().startsWith ("5"));

    dial.keyPressed (juce::KeyPress (juce::KeyPress::homeKey));
    CHECK (mix.get() == 0.0f);
    dial.keyPressed (juce::KeyPress (juce::KeyPress::upKey));
    CHECK (mix.get() == Approx (1.0f));
    dial.keyPressed (juce::KeyPress (juce::KeyPress::upKey, juce::ModifierKeys::shiftModifier, 0));
    CHECK (mix.get() == Approx (1.1f));
    dial.keyPressed (juce::KeyPress (juce::KeyPress::pageUpKey));
    CHECK (mix.get() == Approx (11.1f));
    dial.keyPressed (juce::KeyPress (juce::KeyPress::endKey));
    CHECK (mix.get() == 100.0f);
    dial.keyPressed (juce::KeyPress (juce::KeyPress::deleteKey));
    CHECK (mix.get() == Approx (30.0f));

    value.setText ("80%", juce::sendNotificationSync);
    CHECK (mix.get() == Approx (80.0f));
    value.setText ("nonsense", juce::sendNotificationSync);
    CHECK (mix.get() == Approx (80.0f));
    CHECK (value.getText().startsWith ("80"));

    // What cannot be read is marked, and the status line says the range until the field has gone.
    auto& status = find<StatusLine> (editor, "status");
    auto& preDelay = find<ValueField> (editor, "preDelay/value");
    const auto hint = status.shownMessage();
    preDelay.showEditor();
    REQUIRE (preDelay.getCurrentTextEditor() != nullptr);
    preDelay.getCurrentTextEditor()->setText ("soon");
    preDelay.enter();
    CHECK (status.shownMessage().replaceCharacter (0xa0, ' ') == "Pre-delay: from 0 ms to 500 ms");
    keep (snapshot (editor, 2.0f), "knob-refused");
    preDelay.hideEditor (true);
    CHECK (status.shownMessage() == hint);

    find<juce::Label> (editor, "gain/value").setText ("-6 dB", juce::sendNotificationSync);
    CHECK (processor->parameters.gain.get() == Approx (-6.0f).margin (1e-3));
    find<juce::Label> (editor, "wet/value").setText ("-inf", juce::sendNotificationSync);
    CHECK (processor->parameters.wet.get() == -60.0f);
}

TEST_CASE ("Buttons do what they say", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    bool audioShown = false;
    editor.setStandalone ([&audioShown] { audioShown = true; });

    auto& bypass = find<juce::Button> (editor, "bypass");
    CHECK (bypass.getButtonText() == "Bypass");
    bypass.onClick();
    CHECK (processor->parameters.bypass.get());
    editor.update();
    CHECK (bypass.getButtonText() == "Bypassed");
    bypass.onClick();
    CHECK_FALSE (processor->parameters.bypass.get());

    auto& play = find<juce::Button> (editor, "play");
    play.onClick();
    CHECK (processor->loop.isPlaying());
    CHECK (play.getButtonText() == "Stop");
    play.onClick();
    CHECK_FALSE (processor->loop.isPlaying());

    find<juce::Button> (editor, "audio").onClick();
    CHECK (audioShown);
}

TEST_CASE ("The loop of a plugin stops with its window and that of the app plays on", "[editor]")
{
    const Juce juce;
    using Type = juce::AudioProcessor::WrapperType;

    for (const auto type : { Type::wrapperType_VST3, Type::wrapperType_LV2, Type::wrapperType_Standalone })
    {
        juce::AudioProcessor::setTypeOfNextNewPlugin (type);
        const auto processor = makeProcessor();
        juce::AudioProcessor::setTypeOfNextNewPlugin (Type::wrapperType_Undefined);
        auto editor = std::make_unique<PluginEditor> (*processor);
        processor->loop.setPlaying (true);
        editor->update();
        CHECK (processor->loop.isPlaying());
        editor = nullptr;
        CAPTURE (type);
        CHECK (processor->loop.isPlaying() == (type == Type::wrapperType_Standalone));
    }
}

TEST_CASE ("The editor opens and closes many times", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();

    for (int n = 0; n < 200; ++n)
    {
        auto view = processor->session.viewState();
        view.view = n % 5;
        processor->session.setViewState (view);
        const std::unique_ptr<juce::AudioProcessorEditor> editor (processor->createEditorIfNeeded());

        if (n % 10 < 5)
            snapshot (*editor, 1.0f);

        processor->editorBeingDeleted (editor.get());
    }
}

namespace
{

void waitForKernel (PluginProcessor& processor, PluginEditor& editor)
{
    while (processor.isLoading())
        juce::Thread::sleep (1);

    editor.update();
}

} // namespace

TEST_CASE ("Every knob of the strip moves its parameter, and is named and explained", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    waitForKernel (*processor, editor);

    for (const char* const id : { "gain", "preDelay", "size", "decay", "attack", "width", "lowCut", "highCut",
                                  "damping", "mix", "wet", "dry", "out" })
    {
        CAPTURE (id);
        auto& dial = find<juce::Slider> (editor, juce::String (id) + "/dial");
        const auto index = processor->parameters.find (id);
        REQUIRE (index);
        auto& parameter = processor->parameters[*index];
        dial.keyPressed (juce::KeyPress (juce::KeyPress::homeKey));
        CHECK (parameter.getValue() == 0.0f);
        dial.keyPressed (juce::KeyPress (juce::KeyPress::endKey));
        CHECK (parameter.getValue() == 1.0f);
        dial.keyPressed (juce::KeyPress (juce::KeyPress::deleteKey));
        CHECK (parameter.getValue() == Approx (parameter.getDefaultValue()).margin (1e-4));
        CHECK (dial.getTitle().isNotEmpty());
        CHECK (dial.getTooltip().isNotEmpty());
        CHECK (dial.getWantsKeyboardFocus());
    }

    auto& value = find<juce::Label> (editor, "preDelay/value");
    value.setText ("0.08 s", juce::sendNotificationSync);
    CHECK (processor->parameters.preDelay.get() == Approx (80.0f));
    value.setText ("soon", juce::sendNotificationSync);
    CHECK (processor->parameters.preDelay.get() == Approx (80.0f));

    auto& dial = find<juce::Slider> (editor, "mix/dial");
    const auto before = processor->parameters.mix.get();
    Mouse (dial).wheel (dial.getLocalBounds().getCentre().toFloat(), 0.2f);
    CHECK (processor->parameters.mix.get() == Approx (before + 1.0f).margin (0.01));
    Mouse (dial).wheel ({ 0.0f, 0.0f }, 0.2f); // beside the dial
    CHECK (processor->parameters.mix.get() == Approx (before + 1.0f).margin (0.01));
}

TEST_CASE ("Switch and menu of the strip reshape the kernel that is shown", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    waitForKernel (*processor, editor);
    const auto plain = processor->kernelStatus().edited;
    REQUIRE (plain != nullptr);

    find<juce::Button> (editor, "reverse").setToggleState (true, juce::sendNotificationSync);
    CHECK (processor->parameters.reverse.get());
    waitForKernel (*processor, editor);
    const auto reversed = processor->kernelStatus().edited;
    REQUIRE (reversed != nullptr);
    CHECK (reversed->edits.reverse);
    CHECK (reversed->kernel->paths[0].front() == Approx (plain->kernel->paths[0].back()));
    keep (snapshot (editor, 1.0f), "editor-reversed");

    auto& menu = find<ParameterMenu> (editor, "normalise");
    const auto chosen = processor->parameters.normalise.getIndex();
    static_cast<juce::Component&> (menu).keyPressed (juce::KeyPress (juce::KeyPress::downKey));
    CHECK (processor->parameters.normalise.getIndex() == chosen + 1);
    CHECK (menu.getButtonText() == processor->parameters.normalise.getCurrentChoiceName());
}

TEST_CASE ("Undo, redo, and the slots A and B, by buttons and keys", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    waitForKernel (*processor, editor);
    auto& decay = processor->parameters.decay;
    auto& undo = find<juce::Button> (editor, "undo");
    CHECK_FALSE (undo.isEnabled());

    find<juce::Label> (editor, "decay/value").setText ("50 %", juce::sendNotificationSync);
    editor.update();
    CHECK (undo.isEnabled());
    CHECK (undo.getTooltip().contains ("Decay"));
    undo.onClick();
    CHECK (decay.get() == Approx (100.0f));
    editor.update();
    find<juce::Button> (editor, "redo").onClick();
    CHECK (decay.get() == Approx (50.0f));
    CHECK (editor.keyPressed (juce::KeyPress ('z', juce::ModifierKeys::commandModifier, 0)));
    CHECK (decay.get() == Approx (100.0f));

    find<juce::Button> (editor, "copy").onClick();
    auto& slots = find<Segments> (editor, "slots");
    slots.keyPressed (juce::KeyPress (juce::KeyPress::rightKey));
    editor.update();
    CHECK (slots.shown() == 1);
    find<juce::Label> (editor, "decay/value").setText ("70", juce::sendNotificationSync);
    CHECK (editor.keyPressed (juce::KeyPress ('a', juce::ModifierKeys(), 0)));
    CHECK (slots.shown() == 0);
    CHECK (decay.get() == Approx (100.0f));
    CHECK (editor.keyPressed (juce::KeyPress ('a', juce::ModifierKeys(), 0)));
    CHECK (decay.get() == Approx (70.0f));
}

TEST_CASE ("The settings' entries do what they say", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = std::make_unique<PluginProcessor> (folder / "user"); // whose settings are its own
    processor->prepareToPlay (48000.0, 512);
    const auto choose = [&processor] (const juce::String& path)
    {
        const auto menu = settingsMenu (
            *processor, [] (int) {}, [] {});
        const std::function<bool (const juce::PopupMenu&, const juce::StringArray&)> search =
            [&search] (const juce::PopupMenu& in, const juce::StringArray& names)
        {
            for (juce::PopupMenu::MenuItemIterator item (in); item.next();)
            {
                auto& entry = item.getItem();

                if (entry.text != names[0])
                    continue;

                if (names.size() == 1)
                {
                    entry.action();
                    return true;
                }

                auto rest = names;
                rest.remove (0);
                return entry.subMenu != nullptr && search (*entry.subMenu, rest);
            }

            return false;
        };
        return search (menu, juce::StringArray::fromTokens (path, "/", {}));
    };

    CHECK_FALSE (processor->session.options().locksMix);
    CHECK (choose ("Lock Mix against presets and kernels"));
    CHECK (processor->session.options().locksMix);
    CHECK (choose ("Lock Mix against presets and kernels"));
    CHECK_FALSE (processor->session.options().locksMix);

    CHECK (choose ("Mix law/" + processor->parameters.mixLaw.choices[2]));
    CHECK (processor->parameters.mixLaw.getIndex() == 2);

    CHECK (choose ("Bypass cuts the tail"));
    CHECK (processor->session.cutsTailOnBypass());
    CHECK (choose ("Scale/150 %"));
    CHECK (processor->settings->get().scalePercent == 150);
    CHECK (choose ("Scale/100 %"));

    CHECK (choose ("Clear kernel"));

    while (processor->isLoading())
        juce::Thread::sleep (1);

    CHECK (processor->document.current().source == nullptr);
    CHECK (processor->document.canUndo());
}

TEST_CASE ("The window follows the scale, and where it has no room the scale gives way", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = std::make_unique<PluginProcessor> (folder / "user"); // whose settings are its own
    processor->prepareToPlay (48000.0, 512);
    const auto scaleTo = [&processor] (int percent)
    {
        auto values = processor->settings->get();
        values.scalePercent = percent;
        CHECK (processor->settings->set (values) == "");
    };
    PluginEditor editor (*processor);
    auto& header = find<Header> (editor, "header");
    const auto shownWidth = [&] { return editor.getLocalArea (&header, header.getLocalBounds()).getWidth(); };
    CHECK (editor.getWidth() == 1100);

    for (const int percent : { 150, 75, 200, 125, 100 })
    {
        CAPTURE (percent);
        scaleTo (percent);
        header.onScale (percent);
        CHECK (editor.getWidth() == 1100 * percent / 100);
        CHECK (editor.getHeight() == 700 * percent / 100);
        CHECK (header.getWidth() == 1100); // in its own pixels
        CHECK (shownWidth() == editor.getWidth());
    }

    // A host, or a small screen, leaves less than the smallest window at this scale.
    scaleTo (200);
    header.onScale (200);
    editor.setSize (1000, 500);
    CHECK (header.getWidth() == 1000 * 460 / 500);
    CHECK (std::abs (shownWidth() - 1000) <= 1);
    CHECK (find (editor, "display").getParentComponent()->getHeight() == 460);

    // The next window has the scale that was chosen, and the size that this one had.
    const auto kept = processor->session.viewState();
    const PluginEditor next (*processor);
    CHECK (next.getWidth() == 2 * kept.width);
    CHECK (next.getHeight() == 2 * kept.height);
}

TEST_CASE ("A small window keeps every control: More opens those that have no room", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    editor.setSize (720, 460);
    waitForKernel (*processor, editor);
    CHECK (find (editor, "moreControls").isVisible());
    CHECK_FALSE (find (editor, "wet").isVisible());

    MoreControls more (processor->parameters, {});
    more.setLookAndFeel (&editor.getLookAndFeel());
    keep (snapshot (more, 2.0f), "more-controls");

    for (const char* const id : { "attack", "width", "damping", "wet", "dry" })
        CHECK (more.getLocalBounds().contains (find (more, id).getBounds()));

    find<juce::Label> (more, "wet/value").setText ("-6", juce::sendNotificationSync);
    CHECK (processor->parameters.wet.get() == Approx (-6.0f));
    find<juce::Button> (more, "reverse").setToggleState (true, juce::sendNotificationSync);
    CHECK (processor->parameters.reverse.get());
    more.setLookAndFeel (nullptr);

    editor.setSize (1100, 700);
    CHECK_FALSE (find (editor, "moreControls").isVisible());
    CHECK (find (editor, "wet").isVisible());
}

TEST_CASE ("Kernels of every kind can be looked at in every view", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    const auto write =
        [&folder] (const juce::String& name, const std::vector<std::vector<float>>& channels, double rate)
    {
        REQUIRE (writeSound (folder.path (name + ".wav"), { channels, rate }, SampleFormat::float32) == "");
        return name;
    };
    auto loud = decayingNoise (4800, 1), quiet = loud;

    for (size_t n = 0; n < loud.size(); ++n)
    {
        loud[n] *= 1e20f;
        quiet[n] *= 1e-20f;
    }

    const juce::String names[] = {
        write ("one tap", { { 0.5f } }, 48000.0),
        write ("two taps", { { 1.0f, -1.0f } }, 48000.0),
        write ("late tap", { std::vector<float> (48000) }, 48000.0), // silence: refused
        write ("loud", { loud }, 48000.0),
        write ("quiet", { quiet }, 48000.0),
        write ("slow", { decayingNoise (4000, 2) }, 8000.0),
        write ("fast", { decayingNoise (19200, 3), decayingNoise (19200, 4) }, 192000.0),
        write ("eight", std::vector<std::vector<float>> (8, decayingNoise (9600, 5)), 48000.0),
        write ("minute", { decayingNoise (48000 * 60, 6) }, 48000.0),
    };

    for (const auto& name : names)
    {
        CAPTURE (name.toStdString());
        load (*processor, folder / (name + ".wav"));
        editor.update();
        CHECK ((find<Header> (editor, "header").shownKernelName() == name) == (name != "late tap"));

        for (int view = 0; view < 5; ++view)
        {
            editor.keyPressed (
                juce::KeyPress ('1' + view, juce::ModifierKeys(), static_cast<juce::juce_wchar> ('1' + view)));

            for (int n = 0; n < 20; ++n)
            {
                editor.update();
                juce::Thread::sleep (5);
            }

            keep (snapshot (editor, 1.0f), "kind-" + name.replaceCharacter (' ', '-') + "-" + juce::String (view + 1));
        }
    }
}
