// The editor: views, handles, the browser, the window.

#include "Editor/Browser/EntryList.h"
#include "Editor/Views/HandleField.h"
#include "Editor/Window/Display.h"
#include "Editor/Window/PluginEditor.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Support/Files/Files.h"
#include "Support/Memory.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"
#include "Support/Window/WindowDriver.h"
#include "Times/Rows.h"

#include <algorithm>
#include <chrono>

using namespace faltwerk;
using namespace faltwerk::test;
using faltwerk::times::median;
using faltwerk::times::milliseconds;
using faltwerk::times::row;

namespace
{

/** Forgets what is kept of what stands still. */
void repaintAll (juce::Component& component)
{
    component.repaint();

    for (auto* const child : component.getChildren())
        repaintAll (*child);
}

void follow (PluginProcessor& processor, PluginEditor& editor)
{
    settle (processor);

    for (int n = 0; n < 60; ++n)
    {
        editor.update();
        juce::Thread::sleep (10);
    }
}

/** A kernel of ten seconds, stereo. */
void loadLong (PluginProcessor& processor, const TemporaryFolder& folder)
{
    const Sound kernel { { decayingNoise (480000, 5), decayingNoise (480000, 6) }, 48000 };
    REQUIRE (writeSound (folder.path ("long.wav"), kernel, SampleFormat::float32) == "");
    load (processor, folder / "long.wav");
}

} // namespace

TEST_CASE ("Times of opening a window beside many presets", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    PluginProcessor none (folder / "none"), many (folder / "many");
    const auto state = many.session.presetState();

    for (int n = 0; n < 500; ++n)
        REQUIRE (many.presets.save ("Preset " + juce::String (n), state, {}) == "");

    std::vector<double> withNone, withMany;

    for (int n = 0; n < 15; ++n)
    {
        withNone.push_back (milliseconds ([&] { PluginEditor { none }; }));
        withMany.push_back (milliseconds ([&] { PluginEditor { many }; }));
    }

    row ("a window, opened and closed, without presets of the user's", median (withNone), 100.0);
    row ("more with 500 of them", median (withMany) - median (withNone), 2.0);
}

TEST_CASE ("Times of repainting views", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    loadLong (*processor, folder);
    processor->document.edit ("Nodes",
                              [] (DocumentEdits& edits) {
                                  edits.nodes = { { 0.5, -2.0 }, { 2.0, -6.0 }, { 5.0, -9.0 } };
                              });
    PluginEditor editor (*processor);
    auto& display = find<Display> (editor, "display");
    const char* const names[] = { "waveform", "spectrum", "spectrogram", "decay", "slide" };

    for (int view = 0; view < 5; ++view)
    {
        display.showView (view);

        for (const float scale : { 1.0f, 2.0f })
        {
            follow (*processor, editor);
            juce::Image image (juce::Image::RGB, juce::roundToInt (1100.0f * scale), juce::roundToInt (464.0f * scale),
                               true, juce::SoftwareImageType());
            const auto paint = [&]
            {
                juce::Graphics g (image);
                g.addTransform (juce::AffineTransform::scale (scale));
                display.paintEntireComponent (g, false);
            };
            paint();
            follow (*processor, editor); // what is worked out for this scale
            std::vector<double> whole, again;

            for (int n = 0; n < 15; ++n)
            {
                repaintAll (display);
                whole.push_back (milliseconds (paint));
                again.push_back (milliseconds (paint));
            }

            const auto name = std::string (names[view]) + (scale == 1.0f ? " at 1x" : " at 2x");
            row (name + ", whole", median (whole), scale == 1.0f ? 8.0 : 20.0);
            row (name + ", where nothing stood still", median (again), scale == 1.0f ? 8.0 : 20.0);
        }
    }
}

