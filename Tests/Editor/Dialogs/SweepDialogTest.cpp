// The dialog that plays and records a sweep, in simulated rooms, without any display.

#include "Editor/Dialogs/Measuring/SweepDialog.h"
#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Look/LookAndFeel.h"
#include "Editor/Window/PluginEditor.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/MeasuredRoom.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <atomic>
#include <cmath>
#include <tuple>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using Taps = MeasuredRoom::Taps;
using Paths = MeasuredRoom::Paths;

namespace
{

constexpr size_t device = 4800; // frames of latency
const juce::KeyPress escape (juce::KeyPress::escapeKey);

/** An editor with the dialog open, and a room around its processor in which audio runs. */
class Measuring
{
public:
    explicit Measuring (Paths taps, int numInputs = 2, int numOutputs = 2)
        : processor (makeProcessor (48000.0, numInputs, numOutputs))
        , editor (*processor)
        , room (std::move (taps))
    {
        editor.setInputOpener ([this] (bool isOpen) { room.isOpen = isOpen; });
        room.isOpen = false; // as in the app
        open();
    }

    void open()
    {
        find<Header> (editor, "header").onMeasure();
        set ("seconds", 1.0);
        set ("tail", 0.5);
    }

    SweepDialog& dialog() { return find<SweepDialog> (editor, "dialogs/dialog"); }
    void set (const char* row, double value) { find<NumberRow> (dialog(), row).setValue (value); }
    void click (const char* id) { find<juce::Button> (dialog(), id).onClick(); }

    /** Audio and the editor's tick go on until something holds; what is said meanwhile is collected. */
    template <typename Holds>
    bool waitUntil (Holds&& holds)
    {
        for (int n = 0; n < 2000; ++n)
        {
            for (int block = 0; block < 3; ++block)
                room.run (*processor, 512 + static_cast<size_t> (n % 7));

            editor.update();
            said.addIfNotAlreadyThere (dialog().words());

            if (holds())
                return true;

            juce::Thread::sleep (1);
        }

        return false;
    }

    bool waitForWords (const juce::String& words)
    {
        return waitUntil ([&] { return dialog().words().startsWith (words) || dialog().warning().startsWith (words); });
    }

    /** Measures, and waits for the kernel. */
    const Deconvolved& measure()
    {
        const auto* const before = dialog().result();
        click ("measure");
        REQUIRE (waitUntil ([&] { return dialog().result() != nullptr && dialog().result() != before && isDone(); }));
        CAPTURE (dialog().result()->error());
        REQUIRE (*dialog().result());
        REQUIRE (waitUntil ([&] { return ! processor->isLoading(); }));
        return **dialog().result();
    }

    bool isDone() { return find<juce::Button> (dialog(), "measure").getButtonText() == "Measure"; }

    std::shared_ptr<const Kernel> kernel() const { return processor->kernelStatus().source->kernel; }

    std::unique_ptr<PluginProcessor> processor;
    PluginEditor editor;
    MeasuredRoom room;
    juce::StringArray said;
};

Paths mono (const Taps& taps) { return MeasuredRoom::straight (taps); }

} // namespace

TEST_CASE ("A room is measured in one go with the input open only meanwhile, and its kernel is kept", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    Measuring measuring (mono ({ { device, 0.5f }, { device + 480, 0.25f } }));
    auto& processor = *measuring.processor;
    const auto before = processor.document.current().source->name;
    measuring.measure();
    const auto* const result = measuring.dialog().result();
    const auto& found = **result;
    CHECK (std::lround (found.latency * 48000.0) == static_cast<long> (device));
    CHECK (found.snrInDb > 60.0);
    CHECK_FALSE (found.wasFound);
    CHECK (found.kernel.routing == Routing::stereo);
    CHECK_FALSE (measuring.room.isOpen);
    CHECK (measuring.dialog().warning() == "");

    const auto& path = measuring.kernel()->paths[0];
    const size_t peak = peakFrameOf (path);
    CHECK (path[peak + 480] / path[peak] == Approx (0.5).margin (0.01));

    const auto all = measuring.said.joinIntoString ("; ").toStdString();
    CHECK_THAT (all, Contains ("Sweep 0.") && Contains (juce::String::fromUTF8 ("of 1.0\xc2\xa0s").toStdString())
                         && Contains ("Listening to the tail"));

    // The recording is a file as others are, which holds the sweep's figures.
    measuring.dialog().saveRecordingTo (folder / "recording.wav");
    REQUIRE (measuring.waitForWords ("Saved as 'recording.wav'"));
    const auto saved = readSound (folder.path ("recording.wav"));
    REQUIRE (saved);
    CHECK (saved->channels.size() == 2);
    CHECK (saved->lengthInFrames() == 96000); // half a second before and behind
    measuring.dialog().use ({ folder.path ("recording.wav") });
    REQUIRE (measuring.waitUntil (
        [&] { return measuring.dialog().result() != nullptr && measuring.dialog().result() != result; }));
    CAPTURE (measuring.dialog().result()->error());
    REQUIRE (*measuring.dialog().result());
    CHECK ((*measuring.dialog().result())->sweep->seconds == 1.0);
    REQUIRE (measuring.waitUntil ([&] { return measuring.processor->kernelStatus().source->name == "recording"; }));

    // Measured again, and kept.
    measuring.measure();
    CHECK (processor.kernelStatus().source->name == "Measurement");
    measuring.click ("keep");
    CHECK (processor.document.undoName() == "Load 'Measurement'");
    processor.document.undo();
    settle (processor);
    CHECK (processor.document.current().source->name == before);
}

