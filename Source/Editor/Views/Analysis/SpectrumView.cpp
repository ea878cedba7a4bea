#include "Editor/Views/Analysis/SpectrumView.h"

#include "Editor/Controls/Menu.h"
#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

#include <array>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr std::array<double, 4> analyserSmoothings { 0.0, 1.0 / 12.0, 1.0 / 6.0, 1.0 / 3.0 };     // octaves
constexpr std::array<double, 3> tilts { 0.0, 3.0, 4.5 };                                          // dB per octave
constexpr std::array<double, 5> smoothings { 1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0, 1.0 / 3.0, 1.0 }; // octaves

juce::String levelAsText (double level)
{
    const auto space = juce::String::charToString (0xa0);
    return level < -150.0 ? juce::String ("n/a") : (level > 0.0 ? "+" : "") + numberAsLabel (level, 1) + space + "dB";
}

} // namespace

SpectrumView::SpectrumView (PluginProcessor& owner, ViewChoices& choicesToKeep)
    : KernelView (owner, choicesToKeep)
    , smoothing ("Smoothing", "Smoothing", { "1/24 oct", "1/12 oct", "1/6 oct", "1/3 oct", "1 oct" })
    , groupDelay ("Group delay", theme::textHigh)
    , analyse ("Analyser", theme::signal)
    , freeze ("Freeze", theme::signalBright)
    , beforeToggle ("Before", theme::textLow)
    , analyserOptions ({}, icons::sliders())
    , bands (owner.parameters, field)
    , signals (owner.meters.tap)
{
    setComponentID ("spectrumView");
    setTitle ("Kernel spectrum");
    setFocusContainerType (FocusContainerType::focusContainer);

    smoothing.setComponentID ("smoothing");
    smoothing.setTooltip ("Smoothing\nThe width of the band over which the curves are averaged");
    smoothing.show (choices.get ("spectrum.smoothing", 2));
    smoothing.onChoose = [this] (int index)
    {
        choices.set ("spectrum.smoothing", index);
        update (0.0);
    };
    tools.addMenu (smoothing);
    addToggle (groupDelay, "groupDelay", "spectrum.groupDelay", true,
               "Group delay\nWhen the energy near each frequency arrives, on average");
    addToggle (analyse, "analyse", "spectrum.analyser", true, "Analyser\nThe spectra of the input and the output");
    analyserOptions.setComponentID ("analyserOptions");
    analyserOptions.setTitle ("Analyser options");
    analyserOptions.setTooltip ("Analyser options\nSmoothing, tilt, peaks, and the product of input and kernel");
    analyserOptions.onClick = [this] { showMenuBeside (analyserMenu(), analyserOptions); };
    tools.add (
        analyserOptions, [this] { return analyserOptions.idealWidth(); },
        [this] (juce::PopupMenu& menu) { menu.addSubMenu ("Analyser options", analyserMenu()); });
    freeze.setComponentID ("freeze");
    freeze.setTooltip ("Freeze\nKeeps the analyser's curves as they are");
    freeze.onClick = [this]
    {
        signals.setFrozen (freeze.getToggleState());
        rebuild();
    };
    tools.addToggle (freeze, [this] { return freeze.idealWidth(); });
    addToggle (beforeToggle, "before", "spectrum.before", true, "Before\nThe kernel before its edits, in grey");

    backdrop.onPaint = [this] (juce::Graphics& g)
    {
        if (picture != nullptr)
            picture->draw (g);
    };
    addAndMakeVisible (backdrop);
    traces.onPaint = [this] (juce::Graphics& g)
    {
        if (picture == nullptr || ! showsSignals())
            return;

        SpectrumPicture::Signals levels;
        levels.input = signals.input();
        levels.output = showsProduct ? signals.meanOutput() : signals.output();

        if (showsProduct)
            levels.product = signals.expectedOutput();
        else
            levels.peaks = signals.peaks();

        picture->drawSignals (g, levels);
    };
    addAndMakeVisible (traces);
    overlay.onPaint = [this] (juce::Graphics& g) { paintOverlay (g); };
    addAndMakeVisible (overlay);
    addAndMakeVisible (field);

    bands.onChange = [this] { rebuild(); };
    field.onHover = [this] (juce::Point<float> place) { setHover (place); };
    field.onLeave = [this] { setHover ({}); };
    field.onSelect = [this]
    {
        overlay.repaint();

        if (onHint != nullptr)
            onHint();
    };
    field.onWheel = [this] (Handle* handle, juce::Point<float>, float turn, juce::ModifierKeys keys)
    {
        if (handle != nullptr)
            bands.turn (*handle, (turn > 0.0f ? 1.0 : -1.0) * (keys.isShiftDown() ? 0.1 : 1.0));
    };
    field.onMenu = [this] (Handle* handle, juce::Point<float> place)
    {
        if (handle == nullptr)
            return;

        juce::PopupMenu menu;
        menu.addSectionHeader (handle->getTitle() + ": " + handle->valueText());
        menu.addItem ("Reset",
                      [safe = juce::Component::SafePointer<Handle> (handle)]
                      {
                          if (safe == nullptr)
                              return;

                          safe->begin();
                          safe->onReset();
                          safe->end();
                      });
        showMenuAt (std::move (menu), field, place);
    };
}