TEST_CASE ("Memory of the editor over its plugin", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    const Sound kernel { { decayingNoise (7 * 48000, 5), decayingNoise (7 * 48000, 6) }, 48000 };
    REQUIRE (writeSound (folder.path ("long.wav"), kernel, SampleFormat::float32) == "");
    load (*processor, folder / "long.wav");
    settle (*processor);
    const double before = residentMemory();
    PluginEditor editor (*processor);

    for (int view = 0; view < 5; ++view)
    {
        const auto key = static_cast<juce::juce_wchar> ('1' + view);
        press (editor, juce::KeyPress (static_cast<int> (key), juce::ModifierKeys(), key));
        follow (*processor, editor);
        juce::Image image (juce::Image::RGB, 2200, 1400, true, juce::SoftwareImageType());
        juce::Graphics g (image);
        g.addTransform (juce::AffineTransform::scale (2.0f));
        editor.paintEntireComponent (g, false);
    }

    row ("the editor's memory at 7 s stereo, all views shown at 2x", (residentMemory() - before) / 1e6, 150.0, "MB");
}

TEST_CASE ("Times of dragging a handle", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    loadLong (*processor, folder);
    processor->document.edit ("Nodes", [] (DocumentEdits& edits) { edits.nodes = { { 2.0, -6.0 } }; });
    PluginEditor editor (*processor);
    follow (*processor, editor);
    auto& field = find<HandleField> (editor, "waveformView/field");
    const auto from = find<Handle> (field, "node1").position();
    juce::Image image (juce::Image::RGB, 1100, 700, true, juce::SoftwareImageType());
    std::vector<double> times;

    Mouse (field).dragWhile (from, from.translated (0.0f, 20.0f),
                             [&]
                             {
                                 for (int n = 0; n < 20; ++n)
                                 {
                                     const auto to = from.translated (0.0f, 20.0f + static_cast<float> (n));
                                     times.push_back (milliseconds (
                                         [&]
                                         {
                                             Mouse (field).moveWhileDragging (from, to);
                                             juce::Graphics g (image);
                                             editor.paintEntireComponent (g, false);
                                         }));
                                 }
                             });
    row ("a node of a 10 s stereo kernel, moved and painted with the window", median (times), 16.7);

    settle (*processor);
    const auto begin = std::chrono::steady_clock::now();
    const auto before = processor->document.loader().numBuilds();
    processor->document.edit ("Node", [] (DocumentEdits& edits) { edits.nodes[0].gainDb = -12.0; });

    while (processor->document.loader().numBuilds() == before
           && std::chrono::steady_clock::now() - begin < std::chrono::seconds (60))
        juce::Thread::sleep (1);

    const double built = std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now() - begin).count();
    row ("its new kernel is with the engine", built, 80.0); // and 20 ms of crossfade
}

TEST_CASE ("Times of opening the editor", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    loadLong (*processor, folder);
    juce::Image image (juce::Image::RGB, 1100, 700, true, juce::SoftwareImageType());
    std::vector<double> times;

    for (int n = 0; n < 7; ++n)
    {
        times.push_back (milliseconds (
            [&]
            {
                PluginEditor editor (*processor);
                juce::Graphics g (image);
                editor.paintEntireComponent (g, false);
            }));
    }

    row ("the editor, opened and painted for the first time", times.front(), 200.0);
    row ("the editor, opened and painted again", median (times), 200.0);
}

