#include "Editor/Dialogs/Measuring/LiveMeasuring.h"

#include "Kernel/Measuring/Sweeps/SweepText.h"
#include "Picture/Axis.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace faltwerk
{

namespace
{

using Kind = LiveMeasuring::Kind;
using Outputs = LiveMeasuring::Outputs;

constexpr float silenceInDb = -80.0f, quietInDb = -30.0f, loudInDb = -3.0f;
const auto space = juce::String::charToString (0xa0);

/** Returns what is played: the sweep itself, its middle for a check, or a short one through a loop. */
Sweep played (Kind kind, Sweep sweep)
{
    if (kind == Kind::check)
    {
        sweep.from = std::max (sweep.from, 100.0);
        sweep.to = std::min (sweep.to, 10000.0);
        sweep.seconds = 1.5;
        sweep.leadIn = 0.1;
        sweep.tail = 0.3;
    }
    else if (kind == Kind::loop)
    {
        sweep.from = 20.0;
        sweep.to = highestSweepEnd * sweep.sampleRate;
        sweep.seconds = 1.0;
        sweep.leadIn = 0.2;
        sweep.tail = 1.0; // the longest latency that is found
    }

    return sweep;
}

std::shared_ptr<SweepTake> makeTake (const Sweep& sweep, Outputs outputs, size_t numInputs, size_t numOutputs)
{
    auto samples = makeSweep (sweep);
    const std::vector<float> silence (samples.size());
    std::vector<std::vector<float>> signal { outputs == Outputs::right ? silence : samples };

    if (numOutputs > 1)
        signal.push_back (outputs == Outputs::both || outputs == Outputs::right ? samples : silence);

    if (outputs == Outputs::leftThenRight)
    {
        signal[0].insert (signal[0].end(), silence.begin(), silence.end());
        signal[1].insert (signal[1].end(), samples.begin(), samples.end());
    }

    return std::make_shared<SweepTake> (std::move (signal), numInputs, sweep.sampleRate);
}

juce::String tenths (double seconds) { return juce::String (seconds, 1); }

} // namespace

juce::String levelInWords (float peak, bool clips, bool isApp)
{
    const float decibels = juce::Decibels::gainToDecibels (peak, -100.0f);

    if (decibels < silenceInDb)
        return isApp ? "Nothing arrives: connect what is measured, and choose the input under Audio."
                     : "Nothing arrives: connect what is measured, and route it to this track.";

    const auto level = "(peak " + numberAsLabel (static_cast<double> (decibels), 1) + space + "dB)";

    if (clips || peak >= 1.0f)
        return "Clipping: lower the input or the sweep " + level + ".";

    if (decibels < quietInDb)
        return "Too quiet: raise the input or the sweep " + level + ".";

    return (decibels > loudInDb ? "Near clipping: lower the input a little " : "Good ") + level + ".";
}

LiveMeasuring::LiveMeasuring (PluginProcessor& owner, SweepRun::OpenInput opener)
    : processor (owner)
    , openInput (std::move (opener))
{
}

void LiveMeasuring::begin (Kind kind, const Sweep& wanted, Outputs wantedOutputs)
{
    stop();
    present = kind;
    sweep = played (kind, wanted);
    outputs = kind == Kind::measure || kind == Kind::check ? wantedOutputs : Outputs::both;

    if (processor.getMainBusNumOutputChannels() < 2 || (kind == Kind::check && outputs == Outputs::leftThenRight))
        outputs = Outputs::both;

    said = {};
    problem = {};
    preparing.ask (++number, [asked = sweep, to = outputs,
                              numInputs = static_cast<size_t> (processor.getMainBusNumInputChannels()),
                              numOutputs = static_cast<size_t> (processor.getMainBusNumOutputChannels())]
                   { return makeTake (asked, to, numInputs, numOutputs); });
}

void LiveMeasuring::stop()
{
    if (std::exchange (present, std::nullopt))
        said = "Stopped: nothing has changed.";

    run = nullptr;
    preparing.clear();
    loop.clear();
}

bool LiveMeasuring::update (double now)
{
    if (preparing.update() && present && preparing.get() != nullptr)
        run = std::make_unique<SweepRun> (processor, *preparing.get(), openInput);

    if (loop.update() && is (Kind::loop) && loop.get() != nullptr)
    {
        if (const auto& found = *loop.get())
        {
            processor.sweep.loop = SweepRecorder::Loop { processor.getSampleRate(), processor.getBlockSize(), *found };
            said = "Latency of the loop: " + juce::String (std::lround (*found * processor.getSampleRate()))
                   + " frames (" + numberAsLabel (1000.0 * *found, 1) + space + "ms).";
        }
        else
        {
            problem = juce::String::fromUTF8 (found.error().c_str());
        }

        present.reset();
    }

    if (run == nullptr)
        return false;

    if (const auto clip = run->take().firstClip(); clip && ! is (Kind::play))
        problem = placeOf (*clip).side + "Clipped at " + tenths (placeOf (*clip).seconds) + space
                  + "s: lower the input or the sweep.";

    const auto state = run->update (now);

    if (state == SweepRun::State::failed)
    {
        problem = juce::String::fromUTF8 (run->problem().c_str());
        present.reset();
        run = nullptr;
        return false;
    }

    if (state != SweepRun::State::done)
        return false;

    const bool isMeasurement = is (Kind::measure);
    finish();
    run = nullptr;
    return isMeasurement;
}

/** Makes something of a take that is done. */
void LiveMeasuring::finish()
{
    const auto& take = run->take();
    const auto kind = *std::exchange (present, std::nullopt);

    if (kind == Kind::play)
        said = "Played.";

    if (kind == Kind::check)
    {
        const auto words = levelInWords (take.peak(), take.firstClip().has_value(), openInput != nullptr);
        words.startsWith ("Good") ? said = words : problem = words;
    }

    if (kind == Kind::loop)
    {
        present = kind; // until its latency is found
        loop.askCancellably (number,
                             [recording = take.recording(), known = sweep] (const IsCancelled& isCancelled)
                             {
                                 KnownSweep law;
                                 law.law = known;
                                 const auto found =
                                     deconvolve ({ recording }, law, "loop", BandPhase::minimum, {}, isCancelled);

                                 if (! found)
                                     return Outcome<double>::failure (
                                         "No sweep came back through the loop: connect the output to the input by a "
                                         "cable, and check the level.");

                                 return Outcome<double> (found->latency);
                             });
    }

    if (kind == Kind::measure)
    {
        auto result = std::make_shared<Measured>();
        const size_t length = outputs == Outputs::leftThenRight ? take.lengthInFrames() / 2 : take.lengthInFrames();
        result->recording = take.recording (0, length);
        result->recording.comment = asText (sweep);
        result->sweep = sweep;
        result->number = number;

        if (outputs == Outputs::leftThenRight)
        {
            auto second = take.recording (length, length);
            std::move (second.channels.begin(), second.channels.end(), std::back_inserter (result->recording.channels));
        }

        newest = std::move (result);
    }
}

double LiveMeasuring::progress() const
{
    return run != nullptr
               ? static_cast<double> (run->take().numDone()) / static_cast<double> (run->take().lengthInFrames())
           : is (Kind::loop) ? 1.0
                             : 0.0;
}

/** Returns the position of a frame of the take in its sweep, or in the first or second one of a pair. */
LiveMeasuring::Place LiveMeasuring::placeOf (size_t frame) const
{
    const double section = sweep.leadIn + sweep.seconds + sweep.tail,
                 whole = static_cast<double> (frame) / sweep.sampleRate;
    const bool isPair = outputs == Outputs::leftThenRight, isSecond = isPair && whole >= section;
    const double time = whole - (isSecond ? section : 0.0) - sweep.leadIn;
    return { ! isPair   ? ""
             : isSecond ? "Right: "
                        : "Left: ",
             std::clamp (time, 0.0, sweep.seconds), time >= sweep.seconds };
}

juce::String LiveMeasuring::wordsOfTake() const
{
    const auto place = placeOf (run->take().numDone());
    const auto words = place.isTail ? juce::String ("Listening to the tail")
                                    : "Sweep " + tenths (place.seconds) + " of " + tenths (sweep.seconds) + space + "s";
    return place.side.isEmpty() ? words : place.side + words.substring (0, 1).toLowerCase() + words.substring (1);
}

juce::String LiveMeasuring::words() const
{
    if (! present)
        return said;

    if (run == nullptr || run->state() == SweepRun::State::waiting)
        return run == nullptr && preparing.isCurrent() ? "Finding the latency" : "Silencing what sounds";

    return wordsOfTake();
}

std::optional<double> LiveMeasuring::loopLatency() const
{
    const auto& known = processor.sweep.loop;
    return known && known->sampleRate == processor.getSampleRate() && known->blockSize == processor.getBlockSize()
               ? std::optional (known->seconds)
               : std::nullopt;
}

} // namespace faltwerk
