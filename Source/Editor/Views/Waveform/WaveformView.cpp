#include "Editor/Views/Waveform/WaveformView.h"

#include "Editor/Controls/Menu.h"
#include "Kernel/Analysis/Decay/Decay.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr int laneHeight = 20, barHeight = 32, bottomMargin = 12;
constexpr float lineReach = 10.0f; // of a double-click that means the line

} // namespace

WaveformView::WaveformView (PluginProcessor& owner, ViewChoices& choicesToKeep)
    : KernelView (owner, choicesToKeep)
    , scale ("Scale", { "dB", "Linear" })
    , stacking ("Channels", { "Stacked", "Overlaid" })
    , snap ("Snap", theme::textHigh)
    , beforeToggle ("Before", theme::textLow)
    , onset ("Onset")
    , handles (owner, field)
    , overlay (handles, field)
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
    snap.setTooltip ("Snap\nMoves trims and fades to zero crossings, and the pre-delay to note values");
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
    field.onHover = [this] (juce::Point<float> place) { overlay.setHover (place); };
    field.onLeave = [this] { overlay.setHover ({}); };
    field.onSelect = [this]
    {
        overlay.repaint();

        if (onHint != nullptr)
            onHint();
    };
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

std::shared_ptr<const WaveformView::Source> WaveformView::sourceOf (std::shared_ptr<const Kernel> kernel)
{
    Source result;
    result.kernel = kernel;
    result.left = std::make_unique<Overview> (kernel->paths.front());

    if (kernel->paths.size() > 1)
        result.right = std::make_unique<Overview> (kernel->paths.back());

    const size_t length = kernel->lengthInFrames();
    const auto& right = rightOf (result);
    result.onset = measureDecaySlope (*kernel).onset;
    result.peak =
        static_cast<double> (std::max (result.left->extentOf (0, length).peak(), right.extentOf (0, length).peak()));
    return std::make_shared<const Source> (std::move (result));
}

void WaveformView::update (double)
{
    const auto status = processor.kernelStatus();
    const auto present = processor.document.current();
    const bool exists = status.source != nullptr && status.source->kernel != nullptr;

    if (exists)
        sources.ask (status.source, [kernel = status.source->kernel] { return sourceOf (kernel); });
    else
        sources.clear();

    sources.update();

    // The edits that the document holds may belong to a kernel that is still being loaded.
    const bool isOnTheWay = present.source != status.source && processor.isLoading();
    handles.setLocked (exists && (isOnTheWay || ! sources.isCurrent()));

    if (handles.isLocked())
        return;

    auto newSource = exists ? *sources.get() : nullptr; // also of the same document, which was left and has come back
    const bool isOther = std::exchange (document, status.source) != status.source;
    const bool hasOtherEdits = std::exchange (edited, status.edited) != status.edited;
    const bool hasOtherSource = source != newSource;
    const auto former = std::exchange (source, std::move (newSource)); // the picture points into it until it is rebuilt

    if (hasOtherEdits)
        followEdited();

    if (isOther || hasOtherEdits || hasOtherSource || isOutdated || present.edits != shownEdits
        || processor.parameters.edits() != shownParameters
        || (! compact && processor.parameters.getTempo() != shownTempo))
        readDocument();

    if (isOther && ! isWhole)
        setVisible (from, to); // as far as this one reaches
}

void WaveformView::followEdited()
{
    line = nullptr; // which holds the outline
    outline = {};

    if (edited == nullptr || edited->kernel == nullptr || edited->overviews().empty())
        return;

    const auto& kernel = *edited->kernel;
    const auto& overviews = edited->overviews();
    const size_t end = kernel.lengthInFrames();
    const auto first = std::min (static_cast<size_t> (std::round (edited->edits.preDelay * kernel.sampleRate)), end);
    outline.left = outlineOf (overviews.front(), first, end, kernel.sampleRate);
    outline.right =
        kernel.paths.size() > 1 ? outlineOf (overviews.back(), first, end, kernel.sampleRate) : outline.left;
    outline.nodes = NodeCurve (edited->edits.nodes);
    outline.gainDb = edited->normalisingGain > 0.0 ? -20.0 * std::log10 (edited->normalisingGain) : 0.0;
}

