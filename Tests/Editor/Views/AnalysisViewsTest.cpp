#include "Editor/Views/Analysis/DecayView.h"
#include "Editor/Views/Analysis/SpectrogramView.h"
#include "Editor/Views/Analysis/SpectrumView.h"
#include "Editor/Window/Display.h"
#include "Editor/Window/PluginEditor.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** An editor that shows one of its views. */
struct Shown
{
    std::unique_ptr<PluginProcessor> processor = makeProcessor();
    std::unique_ptr<PluginEditor> editor;
    Display* display = nullptr;

    explicit Shown (int view)
    {
        settle (*processor);
        editor = std::make_unique<PluginEditor> (*processor);
        display = &find<Display> (*editor, "display");
        display->showView (view);
        follow();
    }

    void follow() const
    {
        settle (*processor);

        for (int n = 0; n < 60; ++n)
        {
            editor->update();
            juce::Thread::sleep (10);
        }
    }
};

} // namespace

TEST_CASE ("The bands of the tone are dragged in the spectrum", "[editor]")
{
    const Juce juce;
    const Shown shown (1);
    auto& view = find<SpectrumView> (*shown.editor, "spectrumView");
    auto& field = find<HandleField> (view, "field");
    auto& p = shown.processor->parameters;
    const auto band = [&] (int n) -> Handle& { return find<Handle> (field, "band" + juce::String (n)); };
    const auto drag = [&] (int n, float x, float y)
    {
        const auto from = band (n).position();
        Mouse (field).drag (from, from.translated (x, y));
    };

    CHECK (isLowCutOff (p.lowCut.get()));
    const float width = static_cast<float> (view.getWidth()) - 128.0f; // three decades
    drag (1, width / 3.0f, 0.0f);
    CHECK (p.lowCut.get() == Approx (200.0f).epsilon (0.02));
    CHECK (shown.processor->document.undoName() == "Low cut");

    const float before = band (3).position().y;
    drag (3, 0.0f, -40.0f);
    CHECK (p.highShelf.gain.get() > 10.0f);
    CHECK (band (3).position().y == Approx (before - 40.0f).margin (2.0)); // stays under the pointer
    const float frequency = p.highShelf.frequency.get();
    press (band (3), juce::KeyPress (juce::KeyPress::rightKey));
    CHECK (p.highShelf.frequency.get() == Approx (frequency * std::exp2 (1.0f / 24.0f)).epsilon (1e-3));

    const float q = p.highShelf.q.get();
    Mouse (field).wheel (band (3).position(), 0.2f);
    CHECK (p.highShelf.q.get() == Approx (q * 1.1f).epsilon (1e-3));
    CHECK (band (3).spokenValue().contains ("kilohertz"));
    CHECK (band (3).spokenValue().contains ("decibels"));
    keep (snapshot (*shown.editor, 2.0f), "spectrum-bands");

    Mouse (field).doubleClick (band (3).position());
    CHECK (std::abs (p.highShelf.gain.get()) < 1e-3f);
    CHECK (p.highShelf.q.get() == Approx (0.7071f).epsilon (1e-3));
    shown.processor->document.undo();
    CHECK (p.highShelf.gain.get() > 10.0f);
}