void SpectrumView::addToggle (Toggle& toggle, const char* id, const char* choice, bool initial, const char* tooltip)
{
    toggle.setComponentID (id);
    toggle.setTooltip (tooltip);
    toggle.setToggleState (choices.get (choice, initial ? 1 : 0) != 0, juce::dontSendNotification);
    toggle.onClick = [this, &toggle, choice]
    {
        choices.set (choice, toggle.getToggleState() ? 1 : 0);
        rebuild();
    };
    tools.addToggle (toggle, [&toggle] { return toggle.idealWidth(); });
}

AnalyserChoices SpectrumView::analyserChoices() const
{
    const auto chosen = [this] (const char* name, const auto& values, int otherwise)
    {
        return values[static_cast<size_t> (
            juce::jlimit (0, static_cast<int> (values.size()) - 1, choices.get (name, otherwise)))];
    };
    using Peaks = AnalyserChoices::Peaks;
    return { chosen ("analyser.smoothing", analyserSmoothings, 2), chosen ("analyser.tilt", tilts, 2),
             chosen ("analyser.peaks", std::array { Peaks::none, Peaks::held, Peaks::kept }, 1) };
}

juce::PopupMenu SpectrumView::analyserMenu()
{
    juce::PopupMenu menu;
    const auto section = [&] (const char* title, const char* choice, int otherwise, juce::StringArray entries)
    {
        menu.addSectionHeader (title);
        const int chosen = choices.get (choice, otherwise);

        for (int n = 0; n < entries.size(); ++n)
            menu.addItem (entries[n], true, n == chosen,
                          [this, choice, n]
                          {
                              choices.set (choice, n);
                              rebuild();
                          });
    };
    section ("Smoothing", "analyser.smoothing", 2,
             { "None (tones at their level)", "1/12 octave", "1/6 octave", "1/3 octave" });
    section ("Tilt about 1 kHz", "analyser.tilt", 2, { "None", "3 dB per octave", "4.5 dB per octave" });
    section ("Peaks of the output", "analyser.peaks", 1, { "Off", "Held for a moment", "Kept until cleared" });
    menu.addItem ("Clear peaks", signals.choices().peaks == AnalyserChoices::Peaks::kept, false,
                  [this]
                  {
                      signals.clearPeaks();
                      traces.repaint();
                  });
    menu.addSeparator();
    const auto times = juce::String::charToString (0xd7);
    section ("Output", "spectrum.product", 0, { "As it is now", "Mean of seconds, beside input " + times + " kernel" });
    return menu;
}

juce::String SpectrumView::hint() const
{
    return field.selected() != nullptr ? "Wheel, or [ and ]: the band's slope. Shift: fine. Double-click: reset."
                                       : "Drag a numbered band to shape the tone.";
}

void SpectrumView::visibilityChanged() { signals.setListening (isVisible()); }

void SpectrumView::update (double seconds)
{
    const auto status = processor.kernelStatus();
    const Key key { status.edited, status.source, smoothing.shown() };

    if (key.edited != nullptr && key.document != nullptr && key.document->kernel != nullptr)
    {
        analysis.ask (key,
                      [key]
                      {
                          const double octaves = smoothings[static_cast<size_t> (key.smoothing)];
                          const FrequencyResponse unedited (*key.document->kernel), edited (*key.edited->kernel);
                          const double reference = SpectrumCurves::referenceOf (unedited);
                          const double normalised = 20.0 * std::log10 (std::max (key.edited->normalisingGain, 1e-12));
                          return Analysis { SpectrumCurves::of (unedited, reference, octaves),
                                            SpectrumCurves::of (edited, reference + normalised, octaves),
                                            KernelBands::of (edited, *key.edited->kernel) };
                      });
    }
    else
    {
        analysis.clear();
    }

    const bool isNew = analysis.update();

    if (isNew || ! (processor.parameters.snapshot().tone == shownTone))
        rebuild();

    updateTraces (seconds);
}