TEST_CASE ("The loop's latency is measured once and taken off what is measured after it", "[editor]")
{
    const Juce juce;
    auto measuring = std::make_unique<Measuring> (mono ({ { device, 0.9f } }));
    CHECK_FALSE (find<juce::Button> (measuring->dialog(), "loopOff").isVisible());
    measuring->click ("loopback");
    REQUIRE (measuring->waitForWords ("Latency of the loop: 4800 frames (100.0"));
    const auto loop = measuring->processor->sweep.loop;
    REQUIRE (loop);
    CHECK (find<juce::Button> (measuring->dialog(), "loopOff").isVisible());
    measuring->measure();
    const size_t atOnce = peakFrameOf (measuring->kernel()->paths[0]);
    CHECK (atOnce < 10);

    measuring = std::make_unique<Measuring> (mono ({ { device + 777, 0.5f } }));
    measuring->processor->sweep.loop = loop;
    const auto& found = measuring->measure();
    CHECK (found.loopLatency);
    CHECK (peakFrameOf (measuring->kernel()->paths[0]) == atOnce + 777);

    // Or not taken off: the kernel begins half a millisecond before its first sound.
    find<juce::Button> (measuring->dialog(), "loopOff").setToggleState (false, juce::dontSendNotification);
    REQUIRE (measuring->waitUntil ([&] { return ! (*measuring->dialog().result())->loopLatency; }));
    REQUIRE (measuring->waitUntil ([&] { return ! measuring->processor->isLoading(); }));
    CHECK (peakFrameOf (measuring->kernel()->paths[0]) == atOnce + 24);

    // Of another block size it says nothing.
    measuring->processor->setRateAndBufferSizeDetails (48000.0, 256);
    REQUIRE (measuring->waitUntil ([&] { return ! find<juce::Button> (measuring->dialog(), "loopOff").isVisible(); }));

    // Without a cable, nothing is believed.
    measuring = std::make_unique<Measuring> (mono ({}));
    measuring->click ("loopback");
    REQUIRE (measuring->waitForWords ("No sweep came back through the loop"));
    CHECK_FALSE (measuring->processor->sweep.loop);
}