TEST_CASE ("The product of the input's spectrum and the kernel's is what is measured at the output", "[editor]")
{
    const Juce juce;
    const Shown shown (1);
    auto& p = shown.processor->parameters;
    const float mix = GENERATE (100.0f, 40.0f);
    p.mix = mix;
    p.lowShelf.gain = -9.0f;
    p.highCut = 6000.0f;
    p.out = -3.0f;
    shown.follow();
    ViewChoices (shown.processor->session).set ("spectrum.product", 1);
    find<SpectrumView> (*shown.editor, "spectrumView").resized(); // which reads the choices
    shown.follow();                                               // the analysis

    // Noise for long enough that reverberation and means have settled; the analyser looks thirty times a second.
    const auto& analyser = find<SpectrumView> (*shown.editor, "spectrumView").analyser();
    const auto frames = static_cast<size_t> (1600);
    const Sound input { { noise (14 * 48000, 1, 0.1), noise (14 * 48000, 2, 0.1) }, 48000 };

    for (size_t first = 0; first + frames <= input.lengthInFrames(); first += frames)
    {
        const auto part = [&] (size_t channel)
        {
            const auto begin = input.channels[channel].begin() + static_cast<std::ptrdiff_t> (first);
            return std::vector<float> (begin, begin + static_cast<std::ptrdiff_t> (frames));
        };
        process (*shown.processor, Sound { { part (0), part (1) }, 48000 }, 400);
        const_cast<SpectrumView&> (find<SpectrumView> (*shown.editor, "spectrumView")).update (1.0 / 30.0);
    }

    keep (snapshot (*shown.editor, 1.0f), "spectrum-product-" + juce::String (mix, 0));
    const auto places = SpectrumCurves::places();
    const auto measured = analyser.meanOutput(), expected = analyser.expectedOutput();
    REQUIRE (measured.size() == places.size());
    REQUIRE (expected.size() == places.size());
    double worst = 0.0, sum = 0.0;
    size_t count = 0;

    for (size_t n = 0; n < places.size(); ++n)
    {
        if (places[n] < 150.0 || places[n] > 15000.0)
            continue;

        const double difference = std::abs (static_cast<double> (measured[n] - expected[n]));
        worst = std::max (worst, difference);
        sum += difference;
        ++count;
    }

    // Noise over two seconds in a sixth of an octave varies by about a dB where the band has few bins.
    CAPTURE (mix, worst, sum / static_cast<double> (count));
    CHECK (sum / static_cast<double> (count) < 0.6);
    CHECK (worst < 3.0);
}

TEST_CASE ("The analyser shows a sine at its frequency and level, in and out, and listens only while it is seen",
           "[editor]")
{
    const Juce juce;
    const Shown shown (1);
    shown.processor->parameters.mix = 0.0f; // dry
    shown.follow();
    auto& view = find<SpectrumView> (*shown.editor, "spectrumView");
    ViewChoices (shown.processor->session).set ("analyser.smoothing", 0); // tones at their level
    view.resized();
    Sound sine { { std::vector<float> (48000), std::vector<float> (48000) }, 48000 };

    for (size_t n = 0; n < 48000; ++n)
        sine.channels[0][n] = sine.channels[1][n] =
            0.1f * static_cast<float> (std::sin (2.0 * std::numbers::pi * 997.0 * static_cast<double> (n) / 48000.0));

    process (*shown.processor, sine);
    view.update (1.0 / 30.0);
    const auto places = SpectrumCurves::places();

    for (const auto& levels : { view.analyser().input(), view.analyser().output() })
    {
        const auto largest = std::max_element (levels.begin(), levels.end());
        CHECK (*largest == Approx (-20.0).margin (0.5));
        CHECK (places[static_cast<size_t> (largest - levels.begin())] == Approx (997.0).epsilon (0.02));
    }

    const auto written = shown.processor->meters.tap.input.size();
    shown.display->showView (0);
    process (*shown.processor, sine);
    CHECK (shown.processor->meters.tap.input.size() == written);
}

