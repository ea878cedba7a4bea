#include "Editor/Views/Waveform/WaveformHandles.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

/** Rounds a time, so that moving it there and back gives the same one where sound is not stretched. */
double toNanoseconds (double seconds) { return std::round (seconds * 1e9) / 1e9; }

constexpr double gainStep = 0.5, lowestNodeDb = -80.0, highestNodeDb = 24.0;
constexpr double anchorInset = 0.02;    // of the kept length
constexpr double leastAnchored = 0.005; // s: in a shorter kernel nodes would lie on one another

juce::String seconds (double value)
{
    const auto space = juce::String::charToString (0xa0);
    const double tenths = std::round (value * 1e4); // of a millisecond
    return value < 0.9995 ? numberAsLabel (value * 1000.0, value < 0.09995 && std::fmod (tenths, 10.0) != 0.0 ? 1 : 0)
                                + space + "ms"
                          : numberAsLabel (value, 3) + space + "s";
}

juce::String spoken (double value) { return juce::String (value, 3) + " seconds"; }

juce::String decibels (double value)
{
    return (value > 0.0 ? "+" : "") + numberAsLabel (value, 1) + juce::String::charToString (0xa0) + "dB";
}

/** Lengths that notes have: from a 64th to two bars, plain, dotted and triplets, in beats. */
double nearestNote (double beats)
{
    double best = 0.0;

    for (double whole = 1.0 / 16.0; whole <= 8.0; whole *= 2.0)
        for (const double factor : { 2.0 / 3.0, 1.0, 1.5 })
            if (std::abs (whole * factor - beats) < std::abs (best - beats))
                best = whole * factor;

    return best;
}

} // namespace

WaveformHandles::WaveformHandles (PluginProcessor& owner, HandleField& ground)
    : start (Handle::Shape::trim, "Start")
    , end (Handle::Shape::trim, "End")
    , fadeIn (Handle::Shape::fade, "Fade-in")
    , fadeOut (Handle::Shape::fade, "Fade-out")
    , preDelay (Handle::Shape::preDelay, "Pre-delay")
    , processor (owner)
    , field (ground)
    , preDelayAttachment (owner.parameters.preDelay, [] (float) {})
{
    start.setComponentID ("start");
    end.setComponentID ("end");
    fadeIn.setComponentID ("fadeIn");
    fadeOut.setComponentID ("fadeOut");
    preDelay.setComponentID ("preDelayHandle");
    bindTrim (start, true);
    bindTrim (end, false);
    bindFade (fadeIn, true);
    bindFade (fadeOut, false);
    bindPreDelay();

    for (auto* const handle : { &start, &end, &fadeIn, &fadeOut, &preDelay })
        field.add (*handle);
}

EditTimeline WaveformHandles::readTimeline()
{
    const auto present = processor.document.current();
    const double length = present.source != nullptr && present.source->kernel != nullptr
                              ? present.source->kernel->lengthInSeconds()
                              : 0.0;
    documentEdits = present.edits;
    times = EditTimeline (documentEdits.with (processor.parameters.edits()), length);

    if (frozen)
        times.begin = frozen->timeOf (times.firstKept());

    return times;
}

double WaveformHandles::step() const
{
    // About two pixels, as a round number.
    const auto& axis = scene.picture->axis();
    const double wanted = (axis.end - axis.begin) / 400.0;
    const double power = std::pow (10.0, std::floor (std::log10 (wanted)));
    return wanted / power < 2.0 ? power : wanted / power < 5.0 ? 2.0 * power : 5.0 * power;
}

double WaveformHandles::snapped (double source) const
{
    if (! snaps || scene.source == nullptr)
        return source;

    // The nearest change of sign within a twentieth of a second.
    const double place = source * scene.sourceRate;
    const auto sign = [this] (double frame)
    {
        const auto n = static_cast<size_t> (frame);
        return scene.source->extentOf (n, n + 1).largest >= 0.0f;
    };

    for (double away = 0.0; away < scene.sourceRate / 20.0; ++away)
        for (const double frame : { std::floor (place) - away, std::floor (place) + away })
            if (frame >= 1.0 && sign (frame) != sign (frame - 1.0))
                return frame / scene.sourceRate;

    return source;
}

void WaveformHandles::edit (const char* name, const std::function<void (DocumentEdits&)>& change)
{
    if (locked)
        return;

    processor.document.edit (name, change);
    onChange();
}

// --- Start and end ---------------------------------------------------------------------------------------------------