TEST_CASE ("A level check says in words what to do", "[editor]")
{
    const Juce juce;
    CHECK_THAT (levelInWords (0.0f, false, false).toStdString(),
                StartsWith ("Nothing arrives") && Contains ("route it to this track"));
    CHECK_THAT (levelInWords (0.0f, false, true).toStdString(),
                StartsWith ("Nothing arrives") && Contains ("the input under Audio"));
    CHECK_THAT (levelInWords (0.01f, false, false).toStdString(), StartsWith ("Too quiet: raise the input"));
    CHECK_THAT (levelInWords (0.25f, false, false).toStdString(), StartsWith ("Good"));
    CHECK_THAT (levelInWords (0.25f, false, false).toStdString(), Contains ("peak \xe2\x88\x92"
                                                                            "12.0"));
    CHECK_THAT (levelInWords (0.9f, false, false).toStdString(), StartsWith ("Near clipping"));
    CHECK_THAT (levelInWords (1.0f, false, false).toStdString(), StartsWith ("Clipping: lower the input"));
    CHECK_THAT (levelInWords (0.5f, true, false).toStdString(), StartsWith ("Clipping"));

    // The sweep goes out at -6 dB: half of full scale.
    for (const auto& [gain, words] : { std::pair (0.02f, "Too quiet"), { 0.5f, "Good" }, { 1.6f, "Near clipping" } })
    {
        CAPTURE (gain);
        Measuring measuring (mono ({ { device, gain } }));
        measuring.click ("checkLevel");
        CHECK (measuring.waitForWords (words));
        CHECK (measuring.dialog().result() == nullptr);
        CHECK_FALSE (measuring.room.isOpen);
    }

    // A clip is told while it is recorded, with its time.
    Measuring measuring (mono ({ { device, 0.5f } }));
    measuring.click ("measure");
    REQUIRE (measuring.waitForWords ("Sweep 0.3"));
    measuring.room.background = [] (size_t n) { return n % 100 < 2 ? 1.0f : 0.0f; };
    REQUIRE (measuring.waitForWords ("Clipped at 0."));
    CHECK_THAT (measuring.dialog().words().toStdString(), StartsWith ("Sweep 0."));
    CHECK_THAT (measuring.dialog().warning().toStdString(), Contains ("lower the input"));
    REQUIRE (measuring.waitUntil ([&] { return measuring.dialog().result() != nullptr && measuring.isDone(); }));
    const auto report = find<SweepReport> (measuring.dialog(), "report").text().toStdString();
    CHECK_THAT (report, Contains ("clipped") && Contains ("The left channel clips"));
}

TEST_CASE ("True stereo is measured in one go, left and then right", "[editor]")
{
    const Juce juce;
    Measuring measuring (Paths { { { { device, 0.5f } }, { { device + 300, 0.25f } } },
                                 { { { device + 100, 0.125f } }, { { device, 0.4f } } } });
    auto& output = find<ChoiceMenu> (measuring.dialog(), "output");
    measuring.waitUntil ([] { return true; });
    output.show (3);
    const auto& found = measuring.measure();
    REQUIRE (found.kernel.routing == Routing::trueStereo);
    const auto& paths = found.kernel.paths;
    const size_t first = peakFrameOf (paths[0]);
    const float top = paths[0][first];
    CHECK (paths[1][first + 100] / top == Approx (0.25).margin (0.01)); // LR: to the right input
    CHECK (paths[2][first + 300] / top == Approx (0.5).margin (0.01));  // RL
    CHECK (paths[3][first] / top == Approx (0.8).margin (0.01));
    CHECK_THAT (measuring.said.joinIntoString ("; ").toStdString(),
                Contains ("Left: sweep") && Contains ("Right: sweep"));

    // One side plays alone.
    output.show (2);
    measuring.waitUntil ([&] { return ! measuring.processor->sweep.isIsolated(); });
    const size_t begin = measuring.room.output (0).size();
    measuring.measure();
    const auto peakSince = [&] (size_t channel)
    {
        const auto& all = measuring.room.output (channel);
        const auto last = all.begin() + static_cast<long> (begin + 90000);
        REQUIRE (begin + 90000 < all.size());
        return *std::max_element (all.begin() + static_cast<long> (begin), last);
    };
    CHECK (peakSince (0) == 0.0f);
    CHECK (peakSince (1) > 0.4f);

    // One input has no two paths for each output, and one output has no sides.
    Measuring narrow (MeasuredRoom::straight ({ { device, 0.5f } }, 1), 1, 2);
    narrow.waitUntil ([] { return true; });
    CHECK (find<ChoiceMenu> (narrow.dialog(), "output").menu().getNumItems() == 3);
    Measuring single (MeasuredRoom::straight ({ { device, 0.5f } }, 1), 1, 1);
    single.waitUntil ([] { return true; });
    CHECK_FALSE (find<ChoiceMenu> (single.dialog(), "output").isEnabled());
}

