#include "Editor/Views/SpectrogramView.h"

#include "Editor/Controls/TextValue.h"
#include "Editor/LookAndFeel.h"
#include "Editor/Views/Channels.h"
#include "Kernel/Analysis/Decay.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr std::array<int, 5> windows { 512, 1024, 2048, 4096, 8192 }; // samples at 48 kHz
constexpr int usualWindow = 2;
constexpr double lowestShown = 20.0, highestShown = 20000.0, shortestPart = 0.002; // Hz, s

} // namespace

SpectrogramView::SpectrogramView (PluginProcessor& owner, ViewChoices& choicesToKeep)
    : KernelView (owner, choicesToKeep)
    , channel ("Channel", "Channel", { "Mean" })
    , window ("Window", "Window", { "512", "1024", "2048", "4096", "8192" })
    , scale ("Frequencies", { "Log", "Linear" })
    , contour ("Contour", theme::focus)
{
    setComponentID ("spectrogramView");
    setTitle ("Kernel spectrogram");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);

    const auto keep = [this] (const char* choice, int value)
    {
        choices.set (choice, value);
        ask();
        rebuild();
    };
    channel.setComponentID ("channel");
    channel.onChoose = [keep] (int index) { keep ("spectrogram.channel", index); };
    tools.addMenu (channel);
    window.setComponentID ("window");
    window.setTooltip ("Window\nSamples at 48 kHz: longer ones tell frequencies apart, shorter ones moments. 2048 is "
                       "doubled below 1.2 kHz");
    window.show (choices.get ("spectrogram.window", usualWindow));
    window.onChoose = [keep] (int index) { keep ("spectrogram.window", index); };
    tools.addMenu (window);
    scale.setComponentID ("frequencies");
    scale.show (choices.get ("spectrogram.linear", 0));
    scale.onChoose = [this, keep] (int index)
    {
        scale.show (index);
        keep ("spectrogram.linear", index);
    };
    tools.add (
        scale, [this] { return scale.idealWidth(); },
        [this] (juce::PopupMenu& menu)
        {
            for (int n = 0; n < 2; ++n)
                menu.addItem (n == 0 ? "Logarithmic" : "Linear", true, scale.shown() == n,
                              [this, n] { scale.onChoose (n); });
        });
    contour.setComponentID ("contour");
    contour.setTooltip ("Contour\nWhere each frequency is for the last time within 40 dB of its own maximum");
    contour.setToggleState (choices.get ("spectrogram.contour", 1) != 0, juce::dontSendNotification);
    contour.onClick = [this, keep] { keep ("spectrogram.contour", contour.getToggleState() ? 1 : 0); };
    tools.addToggle (contour, [this] { return contour.idealWidth(); });

    backdrop.onPaint = [this] (juce::Graphics& g)
    {
        pixelScale = g.getInternalContext().getPhysicalPixelScaleFactor();

        if (picture != nullptr)
            picture->draw (g);
    };
    addAndMakeVisible (backdrop);
    overlay.onPaint = [this] (juce::Graphics& g) { paintOverlay (g); };
    addAndMakeVisible (overlay);
    addAndMakeVisible (field);

    field.onHover = [this] (juce::Point<float> place) { setCursor (place); };
    field.onLeave = [this] { setCursor ({}); };
    field.onDoubleClick = [this] (juce::Point<float>) { setVisiblePart ({}); };
    field.onPan = [this] (juce::Point<float> before, juce::Point<float> now, bool) { pan (before, now); };
    field.onWheel = [this] (Handle*, juce::Point<float> place, float turn, juce::ModifierKeys keys)
    {
        const double factor = std::pow (0.5, static_cast<double> (turn) * 1.5);

        if (picture == nullptr)
            return;

        if (keys.isShiftDown())
            zoomFrequency (place.y, factor);
        else
            zoomTime (picture->timeAt (place.x), factor);
    };
    field.onMagnify = [this] (juce::Point<float> place, float factor)
    {
        if (picture != nullptr && factor > 0.0f)
            zoomTime (picture->timeAt (place.x), 1.0 / static_cast<double> (factor));
    };
}

juce::String SpectrogramView::hint() const
{
    return "Wheel: zoom time. Shift + wheel: zoom frequency. Drag: move. Double-click: all.";
}

double SpectrogramView::length() const
{
    return edited != nullptr && edited->kernel != nullptr ? edited->kernel->lengthInSeconds() : 1.0;
}

FrequencyAxis SpectrogramView::axis() const { return { visiblePart.lowest, visiblePart.highest, scale.shown() == 0 }; }

void SpectrogramView::update (double)
{
    const auto status = processor.kernelStatus();

    if (status.edited != edited)
    {
        edited = status.edited;
        channel.setChoices (channelNames (edited != nullptr ? edited->kernel.get() : nullptr));
        channel.show (choices.get ("spectrogram.channel", 0));
        tools.resized();
        rebuild();
    }

    ask(); // of a new kernel, or at another size

    if (analysis.update())
        rebuild();
}