void SpectrumView::updateTraces (double seconds)
{
    if (! showsSignals())
        return;

    if (! signals.update (processor.getSampleRate(), seconds) || picture == nullptr)
        return;

    if (showsProduct && analysis.get() != nullptr)
    {
        auto controls = processor.parameters.snapshot();
        controls.out *= processor.comparisonGain.load (std::memory_order_relaxed);
        signals.predict (analysis.get()->bands, controls);
    }

    // Above the highest trace nothing changes.
    const auto area = picture->plot().getSmallestIntegerContainer();
    float highest = picture->plot().getBottom();

    for (const auto& levels : { signals.input(), signals.output(), signals.peaks(),
                                showsProduct ? signals.expectedOutput() : std::span<const float>() })
        highest = std::min (highest, picture->topOf (levels));

    const int top = juce::jlimit (area.getY(), area.getBottom(), static_cast<int> (highest) - 3);
    traces.repaint (area.withTop (std::min (top, lastTraceTop)));
    lastTraceTop = top;
}

void SpectrumView::rebuild()
{
    SpectrumScene scene;
    shownTone = processor.parameters.snapshot().tone;
    scene.tone = shownTone;
    scene.groupDelay = groupDelay.getToggleState();
    scene.legend = true;
    showsProduct = choices.get ("spectrum.product", 0) != 0;
    scene.product = showsProduct;
    signals.setChoices (analyserChoices());

    if (showsSignals())
        scene.signals = SignalScale { signals.choices().tilt, signals.choices().peaks != AnalyserChoices::Peaks::none,
                                      signals.isFrozen() };

    if (const auto* const curves = analysis.get())
    {
        scene.after = &curves->after;
        scene.before = beforeToggle.getToggleState() ? &curves->before : nullptr;
    }

    picture = std::make_unique<SpectrumPicture> (scene, getLocalBounds().toFloat());
    bands.place (*picture);
    backdrop.repaint();
    traces.repaint();
    overlay.repaint();
}

void SpectrumView::resized()
{
    for (auto* const layer : std::initializer_list<juce::Component*> { &backdrop, &traces, &overlay, &field })
        layer->setBounds (getLocalBounds());

    rebuild();
}

bool SpectrumView::keyPressed (const juce::KeyPress& key)
{
    const auto character = key.getTextCharacter();

    if (field.selected() == nullptr || (character != '[' && character != ']'))
        return false;

    bands.turn (*field.selected(), character == ']' ? 1.0 : -1.0);
    return true;
}

void SpectrumView::setHover (std::optional<juce::Point<float>> place)
{
    hover = place && picture != nullptr && picture->plot().contains (*place) ? place : std::nullopt;
    overlay.repaint();
}

ReadOut SpectrumView::hoverCard() const
{
    if (! hover || picture == nullptr || analysis.get() == nullptr)
        return {};

    const auto space = juce::String::charToString (0xa0);
    const auto& curves = *analysis.get();
    const double frequency = picture->frequencyAt (hover->x);
    const auto text = frequency < 999.5 ? numberAsLabel (frequency) + space + "Hz"
                                        : numberAsLabel (frequency / 1000.0, 2) + space + "kHz";
    const double tone = picture->toneDbAt (frequency);
    std::vector<ReadOut::Row> rows { { "Frequency", text },
                                     { "After edit",
                                       levelAsText (static_cast<double> (curves.after.levelAt (frequency)) + tone) } };

    if (beforeToggle.getToggleState())
        rows.push_back ({ "Before", levelAsText (static_cast<double> (curves.before.levelAt (frequency))) });

    rows.push_back ({ "Tone", levelAsText (tone) });

    if (groupDelay.getToggleState())
        rows.push_back (
            { "Group delay",
              numberAsLabel (1000.0 * static_cast<double> (curves.after.delayAt (frequency)), 1) + space + "ms" });

    return ReadOut (std::move (rows));
}

void SpectrumView::paintOverlay (juce::Graphics& g) const
{
    if (picture == nullptr)
        return;

    picture->drawTone (g);
    const auto& plot = picture->plot();

    if (const auto card = bands.card (field); ! card.isEmpty())
    {
        const auto at = field.selected()->position();
        auto box = card.boundsBeside (at, plot);
        box.setY (at.y - 20.0f - box.getHeight() >= plot.getY() ? at.y - 20.0f - box.getHeight() : at.y + 20.0f);
        card.draw (g, box);
    }
    else if (hover && field.handleAt (*hover) == nullptr)
    {
        g.setColour (theme::textMid.withAlpha (0.6f));
        g.fillRect (std::round (hover->x) - 0.5f, plot.getY(), 1.0f, plot.getHeight());

        if (const auto facts = hoverCard(); ! facts.isEmpty())
            facts.draw (g, facts.boundsBeside (*hover, plot));
    }
}

std::unique_ptr<juce::AccessibilityHandler> SpectrumView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::group);
}

} // namespace faltwerk
