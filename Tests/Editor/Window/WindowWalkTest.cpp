// A walk through the editor in a real window, as a hurried hand would go: kernels of every kind follow each other while
// views, zooms, edits, dialogs, sizes and scales change. Nothing may crash, hang, or grow without bound. Run under a
// display, by run-under-display.sh.

#include "Editor/Views/HandleField.h"
#include "Editor/Window/Display.h"
#include "Support/Files/Files.h"
#include "Support/Memory.h"
#include "Support/Oracle.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/WindowDriver.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

constexpr double longestStep = 0.6;         // s of computing on the message thread, between two rests
constexpr double mostMemory = 1500.0 * 1e6; // bytes: kernels of a minute, in two slots, with their spectra
constexpr std::array<const char*, 5> views { "waveformView", "spectrumView", "spectrogramView", "decayView",
                                             "slideView" };

/** Kernels that differ in everything that a picture depends on. */
juce::StringArray writeKernels (const TemporaryFolder& folder)
{
    juce::StringArray names;
    const auto add = [&] (const juce::String& name, std::vector<std::vector<float>> channels, double rate)
    {
        names.add (folder.path (name + ".wav"));
        REQUIRE (
            writeSound (names[names.size() - 1].toStdString(), { std::move (channels), rate }, SampleFormat::float32)
            == "");
    };
    const auto scaled = [] (std::vector<float> path, float gain)
    {
        for (auto& x : path)
            x *= gain;

        return path;
    };
    add ("one tap", { { 1.0f } }, 48000.0);
    add ("two taps", { { 1.0f, 0.5f } }, 48000.0);
    add ("silent", { std::vector<float> (30000) }, 48000.0);
    add ("a minute", { decayingNoise (59 * 44100, 1), decayingNoise (59 * 44100, 2) }, 44100.0);
    add ("two seconds", { decayingNoise (96000, 3), decayingNoise (96000, 4) }, 48000.0);
    add ("four",
         { decayingNoise (48000, 5), decayingNoise (48000, 6), decayingNoise (48000, 7), decayingNoise (48000, 8) },
         48000.0);
    add ("loud", { scaled (decayingNoise (20000, 9), 1e20f) }, 48000.0);
    add ("quiet", { scaled (decayingNoise (20000, 10), 1e-25f) }, 48000.0);
    add ("odd rate", { decayingNoise (9000, 11) }, 7350.0);
    add ("fast", { decayingNoise (192000, 12) }, 192000.0);
    auto late = std::vector<float> (300000);
    late.back() = 1.0f;
    add ("late", { late }, 48000.0);
    return names;
}

/** One walk. Each step acts on the message thread, where a hand's clicks arrive as well. */
class Walk
{
public:
    Walk (WindowDriver& deskToUse, juce::StringArray kernelsToUse, uint32_t seed)
        : driver (deskToUse)
        , kernels (std::move (kernelsToUse))
        , random (seed)
        , computed (driver.messageThreadTime())
    {
    }

    void step()
    {
        const int choice = number (100);
        driver.onMessageThread ([&] { act (choice); });

        // In haste, or once all that was asked for is there to be seen.
        if (choice % 3 == 0)
            driver.pause (number (400));

        check();
    }

    const juce::String& trail() const { return done; }

private:
    int number (int end) { return static_cast<int> (random() % static_cast<uint32_t> (end)); }
    float share() { return static_cast<float> (number (1001)) / 1000.0f; }

    juce::Component& view()
    {
        const int index = find<Display> (driver.editor(), "display").shownView();
        return find (driver.editor(), views[static_cast<size_t> (index)]);
    }

    void did (const juce::String& what)
    {
        done << what << "; ";

        if (done.length() > 1500)
            done = done.substring (done.length() - 1200);
    }

