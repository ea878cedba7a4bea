#include "Editor/Views/Analysis/SpectrogramView.h"

#include "Editor/Controls/TextValue.h"
#include "Editor/Look/LookAndFeel.h"
#include "Editor/Views/Channels.h"
#include "Kernel/Analysis/Decay/Decay.h"
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
juce::String noLevel()
{
    return juce::String::charToString (0x2212) + juce::String::charToString (0x221e) + juce::String::charToString (0xa0)
           + "dB";
}

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
    contour.setTooltip (
        "Contour\nWhere each frequency falls to 40 dB below its own maximum, on average over an octave");
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
    return visiblePart == Visible() ? "Brighter is louder. Wheel: zoom time. Shift + wheel: zoom frequency."
                                    : "A part of the kernel. Drag: move. Double-click: whole kernel.";
}

double SpectrogramView::Subject::length() const noexcept
{
    return edited != nullptr && edited->kernel != nullptr ? edited->kernel->lengthInSeconds() : 1.0;
}

/** Returns the subject of the picture: the last that was analysed, or, before there is any, what is being analysed. */
const SpectrogramView::Subject& SpectrogramView::shown() const
{
    return analysis.key() != nullptr ? analysis.key()->subject : wanted;
}

FrequencyAxis SpectrogramView::axis() const { return { visiblePart.lowest, visiblePart.highest, ! shown().linear }; }

/** Returns a visible part of a kernel of some length: the whole if it is no less, and never beyond its ends. */
SpectrogramView::Visible SpectrogramView::within (Visible part, double length)
{
    if (part.isWhole() || part.to - part.from >= length * 0.9999)
    {
        part.from = part.to = 0.0;
        return part;
    }

    const double span = std::clamp (part.to - part.from, std::min (shortestPart, length), length);
    part.from = std::clamp (part.from, 0.0, length - span);
    part.to = part.from + span;
    return part;
}

void SpectrogramView::update (double)
{
    if (const auto newest = processor.kernelStatus().edited; newest != wanted.edited)
    {
        wanted.edited = newest;
        channel.setChoices (channelNames (newest != nullptr ? newest->kernel.get() : nullptr));
        channel.show (choices.get ("spectrogram.channel", 0));
        tools.resized();
    }

    ask(); // of a new kernel, or at another size

    // A new kernel comes with its own axis, in one step.
    if (analysis.update())
    {
        visiblePart = within (visiblePart, shown().length());
        rebuild();
    }
}

void SpectrogramView::ask()
{
    wanted.channel = channel.shown();
    wanted.window = window.shown();
    wanted.linear = scale.shown() == 1;

    if (wanted.edited == nullptr || wanted.edited->kernel == nullptr)
    {
        analysis.clear();
        return;
    }

    auto part = within (visiblePart, wanted.length());

    if (part.isWhole())
        part.to = wanted.length();

    const auto plot = SpectrogramPicture ({}, getLocalBounds().toFloat()).plot().getSmallestIntegerContainer();
    const Key key { wanted, part, juce::roundToInt (static_cast<float> (plot.getWidth()) * pixelScale),
                    juce::roundToInt (static_cast<float> (plot.getHeight()) * pixelScale) };
    const bool isSameSubject = analysis.key() != nullptr && analysis.key()->subject == wanted;
    analysis.ask (key, [key, known = isSameSubject ? analysis.get()->whole : nullptr] { return analyse (key, known); });
}

SpectrogramView::Analysis SpectrogramView::analyse (const Key& key, std::shared_ptr<const Whole> whole)
{
    const auto& subject = key.subject;
    const auto& kernel = *subject.edited->kernel;
    SpectrogramSettings settings;
    settings.logarithmic = ! subject.linear;
    settings.path = subject.channel == 0 ? SpectrogramSettings::allPaths : static_cast<size_t> (subject.channel) - 1;

    if (subject.window != usualWindow)
        settings.windowInSeconds = windows[static_cast<size_t> (subject.window)] / 48000.0;

    std::optional<Spectrogram> all;

    if (whole == nullptr)
    {
        all = makeSpectrogram (kernel, settings);
        whole = std::make_shared<const Whole> (Whole { all->loudest,
                                                       static_cast<double> (findOnset (kernel)) / kernel.sampleRate,
                                                       SpectrogramPicture::contourOf (*all) });
    }

    settings.reference = whole->loudest;
    settings.lowest = key.part.lowest;
    settings.highest = key.part.highest;
    settings.fromSeconds = key.part.from;
    settings.toSeconds = key.part.to;
    const bool isAll = all && key.part == Visible { 0.0, subject.length() };
    auto spectrogram = isAll ? std::move (*all) : makeSpectrogram (kernel, settings);
    auto image = SpectrogramPicture::imageOf (spectrogram, key.width, key.height);
    return { std::move (whole), std::move (spectrogram), std::move (image) };
}

void SpectrogramView::rebuild()
{
    SpectrogramScene scene;
    scene.from = visiblePart.from;
    scene.to = visiblePart.isWhole() ? shown().length() : visiblePart.to;
    scene.frequencies = axis();

    if (const auto* const ready = analysis.get())
    {
        scene.spectrogram = &ready->spectrogram;
        scene.image = ready->image;
        scene.onset = ready->whole->onset;

        if (contour.getToggleState())
            scene.contour = ready->whole->contour;
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
    const auto before = std::exchange (visiblePart, within (part, shown().length()));
    ask();
    rebuild();

    if ((before == Visible()) != (visiblePart == Visible()) && onHint != nullptr)
        onHint();
}

void SpectrogramView::zoomTime (double about, double factor)
{
    auto part = visiblePart;
    const double to = part.isWhole() ? shown().length() : part.to;
    part.to = about + (to - about) * factor;
    part.from = about - (about - part.from) * factor;
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

    if (! part.isWhole())
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
    std::vector<ReadOut::Row> facts { { "Time", numberAsLabel (time, 3) + space + "s" },
                                      { "Frequency", frequency < 999.5
                                                         ? numberAsLabel (frequency) + space + "Hz"
                                                         : numberAsLabel (frequency / 1000.0, 2) + space + "kHz" } };

    // While another part is being worked out, the spectrogram may not reach to the cursor.
    const double across = (time - settings.fromSeconds) / (settings.toSeconds - settings.fromSeconds);
    const auto up = static_cast<double> (rows.positionOf (frequency));

    if (std::min (across, up) >= -1e-6 && std::max (across, up) <= 1.0 + 1e-6)
    {
        const auto place = [] (double share, size_t count)
        { return static_cast<size_t> (std::lround (std::clamp (share, 0.0, 1.0) * static_cast<double> (count - 1))); };
        const auto level =
            static_cast<double> (spectrogram.level (place (across, settings.numColumns), place (up, settings.numRows)));
        facts.push_back ({ "Level", level > -199.5 ? numberAsLabel (level, 1) + space + "dB" : noLevel() });
    }

    return ReadOut (std::move (facts));
}

void SpectrogramView::paintOverlay (juce::Graphics& g) const
{
    if (picture == nullptr)
        return;

    const auto& plot = picture->plot();

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