TEST_CASE ("Stop and Escape end what is measured, then the dialog, and nothing has changed", "[editor]")
{
    const Juce juce;
    Measuring measuring (mono ({ { device, 0.5f } }));
    auto& processor = *measuring.processor;
    const auto before = processor.document.current();

    for (const bool byKey : { true, false })
    {
        measuring.click ("measure");
        REQUIRE (measuring.waitForWords ("Sweep 0.2"));
        CHECK (measuring.room.isOpen);
        CHECK (find<juce::Button> (measuring.dialog(), "measure").getButtonText() == "Stop");
        CHECK_FALSE (find<juce::Button> (measuring.dialog(), "checkLevel").isEnabled());

        if (byKey)
            press (find (measuring.dialog(), "measure"), escape);
        else
            measuring.click ("measure");

        CHECK_FALSE (measuring.room.isOpen);
        CHECK_THAT (measuring.dialog().words().toStdString(), StartsWith ("Stopped"));
        REQUIRE (measuring.waitUntil ([&] { return ! processor.sweep.isIsolated() && measuring.isDone(); }));
        CHECK (measuring.dialog().result() == nullptr);
        CHECK (processor.document.isTrying()); // the dialog is open
    }

    // While its kernel is looked for: then the recording is still there.
    measuring.set ("seconds", 30.0);
    measuring.click ("measure");
    juce::SharedResourcePointer<MeasuringThread> thread;
    REQUIRE (measuring.waitForWords ("Finding the kernel"));
    CHECK (thread->jobs.numJobs() == 1);
    measuring.click ("measure");
    CHECK_THAT (measuring.dialog().words().toStdString(), Contains ("the recording is still there"));
    const auto begin = juce::Time::getMillisecondCounterHiRes();

    while (thread->jobs.numJobs() > 0)
        juce::Thread::sleep (1);

    WARN ("the search ended after " << juce::Time::getMillisecondCounterHiRes() - begin << " ms");
    CHECK (measuring.waitUntil ([&] { return measuring.isDone(); }));
    CHECK (measuring.dialog().result() == nullptr);
    CHECK (find<juce::Button> (measuring.dialog(), "savetherecording").isVisible());

    // Closed, and the window closed, in the middle of it.
    measuring.set ("seconds", 1.0);
    measuring.click ("measure");
    REQUIRE (measuring.waitForWords ("Sweep 0.2"));
    find<DialogHost> (measuring.editor, "dialogs").shut();
    CHECK_FALSE (measuring.room.isOpen);
    measuring.room.run (processor, 1000);
    measuring.room.run (processor, 1000);
    CHECK_FALSE (processor.sweep.isIsolated());
    CHECK (processor.document.current() == before);

    auto editor = std::make_unique<PluginEditor> (processor);
    find<Header> (*editor, "header").onMeasure();
    find<juce::Button> (*editor, "dialogs/dialog/measure").onClick();

    for (int n = 0; n < 1000 && ! processor.sweep.isIsolated(); ++n)
    {
        editor->update();
        measuring.room.run (processor, 512);
        juce::Thread::sleep (1);
    }

    CHECK (processor.sweep.isIsolated());
    editor = nullptr;
    measuring.room.run (processor, 1000);
    measuring.room.run (processor, 1000);
    CHECK_FALSE (processor.sweep.isIsolated());
}

TEST_CASE ("Without audio and in a bounce the dialog says so", "[editor]")
{
    const Juce juce;
    Measuring measuring (mono ({ { device, 0.5f } }));
    measuring.processor->setNonRealtime (true);
    measuring.click ("measure");
    REQUIRE (measuring.waitForWords ("The host renders offline"));
    measuring.processor->setNonRealtime (false);
    measuring.click ("measure");

    for (int n = 0; n < 300 && measuring.dialog().warning().isEmpty(); ++n)
    {
        measuring.editor.update(); // and no audio
        juce::Thread::sleep (10);
    }

    CHECK_THAT (measuring.dialog().warning().toStdString(), StartsWith ("No audio is running"));
}