TEST_CASE ("Times of browsing 5000 kernels", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    REQUIRE ((folder / "kernels").createDirectory().wasOk());
    REQUIRE (writeSound (folder.path ("one.wav"), { { decayingNoise (2000, 1) }, 48000.0 }, SampleFormat::int24) == "");
    juce::MemoryBlock bytes;
    REQUIRE ((folder / "one.wav").loadFileAsData (bytes));

    for (int n = 0; n < 5000; ++n)
        REQUIRE ((folder / ("kernels/Take " + juce::String (n) + ".wav"))
                     .replaceWithData (bytes.getData(), bytes.getSize()));

    const auto processor = std::make_unique<PluginProcessor> (folder / "user");
    processor->prepareToPlay (48000.0, 512);
    settle (*processor);
    PluginEditor editor (*processor);
    auto& entries = find<EntryList> (editor, "browser/entries");
    const int inBank = static_cast<int> (factoryKernels().size());

    auto values = processor->settings->get();
    values.kernelFolders.add (folder.path ("kernels"));
    processor->settings->set (values);
    double worstUpdate = 0.0;
    const auto waitFor = [&] (int rows)
    {
        for (int n = 0; n < 5000 && entries.getNumRows() < rows; ++n)
        {
            worstUpdate = std::max (worstUpdate, milliseconds ([&] { editor.update(); }));
            juce::Thread::sleep (2);
        }
    };
    const double first = milliseconds (
        [&]
        {
            press (editor, juce::KeyPress ('b', juce::ModifierKeys(), 'b'));
            waitFor (inBank + 1);
        });
    waitFor (inBank + 5000);
    REQUIRE (entries.getNumRows() == inBank + 5000);

    for (int n = 0; n < 500; ++n) // while the files are looked into
    {
        worstUpdate = std::max (worstUpdate, milliseconds ([&] { editor.update(); }));
        juce::Thread::sleep (2);
    }

    auto& browser = find (editor, "browser");
    row ("the browser on 5000 files: first rows", first, 300.0);
    row ("the browser on 5000 files: the longest update", worstUpdate, 16.0);

    for (const float scale : { 1.0f, 2.0f })
    {
        juce::Image image (juce::Image::RGB, juce::roundToInt (424.0f * scale), juce::roundToInt (464.0f * scale), true,
                           juce::SoftwareImageType());
        std::vector<double> frames;

        for (int n = 0; n < 60; ++n)
            frames.push_back (milliseconds (
                [&]
                {
                    entries.getViewport()->setViewPosition (0, 1000 + n * 37);
                    juce::Graphics g (image);
                    g.addTransform (juce::AffineTransform::scale (scale));
                    browser.paintEntireComponent (g, false);
                }));

        row (std::string ("the browser on 5000 files: a frame of scrolling at ") + (scale == 1.0f ? "1x" : "2x"),
             median (frames), 1000.0 / 60.0);
    }

    // Search as you type.
    auto& search = find<juce::TextEditor> (editor, "browser/search");
    const double typed = milliseconds (
        [&]
        {
            search.setText ("take 49", false);
            search.onTextChange();
        });
    CHECK (entries.getNumRows() > 100);
    row ("the browser on 5000 files: a search as it is typed", typed, 16.0);
}

TEST_CASE ("Times of the window, still and while all moves", "[editor]")
{
#if JUCE_LINUX || JUCE_BSD
    if (juce::SystemStats::getEnvironmentVariable ("DISPLAY", {}).isEmpty())
    {
        std::printf ("There is no display: the share of a core that the window takes is not measured.\n");
        return;
    }
#endif

    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const auto share = [&]
            {
                const double before = driver.messageThreadTime();
                const auto begin = std::chrono::steady_clock::now();
                driver.pause (4000);
                const double spent = driver.messageThreadTime() - before;
                return 100.0 * spent / std::chrono::duration<double> (std::chrono::steady_clock::now() - begin).count();
            };

            const std::string names[] = { "waveform", "spectrum", "spectrogram", "decay", "slide" };

            for (int view = 0; view < 5; ++view)
            {
                const auto& name = names[view];
                driver.key (juce::String (view + 1));
                driver.pause (1500); // until it has been analysed
                row ("the window, " + name + ", while all moves: of a core", share(), 5.0, "%");
                driver.inputLevel = 0.0f;
                driver.pause (3000);                             // until the sound has ended and the meters have fallen
                const double goal = name == "slide" ? 5.0 : 2.0; // which slides on, over a test signal
                row ("the window, " + name + ", in silence: of a core", share(), goal, "%");
                driver.inputLevel = 0.1f;
            }
        });
}
