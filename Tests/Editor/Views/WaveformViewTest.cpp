#include "Editor/Views/Waveform/WaveformView.h"

#include "Editor/Views/Waveform/WaveformOverlay.h"
#include "Editor/Window/PluginEditor.h"
#include "Picture/Theme.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <cmath>
#include <tuple>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** An editor with a kernel of two seconds of decaying noise, and its waveform. */
struct Opened
{
    const TemporaryFolder folder;
    std::unique_ptr<PluginProcessor> processor = makeProcessor();
    Sound kernel { { decayingNoise (96000, 5), decayingNoise (96000, 6) }, 48000 };
    std::unique_ptr<PluginEditor> editor;
    WaveformView* view = nullptr;
    HandleField* field = nullptr;

    Opened()
    {
        processor->parameters.normalise = 0;
        REQUIRE (writeSound (folder.path ("noise.wav"), kernel, SampleFormat::float32) == "");
        load (*processor, folder / "noise.wav");
        editor = std::make_unique<PluginEditor> (*processor);
        view = &find<WaveformView> (*editor, "waveformView");
        field = &find<HandleField> (*view, "field");
        follow();
    }

    /** Until the sound, the analysis and the view are those of the newest edits. */
    void follow() const
    {
        settle (*processor);

        for (int n = 0; n < 20; ++n)
        {
            editor->update();
            juce::Thread::sleep (5);
        }
    }

    Handle& handle (const char* id) const { return find<Handle> (*field, id); }
    DocumentEdits edits() const { return processor->document.current().edits; }
    Mouse mouse() const { return Mouse (*field); }

    /** Pixels for a second, as the whole kernel is shown. */
    float scale() const
    {
        return (handle ("end").position().x - handle ("start").position().x)
               / static_cast<float> (edits().end.value_or (2.0) - edits().start);
    }

    void dragBy (const char* id, float x, float y = 0.0f, juce::ModifierKeys keys = {}) const
    {
        const auto from = handle (id).position();
        mouse().drag (from, from.translated (x, y), keys);
        follow();
    }
};

} // namespace

TEST_CASE ("Start and end are dragged in the picture, and what is heard is what is kept", "[editor]")
{
    const Juce juce;
    const Opened opened;
    const float pixels = opened.scale();
    opened.dragBy ("start", 0.25f * pixels);
    CHECK (opened.edits().start == Approx (0.25).margin (0.002));
    opened.dragBy ("end", -0.5f * pixels);
    REQUIRE (opened.edits().end);
    CHECK (*opened.edits().end == Approx (1.5).margin (0.004));

    // The start goes back to where the pre-delay has it.
    CHECK (opened.handle ("start").position().x == Approx (56.0f).margin (opened.scale() * 0.3f));
    keep (snapshot (*opened.editor, 1.0f), "waveform-trimmed");

    auto& processor = *opened.processor;
    setWetOnly (processor);
    Sound impulse { { std::vector<float> (96000), std::vector<float> (96000) }, 48000 };
    impulse.channels[0][0] = impulse.channels[1][0] = 1.0f;
    process (processor, impulse); // lets the crossfade end
    const auto heard = process (processor, impulse);
    const auto first = static_cast<size_t> (std::llround (opened.edits().start * 48000.0));
    const auto last = static_cast<size_t> (std::llround (*opened.edits().end * 48000.0));
    std::vector<double> expected (opened.kernel.channels[0].begin() + static_cast<std::ptrdiff_t> (first),
                                  opened.kernel.channels[0].begin() + static_cast<std::ptrdiff_t> (last));
    expected.resize (96000);
    CHECK (errorInDb (heard.channels[0], expected) < -110.0);

    // One drag is one step.
    processor.document.undo();
    CHECK_FALSE (opened.edits().end);
    CHECK (opened.edits().start > 0.2);
    processor.document.undo();
    CHECK (opened.edits().start == 0.0);
}

