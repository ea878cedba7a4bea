#include "Editor/Views/WaveformView.h"

#include "Editor/LookAndFeel.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int laneHeight = 20, barHeight = 32, bottomMargin = 12;
constexpr float lineReach = 10.0f; // of a double-click that means the line

juce::String seconds (double value) { return numberAsLabel (value, 2) + juce::String::charToString (0xa0) + "s"; }

juce::String levelAsText (double magnitude)
{
    if (! (magnitude > 1e-8))
        return juce::String::charToString (0x2212) + juce::String::charToString (0x221e)
               + juce::String::charToString (0xa0) + "dB";

    return numberAsLabel (20.0 * std::log10 (magnitude), 1) + juce::String::charToString (0xa0) + "dB";
}

juce::Path dashed (const juce::Path& line, float thickness)
{
    constexpr float dashes[] = { 3.0f, 3.0f };
    juce::Path result;
    juce::PathStrokeType (thickness).createDashedStroke (result, line, dashes, 2);
    return result;
}

} // namespace

WaveformView::WaveformView (PluginProcessor& owner, ViewChoices& choicesToKeep)
    : KernelView (owner, choicesToKeep)
    , scale ("Scale", { "dB", "Linear" })
    , stacking ("Channels", { "Stacked", "Overlaid" })
    , snap ("Snap", theme::textHigh)
    , beforeToggle ("Before", theme::textLow)
    , onset ("Onset")
    , handles (owner, field)
{
    setComponentID ("waveformView");
    setTitle ("Kernel picture");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    setFocusContainerType (FocusContainerType::focusContainer);

    scale.setComponentID ("scale");
    scale.setTooltip ("Level of the picture in dB, or linear with both signs");
    scale.onChoose = [this] (int index)
    {
        scale.show (index);
        choices.set ("waveform.linear", index);
        rebuild();
    };
    stacking.setComponentID ("stacking");
    stacking.setTooltip ("A lane for each channel, or both in one");
    stacking.onChoose = [this] (int index)
    {
        stacking.show (index);
        choices.set ("waveform.overlaid", index);
        rebuild();
    };
    snap.setComponentID ("snap");
    snap.setTooltip ("Snap\nTrims and fades go to zero crossings, the pre-delay to note values");
    snap.onClick = [this]
    {
        handles.setSnap (snap.getToggleState());
        choices.set ("waveform.snap", snap.getToggleState() ? 1 : 0);
    };
    beforeToggle.setComponentID ("before");
    beforeToggle.setTooltip ("Before\nThe kernel before its edits, in grey");
    beforeToggle.onClick = [this]
    {
        choices.set ("waveform.before", beforeToggle.getToggleState() ? 1 : 0);
        rebuild();
    };
    onset.setComponentID ("onset");
    onset.setTooltip ("Onset\nZooms to the beginning of the kernel, and back to the whole. Key: O");
    onset.onClick = [this] { isWhole ? zoomToOnset() : zoomToWhole(); };

    tools.add (scale);
    const auto width = [] (auto& control) { return [&control] { return control.idealWidth(); }; };
    tools.add (stacking, width (stacking),
               [this] (juce::PopupMenu& menu)
               {
                   for (int n = 0; n < 2; ++n)
                       menu.addItem (n == 0 ? "Stacked" : "Overlaid", true, stacking.shown() == n,
                                     [this, n] { stacking.onChoose (n); });
               });
    tools.add (onset, width (onset),
               [this] (juce::PopupMenu& menu)
               { menu.addItem (isWhole ? "Zoom to the onset" : "Whole kernel", [this] { onset.onClick(); }); });
    tools.addToggle (snap, width (snap));
    tools.addToggle (beforeToggle, width (beforeToggle));

    backdrop.onPaint = [this] (juce::Graphics& g)
    {
        if (picture != nullptr)
            picture->draw (g);
    };
    addAndMakeVisible (backdrop);
    overlay.onPaint = [this] (juce::Graphics& g) { paintOverlay (g); };
    addAndMakeVisible (overlay);
    addAndMakeVisible (field);
    zoomBar.onChange = [this] (double newFrom, double newTo) { setVisible (newFrom, newTo); };
    zoomBar.onPaintWhole = [this] (juce::Graphics& g, juce::Rectangle<float> area)
    {
        auto all = scene;
        std::tie (all.from, all.to) = whole();
        drawWaveformOverview (g, area, all, theme::kernelDim);
    };
    addAndMakeVisible (zoomBar);

    handles.onChange = [this] { readDocument(); };
    handles.onSettle = [this] (double moved) { settle (moved); };
    field.onHover = [this] (juce::Point<float> place) { setHover (place); };
    field.onLeave = [this] { setHover ({}); };
    field.onSelect = [this] { overlay.repaint(); };
    field.onMenu = [this] (Handle* handle, juce::Point<float> place) { showMenu (handle, place); };
    field.onDoubleClick = [this] (juce::Point<float> place)
    {
        if (picture == nullptr)
            return;

        const double time = picture->timeAt (place.x);

        if (line != nullptr && time >= timeline.begin && time <= timeline.end())
        {
            const double magnitude = std::pow (10.0, line->levelDbAt (time) / 20.0);

            if (std::abs (picture->yOf (magnitude, picture->lanes().front()) - place.y) <= lineReach)
            {
                handles.addNodeAt (time);
                return;
            }
        }

        zoomToWhole();
    };
    field.onPan = [this] (juce::Point<float> before, juce::Point<float> now, bool)
    {
        if (picture != nullptr && ! isWhole)
            scrollBy (picture->timeAt (before.x) - picture->timeAt (now.x));
    };
    field.onWheel = [this] (Handle*, juce::Point<float> place, float turn, juce::ModifierKeys keys)
    {
        if (picture == nullptr)
            return;

        if (keys.isShiftDown())
            scrollBy (static_cast<double> (-turn) * (to - from) * 0.4);
        else
            zoomAbout (picture->timeAt (place.x), std::pow (0.5, static_cast<double> (turn) * 1.5));
    };
    field.onMagnify = [this] (juce::Point<float> place, float factor)
    {
        if (picture != nullptr && factor > 0.0f)
            zoomAbout (picture->timeAt (place.x), 1.0 / static_cast<double> (factor));
    };

    scale.show (choices.get ("waveform.linear", 0));
    stacking.show (choices.get ("waveform.overlaid", 0));
    snap.setToggleState (choices.get ("waveform.snap", 0) != 0, juce::dontSendNotification);
    handles.setSnap (snap.getToggleState());
    beforeToggle.setToggleState (choices.get ("waveform.before", 1) != 0, juce::dontSendNotification);
}