TEST_CASE ("The analyser is smoothed and tilted and frozen and holds peaks as its menu says", "[editor]")
{
    const Juce juce;
    const Shown shown (1);
    shown.processor->parameters.mix = 0.0f; // dry
    shown.follow();
    auto& view = find<SpectrumView> (*shown.editor, "spectrumView");
    const auto play = [&] (double level, unsigned seed)
    {
        process (*shown.processor, Sound { { noise (9600, seed, level), noise (9600, seed + 1, level) }, 48000 });
        view.update (1.0 / 30.0);
    };
    const auto choose = [&] (const juce::String& entry)
    {
        auto menu = view.analyserMenu();

        for (juce::PopupMenu::MenuItemIterator entries (menu); entries.next();)
            if (entries.getItem().text == entry)
                entries.getItem().action();
    };

    play (0.3, 1);
    keep (snapshot (*shown.editor, 1.0f), "spectrum-analyser");
    keep (snapshot (*shown.editor, 2.0f), "spectrum-analyser-2x");

    // A line and no comb: as the mean of a third of an octave, noise moves little from place to place.
    const auto largestStep = [&]
    {
        const auto levels = view.analyser().output();
        float step = 0.0f;

        for (size_t n = levels.size() / 2; n < levels.size(); ++n)
            step = std::max (step, std::abs (levels[n] - levels[n - 1]));

        return step;
    };
    CHECK (largestStep() < 1.5f);
    choose ("1/3 octave");
    view.update (10.0);
    CHECK (largestStep() < 0.75f);
    choose ("None (tones at their level)");
    view.update (10.0);
    CHECK (largestStep() > 1.5f);

    CHECK (view.analyser().choices().tilt == 4.5);
    choose ("None");
    CHECK (view.analyser().choices().tilt == 0.0);

    // Peaks: held for a moment, kept, cleared, none.
    const auto peak = [&] { return view.analyser().peaks()[400]; };
    view.update (0.0);
    const float loud = peak();
    play (0.003, 3);
    CHECK (peak() == loud);
    view.update (2.0);
    view.update (1.0);
    CHECK (peak() < loud - 19.0f);
    choose ("Kept until cleared");
    play (0.3, 1);
    const float again = peak();
    play (0.003, 3);
    view.update (60.0);
    CHECK (peak() == again);
    choose ("Clear peaks");
    CHECK (peak() < -100.0f);
    choose ("Off");
    CHECK (view.analyser().peaks().empty());

    // Frozen: also while another view is shown and other choices are made, and then it goes on.
    choose ("Kept until cleared");
    play (0.3, 4);
    auto& freeze = find<juce::Button> (*shown.editor, "freeze");
    freeze.setToggleState (true, juce::dontSendNotification);
    freeze.onClick();
    const std::vector<float> before (view.analyser().output().begin(), view.analyser().output().end());
    const std::vector<float> peaksBefore (view.analyser().peaks().begin(), view.analyser().peaks().end());
    REQUIRE (peaksBefore.size() == before.size());
    play (0.3, 5);
    choose ("1/3 octave");
    choose ("Held for a moment");
    shown.display->showView (0);
    shown.display->showView (1);
    play (0.3, 7);
    CHECK (std::equal (before.begin(), before.end(), view.analyser().output().begin(), view.analyser().output().end()));
    CHECK (std::equal (peaksBefore.begin(), peaksBefore.end(), view.analyser().peaks().begin(),
                       view.analyser().peaks().end()));
    freeze.setToggleState (false, juce::dontSendNotification);
    freeze.onClick();
    play (0.3, 9);
    CHECK (! std::equal (before.begin(), before.end(), view.analyser().output().begin()));
}

TEST_CASE ("The spectrogram is zoomed, moved and read, and its tools work", "[editor]")
{
    const Juce juce;
    const Shown shown (2);
    auto& view = find<SpectrogramView> (*shown.editor, "spectrogramView");
    auto& field = find<HandleField> (view, "field");
    const auto before = snapshot (*shown.editor, 1.0f);
    keep (before, "spectrogram-whole");

    /** What the cursor reads at a place: time, frequency, level. */
    const auto read = [&] (juce::Point<float> at)
    {
        Mouse (field).hover (at);
        const auto* const handler = view.getAccessibilityHandler();
        return handler != nullptr ? handler->getValueInterface()->getCurrentValueAsString() : juce::String();
    };
    juce::ignoreUnused (read); // there is no handler without a window: it is read in the window's test

    const auto hint = [&] { return find<StatusLine> (*shown.editor, "status").shownMessage(); };
    CHECK (hint().startsWith ("Brighter is louder"));
    Mouse (field).wheel ({ 300.0f, 150.0f }, 0.6f);
    shown.follow();
    const auto zoomed = snapshot (*shown.editor, 1.0f);
    keep (zoomed, "spectrogram-zoomed");
    CHECK (difference (before, zoomed) > 0.05);
    CHECK (hint().startsWith ("A part of the kernel"));
    Mouse (field).wheel ({ 300.0f, 150.0f }, 0.6f, juce::ModifierKeys::shiftModifier);
    shown.follow();
    const auto narrowed = snapshot (*shown.editor, 1.0f);
    keep (narrowed, "spectrogram-narrowed");
    CHECK (difference (zoomed, narrowed) > 0.05);
    Mouse (field).drag ({ 300.0f, 150.0f }, { 400.0f, 150.0f });
    shown.follow();
    CHECK (difference (narrowed, snapshot (*shown.editor, 1.0f)) > 0.02);
    Mouse (field).doubleClick ({ 300.0f, 150.0f });
    Mouse (field).leave();
    shown.follow();
    CHECK (difference (before, snapshot (*shown.editor, 1.0f)) < 0.002);
    CHECK (hint().startsWith ("Brighter is louder"));

    auto& window = find<ChoiceMenu> (*shown.editor, "window");
    press (window, juce::KeyPress (juce::KeyPress::downKey));
    shown.follow();
    CHECK (difference (before, snapshot (*shown.editor, 1.0f)) > 0.01);
    press (window, juce::KeyPress (juce::KeyPress::upKey));
    press (find<ChoiceMenu> (*shown.editor, "channel"), juce::KeyPress (juce::KeyPress::endKey)); // right
    shown.follow();
    CHECK (difference (before, snapshot (*shown.editor, 1.0f)) > 0.005);
    find<Segments> (*shown.editor, "frequencies").onChoose (1);
    shown.follow();
    keep (snapshot (*shown.editor, 1.0f), "spectrogram-linear");
}