    void act (int choice)
    {
        auto& processor = driver.processor();
        auto& document = processor.document;
        auto& editor = driver.editor();
        auto& dialogs = find<DialogHost> (editor, "dialogs");

        if (choice < 25)
        {
            const auto& path = kernels[number (kernels.size())];
            did ("load " + juce::File (path).getFileNameWithoutExtension());
            processor.loadKernel (juce::File (path));
        }
        else if (choice < 40)
        {
            const int index = number (5);
            did ("view " + juce::String (index + 1));
            find<Display> (editor, "display").showView (index);
        }
        else if (choice < 60)
        {
            auto* const field = findComponent (view(), "field");

            if (field == nullptr)
                return;

            const auto place = field->getLocalBounds().toFloat().getRelativePoint (share(), share());
            const float turn = (number (3) == 0 ? -1.0f : 1.0f) * (0.2f + 2.0f * share());
            did ("wheel " + juce::String (turn, 1));
            Mouse (*field).wheel (place, turn, number (4) == 0 ? juce::ModifierKeys::shiftModifier : 0);
        }
        else if (choice < 66)
        {
            auto* const field = findComponent (view(), "field");

            if (field == nullptr)
                return;

            const auto area = field->getLocalBounds().toFloat();
            did ("drag");
            Mouse (*field).drag (area.getRelativePoint (share(), share()), area.getRelativePoint (share(), share()));
        }
        else if (choice < 70)
        {
            did ("swap");
            document.swapSlots();
        }
        else if (choice < 74)
        {
            did (number (2) == 0 ? "undo" : "redo");
            done.endsWith ("undo; ") ? document.undo() : document.redo();
        }
        else if (choice < 80)
        {
            did ("edits");
            processor.parameters.decay = 1.0f + 199.0f * share();
            processor.parameters.size = 50.0f + 150.0f * share();
            processor.parameters.preDelay = number (2) == 0 ? 0.0f : 500.0f * share();
            document.edit ("Fades",
                           [this] (DocumentEdits& edits)
                           {
                               edits.fadeIn = number (2) == 0 ? 0.0 : static_cast<double> (share());
                               edits.fadeOut = number (2) == 0 ? 0.0 : 10.0 * static_cast<double> (share());
                               edits.nodes = { { static_cast<double> (share()), -10.0 } };
                           });
        }
        else if (choice < 85)
        {
            const int width = 720 + number (500), height = 460 + number (280);
            did ("size " + juce::String (width));
            editor.setSize (width, height);
        }
        else if (choice < 87)
        {
            auto values = processor.settings->get();
            values.scalePercent = std::array { 75, 100, 125, 150, 200 }[static_cast<size_t> (number (5))];
            did ("scale " + juce::String (values.scalePercent));
            processor.settings->set (values);
            find<Header> (editor, "header").onScale (values.scalePercent);
        }
        else if (choice < 92)
        {
            auto& header = find<Header> (editor, "header");
            const std::function<void()>* const openers[] = { &header.onGenerate, &header.onNumbers, &header.onMeasure,
                                                             &header.onProperties };
            did ("dialog");

            if (processor.kernelStatus().source != nullptr)
                (*openers[number (4)])();
        }
        else if (choice < 95)
        {
            did ("close");

            if (auto* const dialog = dialogs.present())
                dialog->dismiss();
        }
        else if (choice < 98)
        {
            did ("next kernel");
            find<Header> (editor, "header").onStep (number (2) == 0 ? 1 : -1);
        }
        else
        {
            did ("browse");
            find<Header> (editor, "header").onBrowse();
        }
    }

    /** The message thread has had its rest, and all is within bounds. */
    void check()
    {
        const double now = driver.messageThreadTime();
        CAPTURE (done.toStdString());
        CHECK (now - computed < longestStep);
        computed = now;
        CHECK (residentMemory() < mostMemory);
    }

    WindowDriver& driver;
    const juce::StringArray kernels;
    std::mt19937 random;
    double computed; // s, at the last check
    juce::String done;
};

int numberFrom (const char* variable, int otherwise)
{
    const auto text = juce::SystemStats::getEnvironmentVariable (variable, {});
    return text.isEmpty() ? otherwise : text.getIntValue();
}

} // namespace

// FALTWERK_WINDOW_WALK sets for how many seconds it goes, and FALTWERK_WALK_SEED its seed.
TEST_CASE ("In a window, no order of kernels, views, zooms, edits, sizes and dialogs hangs, grows or crashes",
           "[.window]")
{
    const TemporaryFolder folder;
    const auto kernels = writeKernels (folder);
    const int seconds = numberFrom ("FALTWERK_WINDOW_WALK", 60), seed = numberFrom ("FALTWERK_WALK_SEED", 1);
    WindowDriver::run (
        [&] (WindowDriver& driver)
        {
            const auto before = driver.processor().settings->get();
            const auto end = juce::Time::getMillisecondCounter() + static_cast<juce::uint32> (1000 * seconds);
            Walk walk (driver, kernels, static_cast<uint32_t> (seed));
            int numSteps = 0;

            for (; juce::Time::getMillisecondCounter() < end; ++numSteps)
                walk.step();

            WARN (numSteps << " steps, " << juce::roundToInt (residentMemory() / 1e6) << " MB");
            CHECK (numSteps > seconds);
            driver.screenshot ("window-walk");
            driver.onMessageThread ([&] { driver.processor().settings->set (before); });
        });
}