void WaveformHandles::setTrim (bool isStart, double time)
{
    const double source = snapped (times.sourceOf (time)), length = times.length;

    // Of a kernel that sounds backwards, the start is where the source ends.
    edit (isStart ? "Start" : "End",
          [&] (DocumentEdits& edits)
          {
              const double to = edits.end.value_or (length);
              const double former = times.backwards ? -to : edits.start;

              if (isStart != times.backwards)
              {
                  edits.start = toNanoseconds (std::clamp (source, 0.0, std::max (0.0, to - shortest())));
              }
              else
              {
                  const double wanted = toNanoseconds (std::clamp (source, edits.start + shortest(), length));
                  edits.end = wanted >= length ? std::nullopt : std::optional (wanted);
              }

              // Nodes count from the first kept moment. They keep to the sound that they shape, also outside what is
              // kept: from there they still bend the line inside.
              const double moved = (times.backwards ? -edits.end.value_or (length) : edits.start) - former;

              if (isStart)
                  for (auto& node : edits.nodes)
                      node.seconds = toNanoseconds (node.seconds - moved * times.stretch);
          });
}

void WaveformHandles::bindTrim (Handle& handle, bool isStart)
{
    const auto time = [this, isStart] { return isStart ? times.begin : times.end(); };
    const auto shown = [this, isStart] { return isStart ? times.firstKept() : times.keptLength(); };
    handle.valueText = [shown] { return seconds (shown()); };
    handle.spokenValue = [shown] { return spoken (shown()); };
    handle.onBegin = [this, isStart]
    {
        processor.document.beginGesture (isStart ? "Start" : "End");

        if (isStart)
            frozen = times;
    };
    handle.onEnd = [this]
    {
        processor.document.endGesture();
        double moved = 0.0;

        if (frozen)
        {
            moved = times.begin - frozen->begin;
            frozen.reset();
        }

        onSettle (moved);
    };
    handle.onDrag = [this, isStart] (juce::Point<float> place) { setTrim (isStart, scene.picture->timeAt (place.x)); };
    handle.onNudge = [this, isStart, time] (juce::Point<double> steps)
    { setTrim (isStart, time() + steps.x * step()); };
    handle.onLimit = [this, isStart] (bool toEnd)
    {
        if (isStart)
            setTrim (true, toEnd ? times.end() : times.sourceBegin());
        else
            setTrim (false, toEnd ? times.sourceEnd() : times.begin);
    };
    handle.onReset = [this, isStart] { setTrim (isStart, isStart ? times.sourceBegin() : times.sourceEnd()); };
}

// --- Fades -----------------------------------------------------------------------------------------------------------

void WaveformHandles::setFade (bool isIn, double length)
{
    length = std::clamp (length, 0.0, times.keptLength());

    if (snaps && length > 0.0)
    {
        const double at = snapped (times.sourceOf (isIn ? times.begin + length : times.end() - length));
        const double time = times.timeOf (at);
        length = std::clamp (isIn ? time - times.begin : times.end() - time, 0.0, times.keptLength());
    }

    edit (isIn ? "Fade-in" : "Fade-out",
          [&] (DocumentEdits& edits) { (isIn ? edits.fadeIn : edits.fadeOut) = length; });
}

void WaveformHandles::bindFade (Handle& handle, bool isIn)
{
    const auto length = [this, isIn] { return isIn ? documentEdits.fadeIn : documentEdits.fadeOut; };
    handle.valueText = [length] { return seconds (length()); };
    handle.spokenValue = [length] { return spoken (length()); };
    handle.onBegin = [this, isIn] { processor.document.beginGesture (isIn ? "Fade-in" : "Fade-out"); };
    handle.onEnd = [this]
    {
        processor.document.endGesture();
        onSettle (0.0);
    };
    handle.onDrag = [this, isIn] (juce::Point<float> place)
    {
        const double time = scene.picture->timeAt (place.x);
        setFade (isIn, isIn ? time - times.begin : times.end() - time);
    };
    handle.onNudge = [this, isIn, length] (juce::Point<double> steps)
    { setFade (isIn, length() + (isIn ? steps.x : -steps.x) * step()); };
    handle.onLimit = [this, isIn] (bool toEnd) { setFade (isIn, toEnd == isIn ? times.keptLength() : 0.0); };
    handle.onReset = [this, isIn] { setFade (isIn, 0.0); };
}

// --- Pre-delay -------------------------------------------------------------------------------------------------------

void WaveformHandles::setPreDelay (double time)
{
    if (snaps)
    {
        const double beat = 60.0 / processor.parameters.getTempo();
        time = nearestNote (time / beat) * beat;
    }

    const auto& range = processor.parameters.preDelay.getNormalisableRange();
    preDelayAttachment.setValueAsPartOfGesture (
        juce::jlimit (range.start, range.end, static_cast<float> (1000.0 * time)));
    onChange();
}