TEST_CASE ("Fades and the pre-delay are dragged in the picture", "[editor]")
{
    const Juce juce;
    const Opened opened;
    const float pixels = opened.scale();
    opened.dragBy ("fadeIn", 0.1f * pixels);
    CHECK (opened.edits().fadeIn == Approx (0.1).margin (0.002));
    opened.dragBy ("fadeOut", -0.4f * pixels);
    CHECK (opened.edits().fadeOut == Approx (0.4).margin (0.002));
    CHECK (opened.handle ("fadeOut").spokenValue() == juce::String (opened.edits().fadeOut, 3) + " seconds");
    opened.dragBy ("preDelayHandle", 0.1f * pixels);
    CHECK (opened.processor->parameters.preDelay.get() == Approx (100.0f).margin (2.0f));
    CHECK (opened.handle ("start").position().x - 56.0f
           == Approx (opened.scale() * opened.processor->parameters.preDelay.get() / 1000.0f).margin (1.0f));
    CHECK (opened.processor->document.undoName() == "Pre-delay");

    // Double-click resets.
    opened.mouse().doubleClick (opened.handle ("fadeOut").position());
    CHECK (opened.edits().fadeOut == 0.0);
    opened.follow();
    opened.mouse().doubleClick (opened.handle ("preDelayHandle").position());
    CHECK (opened.processor->parameters.preDelay.get() == 0.0f);
}

TEST_CASE ("Decay nodes are added to the line, dragged, and removed", "[editor]")
{
    const Juce juce;
    const Opened opened;
    const float pixels = opened.scale();

    // The line rides above the waveform's smoothed peaks: find it where a node is added by the keyboard. The first one
    // comes with two that hold the ends.
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();
    REQUIRE (opened.edits().nodes.size() == 3);
    CHECK (opened.edits().nodes[1].gainDb == 0.0);
    CHECK (opened.edits().nodes[1].seconds == Approx (1.0).margin (0.05));
    const auto first = opened.handle ("node2").position();

    opened.dragBy ("node2", 0.0f, 30.0f);
    const double lowered = opened.edits().nodes[1].gainDb;
    CHECK (lowered < -8.0);
    CHECK (opened.handle ("node2").position().y == Approx (first.y + 30.0f).margin (1.5f)); // under the pointer
    opened.dragBy ("node2", -0.5f * pixels, 0.0f);
    CHECK (opened.edits().nodes[1].seconds == Approx (0.5).margin (0.06));

    // Shift is fine, Alt keeps to one axis.
    const double before = opened.edits().nodes[1].seconds;
    opened.dragBy ("node2", 0.1f * pixels, 0.0f, juce::ModifierKeys::shiftModifier);
    CHECK (opened.edits().nodes[1].seconds - before == Approx (0.01).margin (0.003));
    const auto place = opened.handle ("node2").position();
    opened.dragBy ("node2", 3.0f, 40.0f, juce::ModifierKeys::altModifier);
    CHECK (opened.handle ("node2").position().x == Approx (place.x).margin (0.8f));

    // A double-click on the line adds another; on a node it removes it.
    const double level = opened.edits().nodes[1].gainDb;
    opened.mouse().doubleClick (opened.handle ("node2").position());
    CHECK (opened.edits().nodes.empty());
    opened.processor->document.undo();
    REQUIRE (opened.edits().nodes.size() == 3);
    CHECK (opened.edits().nodes[1].gainDb == level);
    opened.follow();
    CHECK (opened.handle ("node2").getTitle() == "Decay node 2 of 3");
    CHECK (opened.handle ("node2").spokenValue().contains ("minus"));
    keep (snapshot (*opened.editor, 2.0f), "waveform-node");

    // What is heard follows: the edited kernel has the node's gain at it, and none at its ends.
    const auto edited = opened.processor->kernelStatus().edited;
    REQUIRE (edited != nullptr);
    const auto gainAt = [&] (double seconds)
    {
        const auto frame = static_cast<size_t> (seconds * 48000.0);
        const auto after = static_cast<double> (edited->kernel->paths[0][frame]);
        return 20.0 * std::log10 (after / static_cast<double> (opened.kernel.channels[0][frame]));
    };
    CHECK (gainAt (opened.edits().nodes[1].seconds) == Approx (level).margin (0.1));
    CHECK (gainAt (0.001) == Approx (0.0).margin (0.1));
    CHECK (gainAt (1.999) == Approx (0.0).margin (0.1));

    // Removing one leaves the others, also those that change nothing yet; the last takes those at the ends along.
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();
    REQUIRE (opened.edits().nodes.size() == 4);
    opened.handle ("node2").onReset();
    opened.follow();
    CHECK (opened.edits().nodes.size() == 3);
    opened.handle ("node2").onReset();
    opened.follow();
    CHECK (opened.edits().nodes.empty());
}