void WaveformView::readDocument()
{
    isOutdated = handles.isLocked();

    if (isOutdated)
        return;

    timeline = handles.readTimeline();
    shownEdits = handles.edits();
    shownParameters = processor.parameters.edits();
    shownTempo = processor.parameters.getTempo();
    rebuild();
}

std::pair<double, double> WaveformView::whole() const
{
    double begin = std::min (0.0, timeline.sourceBegin());
    double end = std::max ({ timeline.sourceEnd(), timeline.end(), 1e-4 });

    // Every node can be reached, also those that a shorter stretch has left behind the kernel.
    if (! shownEdits.nodes.empty())
    {
        begin = std::min (begin, timeline.begin + shownEdits.nodes.front().seconds);
        end = std::max (end, timeline.begin + shownEdits.nodes.back().seconds);
    }

    const float width =
        std::max (64.0f, static_cast<float> (getWidth()) - WaveformPicture::leftGutter - WaveformPicture::rightGutter);
    return { begin, begin + TimeAxis::holding (end - begin, width, 90.0f).end };
}

void WaveformView::rebuild()
{
    if (isWhole && ! field.isDragging()) // else the ground would move under the hand
        std::tie (from, to) = whole();

    scene = {};
    scene.from = from;
    scene.to = to;
    scene.decibels = scale.shown() == 0;
    scene.stacked = stacking.shown() == 0;
    scene.beatsPerMinute = compact ? 0.0 : shownTempo;
    scene.unitBesideRuler = ! compact;
    scene.handles = { timeline.begin, timeline.begin + shownEdits.fadeIn, timeline.end() - shownEdits.fadeOut,
                      timeline.end() };

    const auto* const unedited = source.get();

    if (edited != nullptr && edited->kernel != nullptr && ! edited->overviews().empty())
    {
        const auto& kernel = *edited->kernel;
        const EditTimeline own (edited->edits, timeline.length);
        scene.kernel.left = &edited->overviews().front();
        scene.kernel.right = &edited->overviews().back();
        scene.kernel.lengthInFrames = kernel.lengthInFrames();
        scene.kernel.sampleRate = kernel.sampleRate;
        scene.kernel.begin = timeline.timeOf (own.firstKept()) - own.begin;
        scene.kernel.gain = edited->normalisingGain > 0.0 ? 1.0 / edited->normalisingGain : 1.0;

        if (kernel.routing == Routing::trueStereo) // the other two paths are not drawn
        {
            scene.leftName = "L to L";
            scene.rightName = "R to R";
        }
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
    line = unedited != nullptr && ! scene.kernel.isEmpty()
               ? std::make_unique<EnvelopeLine> (outline, timeline.begin, shownEdits.nodes)
               : nullptr;

    zoomBar.setVisible (! compact && exists);
    onset.setButtonText (isWhole ? "Onset" : "Whole");
    const auto [wholeFrom, wholeTo] = whole();
    zoomBar.show (wholeFrom, wholeTo, from, to);
    zoomBar.wholeHasChanged();
    layOutHandles();
    backdrop.repaint();
    showOverlay();
}

void WaveformView::showOverlay()
{
    overlay.show (
        { picture.get(), line.get(), scene, timeline, shownEdits, laneArea, compact, hasKeyboardFocus (false) });
}

void WaveformView::layOutHandles()
{
    WaveformHandles::Scene where;
    where.picture = picture.get();
    where.line = line.get();

    if (source != nullptr)
    {
        where.source = source->left.get();
        where.sourceRate = source->kernel->sampleRate;
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
    const double found = source != nullptr ? source->onset : timeline.keptFrom;
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

    showMenuAt (std::move (menu), field, place);
}

std::unique_ptr<juce::AccessibilityHandler> WaveformView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::group);
}

} // namespace faltwerk