juce::String WaveformView::hint() const
{
    if (field.selected() != nullptr && field.selected()->getTitle().startsWith ("Decay node"))
        return "Drag a node to shape the decay. Shift: fine. Double-click: add or remove.";

    return isWhole ? "Drag the handles. Double-click the line: add a node. Wheel: zoom."
                   : "Wheel: zoom. Shift + wheel or drag: scroll. Double-click: whole kernel.";
}

// --- What is shown ---------------------------------------------------------------------------------------------------

void WaveformView::update (double)
{
    const auto status = processor.kernelStatus();
    bool changed = false;

    if (status.document != document)
    {
        document = status.document;
        changed = true;

        if (document != nullptr && document->kernel != nullptr)
            source.ask (document,
                        [kernel = document->kernel]
                        {
                            Source result;
                            result.kernel = kernel;
                            result.left = std::make_unique<Overview> (kernel->paths.front());

                            if (kernel->paths.size() > 1)
                                result.right = std::make_unique<Overview> (kernel->paths.back());

                            const size_t length = kernel->lengthInFrames();
                            const auto& right = result.right ? *result.right : *result.left;
                            result.outline = { outlineOf (*result.left, length, kernel->sampleRate),
                                               outlineOf (right, length, kernel->sampleRate),
                                               measureDecaySlope (*kernel) };
                            result.peak = static_cast<double> (
                                std::max (result.left->extentOf (0, length).peak(), right.extentOf (0, length).peak()));
                            return result;
                        });
        else
            source.clear();
    }

    changed = source.update() || changed;

    if (status.edited != edited)
    {
        edited = status.edited;
        changed = true;
    }

    if (changed || processor.document.present().edits != shownEdits || processor.parameters.edits() != shownParameters
        || (! compact && processor.parameters.getTempo() != shownTempo))
        readDocument();
}

void WaveformView::readDocument()
{
    timeline = handles.readTimeline();
    shownEdits = handles.edits();
    shownParameters = processor.parameters.edits();
    shownTempo = processor.parameters.getTempo();
    rebuild();
}

