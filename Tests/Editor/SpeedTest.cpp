// What the editor takes: faltwerk_editor_tests "[speed]" prints the figures.

#include "Editor/Browser/EntryList.h"
#include "Editor/Display.h"
#include "Editor/PluginEditor.h"
#include "Editor/Views/HandleField.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Support/Files.h"
#include "Support/Hand.h"
#include "Support/Oracle.h"
#include "Support/Pictures.h"
#include "Support/Plugin.h"
#include "Support/Slowness.h"

#include <algorithm>
#include <chrono>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

template <typename Act>
double milliseconds (Act&& act)
{
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now() - begin).count();
}

double median (std::vector<double> values)
{
    std::sort (values.begin(), values.end());
    return values[values.size() / 2];
}

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

TEST_CASE ("Each view is repainted whole in less than a frame", "[editor][speed]")
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
    const double slow = slowness();

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

            WARN (names[view] << " at " << scale << "x: " << median (whole) << " ms whole, " << median (again)
                              << " ms where nothing stood still (this machine: " << slow << " times slower)");
            CHECK (median (whole) < (scale == 1.0f ? 8.0 : 20.0) * slow);
        }
    }
}

TEST_CASE ("A handle of a long kernel follows within a frame, and is heard soon", "[editor][speed]")
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
    const double slow = slowness();
    std::vector<double> times;

    Hand (field).dragWhile (from, from.translated (0.0f, 20.0f),
                            [&]
                            {
                                for (int n = 0; n < 20; ++n)
                                {
                                    const auto to = from.translated (0.0f, 20.0f + static_cast<float> (n));
                                    times.push_back (milliseconds (
                                        [&]
                                        {
                                            Hand (field).moveWhileDragging (from, to);
                                            juce::Graphics g (image);
                                            editor.paintEntireComponent (g, false);
                                        }));
                                }
                            });
    WARN ("a node of a 10 s stereo kernel, moved and painted with the whole window: "
          << median (times) << " ms (this machine: " << slow << " times slower)");
    CHECK (median (times) < 16.7 * slow);

    settle (*processor);
    const auto begin = std::chrono::steady_clock::now();
    const auto before = processor->document.loader().numBuilds();
    processor->document.edit ("Node", [] (DocumentEdits& edits) { edits.nodes[0].gainDb = -12.0; });

    while (processor->document.loader().numBuilds() == before
           && std::chrono::steady_clock::now() - begin < std::chrono::seconds (2))
        juce::Thread::sleep (1);

    const double built = std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now() - begin).count();
    WARN ("its new kernel is with the engine after " << built << " ms");
    CHECK (built < 80.0 * slow); // and 20 ms of crossfade
}

TEST_CASE ("The editor opens at once", "[editor][speed]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    loadLong (*processor, folder);
    juce::Image image (juce::Image::RGB, 1100, 700, true, juce::SoftwareImageType());
    const double slow = slowness();
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

    WARN ("opened and painted: " << times.front() << " ms the first time, " << median (times)
                                 << " ms later (this machine: " << slow << " times slower)");
    CHECK (times.front() < 200.0 * slow);
}

TEST_CASE ("A folder of 5000 kernels is browsed at once, and scrolls at 60 frames a second", "[editor][speed]")
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
    const double slow = slowness();

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
    WARN ("first rows after " << first << " ms, the longest update meanwhile " << worstUpdate << " ms");
    CHECK (first < 300.0 * slow);
    CHECK (worstUpdate < 16.0 * slow);

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

        WARN ("scrolled by " << median (frames) << " ms a frame at " << scale << "x, at most "
                             << *std::max_element (frames.begin(), frames.end()) << " ms");
        CHECK (median (frames) < 1000.0 / 60.0 * slow);
    }

    // Search as you type.
    auto& search = find<juce::TextEditor> (editor, "browser/search");
    const double typed = milliseconds (
        [&]
        {
            search.setText ("take 49", false);
            search.onTextChange();
        });
    WARN ("found " << entries.getNumRows() << " of them in " << typed << " ms");
    CHECK (entries.getNumRows() > 100);
    CHECK (typed < 16.0 * slow);
}