void SpectrogramView::ask()
{
    if (edited == nullptr || edited->kernel == nullptr)
    {
        analysis.clear();
        return;
    }

    const bool whole = ! (visiblePart.to > visiblePart.from);
    const auto plot = SpectrogramPicture ({}, getLocalBounds().toFloat()).plot().getSmallestIntegerContainer();
    const Key key { edited,
                    channel.shown(),
                    window.shown(),
                    scale.shown() == 1,
                    whole ? 0.0 : visiblePart.from,
                    whole ? length() : visiblePart.to,
                    visiblePart.lowest,
                    visiblePart.highest,
                    juce::roundToInt (static_cast<float> (plot.getWidth()) * pixelScale),
                    juce::roundToInt (static_cast<float> (plot.getHeight()) * pixelScale) };
    analysis.ask (key,
                  [key]
                  {
                      const auto& kernel = *key.edited->kernel;
                      SpectrogramSettings settings;
                      settings.logarithmic = ! key.linear;
                      settings.lowest = key.lowest;
                      settings.highest = key.highest;
                      settings.fromSeconds = key.from;
                      settings.toSeconds = key.to;
                      settings.path =
                          key.channel == 0 ? SpectrogramSettings::allPaths : static_cast<size_t> (key.channel) - 1;

                      if (key.window != usualWindow)
                          settings.windowInSeconds = windows[static_cast<size_t> (key.window)] / 48000.0;

                      auto spectrogram = makeSpectrogram (kernel, settings);
                      auto image = SpectrogramPicture::imageOf (spectrogram, key.width, key.height);
                      return Analysis { std::move (spectrogram), std::move (image),
                                        static_cast<double> (findOnset (kernel)) / kernel.sampleRate };
                  });
}

void SpectrogramView::rebuild()
{
    SpectrogramScene scene;
    const bool whole = ! (visiblePart.to > visiblePart.from);
    scene.from = whole ? 0.0 : visiblePart.from;
    scene.to = whole ? length() : visiblePart.to;
    scene.frequencies = axis();
    scene.contour = contour.getToggleState();

    // A picture on the other scale of frequencies would lie.
    if (const auto* const ready = analysis.get();
        ready != nullptr && ready->spectrogram.settings.logarithmic == scene.frequencies.logarithmic)
    {
        scene.spectrogram = &ready->spectrogram;
        scene.image = ready->image;
        scene.onset = ready->onset;
    }

    picture = std::make_unique<SpectrogramPicture> (scene, getLocalBounds().toFloat());
    backdrop.repaint();
    overlay.repaint();
}

void SpectrogramView::resized()
{
    for (auto* const layer : std::initializer_list<juce::Component*> { &backdrop, &overlay, &field })
        layer->setBounds (getLocalBounds());

    rebuild();
}

// --- Zoom ------------------------------------------------------------------------------------------------------------

void SpectrogramView::setVisiblePart (Visible part)
{
    if (part.to > part.from)
    {
        const double span = std::clamp (part.to - part.from, std::min (shortestPart, length()), length());
        part.from = std::clamp (part.from, 0.0, length() - span);
        part.to = part.from + span;

        if (span >= length() * 0.9999)
            part.from = part.to = 0.0;
    }

    visiblePart = part;
    ask();
    rebuild();
}

void SpectrogramView::zoomTime (double about, double factor)
{
    auto part = visiblePart;
    const double from = part.to > part.from ? part.from : 0.0, to = part.to > part.from ? part.to : length();
    part.from = about - (about - from) * factor;
    part.to = about + (to - about) * factor;

    if (part.to - part.from >= length())
        part.from = part.to = 0.0;

    setVisiblePart (part);
}

void SpectrogramView::zoomFrequency (float height, double factor)
{
    // The frequency under the pointer stays; on a logarithmic axis what counts is the ratio.
    auto part = visiblePart;
    const auto now = axis();
    const auto place = static_cast<double> (
        std::clamp ((picture->plot().getBottom() - height) / picture->plot().getHeight(), 0.0f, 1.0f));
    part.lowest = std::clamp (now.frequencyAt (static_cast<float> (place - place * factor)), lowestShown, highestShown);
    part.highest =
        std::clamp (now.frequencyAt (static_cast<float> (place + (1.0 - place) * factor)), lowestShown, highestShown);

    if (part.highest / part.lowest > 1.05 && part.highest - part.lowest > 20.0)
        setVisiblePart (part);
}

void SpectrogramView::pan (juce::Point<float> before, juce::Point<float> now)
{
    if (picture == nullptr)
        return;

    auto part = visiblePart;

    if (part.to > part.from)
    {
        const double by = picture->timeAt (before.x) - picture->timeAt (now.x);
        part.from += by;
        part.to += by;
    }

    const auto frequencies = axis();
    const float by = (now.y - before.y) / picture->plot().getHeight();
    const double lowest = frequencies.frequencyAt (by), highest = frequencies.frequencyAt (1.0f + by);

    if (lowest >= lowestShown && highest <= highestShown)
    {
        part.lowest = lowest;
        part.highest = highest;
    }

    setVisiblePart (part);
}