TEST_CASE ("A part of a spectrogram is measured by the whole kernel, in its levels and its contour", "[editor]")
{
    const Juce juce;
    Kernel kernel { { decayingNoise (96000, 4) }, 48000.0, Routing::mono, "noise" };
    const auto whole = makeSpectrogram (kernel);
    SpectrogramSettings settings;
    settings.fromSeconds = 0.5;
    settings.toSeconds = 0.58;
    settings.reference = whole.loudest;
    const auto part = makeSpectrogram (kernel, settings);

    // The same moment has the same level in both, though it is the loudest in neither.
    const double frequency = whole.frequencyOf (150), time = 0.54;
    const auto columnOf = [time] (const Spectrogram& of)
    {
        return static_cast<size_t> ((time - of.settings.fromSeconds) / (of.settings.toSeconds - of.settings.fromSeconds)
                                    * static_cast<double> (of.settings.numColumns));
    };
    CAPTURE (frequency);
    CHECK (part.level (columnOf (part), 150) == Approx (whole.level (columnOf (whole), 150)).margin (1.0));
    CHECK (*std::max_element (part.levels.begin(), part.levels.end()) < -5.0f);

    // The contour of the whole lies where each frequency falls by 40 dB, and a part that it does not cross has none.
    SpectrogramScene scene;
    scene.contour = SpectrogramPicture::contourOf (whole);
    REQUIRE (scene.contour.size() > 100);

    for (size_t n = 1; n < scene.contour.size(); ++n) // smooth, as the decay's time is at these frequencies
        CHECK (std::abs (scene.contour[n].seconds - scene.contour[n - 1].seconds) < 0.02);

    scene.from = 1.9;
    scene.to = 1.99;
    const SpectrogramPicture picture (scene, { 0.0f, 0.0f, 600.0f, 300.0f });
    juce::Image image (juce::Image::RGB, 600, 300, true, juce::SoftwareImageType());
    juce::Graphics g (image);
    picture.draw (g);
    CHECK (share (image, juce::Colours::white, 0.1f) < 0.001);

    // Silence is black, and has no contour.
    kernel.paths[0].assign (4800, 0.0f);
    const auto silent = makeSpectrogram (kernel);
    CHECK (*std::max_element (silent.levels.begin(), silent.levels.end()) == -200.0f);
    CHECK (SpectrogramPicture::contourOf (silent).empty());
}

