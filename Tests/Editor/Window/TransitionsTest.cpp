// What the views show while one kernel follows another.

#include "Editor/Views/KernelView.h"
#include "Editor/Window/Display.h"
#include "Editor/Window/PluginEditor.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <array>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

void write (const TemporaryFolder& folder, const juce::String& name, std::vector<float> path)
{
    REQUIRE (writeSound (folder.path (name), { { std::move (path) }, 48000.0 }, SampleFormat::float32) == "");
}

constexpr std::array<const char*, 4> views { "waveformView", "spectrumView", "spectrogramView", "decayView" };

} // namespace

TEST_CASE ("A picture of one kernel stays whole until the next one follows in one step", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    write (folder, "long.wav", decayingNoise (480000, 1));
    write (folder, "tap.wav", { 1.0f, 0.5f });
    write (folder, "silent.wav", std::vector<float> (4800));
    const auto processor = makeProcessor();
    settle (*processor);
    PluginEditor editor (*processor);
    auto& display = find<Display> (editor, "display");

    const auto update = [&] { display.update (0.01); };
    const auto rest = [&]
    {
        settle (*processor);

        for (int n = 0; n < 60; ++n)
        {
            update();
            juce::Thread::sleep (5);
        }
    };

    for (int index = 0; index < static_cast<int> (views.size()); ++index)
    {
        display.showView (index);
        auto& view = find<juce::Component> (editor, views[static_cast<size_t> (index)]);
        load (*processor, folder / "long.wav");
        rest();

        for (const bool zooms : { false, true })
        {
            for (const char* const name : { "tap.wav", "long.wav", "silent.wav", "long.wav" })
            {
                if (zooms)
                {
                    Mouse (find (view, "field")).wheel (view.getLocalBounds().toFloat().getCentre(), 0.6f);
                    rest();
                }

                const auto before = snapshot (view, 1.0f);
                std::vector<juce::Image> others;
                processor->loadKernel (folder / name);

                for (int n = 0; n < 400; ++n)
                {
                    update();

                    if (auto now = snapshot (view, 1.0f);
                        difference (now, others.empty() ? before : others.back(), 0) > 0.0)
                        others.push_back (std::move (now));

                    if (! others.empty() && n > 40 && ! processor->isLoading())
                        break;

                    juce::Thread::sleep (1);
                }

                rest();
                const auto after = snapshot (view, 1.0f);
                CAPTURE (views[static_cast<size_t> (index)], name, zooms, others.size());
                CHECK (others.size() <= 1);

                if (! others.empty())
                    CHECK (difference (others.back(), after, 0) == 0.0);
            }

            if (findComponent (view, "field") == nullptr || index == 1)
                break; // it does not zoom
        }
    }
}