TEST_CASE ("The sweep's dialog holds all it says at any size", "[editor]")
{
    const Juce juce;

    for (const auto& [width, height] : { std::pair (1100, 700), { 900, 600 }, { 720, 460 } })
    {
        CAPTURE (width, height);
        Measuring measuring (mono ({ { device, 0.5f }, { device + 4000, 0.2f } }));
        measuring.editor.setSize (width, height);
        const auto name = "sweep-" + juce::String (width) + "x" + juce::String (height);
        const auto picture = [&] (const char* state)
        {
            keep (snapshot (measuring.editor, 1.0f), name + "-" + state);
            keep (snapshot (measuring.editor, 2.0f), name + "-" + state + "-2x");
        };
        measuring.waitUntil ([] { return true; });
        picture ("fresh");
        measuring.click ("measure");
        REQUIRE (measuring.waitForWords ("Sweep 0.4"));
        measuring.room.background = [] (size_t n) { return n % 100 < 2 ? 1.0f : 0.0f; };
        REQUIRE (measuring.waitForWords ("Clipped at"));
        picture ("recording");
        REQUIRE (measuring.waitUntil ([&] { return measuring.dialog().result() != nullptr && measuring.isDone(); }));
        picture ("clipped");
        measuring.room.background = [] (size_t) { return 0.0f; };
        measuring.measure();
        picture ("measured");

        // Every control lies inside the dialog and beside the others.
        auto& dialog = measuring.dialog();

        for (const char* const id :
             { "from", "to", "seconds", "level", "way", "tail", "output", "checkLevel", "loopback", "measure", "keep",
               "cancel", "savetherecording", "preview", "inputMeter", "report" })
        {
            CAPTURE (id);
            auto& part = find (dialog, id);
            const auto place = dialog.getLocalArea (&part, part.getLocalBounds());
            CHECK (dialog.getLocalBounds().contains (place));
            CHECK (place.getHeight() >= 24);
        }

        auto& report = find<SweepReport> (dialog, "report");
        CHECK_THAT (report.text().toStdString(), Contains ("Quality: ") && Contains ("Latency: "));
        CHECK (report.getTooltip() == report.text());
        measuring.dialog().use ({ "/nowhere/left.wav", "/nowhere/right.wav" });
        REQUIRE (measuring.waitUntil ([&] { return report.text().contains ("left.wav"); }));
        picture ("files");
    }
}

TEST_CASE ("What is being saved is written even if the dialog and the window go meanwhile", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;

    // Several at once, and nobody waits but the last that goes.
    {
        FileSaving saving;

        for (const char* const name : { "1", "2", "3" })
            saving.save (folder / name,
                         [file = folder / name]
                         {
                             juce::Thread::sleep (20);
                             return file.replaceWithText ("sound") ? std::string() : std::string ("it failed");
                         });
    }

    for (const char* const name : { "1", "2", "3" })
        CHECK ((folder / name).loadFileAsString() == "sound");

    Measuring measuring (mono ({ { device, 0.5f } }));
    measuring.measure();
    const juce::SharedResourcePointer<SavingThread> thread;
    std::atomic<bool> goesOn { false };
    thread->jobs.add (
        [&goesOn]
        {
            while (! goesOn)
                juce::Thread::sleep (1);
        });
    measuring.dialog().saveRecordingTo (folder / "recording.wav");
    measuring.dialog().saveTo (folder / "missing/sweep.wav");
    find<DialogHost> (measuring.editor, "dialogs").shut();
    auto other = std::make_unique<PluginEditor> (*measuring.processor);
    find<Header> (*other, "header").onMeasure();
    find<SweepDialog> (*other, "dialogs/dialog").saveTo (folder / "sweep.wav");
    other = nullptr;
    CHECK_FALSE ((folder / "recording.wav").existsAsFile());
    goesOn = true;

    // The status line of the dialog's window tells of each.
    juce::StringArray told;

    for (int n = 0; n < 1000 && (told.size() < 2 || thread->jobs.numJobs() > 0); ++n)
    {
        measuring.editor.update();
        const auto message = find<StatusLine> (measuring.editor, "status").shownMessage();

        if (message.contains ("recording.wav") || message.contains ("missing"))
            told.addIfNotAlreadyThere (message);

        juce::Thread::sleep (1);
    }

    CHECK (told.joinIntoString ("; ").contains ("missing"));
    CHECK (readSound (folder.path ("recording.wav")));
    CHECK (readSound (folder.path ("sweep.wav")));
}

TEST_CASE ("A take that was ended gives its memory back once audio has seen it", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    MeasuredRoom room (mono ({}));
    auto& recorder = processor->sweep;

    for (const bool byEditor : { true, false })
    {
        CAPTURE (byEditor);
        PluginEditor editor (*processor);
        const std::vector<std::vector<float>> signal { std::vector<float> (48000) };
        const auto take = std::make_shared<SweepTake> (signal, 2, 48000.0);
        recorder.isolate (true);
        recorder.start (take);

        for (int n = 0; n < 10; ++n)
            room.run (*processor, 512);

        CHECK (take->numDone() > 0);
        recorder.cancel();
        recorder.isolate (false);
        room.run (*processor, 512);
        byEditor ? editor.update() : recorder.listen (true);
        CHECK (take.use_count() == 1);
        recorder.listen (false);
    }
}

