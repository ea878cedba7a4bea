// Every view at every size beside pictures that were looked at. With FALTWERK_KEEP_PICTURES=1 in the environment they
// are made anew: look at each before it is committed.

#include "Editor/Views/HandleField.h"
#include "Editor/Window/Display.h"
#include "Editor/Window/PluginEditor.h"
#include "Picture/Theme.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** Typefaces are drawn a little differently by other versions of the library, and sums end in other digits: what is
    compared is four pixels at a time, and some may differ. */
constexpr double mostDifferent = 0.01;

juce::Image halved (const juce::Image& image)
{
    return image.rescaled (image.getWidth() / 2, image.getHeight() / 2, juce::Graphics::highResamplingQuality);
}

void compare (const juce::Image& image, const juce::String& name)
{
    keep (image, "reference-" + name);
    const auto small = halved (image);
    const auto file = juce::File (FALTWERK_GOLDEN).getChildFile ("pictures/" + name + ".png");

    if (juce::SystemStats::getEnvironmentVariable ("FALTWERK_KEEP_PICTURES", {}) == "1")
    {
        file.getParentDirectory().createDirectory();
        file.deleteFile();
        juce::FileOutputStream stream (file);
        REQUIRE (juce::PNGImageFormat().writeImageToStream (small, stream));
        return;
    }

    const auto reference = juce::ImageFileFormat::loadFrom (file);
    CAPTURE (name.toStdString());
    REQUIRE (reference.isValid());
    CHECK (difference (small, reference, 24) < mostDifferent);
}

/** A kernel that every machine makes alike, edited in every way, with the same sound behind it. */
struct Scene
{
    const TemporaryFolder folder;
    std::unique_ptr<PluginProcessor> processor;
    std::unique_ptr<PluginEditor> editor;
    Display* display = nullptr;

    Scene()
        : processor (makeProcessorOf (folder / "user"))
    {
        const Sound kernel { { decayingNoise (144000, 5), decayingNoise (144000, 6) }, 48000 };
        REQUIRE (writeSound (folder.path ("Turbine Hall, Balcony.wav"), kernel, SampleFormat::float32) == "");
        load (*processor, folder / "Turbine Hall, Balcony.wav");
        auto& p = processor->parameters;
        p.preDelay = 80.0f;
        p.decay = 86.0f;
        p.attack = 12.0f;
        p.lowCut = 90.0f;
        p.highCut = 11000.0f;
        p.highShelf.frequency = 3600.0f;
        p.highShelf.gain = 3.0f;
        p.damping = 35.0f;
        p.mix = 32.0f;
        p.wet = -3.0f;
        processor->document.edit ("Shape",
                                  [] (DocumentEdits& edits)
                                  {
                                      edits.start = 0.035;
                                      edits.end = 2.4;
                                      edits.fadeIn = 0.012;
                                      edits.fadeOut = 0.34;
                                      edits.nodes = { { 0.35, -1.0 }, { 0.9, -4.0 }, { 1.6, -7.0 } };
                                  });
        settle (*processor);
        editor = std::make_unique<PluginEditor> (*processor);
        display = &find<Display> (*editor, "display");
    }

    /** Plays the same sound, and waits for all that is worked out. */
    void follow()
    {
        for (int n = 0; n < 40; ++n)
        {
            editor->update();
            juce::Thread::sleep (15);
        }
    }
};

} // namespace

TEST_CASE ("Every view looks as it was approved, at every size", "[editor]")
{
    const Juce juce;
    Scene scene;
    const char* const names[] = { "waveform", "spectrum", "spectrogram", "decay", "slide" };

    for (int view = 0; view < 5; ++view)
    {
        for (const auto& [width, height] : { std::pair { 1100, 700 }, { 720, 460 } })
        {
            scene.editor->setSize (width, height);
            scene.display->showView (view);

            if (view == 4 && width == 1100) // frozen, in the middle
            {
                find<juce::Button> (*scene.editor, "run").onClick();

                for (int n = 0; n < 4; ++n)
                    press (find (*scene.editor, "slideMark"), juce::KeyPress (juce::KeyPress::pageUpKey));
            }

            scene.follow();
            const auto size = juce::String (width) + "x" + juce::String (height);
            compare (snapshot (*scene.display, 1.0f), juce::String (names[view]) + "-" + size);

            if (width == 1100)
            {
                snapshot (*scene.display, 2.0f); // whose scale is then known to what is worked out
                scene.follow();
                compare (snapshot (*scene.display, 2.0f), juce::String (names[view]) + "-" + size + "-2x");
            }
        }
    }
}

