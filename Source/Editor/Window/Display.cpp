#include "Editor/Window/Display.h"

#include "Editor/Views/Analysis/DecayView.h"
#include "Editor/Views/Analysis/SpectrogramView.h"
#include "Editor/Views/Analysis/SpectrumView.h"
#include "Editor/Views/Slide/SlideView.h"
#include "Editor/Views/Waveform/WaveformView.h"
#include "Picture/Theme.h"

#include <tuple>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr double loadingPatience = 0.3; // s

} // namespace

WorkSign::WorkSign()
{
    setComponentID ("workSign");
    setInterceptsMouseClicks (false, false);
    setAlwaysOnTop (true);
}

void WorkSign::show (const juce::String& words)
{
    if (std::exchange (text, words) == words)
        return;

    setTitle (text);
    setVisible (text.isNotEmpty());
    repaint();
}

void WorkSign::paint (juce::Graphics& g)
{
    const auto font = theme::font (theme::Type::label);
    const auto box =
        getLocalBounds().toFloat().withLeft (static_cast<float> (getWidth()) - theme::widthOf (font, text) - 20.0f);
    g.setColour (theme::card);
    g.fillRoundedRectangle (box, theme::controlRadius);
    g.setColour (theme::textHigh);
    g.setFont (font);
    g.drawText (text, box, juce::Justification::centred, false);
}

Display::Display (PluginProcessor& owner)
    : processor (owner)
    , choices (owner.session)
    , tabs ("Views", { "Waveform", "Spectrum", "Spectrogram", "Decay", "Slide" })
{
    setOpaque (true);
    setComponentID ("display");
    tabs.setComponentID ("tabs");
    tabs.onChoose = [this] (int index) { showView (index); };
    addAndMakeVisible (tabs);

    auto first = std::make_unique<WaveformView> (processor, choices);
    waveform = first.get();
    views.push_back (std::move (first));
    views.push_back (std::make_unique<SpectrumView> (processor, choices));
    views.push_back (std::make_unique<SpectrogramView> (processor, choices));
    views.push_back (std::make_unique<DecayView> (processor, choices));
    views.push_back (std::make_unique<SlideView> (processor, choices));

    for (const auto& view : views)
    {
        addChildComponent (view->tools);
        addChildComponent (*view);
        view->onHint = [this]
        {
            if (onHint != nullptr)
                onHint();
        };
    }

    addChildComponent (emptyState);
    addChildComponent (sign);
    const auto kept = processor.session.viewState();
    waveform->setVisible (kept.from, kept.to);
    waveform->onZoom = [this] { keepViewState(); };
    showView (kept.view);
}

Display::~Display() = default;

void Display::showView (int index)
{
    tabs.show (juce::jlimit (0, static_cast<int> (views.size()) - 1, index));

    for (const auto& view : views)
    {
        const bool isShown = view.get() == &present();
        view->setVisible (isShown && absence == Absence::none);
        view->tools.setVisible (view->isVisible());
    }

    resized();
    present().update (0.0);
    keepViewState();

    if (onHint != nullptr)
        onHint();
}

void Display::keepViewState()
{
    auto state = processor.session.viewState();
    state.view = tabs.shown();
    std::tie (state.from, state.to) = waveform->visible();
    processor.session.setViewState (state);
}

void Display::update (double seconds)
{
    present().update (seconds);
    const auto ellipsis = juce::String::charToString (0x2026);

    if (processor.document.loader().waitingTime() > loadingPatience)
        sign.show ("Loading" + ellipsis);
    else if (absence == Absence::none && present().isLate())
        sign.show ("Analysing" + ellipsis);
    else
        sign.show ({});
}

void Display::setCompact (bool isCompact)
{
    compact = isCompact;

    for (const auto& view : views)
        view->setCompact (isCompact);

    resized();
}

void Display::setAbsence (Absence newAbsence, const juce::String& missingName)
{
    if (newAbsence != Absence::none)
        emptyState.show (newAbsence == Absence::missing ? missingName : juce::String());

    if (std::exchange (absence, newAbsence) == newAbsence)
        return;

    emptyState.setVisible (absence != Absence::none);

    showView (tabs.shown());
    repaint();
}

void Display::paint (juce::Graphics& g) { theme::fillCanvas (g, getLocalBounds(), 0, getHeight()); }

void Display::resized()
{
    constexpr int ring = ControlButton::ringMargin;
    auto area = getLocalBounds();
    auto row = area.removeFromTop (compact ? theme::compactTabRowHeight : theme::tabRowHeight);
    row = row.withTrimmedLeft (theme::edgeMargin - 6).withTrimmedRight (theme::edgeMargin - ring);
    tabs.setBounds (row.removeFromLeft (tabs.idealWidth()).withTrimmedTop (4).withTrimmedBottom (4));
    row.removeFromLeft (theme::groupGap / 2);
    const auto toolArea = row.withSizeKeepingCentre (row.getWidth(), theme::smallControlHeight + 2 * ring);

    emptyState.setBounds (area);
    sign.setBounds (area.withTrimmedRight (theme::edgeMargin + 12).removeFromTop (24).removeFromRight (120));

    for (const auto& view : views)
    {
        view->tools.setBounds (toolArea);
        view->setBounds (area);
    }
}

} // namespace faltwerk