std::pair<double, double> WaveformView::whole() const
{
    const double begin = std::min (0.0, timeline.sourceBegin());
    const double end = std::max ({ timeline.sourceEnd(), timeline.end(), 1e-4 });
    const float width =
        std::max (64.0f, static_cast<float> (getWidth()) - WaveformPicture::leftGutter - WaveformPicture::rightGutter);
    return { begin, begin + TimeAxis::holding (end - begin, width, 90.0f).end };
}

void WaveformView::rebuild()
{
    if (isWhole)
        std::tie (from, to) = whole();

    scene = {};
    scene.from = from;
    scene.to = to;
    scene.decibels = scale.shown() == 0;
    scene.stacked = stacking.shown() == 0;
    scene.beatsPerMinute = compact ? 0.0 : shownTempo;
    scene.unitBesideRuler = ! compact;

    const auto* const unedited = source.get() != nullptr && *source.key() == document ? source.get() : nullptr;

    if (edited != nullptr && edited->kernel != nullptr && ! edited->overviews.empty())
    {
        const auto& kernel = *edited->kernel;
        const EditTimeline own (edited->edits, timeline.length);
        scene.kernel.left = &edited->overviews.front();
        scene.kernel.right = &edited->overviews.back();
        scene.kernel.lengthInFrames = kernel.lengthInFrames();
        scene.kernel.sampleRate = kernel.sampleRate;
        scene.kernel.begin = timeline.timeOf (own.firstKept()) - own.begin;
        scene.kernel.gain = edited->normalisingGain > 0.0 ? 1.0 / edited->normalisingGain : 1.0;
    }

    scene.fullScale = unedited != nullptr ? unedited->peak : scene.kernel.peak();

    if (! (scene.fullScale > 0.0))
        scene.fullScale = 1.0;

    if (unedited != nullptr && showsBefore())
    {
        scene.before.left = unedited->left.get();
        scene.before.right = &rightOf (*unedited);
        scene.before.lengthInFrames = unedited->kernel->lengthInFrames();
        scene.before.sampleRate = unedited->kernel->sampleRate;
        scene.before.begin = timeline.sourceBegin();
        scene.before.stretch = timeline.stretch;
        scene.before.backwards = timeline.backwards;
    }

    auto area = getLocalBounds();

    if (! compact)
        area.removeFromBottom (laneHeight + barHeight + bottomMargin);

    const bool exists = ! scene.kernel.isEmpty() || unedited != nullptr;
    picture = exists ? std::make_unique<WaveformPicture> (scene, area.toFloat()) : nullptr;
    line = unedited != nullptr ? std::make_unique<EnvelopeLine> (unedited->outline, timeline,
                                                                 processor.parameters.edits().decay, shownEdits.nodes)
                               : nullptr;

    zoomBar.setVisible (! compact && exists);
    onset.setButtonText (isWhole ? "Onset" : "Whole");
    const auto [wholeFrom, wholeTo] = whole();
    zoomBar.show (wholeFrom, wholeTo, from, to);
    zoomBar.wholeHasChanged();
    layOutHandles();
    backdrop.repaint();
    overlay.repaint();
}

void WaveformView::layOutHandles()
{
    WaveformHandles::Scene where;
    where.picture = picture.get();
    where.line = line.get();

    if (const auto* const unedited = source.get(); unedited != nullptr && *source.key() == document)
    {
        where.source = unedited->left.get();
        where.sourceRate = unedited->kernel->sampleRate;
    }

    where.fullScale = scene.fullScale;
    where.laneY = laneArea.isEmpty() ? -1.0f : static_cast<float> (laneArea.getCentreY());
    handles.place (where);
}

void WaveformView::setCompact (bool isCompact)
{
    KernelView::setCompact (isCompact);
    resized();
}

void WaveformView::resized()
{
    backdrop.setBounds (getLocalBounds());
    overlay.setBounds (getLocalBounds());
    field.setBounds (getLocalBounds());
    laneArea = {};

    if (! compact)
    {
        auto area = getLocalBounds().withTrimmedBottom (bottomMargin);
        zoomBar.setBounds (area.removeFromBottom (barHeight)
                               .withTrimmedLeft (static_cast<int> (WaveformPicture::leftGutter) - 4)
                               .withTrimmedRight (static_cast<int> (WaveformPicture::rightGutter) - 4));
        laneArea = area.removeFromBottom (laneHeight);
        field.setBounds (getLocalBounds().withBottom (zoomBar.getY()));
    }

    rebuild();
}