TEST_CASE ("What is trimmed is said for the start and the end", "[editor]")
{
    const auto said = [] (double start, double end, bool backwards)
    {
        Edits edits;
        edits.start = start;
        edits.end = end;
        edits.reverse = backwards;
        return trimmedInWords (EditTimeline (edits, 3.0)).replaceCharacter (0xa0, ' ');
    };
    CHECK (said (0.31, 0.92, false) == "Trimmed 0.31 + 2.08 s");
    CHECK (said (0.31, 0.92, true) == "Trimmed 2.08 + 0.31 s");
    CHECK (said (0.0, 0.92, false) == "Trimmed 2.08 s");
    CHECK (said (0.31, 3.0, false) == "Trimmed 0.31 s");
    CHECK (said (0.0, 3.0, false).isEmpty());
}

TEST_CASE ("Trimming keeps the line on what sounds and every node in reach", "[editor]")
{
    const Juce juce;
    const Opened opened;
    auto& document = opened.processor->document;
    const bool backwards = GENERATE (false, true);
    const float stretch = GENERATE (100.0f, 50.0f);
    opened.processor->parameters.reverse = backwards;
    opened.processor->parameters.size = stretch;
    opened.follow();
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();
    opened.dragBy ("node2", 0.0f, 60.0f);
    const auto before = opened.edits();
    REQUIRE (before.nodes.size() == 3);
    const auto whole = opened.processor->kernelStatus().edited->kernel->paths[0];

    // The gain at each moment of the untrimmed kernel stays through both trims.
    opened.dragBy ("start", 0.3f * opened.scale());
    opened.dragBy ("end", -0.3f * opened.scale());
    const auto trimmed = opened.processor->kernelStatus().edited->kernel->paths[0];
    const double cut = backwards ? 2.0 - opened.edits().end.value_or (2.0) : opened.edits().start;
    const double share = static_cast<double> (stretch) / 100.0;
    const auto offset = static_cast<size_t> (std::llround (cut * share * 48000.0));
    REQUIRE (cut > 0.1);
    REQUIRE (offset + trimmed.size() < whole.size());
    double error = 0.0, energy = 0.0;

    for (size_t n = 480; n + 480 < trimmed.size(); ++n) // a stretched trim rings at its ends
    {
        const auto wanted = static_cast<double> (whole[offset + n]), is = static_cast<double> (trimmed[n]);
        error += (is - wanted) * (is - wanted);
        energy += wanted * wanted;
    }

    CAPTURE (backwards, stretch);
    CHECK (10.0 * std::log10 (error / energy) < -110.0); // floats are rounded at 1e-7

    // The outer nodes are outside, seen, and move only as far as they are told to.
    const auto nodes = opened.edits().nodes;
    REQUIRE (nodes.size() == 3);
    const double kept = static_cast<double> (trimmed.size()) / 48000.0;
    CHECK (nodes.front().seconds < 0.0);
    CHECK (nodes.back().seconds > kept);

    for (const char* const id : { "node1", "node2", "node3" })
        CHECK (opened.handle (id).isVisible());

    press (opened.handle ("node3"), juce::KeyPress (juce::KeyPress::upKey));
    CHECK (opened.edits().nodes.back().seconds == Approx (nodes.back().seconds));
    CHECK (opened.edits().nodes.back().gainDb > 0.0);
    document.undo();
    opened.follow();
    opened.dragBy ("node3", -0.2f * opened.scale());
    CHECK (opened.edits().nodes.back().seconds < nodes.back().seconds - 0.05);
    document.undo();

    // A session keeps what is before the start.
    const auto again = makeProcessor();
    restore (*again, stateOf (*opened.processor));
    CHECK (again->document.current().edits == opened.edits());

    // Undo restores; with the node in the middle the outer ones go, trimmed or not.
    opened.follow();
    opened.handle ("node2").onReset();
    CHECK (opened.edits().nodes.empty());
    document.undo();
    document.undo();
    document.undo();
    CHECK (opened.edits() == before);
}