TEST_CASE ("The decay's table chooses the band that is drawn, and is copied", "[editor]")
{
    const Juce juce;
    const Shown shown (3);
    auto& table = find<DecayTableView> (*shown.editor, "decayTable");
    CHECK (table.selected() == 3); // 1 kHz
    const auto before = snapshot (*shown.editor, 1.0f);
    keep (before, "decay-view");
    press (table, juce::KeyPress (juce::KeyPress::upKey));
    CHECK (table.selected() == 2);
    CHECK (difference (before, snapshot (*shown.editor, 1.0f)) > 0.01);
    Mouse (table).click ({ 100.0f, 60.0f });
    CHECK (table.selected() == 0);

    // The middle of two octaves is drawn as these two, and not as the whole band.
    auto& view = find<DecayView> (*shown.editor, "decayView");
    const auto plot = [&view] {
        return snapshot (view, 1.0f).getClippedImage ({ 0, 0, view.getWidth() / 2, view.getHeight() });
    };

    for (int n = 0; n < 7; ++n)
        press (table, juce::KeyPress (juce::KeyPress::downKey));

    const auto mid = plot();
    keep (snapshot (*shown.editor, 2.0f), "decay-view-mid");
    press (table, juce::KeyPress (juce::KeyPress::downKey));
    CHECK (table.selected() == 8); // the whole band
    CHECK (difference (mid, plot()) > 0.02);

    for (int n = 0; n < 8; ++n)
        press (table, juce::KeyPress (juce::KeyPress::upKey));

    CHECK (table.selected() == 0);

    const auto lines = juce::StringArray::fromLines (table.asText());
    REQUIRE (lines.size() >= 10);
    CHECK (lines[0].startsWith ("Band\tEDT (s)\tT20 (s)"));
    const auto cells = juce::StringArray::fromTokens (lines[4], "\t", {});
    REQUIRE (cells.size() == 8);
    CHECK (cells[0] == "1 kHz");
    const auto decay = analyseDecay (*shown.processor->kernelStatus().edited->kernel);
    CHECK (cells[3].getDoubleValue() == Approx (decay.bands[4].t30.value).margin (0.005));

    // Another measure: shorter tails have shorter times.
    shown.processor->parameters.decay = 50.0f;
    shown.follow();
    const auto edited = juce::StringArray::fromTokens (juce::StringArray::fromLines (table.asText())[4], "\t", {});
    CHECK (edited[3].getDoubleValue() < 0.7 * cells[3].getDoubleValue());
    auto& measure = find<ChoiceMenu> (*shown.editor, "measure");
    press (measure, juce::KeyPress (juce::KeyPress::homeKey)); // the file as loaded
    shown.follow();
    const auto loaded = juce::StringArray::fromTokens (juce::StringArray::fromLines (table.asText())[4], "\t", {});
    CHECK (loaded[3] == cells[3]);
    keep (snapshot (*shown.editor, 2.0f), "decay-view-2x");
}

TEST_CASE ("What the views were set to is kept in the session, and is no step", "[editor]")
{
    const Juce juce;
    juce::MemoryBlock state;

    {
        const Shown shown (2);
        find<Segments> (*shown.editor, "frequencies").onChoose (1);
        shown.editor->setSize (900, 640);
        shown.display->showView (3);
        CHECK_FALSE (shown.processor->document.canUndo());
        shown.processor->getStateInformation (state);
    }

    const auto processor = makeProcessor();
    processor->setStateInformation (state.getData(), static_cast<int> (state.getSize()));
    settle (*processor);
    PluginEditor editor (*processor);
    CHECK (editor.getWidth() == 900);
    CHECK (editor.getHeight() == 640);
    CHECK (find<Display> (editor, "display").shownView() == 3);
    CHECK (find<Segments> (editor, "frequencies").shown() == 1);
}

TEST_CASE ("Keys choose views, and F1 explains what has the keyboard", "[editor]")
{
    const Juce juce;
    const Shown shown (0);

    for (int view = 0; view < 4; ++view)
    {
        CHECK (shown.editor->keyPressed (
            juce::KeyPress ('1' + view, juce::ModifierKeys(), static_cast<juce::juce_wchar> ('1' + view))));
        CHECK (shown.display->shownView() == view);
    }

    auto& tab = find (*shown.editor, "tabs/Waveform");
    press (tab, juce::KeyPress (juce::KeyPress::rightKey));
    CHECK (shown.display->shownView() == 1);
}