// --- Zoom ------------------------------------------------------------------------------------------------------------

std::pair<double, double> WaveformView::visible() const
{
    return isWhole ? std::pair (0.0, 0.0) : std::pair (from, to);
}

void WaveformView::setVisible (double newFrom, double newTo)
{
    const auto [wholeFrom, wholeTo] = whole();
    const bool wasWhole = isWhole;
    isWhole = ! (newTo > newFrom) || newTo - newFrom >= (wholeTo - wholeFrom) * 0.9999;

    if (! isWhole)
    {
        // Down to a few samples.
        const double least = 8.0 / (scene.kernel.isEmpty() ? 48000.0 : scene.kernel.sampleRate);
        const double span = std::clamp (newTo - newFrom, std::min (least, wholeTo - wholeFrom), wholeTo - wholeFrom);
        from = std::clamp (newFrom + (newTo - newFrom - span) / 2.0, wholeFrom, wholeTo - span);
        to = from + span;
    }

    rebuild();

    if (onZoom != nullptr)
        onZoom();

    if (wasWhole != isWhole && onHint != nullptr)
        onHint();
}

void WaveformView::zoomToWhole() { setVisible (0.0, 0.0); }

void WaveformView::zoomToOnset()
{
    const auto* const unedited = source.get();
    const double found = unedited != nullptr ? unedited->outline.slope.onset : timeline.keptFrom;
    const double at = timeline.backwards
                          ? timeline.begin
                          : std::max (timeline.begin, timeline.timeOf (std::max (found, timeline.keptFrom)));
    setVisible (std::max (whole().first, timeline.begin - 0.008), std::max (at + 0.06, timeline.begin + 0.08));
}

void WaveformView::zoomAbout (double time, double factor)
{
    setVisible (time - (time - from) * factor, time + (to - time) * factor);
}

void WaveformView::scrollBy (double by) { setVisible (from + by, to + by); }

/** After the start has been moved, everything goes to where the pre-delay has it; what is visible stays in place. */
void WaveformView::settle (double moved)
{
    if (! isWhole)
    {
        from -= moved;
        to -= moved;
    }

    readDocument();
    overlay.repaint();
}

bool WaveformView::keyPressed (const juce::KeyPress& key)
{
    if (key.getModifiers().isCommandDown() || key.getModifiers().isAltDown())
        return false;

    const auto character = juce::CharacterFunctions::toLowerCase (key.getTextCharacter());

    if (character == 'o')
        isWhole ? zoomToOnset() : zoomToWhole();
    else if (character == '+' || character == '=')
        zoomAbout ((from + to) / 2.0, 0.7);
    else if (character == '-')
        zoomAbout ((from + to) / 2.0, 1.0 / 0.7);
    else if (character == 'n' || key.isKeyCode (juce::KeyPress::insertKey))
        handles.addNode (from, to);
    else if (key.isKeyCode (juce::KeyPress::leftKey))
        scrollBy (-0.1 * (to - from));
    else if (key.isKeyCode (juce::KeyPress::rightKey))
        scrollBy (0.1 * (to - from));
    else if (key.isKeyCode (juce::KeyPress::homeKey))
        zoomToWhole();
    else
        return false;

    return true;
}