TEST_CASE ("A problem of the last measurement is not shown under the next one", "[editor]")
{
    const Juce juce;
    Measuring measuring (mono ({}));
    auto& report = find<SweepReport> (measuring.dialog(), "report");
    measuring.click ("measure");
    REQUIRE (measuring.waitUntil ([&] { return measuring.dialog().result() != nullptr && measuring.isDone(); }));
    REQUIRE_FALSE (*measuring.dialog().result());
    CHECK (report.text().isNotEmpty());
    measuring.room.background = [] (size_t n) { return 0.25f * std::sin (0.1f * static_cast<float> (n)); };
    measuring.click ("checkLevel");
    REQUIRE (measuring.waitForWords ("Good"));
    CHECK (report.text() == "");
    measuring.room.background = [] (size_t) { return 0.0f; };

    // It comes back for the same files, chosen again.
    measuring.dialog().use ({ "/nowhere/left.wav" });
    REQUIRE (measuring.waitUntil ([&] { return report.text().contains ("left.wav"); }));
    measuring.click ("checkLevel");
    measuring.waitUntil ([] { return true; });
    CHECK (report.text() == "");
    REQUIRE (measuring.waitForWords ("Nothing arrives"));
    measuring.dialog().use ({ "/nowhere/left.wav" });
    CHECK (measuring.waitUntil ([&] { return report.text().contains ("left.wav"); }));
}

TEST_CASE ("While something is measured the button that stops it stays", "[editor]")
{
    const Juce juce;
    Measuring measuring (mono ({ { device, 0.5f } }));
    auto& way = find<Segments> (measuring.dialog(), "way");
    const juce::KeyPress right (juce::KeyPress::rightKey);
    measuring.click ("measure");
    REQUIRE (measuring.waitForWords ("Sweep 0.2"));
    CHECK_FALSE (way.isEnabled());
    CHECK_FALSE (measuring.dialog().takesFiles());
    way.keyPressed (right);
    CHECK (find (measuring.dialog(), "here").isVisible());
    measuring.click ("measure");
    REQUIRE (measuring.waitUntil ([&] { return measuring.isDone(); }));
    CHECK (way.isEnabled());
    CHECK (measuring.dialog().takesFiles());
    way.keyPressed (right);
    CHECK (find (measuring.dialog(), "files").isVisible());
}

TEST_CASE ("A choice of outputs that there are no longer falls back to both", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    LiveMeasuring live (*processor, {});
    MeasuringPanel panel (live);
    using Outputs = LiveMeasuring::Outputs;

    for (const auto& [chosen, numInputs, numOutputs, expected] :
         { std::tuple { Outputs::leftThenRight, 1, 1, Outputs::both },
           { Outputs::leftThenRight, 1, 2, Outputs::both },
           { Outputs::right, 1, 1, Outputs::both },
           { Outputs::right, 1, 2, Outputs::right } })
    {
        panel.update (false, 2, 2);
        find<ChoiceMenu> (panel, "output").show (static_cast<int> (chosen));
        CHECK (panel.outputs() == chosen);
        panel.update (false, numInputs, numOutputs);
        CAPTURE (numInputs, numOutputs);
        CHECK (panel.outputs() == expected);
    }
}

TEST_CASE ("One output alone plays whatever outputs were chosen before", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor (48000.0, 1, 1);
    MeasuredRoom room (MeasuredRoom::straight ({ { device, 0.5f } }, 1));
    Sweep sweep;
    sweep.sampleRate = 48000.0;
    sweep.seconds = 1.0;
    sweep.tail = 0.5;

    for (const auto outputs : { LiveMeasuring::Outputs::leftThenRight, LiveMeasuring::Outputs::right })
    {
        LiveMeasuring live (*processor, {});
        live.begin (LiveMeasuring::Kind::measure, sweep, outputs);
        bool isDone = false;

        for (int n = 0; n < 4000 && ! isDone; ++n)
        {
            isDone = live.update (0.01 * n);
            room.run (*processor, 512);

            if (n < 100)
                juce::Thread::sleep (1);
        }

        REQUIRE (isDone);
        const auto& channels = live.measured()->recording.channels;
        REQUIRE (channels.size() == 1);
        CHECK (channels[0].size() == makeSweep (sweep).size());
        CHECK (*std::max_element (channels[0].begin(), channels[0].end()) == Approx (0.25f).margin (0.01f));
    }
}