// --- Reading ---------------------------------------------------------------------------------------------------------

void SpectrogramView::setCursor (std::optional<juce::Point<float>> place)
{
    cursor = place && picture != nullptr && picture->plot().contains (*place) ? place : std::nullopt;
    overlay.repaint();

    if (auto* const handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent (juce::AccessibilityEvent::valueChanged);
}

ReadOut SpectrogramView::readOut() const
{
    if (! cursor || picture == nullptr || analysis.get() == nullptr)
        return {};

    const auto space = juce::String::charToString (0xa0);
    const auto& spectrogram = analysis.get()->spectrogram;
    const auto& settings = spectrogram.settings;
    const double time = picture->timeAt (cursor->x), frequency = picture->frequencyAt (cursor->y);
    const FrequencyAxis rows { settings.lowest, settings.highest, settings.logarithmic };
    const auto place = [] (double share, size_t count)
    {
        return static_cast<size_t> (
            std::clamp (std::lround (share * static_cast<double> (count - 1)), 0l, static_cast<long> (count) - 1));
    };
    const auto column =
        place ((time - settings.fromSeconds) / (settings.toSeconds - settings.fromSeconds), settings.numColumns);
    const auto row = place (static_cast<double> (rows.positionOf (frequency)), settings.numRows);
    const auto level = static_cast<double> (spectrogram.level (column, row));

    return ReadOut ({ { "Time", numberAsLabel (time, 3) + space + "s" },
                      { "Frequency", frequency < 999.5 ? numberAsLabel (frequency) + space + "Hz"
                                                       : numberAsLabel (frequency / 1000.0, 2) + space + "kHz" },
                      { "Level", numberAsLabel (level, 1) + space + "dB" } });
}

void SpectrogramView::paintOverlay (juce::Graphics& g) const
{
    if (picture == nullptr)
        return;

    const auto& plot = picture->plot();

    if (analysis.isLate (300))
    {
        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::textMid);
        g.drawText ("Analysing" + juce::String::charToString (0x2026), plot.reduced (8.0f, 6.0f),
                    juce::Justification::topRight);
    }

    if (cursor)
    {
        g.setColour (juce::Colours::white.withAlpha (0.75f));
        g.fillRect (std::round (cursor->x), plot.getY(), 1.0f, plot.getHeight());
        g.fillRect (plot.getX(), std::round (cursor->y), plot.getWidth(), 1.0f);
        g.setColour (theme::focus);
        g.drawEllipse (juce::Rectangle<float> (9.0f, 9.0f).withCentre (*cursor), 2.0f);

        if (const auto card = readOut(); ! card.isEmpty())
            card.draw (g, card.boundsBeside (*cursor, plot));
    }

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, plot.reduced (2.0f), theme::controlRadius);
}

void SpectrogramView::focusGained (FocusChangeType)
{
    if (! cursor && picture != nullptr)
        setCursor (picture->plot().getCentre());

    overlay.repaint();
}

void SpectrogramView::focusLost (FocusChangeType) { setCursor ({}); }

bool SpectrogramView::keyPressed (const juce::KeyPress& key)
{
    if (picture == nullptr || key.getModifiers().isCommandDown() || key.getModifiers().isAltDown())
        return false;

    const float step = key.getModifiers().isShiftDown() ? 1.0f : 8.0f;
    const auto at = cursor.value_or (picture->plot().getCentre());
    const auto move = [&] (float x, float y)
    {
        setCursor (picture->plot().reduced (1.0f).getConstrainedPoint (at.translated (x * step, y * step)));
        return true;
    };

    if (key.isKeyCode (juce::KeyPress::leftKey))
        return move (-1.0f, 0.0f);

    if (key.isKeyCode (juce::KeyPress::rightKey))
        return move (1.0f, 0.0f);

    if (key.isKeyCode (juce::KeyPress::upKey))
        return move (0.0f, -1.0f);

    if (key.isKeyCode (juce::KeyPress::downKey))
        return move (0.0f, 1.0f);

    if (key.getTextCharacter() == '+' || key.getTextCharacter() == '=')
        zoomTime (picture->timeAt (at.x), 0.7);
    else if (key.getTextCharacter() == '-')
        zoomTime (picture->timeAt (at.x), 1.0 / 0.7);
    else if (key.isKeyCode (juce::KeyPress::homeKey))
        setVisiblePart ({});
    else
        return false;

    return true;
}

std::unique_ptr<juce::AccessibilityHandler> SpectrogramView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::image, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces { std::make_unique<TextValue> ([this] { return readOut().asText(); }) });
}

} // namespace faltwerk