void WaveformView::showMenu (Handle* handle, juce::Point<float> place)
{
    juce::PopupMenu menu;
    const juce::Component::SafePointer<WaveformView> safe (this);

    if (handle != nullptr)
    {
        menu.addSectionHeader (handle->getTitle() + ": " + handle->valueText());
        menu.addItem (handle->getTitle().startsWith ("Decay node") ? "Remove" : "Reset",
                      [safe, handle]
                      {
                          if (safe == nullptr)
                              return;

                          handle->begin();
                          handle->onReset();
                          handle->end();
                      });
    }
    else if (picture != nullptr)
    {
        const double time = picture->timeAt (place.x);
        menu.addItem ("Add a decay node", time >= timeline.begin && time <= timeline.end(), false,
                      [safe, time]
                      {
                          if (safe != nullptr)
                              safe->handles.addNodeAt (time);
                      });
        menu.addItem ("Remove all decay nodes", ! shownEdits.nodes.empty(), false,
                      [safe]
                      {
                          if (safe != nullptr)
                              safe->processor.document.edit ("Remove all decay nodes",
                                                             [] (DocumentEdits& edits) { edits.nodes.clear(); });
                      });
        menu.addSeparator();
        menu.addItem ("Zoom to the onset",
                      [safe]
                      {
                          if (safe != nullptr)
                              safe->zoomToOnset();
                      });
        menu.addItem ("Whole kernel", ! isWhole, false,
                      [safe]
                      {
                          if (safe != nullptr)
                              safe->zoomToWhole();
                      });
    }

    menu.showMenuAsync (juce::PopupMenu::Options().withTargetScreenArea (
        juce::Rectangle<int> (1, 1).withPosition (field.localPointToGlobal (place.toInt()))));
}

// --- What moves ------------------------------------------------------------------------------------------------------

void WaveformView::setHover (std::optional<juce::Point<float>> place)
{
    // Only what the crosshair and its card cover, before and after.
    const auto mark = [this]
    {
        if (! hover || picture == nullptr)
            return;

        const auto card = hoverCard();
        const int x = juce::roundToInt (hover->x);
        overlay.repaint (x - 4, 0, 9, getHeight());

        if (! card.isEmpty())
            overlay.repaint (card.boundsBeside (*hover, picture->plot()).getSmallestIntegerContainer().expanded (1));
    };

    mark();
    hover = place && picture != nullptr && picture->plot().contains (*place) ? place : std::nullopt;
    mark();

    if (field.isDragging())
        overlay.repaint();
}

ReadOut WaveformView::hoverCard() const
{
    if (! hover || picture == nullptr)
        return {};

    const double width = (to - from) / static_cast<double> (picture->plot().getWidth());
    const double time = picture->timeAt (hover->x);
    const auto levelOf = [&] (const WaveformLayer& layer, bool ofRight)
    {
        const auto columns = columnsOf (layer, ofRight ? *layer.right : *layer.left, time - width, time + width, 1);
        return levelAsText (static_cast<double> (columns[0].peak()) / scene.fullScale);
    };

    const auto at = to - from < 0.05 ? numberAsLabel (time * 1000.0, 2) + juce::String::charToString (0xa0) + "ms"
                                     : numberAsLabel (time, 3) + juce::String::charToString (0xa0) + "s";
    std::vector<ReadOut::Row> rows { { "Time", at } };

    if (! scene.kernel.isEmpty() && scene.kernel.isMono())
        rows.push_back ({ "Level", levelOf (scene.kernel, false) });
    else if (! scene.kernel.isEmpty())
    {
        rows.push_back ({ "Left", levelOf (scene.kernel, false) });
        rows.push_back ({ "Right", levelOf (scene.kernel, true) });
    }

    if (! scene.before.isEmpty())
        rows.push_back ({ "Before edit", levelOf (scene.before, false) });

    return ReadOut (std::move (rows));
}

void WaveformView::paintOverlay (juce::Graphics& g) const
{
    if (picture == nullptr)
        return;

    if (timeline.length > 0.0)
    {
        paintLine (g);
        paintFades (g);

        if (! laneArea.isEmpty())
            paintLane (g);
    }

    paintHover (g);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, picture->plot().reduced (2.0f), theme::controlRadius);
}

void WaveformView::paintLine (juce::Graphics& g) const
{
    if (line == nullptr)
        return;

    const juce::Graphics::ScopedSaveState saved (g);
    const auto& plot = picture->plot();
    g.reduceClipRegion (plot.toNearestInt());
    const auto path = [&] (const WaveformPicture::Lane& lane, bool ofRight)
    {
        juce::Path result;
        const float begin = std::max (picture->xOf (timeline.begin), plot.getX() - 2.0f);
        const float end = std::min (picture->xOf (timeline.end()), plot.getRight() + 2.0f);

        for (float x = begin; x < end + 3.0f; x += 3.0f)
        {
            const float at = std::min (x, end);
            const double magnitude = std::pow (10.0, line->levelDbAt (picture->timeAt (at), ofRight) / 20.0);
            const juce::Point<float> point (at, picture->yOf (magnitude, lane));
            x == begin ? result.startNewSubPath (point) : result.lineTo (point);
        }

        return result;
    };

    const auto& lanes = picture->lanes();
    g.setColour (theme::kernelBright);
    g.strokePath (path (lanes.front(), false), juce::PathStrokeType (1.75f, juce::PathStrokeType::curved));

    if (lanes.size() > 1)
    {
        g.setColour (theme::kernelBright.withAlpha (0.45f));
        g.strokePath (path (lanes.back(), true), juce::PathStrokeType (1.0f, juce::PathStrokeType::curved));
    }
}