TEST_CASE ("Trims there and back leave the nodes as they were to the last bit", "[editor]")
{
    const Juce juce;
    const Opened opened;
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();
    opened.dragBy ("node2", 0.0f, 60.0f);
    const auto before = opened.edits();
    REQUIRE (before.nodes.size() == 3);

    for (int n = 0; n < 3; ++n)
    {
        press (opened.handle ("start"), juce::KeyPress (juce::KeyPress::rightKey));
        opened.follow();
    }

    opened.dragBy ("start", 0.37f * opened.scale());
    opened.dragBy ("start", 0.11f * opened.scale());
    CHECK (opened.edits().nodes != before.nodes);
    opened.handle ("start").onReset();
    opened.follow();
    CHECK (opened.edits() == before);
}

TEST_CASE ("Nodes behind a kernel that a stretch has shortened stay in reach", "[editor]")
{
    const Juce juce;
    const Opened opened;
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.processor->parameters.size = 30.0f;
    opened.follow();
    REQUIRE (opened.edits().nodes.size() == 3);
    CHECK (opened.handle ("node2").isVisible());
    CHECK (opened.handle ("node3").isVisible());
    press (opened.handle ("node2"), juce::KeyPress (juce::KeyPress::homeKey));
    CHECK (opened.edits().nodes[1].seconds < 0.1);

    // The farthest that a session can hold.
    opened.processor->document.edit ("Nodes",
                                     [] (DocumentEdits& edits) {
                                         edits.nodes = { { -1e9, -3.0 }, { 1e9, -3.0 } };
                                     });
    opened.follow();
    CHECK (opened.edits().nodes[1].seconds == 3600.0);
    CHECK (opened.handle ("node1").isVisible());
    CHECK (opened.handle ("node2").isVisible());
    press (opened.handle ("node2"), juce::KeyPress (juce::KeyPress::homeKey));
    CHECK (opened.edits().nodes[1].seconds == 0.0);
    keep (snapshot (*opened.editor, 1.0f), "waveform-far-nodes");
}

TEST_CASE ("A node of a kernel of a few samples stays in it", "[editor]")
{
    const Juce juce;
    Opened opened;
    REQUIRE (
        writeSound (opened.folder.path ("short.wav"), { { { 1.0f, 0.5f, 0.25f, 0.1f } }, 48000 }, SampleFormat::float32)
        == "");
    load (*opened.processor, opened.folder / "short.wav");
    opened.follow();
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();
    REQUIRE (opened.edits().nodes.size() == 1); // nothing would be between others at the ends
    opened.dragBy ("node1", 2.0f, 20.0f);
    REQUIRE (opened.edits().nodes.size() == 1);
    CHECK (opened.edits().nodes[0].seconds <= 4.0 / 48000.0);
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();
    opened.dragBy ("node1", 0.0f, 10.0f);
    const auto nodes = opened.edits().nodes;
    REQUIRE (nodes.size() == 2);
    CHECK (nodes[0].seconds < nodes[1].seconds);
    CHECK (nodes[1].seconds <= 4.0 / 48000.0);
}