void WaveformHandles::bindPreDelay()
{
    auto& parameter = processor.parameters.preDelay;
    const auto time = [&parameter] { return static_cast<double> (parameter.get()) / 1000.0; };
    preDelay.valueText = [&parameter] { return parameter.getCurrentValueAsText(); };
    preDelay.spokenValue = [&parameter] { return juce::String (juce::roundToInt (parameter.get())) + " milliseconds"; };
    preDelay.onBegin = [this] { preDelayAttachment.beginGesture(); };
    preDelay.onEnd = [this]
    {
        preDelayAttachment.endGesture();
        onSettle (0.0);
    };
    preDelay.onDrag = [this] (juce::Point<float> place) { setPreDelay (scene.picture->timeAt (place.x)); };
    preDelay.onNudge = [this, time] (juce::Point<double> steps) { setPreDelay (time() + steps.x * step()); };
    preDelay.onLimit = [this] (bool toEnd) { setPreDelay (toEnd ? 1.0 : 0.0); };
    preDelay.onReset = [this] { setPreDelay (0.0); };
}

// --- Nodes -----------------------------------------------------------------------------------------------------------

void WaveformHandles::setNode (size_t index, double time, double gainDb)
{
    edit ("Decay node",
          [&] (DocumentEdits& edits)
          {
              if (index >= edits.nodes.size())
                  return;

              const double apart = std::min (0.001, times.keptLength() / 100.0), former = edits.nodes[index].seconds;
              double from = std::min (0.0, former), to = std::max (times.keptLength(), former);

              if (index > 0)
                  from = std::max (from, edits.nodes[index - 1].seconds + apart);

              if (index + 1 < edits.nodes.size())
                  to = std::min (to, edits.nodes[index + 1].seconds - apart);

              const double at = from <= to ? std::clamp (time - times.begin, from, to) : former;
              edits.nodes[index] = { toNanoseconds (at), std::clamp (gainDb, lowestNodeDb, highestNodeDb) };
          });
}

std::unique_ptr<Handle> WaveformHandles::makeNode (size_t index)
{
    auto node = std::make_unique<Handle> (Handle::Shape::node, "Decay node");
    node->setComponentID ("node" + juce::String (index + 1));
    const auto value = [this, index]
    { return index < documentEdits.nodes.size() ? documentEdits.nodes[index] : DecayNode(); };
    node->valueText = [value] { return seconds (value().seconds) + "  " + decibels (value().gainDb); };
    node->spokenValue = [value]
    {
        const double gain = value().gainDb;
        return spoken (value().seconds) + ", " + (gain < 0.0 ? "minus " : "") + juce::String (std::abs (gain), 1)
               + " decibels";
    };
    node->onBegin = [this] { processor.document.beginGesture ("Decay node"); };
    node->onEnd = [this]
    {
        processor.document.endGesture();
        onSettle (0.0);
    };
    node->onDrag = [this, index, value] (juce::Point<float> place)
    {
        if (scene.line == nullptr)
            return;

        const auto& lane = scene.picture->lanes().front();
        const double former = times.begin + value().seconds; // may be outside what is kept
        const double time = std::clamp (scene.picture->timeAt (place.x), std::min (times.begin, former),
                                        std::max (times.end(), former));
        const double level = 20.0 * std::log10 (scene.picture->magnitudeAt (place.y, lane));
        setNode (index, time, level - scene.line->restDbAt (time));
    };
    node->onNudge = [this, index, value] (juce::Point<double> steps)
    { setNode (index, times.begin + value().seconds + steps.x * step(), value().gainDb + steps.y * gainStep); };
    node->onLimit = [this, index, value] (bool toEnd)
    { setNode (index, toEnd ? times.end() : times.begin, value().gainDb); };
    node->onReset = [this, index]
    {
        edit ("Remove decay node",
              [index] (DocumentEdits& edits)
              {
                  if (index < edits.nodes.size())
                      edits.nodes.erase (edits.nodes.begin() + static_cast<std::ptrdiff_t> (index));

                  // The two that came with the first one go with the last one, wherever trims have left them.
                  if (edits.nodes.size() == 2 && edits.nodes[0].gainDb == 0.0 && edits.nodes[1].gainDb == 0.0)
                      edits.nodes.clear();
              });
    };
    return node;
}