void WaveformView::paintFades (juce::Graphics& g) const
{
    const juce::Graphics::ScopedSaveState saved (g);
    const auto& plot = picture->plot();
    g.reduceClipRegion (plot.toNearestInt().expanded (1, 0));
    g.setColour (theme::kernel);

    for (const double time : { timeline.begin, timeline.end() })
        g.fillRect (picture->xOf (time) - 0.75f, plot.getY(), 1.5f, plot.getHeight());

    const auto& edits = shownEdits;
    const float top = plot.getY() + 14.0f;

    // The fade's own curve, from the square down to silence at the end.
    const auto curve = [&] (double full, double silent)
    {
        juce::Path result;
        const float x0 = picture->xOf (full), x1 = picture->xOf (silent), reach = plot.getCentreY() - top;

        for (int n = 0; n <= 40; ++n)
        {
            const double share = n / 40.0;
            const double gain = 0.5 + 0.5 * std::cos (share * juce::MathConstants<double>::pi);
            const double height =
                scale.shown() == 0
                    ? std::max (0.0, 1.0 + 20.0 * std::log10 (std::max (gain, 1e-9)) / WaveformPicture::rangeInDb)
                    : gain;
            const juce::Point<float> point (x0 + (x1 - x0) * static_cast<float> (share),
                                            top + reach * static_cast<float> (1.0 - height));
            n == 0 ? result.startNewSubPath (point) : result.lineTo (point);
        }

        return dashed (result, 1.25f);
    };

    g.setColour (theme::kernel.withAlpha (0.9f));

    if (edits.fadeIn > 0.0)
        g.fillPath (curve (timeline.begin + edits.fadeIn, timeline.begin));

    if (edits.fadeOut > 0.0)
    {
        const double full = timeline.end() - edits.fadeOut;
        g.fillPath (curve (full, timeline.end()));
        juce::Path drop;
        drop.startNewSubPath (picture->xOf (full), top + 6.0f);
        drop.lineTo (picture->xOf (full), plot.getCentreY());
        g.setColour (theme::kernel.withAlpha (0.6f));
        g.fillPath (dashed (drop, 1.0f));
    }

    if (compact)
        return;

    // Labels stay away from the edges, and from each other.
    g.setFont (theme::font (theme::Type::label));
    const auto label = [&] (const Handle& handle, bool toRight)
    {
        const bool isHot = field.selected() == &handle;
        const double length = toRight ? edits.fadeIn : edits.fadeOut;

        if (! handle.isVisible() || (length <= 0.0 && ! isHot))
            return;

        const auto text = handle.getTitle() + " " + handle.valueText();
        const float width = theme::widthOf (theme::font (theme::Type::label), text) + 2.0f;
        const auto at = handle.position();
        const bool right = toRight ? at.x + 12.0f + width < plot.getRight() : at.x - 12.0f - width < plot.getX();
        g.setColour (theme::textMid);
        g.drawText (text,
                    juce::Rectangle<float> (width, 16.0f)
                        .withY (at.y - 8.0f)
                        .withX (right ? at.x + 12.0f : at.x - 12.0f - width),
                    right ? juce::Justification::centredLeft : juce::Justification::centredRight, false);
    };

    label (handles.fadeIn, true);
    label (handles.fadeOut, false);
}