TEST_CASE ("The line and its nodes lie on what sounds, whatever shortens it", "[editor]")
{
    const Juce juce;
    const Opened opened;
    auto& p = opened.processor->parameters;
    press (*opened.view, juce::KeyPress ('n', juce::ModifierKeys(), 'n'));
    opened.follow();

    for (const auto& [decay, damping, preDelay, reverse] : { std::tuple { 100.0f, 0.0f, 0.0f, false },
                                                             { 60.0f, 0.0f, 0.0f, false },
                                                             { 70.0f, 80.0f, 100.0f, false },
                                                             { 80.0f, 0.0f, 50.0f, true } })
    {
        p.decay = decay;
        p.damping = damping;
        p.preDelay = preDelay;
        p.reverse = reverse;
        opened.follow();
        settle (*opened.processor);
        opened.follow();
        const auto edited = opened.processor->kernelStatus().edited;
        REQUIRE (edited != nullptr);

        // The largest magnitude near the node, relative to that of the unedited kernel, which is 0 dB.
        float peak = 0.0f, whole = 0.0f;
        const auto centre = static_cast<std::ptrdiff_t> (48.0 * static_cast<double> (preDelay)
                                                         + 48000.0 * opened.edits().nodes[1].seconds);

        for (auto n = centre - 480; n < centre + 480; ++n)
            peak = std::max (peak, std::abs (edited->kernel->paths[0][static_cast<size_t> (n)]));

        for (const float sample : opened.kernel.channels[0])
            whole = std::max (whole, std::abs (sample));

        const double level = 20.0 * std::log10 (static_cast<double> (peak / whole) / edited->normalisingGain);
        const float top = opened.handle ("fadeIn").position().y - 14.0f;
        const float pixelsPerDb = (opened.handle ("start").position().y - top) / 80.0f;
        const double shown = static_cast<double> ((top - opened.handle ("node2").position().y) / pixelsPerDb);
        CAPTURE (decay, damping, preDelay, reverse, level);
        CHECK (shown > level - 1.0);
        CHECK (shown < level + 5.0);
    }
}

TEST_CASE ("The waveform is zoomed by wheel, keys, bar and one gesture to the onset", "[editor]")
{
    const Juce juce;
    const Opened opened;
    auto& view = *opened.view;
    CHECK (view.visible() == std::pair (0.0, 0.0)); // the whole
    const juce::Point<float> pointer (400.0f, 150.0f);
    const auto end = opened.handle ("end").position().x, start = opened.handle ("start").position().x;
    const double under = 2.0 * static_cast<double> ((pointer.x - start) / (end - start));
    opened.mouse().wheel (pointer, 0.5f);
    const auto [from, to] = view.visible();
    CHECK (to - from < 1.5);
    CHECK (from + (to - from) * static_cast<double> ((pointer.x - 56.0f) / static_cast<float> (view.getWidth() - 80))
           == Approx (under).margin (0.01)); // the time under the pointer stays

    opened.mouse().wheel (pointer, -0.2f, juce::ModifierKeys::shiftModifier);
    CHECK (view.visible().first > from);
    CHECK (view.visible().second - view.visible().first == Approx (to - from));
    opened.mouse().doubleClick ({ 700.0f, 300.0f });
    CHECK (view.visible() == std::pair (0.0, 0.0));

    view.keyPressed (juce::KeyPress ('+', juce::ModifierKeys(), '+'));
    CHECK (view.visible().second > 0.0);
    view.keyPressed (juce::KeyPress (juce::KeyPress::homeKey));
    CHECK (view.visible() == std::pair (0.0, 0.0));

    // The onset, with its handles well apart.
    opened.dragBy ("preDelayHandle", 6.0f);
    view.keyPressed (juce::KeyPress ('o', juce::ModifierKeys(), 'o'));
    CHECK (view.visible().second - view.visible().first < 0.2);
    opened.follow();
    const auto apart = [&] (const char* a, const char* b)
    { return opened.handle (a).position().getDistanceFrom (opened.handle (b).position()); };
    CHECK (apart ("start", "fadeIn") > 2.0f * HandleField::catchDistance);
    CHECK (apart ("start", "preDelayHandle") > 2.0f * HandleField::catchDistance);
    keep (snapshot (*opened.editor, 1.0f), "waveform-onset");
    view.keyPressed (juce::KeyPress ('o', juce::ModifierKeys(), 'o'));
    CHECK (view.visible() == std::pair (0.0, 0.0));

    // The bar: its right end is dragged to the middle.
    auto& bar = find<ZoomBar> (*opened.editor, "zoomBar");
    const auto right = static_cast<float> (bar.getWidth()) - 5.0f, middle = static_cast<float> (bar.getHeight()) / 2.0f;
    Mouse (bar).drag ({ right, middle }, { right / 2.0f, middle });
    CHECK (view.visible().first == Approx (0.0).margin (0.01));
    CHECK (view.visible().second == Approx (1.0).margin (0.06));
    press (bar, juce::KeyPress (juce::KeyPress::rightKey));
    CHECK (view.visible().first > 0.05);
    press (bar, juce::KeyPress (juce::KeyPress::deleteKey));
    CHECK (view.visible() == std::pair (0.0, 0.0));
}