TEST_CASE ("The states of views look as they were approved", "[editor]")
{
    const Juce juce;
    Scene scene;
    scene.editor->setSize (1100, 700);
    const auto& display = *scene.display;
    const auto choose = [&] (const char* segments, int index)
    {
        find<Segments> (*scene.editor, segments).onChoose (index);
        scene.follow();
    };

    scene.display->showView (0);
    scene.follow();
    choose ("scale", 1);
    compare (snapshot (*scene.display, 1.0f), "waveform-linear");
    choose ("stacking", 1);
    compare (snapshot (*scene.display, 1.0f), "waveform-linear-overlaid");
    choose ("scale", 0);
    compare (snapshot (*scene.display, 1.0f), "waveform-overlaid");
    choose ("stacking", 0);
    find<juce::Button> (*scene.editor, "onset").onClick();
    scene.follow();
    compare (snapshot (*scene.display, 1.0f), "waveform-onset");
    find<juce::Button> (*scene.editor, "onset").onClick();
    scene.follow();
    Mouse (find<HandleField> (*scene.editor, "waveformView/field")).hover ({ 600.0f, 180.0f });
    compare (snapshot (*scene.display, 1.0f), "waveform-hover");
    scene.processor->parameters.reverse = true;
    scene.follow();
    settle (*scene.processor);
    scene.follow();
    compare (snapshot (*scene.display, 1.0f), "waveform-reversed");
    juce::ignoreUnused (display);
}

TEST_CASE ("The window and the ways to a kernel look as they were approved", "[editor]")
{
    const Juce juce;
    Scene scene;
    auto& editor = *scene.editor;
    const auto look = [&] (const juce::String& name)
    {
        scene.follow();
        compare (snapshot (editor, 1.0f), name);
    };
    look ("window-1100x700");
    editor.setSize (720, 460);
    look ("window-720x460");
    editor.setSize (1100, 700);

    press (editor, juce::KeyPress ('b', juce::ModifierKeys(), 'b'));
    look ("browser");
    find<juce::ListBox> (editor, "browser/places").selectRow (3);
    look ("browser-presets");
    find<juce::ListBox> (editor, "browser/places").selectRow (0);
    press (editor, juce::KeyPress ('b', juce::ModifierKeys(), 'b'));

    const auto hold = [&] (const juce::String& file)
    {
        editor.fileDragEnter ({ scene.folder.path (file) }, 300, 300);

        for (int n = 0; n < 300 && ! find<DropOverlay> (editor, "dropOverlay").facts().isKnown; ++n)
        {
            editor.update();
            juce::Thread::sleep (10);
        }
    };
    (scene.folder / "letter.txt").replaceWithText ("Dear Sir");
    hold ("Turbine Hall, Balcony.wav");
    look ("drop");
    editor.fileDragExit ({});
    hold ("letter.txt");
    look ("drop-wrong");
    editor.fileDragExit ({});
    load (*scene.processor, scene.folder / "letter.txt");
    look ("banner");
    find<juce::Button> (editor, "banner/closeBanner").onClick();

    find<Header> (editor, "header").onGenerate();
    scene.follow();
    settle (*scene.processor);
    look ("generate");
    find<juce::Button> (editor, "dialogs/dialog/cancel").onClick();
    find<DialogHost> (editor, "dialogs").shut();

    scene.processor->document.clearKernel();
    settle (*scene.processor);
    look ("empty");
}

TEST_CASE ("Text can be read on every surface it stands on", "[editor]")
{
    // WCAG 2: relative luminance and contrast.
    const auto luminance = [] (juce::Colour colour)
    {
        const auto linear = [] (float c)
        { return c <= 0.04045f ? c / 12.92f : std::pow ((c + 0.055f) / 1.055f, 2.4f); };
        return 0.2126f * linear (colour.getFloatRed()) + 0.7152f * linear (colour.getFloatGreen())
               + 0.0722f * linear (colour.getFloatBlue());
    };
    const auto contrast = [&] (juce::Colour a, juce::Colour b)
    {
        const float x = luminance (a), y = luminance (b);
        return (std::max (x, y) + 0.05f) / (std::min (x, y) + 0.05f);
    };

    for (const auto& surface :
         { theme::canvas, theme::canvasTop, theme::panel, theme::footer, theme::control, theme::raised })
        for (const auto& text :
             { theme::textHigh, theme::textMid, theme::textLow, theme::kernel, theme::signal, theme::warning })
            CHECK (contrast (text, surface) >= 4.5f);

    for (const auto& surface : { theme::selected, theme::card, theme::popupHighlight, theme::errorSurface })
        for (const auto& text : { theme::textHigh, theme::textMid })
            CHECK (contrast (text, surface) >= 4.0f);

    CHECK (contrast (theme::textHigh, theme::selected) >= 4.5f);
    CHECK (contrast (theme::textOnKernel, theme::kernel) >= 4.5f);
    CHECK (contrast (theme::textOnSignal, theme::signal) >= 4.5f);

    for (const auto& surface : { theme::canvas, theme::panel }) // graphics
        for (const auto& graphic : { theme::outline, theme::kernel, theme::signal, theme::warning, theme::focus })
            CHECK (contrast (graphic, surface) >= 3.0f);
}