void WaveformView::paintLane (juce::Graphics& g) const
{
    const juce::Graphics::ScopedSaveState saved (g);
    const auto& plot = picture->plot();
    const float y = static_cast<float> (laneArea.getCentreY());
    g.reduceClipRegion (laneArea.withLeft (static_cast<int> (plot.getX()) - 8));
    const auto labels = theme::font (theme::Type::labelMedium), quiet = theme::font (theme::Type::label);
    const auto xOf = [&] (double time) { return juce::jlimit (plot.getX(), plot.getRight(), picture->xOf (time)); };
    const float zero = xOf (0.0), begin = xOf (timeline.begin), end = xOf (timeline.end());

    g.setColour (theme::kernel);

    if (from <= 1e-9)
        g.fillRect (zero - 0.75f, y - 6.0f, 1.5f, 12.0f);

    if (begin > zero)
        g.fillRect (zero, y - 0.75f, begin - zero, 1.5f);

    const auto preDelay = "Pre-delay " + processor.parameters.preDelay.getCurrentValueAsText();
    const float preDelayWidth = theme::widthOf (labels, preDelay) + 2.0f;
    float left = begin + 14.0f;
    g.setFont (labels);
    g.setColour (theme::textHigh);

    if (timeline.begin >= from)
    {
        g.drawText (preDelay, juce::Rectangle<float> (preDelayWidth, 16.0f).withPosition (left, y - 8.0f),
                    juce::Justification::centredLeft, false);
        left += preDelayWidth + 16.0f;
    }

    const auto length = "Length " + seconds (timeline.keptLength());
    const float lengthWidth = theme::widthOf (labels, length) + 2.0f;

    if (end - left > lengthWidth + 48.0f)
    {
        const float middle = (left + end) / 2.0f;
        g.drawText (length, juce::Rectangle<float> (lengthWidth, 16.0f).withCentre ({ middle, y }),
                    juce::Justification::centred, false);
        g.setColour (theme::outline);
        g.fillRect (
            juce::Rectangle<float>::leftTopRightBottom (left, y - 0.5f, middle - lengthWidth / 2.0f - 10.0f, y + 0.5f));
        g.fillRect (
            juce::Rectangle<float>::leftTopRightBottom (middle + lengthWidth / 2.0f + 10.0f, y - 0.5f, end, y + 0.5f));

        if (timeline.end() <= to)
            g.fillRect (end - 0.5f, y - 5.0f, 1.0f, 10.0f);
    }

    const double trimmed = (timeline.length - (timeline.keptTo - timeline.keptFrom)) * timeline.stretch;
    const auto rest = "Trimmed " + seconds (trimmed);

    if (trimmed > 0.0005 && plot.getRight() - end > theme::widthOf (quiet, rest) + 16.0f)
    {
        g.setFont (quiet);
        g.setColour (theme::textLow);
        g.drawText (rest, juce::Rectangle<float>::leftTopRightBottom (end + 12.0f, y - 8.0f, plot.getRight(), y + 8.0f),
                    juce::Justification::centredLeft, false);
    }

    g.setFont (quiet);
}

void WaveformView::paintHover (juce::Graphics& g) const
{
    const auto& plot = picture->plot();

    if (hover && ! field.isDragging())
    {
        g.setColour (theme::textMid.withAlpha (0.8f));
        g.fillRect (std::round (hover->x) - 0.5f, plot.getY(), 1.0f, plot.getHeight());

        // Where the crosshair meets what sounds.
        if (! scene.kernel.isEmpty())
        {
            const double width = (to - from) / static_cast<double> (plot.getWidth());
            const double time = picture->timeAt (hover->x);
            g.setColour (theme::focus);

            for (const auto& lane : picture->lanes())
            {
                const auto& channel = lane.isLeft ? *scene.kernel.left : *scene.kernel.right;
                const auto column = columnsOf (scene.kernel, channel, time - width, time + width, 1)[0];

                if (column.peak() > 0.0f)
                    g.fillEllipse (juce::Rectangle<float> (5.0f, 5.0f)
                                       .withCentre ({ std::round (hover->x),
                                                      picture->yOf (static_cast<double> (column.peak()), lane) }));
            }
        }

        if (field.handleAt (*hover) == nullptr)
        {
            const auto card = hoverCard();
            card.draw (g, card.boundsBeside (*hover, plot));
        }
    }

    if (const auto values = handles.bubble(); ! values.empty())
    {
        std::vector<ReadOut::Row> rows;

        for (size_t n = 0; n < values.size(); ++n)
            rows.push_back ({ {}, values[n], n > 0 });

        const ReadOut bubble (std::move (rows), true);
        bubble.draw (g, bubble.boundsAbove (field.selected()->position(), plot));
    }
}

std::unique_ptr<juce::AccessibilityHandler> WaveformView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::group);
}

} // namespace faltwerk