TEST_CASE ("Snap holds trims to zero crossings and the pre-delay to notes", "[editor]")
{
    const Juce juce;
    const Opened opened;
    find<juce::Button> (*opened.editor, "snap").triggerClick();
    find<juce::Button> (*opened.editor, "snap").setToggleState (true, juce::sendNotificationSync);
    find<juce::Button> (*opened.editor, "snap").onClick();
    opened.dragBy ("start", 83.0f);
    const auto frame = static_cast<size_t> (std::llround (opened.edits().start * 48000.0));
    REQUIRE (frame > 0);
    const auto& path = opened.kernel.channels[0];
    CHECK ((path[frame] >= 0.0f) != (path[frame - 1] >= 0.0f));

    opened.processor->parameters.setTempo (120.0);
    opened.dragBy ("preDelayHandle", 0.13f * opened.scale());
    CHECK (opened.processor->parameters.preDelay.get() == Approx (125.0f).margin (0.01f)); // a sixteenth
}

TEST_CASE ("Every handle of the waveform moves by keys, and says so", "[editor]")
{
    const Juce juce;
    const Opened opened;
    const auto key = [] (int code, int modifiers = 0)
    { return juce::KeyPress (code, juce::ModifierKeys (modifiers), 0); };

    for (const char* const id : { "start", "end", "fadeIn", "fadeOut", "preDelayHandle" })
    {
        CAPTURE (id);
        auto& handle = opened.handle (id);
        CHECK (handle.getWantsKeyboardFocus());
        CHECK (handle.getTitle().isNotEmpty());
        const bool inward = juce::String (id) == "end" || juce::String (id) == "fadeOut";
        const auto before = handle.spokenValue();
        press (handle, key (inward ? juce::KeyPress::leftKey : juce::KeyPress::rightKey));
        const auto moved = handle.spokenValue();
        CHECK (moved != before);
        CHECK (moved.contains ("second"));
        press (handle, key (inward ? juce::KeyPress::pageDownKey : juce::KeyPress::pageUpKey));
        CHECK (handle.spokenValue() != moved);
        press (handle, key (juce::KeyPress::deleteKey));
        CHECK (handle.spokenValue() == before);
    }

    // A fine step is a tenth.
    auto& fade = opened.handle ("fadeIn");
    press (fade, key (juce::KeyPress::rightKey));
    const double step = opened.edits().fadeIn;
    press (fade, key (juce::KeyPress::rightKey, juce::ModifierKeys::shiftModifier));
    CHECK (opened.edits().fadeIn - step == Approx (step / 10.0).epsilon (0.01));
}

TEST_CASE ("The start stays under the pointer while it is dragged", "[editor]")
{
    const Juce juce;
    const Opened opened;
    const auto from = opened.handle ("start").position();
    const auto to = from.translated (120.0f, 0.0f);
    opened.mouse().dragWhile (from, to,
                              [&]
                              {
                                  CHECK (opened.handle ("start").position().x == Approx (to.x).margin (1.0f));
                                  opened.follow(); // and while the sound follows
                                  CHECK (opened.handle ("start").position().x == Approx (to.x).margin (1.0f));
                                  keep (snapshot (*opened.editor, 1.0f), "waveform-dragging");
                              });
    opened.follow();
    CHECK (opened.processor->document.undoName() == "Start");
    CHECK (opened.handle ("start").isVisible());
}