void WaveformHandles::addNodeAt (double time)
{
    const double at = toNanoseconds (std::clamp (time - times.begin, 0.0, times.keptLength()));
    const double length = times.keptLength();
    const DecayNode node { at, NodeCurve (documentEdits.nodes).gainDbAt (at) };
    edit ("Add decay node",
          [&] (DocumentEdits& edits)
          {
              // The first one gets two beside it that hold the ends, where they are clear of other handles: else it
              // would move the whole kernel, which a normalised level hides.
              if (edits.nodes.empty() && length > leastAnchored && at > 2.0 * anchorInset * length
                  && at < (1.0 - 2.0 * anchorInset) * length)
                  edits.nodes = { { toNanoseconds (anchorInset * length), 0.0 },
                                  { toNanoseconds ((1.0 - anchorInset) * length), 0.0 } };

              edits.nodes.push_back (node);
          });

    for (size_t n = 0; n < documentEdits.nodes.size() && n < nodeHandles.size(); ++n)
        if (documentEdits.nodes[n].seconds == at)
            nodeHandles[n]->grabKeyboardFocus();
}

void WaveformHandles::addNode (double from, double to)
{
    from = std::max (from, times.begin);
    to = std::min (to, times.end());
    double best = (from + to) / 2.0, widest = 0.0, last = from;
    const auto consider = [&] (double next)
    {
        if (next - last > widest)
        {
            widest = next - last;
            best = (last + next) / 2.0;
        }

        last = std::max (last, next);
    };

    for (const auto& node : documentEdits.nodes)
        if (const double at = times.begin + node.seconds; at > from && at < to)
            consider (at);

    consider (to);
    addNodeAt (best);
}

// --- Where they lie --------------------------------------------------------------------------------------------------

void WaveformHandles::place (const Scene& newest)
{
    scene = newest;
    const bool exists = scene.picture != nullptr && times.length > 0.0;

    while (nodeHandles.size() < documentEdits.nodes.size())
    {
        nodeHandles.push_back (makeNode (nodeHandles.size()));
        field.add (*nodeHandles.back());
    }

    for (auto* const handle : { &start, &end, &fadeIn, &fadeOut, &preDelay })
        handle->setVisible (exists);

    for (size_t n = 0; n < nodeHandles.size(); ++n)
        nodeHandles[n]->setVisible (exists && scene.line != nullptr && n < documentEdits.nodes.size());

    if (! exists)
        return;

    const auto& picture = *scene.picture;
    const auto& plot = picture.plot();
    const auto put = [&] (Handle& handle, float x, float y)
    {
        handle.place ({ x, y });
        handle.setVisible (handle.isVisible() && x >= plot.getX() - 1.0f && x <= plot.getRight() + 1.0f);
    };

    const float top = plot.getY() + 14.0f;
    put (start, picture.xOf (times.begin), plot.getCentreY());
    put (end, picture.xOf (times.end()), plot.getCentreY());
    put (fadeIn, picture.xOf (times.begin + documentEdits.fadeIn), top);
    put (fadeOut, picture.xOf (times.end() - documentEdits.fadeOut), top);
    put (preDelay, picture.xOf (static_cast<double> (processor.parameters.preDelay.get()) / 1000.0),
         scene.laneY >= 0.0f ? scene.laneY : plot.getBottom() - 10.0f);

    if (scene.line != nullptr)
    {
        for (size_t n = 0; n < documentEdits.nodes.size(); ++n)
        {
            const double time = times.begin + documentEdits.nodes[n].seconds;
            const double magnitude = std::pow (10.0, scene.line->levelDbAt (time) / 20.0);
            put (*nodeHandles[n], picture.xOf (time), picture.yOf (magnitude, picture.lanes().front()));
        }
    }

    // Tab goes from left to right.
    std::vector<Handle*> order { &preDelay, &start, &fadeIn };

    for (size_t n = 0; n < documentEdits.nodes.size(); ++n)
        order.push_back (nodeHandles[n].get());

    order.push_back (&fadeOut);
    order.push_back (&end);

    for (size_t n = 0; n < order.size(); ++n)
        order[n]->setExplicitFocusOrder (static_cast<int> (n) + 1);

    for (size_t n = 0; n < documentEdits.nodes.size(); ++n)
        nodeHandles[n]->setTitle ("Decay node " + juce::String (n + 1) + " of "
                                  + juce::String (documentEdits.nodes.size()));
}

std::vector<juce::String> WaveformHandles::bubble() const
{
    const auto* const handle = field.selected();

    if (handle == nullptr || ! handle->isVisible())
        return {};

    for (size_t n = 0; n < nodeHandles.size() && n < documentEdits.nodes.size(); ++n)
        if (handle == nodeHandles[n].get())
            return { seconds (documentEdits.nodes[n].seconds), decibels (documentEdits.nodes[n].gainDb) };

    return { handle->getTitle(), handle->valueText() };
}

} // namespace faltwerk
