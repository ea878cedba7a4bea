#include "Convolution/Engine.h"

#include "Convolution/FlushDenormals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr float largestUsableSample = 1048576.0f; // 2^20

/** The loader replays in chunks until so little is left. The history reaches further back than a kernel, by what comes
    meanwhile. */
constexpr size_t replayChunk = 1024, shortRest = 512, replayMargin = 16384;

size_t stepsIn (double seconds, double sampleRate, size_t gridSize)
{
    return std::max<size_t> (static_cast<size_t> (std::lround (seconds * sampleRate / static_cast<double> (gridSize))),
                             1);
}

/** A raised cosine from 0 to 1; or the sine that goes with it, so that rising and falling powers add up to one. */
std::vector<float> risingFade (size_t length, bool equalPower)
{
    std::vector<float> gains (length);

    for (size_t n = 0; n < length; ++n)
    {
        const double position = (static_cast<double> (n) + 0.5) / static_cast<double> (length);
        const double raised = 0.5 - 0.5 * std::cos (position * std::numbers::pi);
        gains[n] = static_cast<float> (equalPower ? std::sin (raised * std::numbers::pi / 2.0) : raised);
    }

    return gains;
}

/** A fade from some position on: gains that rise, and the same backwards. */
class Fade
{
public:
    Fade (const std::vector<float>& gains, size_t position) noexcept
        : first (gains.data() + position)
        , last (gains.data() + gains.size() - 1 - position)
    {
    }

    float rising (size_t n) const noexcept { return first[n]; }
    float falling (size_t n) const noexcept { return *(last - n); }

private:
    const float *first, *last;
};

/** The largest magnitude, by eight maxima side by side. */
float largestMagnitude (const float* x, size_t size) noexcept
{
    constexpr size_t lanes = 8;
    float largest[lanes] = {};
    size_t n = 0;

    for (; n + lanes <= size; n += lanes)
        for (size_t lane = 0; lane < lanes; ++lane)
            largest[lane] = std::max (largest[lane], std::abs (x[n + lane]));

    for (; n < size; ++n)
        largest[0] = std::max (largest[0], std::abs (x[n]));

    return *std::max_element (largest, largest + lanes);
}

/** Raises a peak that another thread reads and clears. */
void raise (std::atomic<float>& peak, float magnitude) noexcept
{
    if (magnitude > peak.load (std::memory_order_relaxed))
        peak.store (magnitude, std::memory_order_relaxed);
}

} // namespace

Engine::Engine (double sampleRate, size_t inputs, size_t outputs, size_t historyInFrames, EngineMeters& engineMeters)
    : numInputs (inputs)
    , numOutputs (outputs)
    , meters (engineMeters)
    , history (std::make_unique<History> (inputs, historyInFrames + replayMargin))
    , alikeFade (risingFade (changeGrid * stepsIn (0.020, sampleRate, changeGrid), false))
    , differentFade (risingFade (changeGrid * stepsIn (0.040, sampleRate, changeGrid), true))
    , tailFade (risingFade (changeGrid * stepsIn (0.050, sampleRate, changeGrid), false))
{
    assert (numInputs >= 1 && numInputs <= maxChannels && numOutputs >= 1 && numOutputs <= maxChannels);
    presentHistory.store (history.get(), std::memory_order_release);

    for (auto* ramp : levels.all())
        *ramp = Ramp (stepsIn (0.020, sampleRate, gridSize));
}

Engine::~Engine() = default;

// --- The loader's thread ---------------------------------------------------------------------------------------------

size_t Engine::reachOf (const PartitionPlan& plan) noexcept { return plan.shape.length + 2 * plan.largestBlock(); }

size_t Engine::historyInFrames (const PartitionPlan& plan) noexcept { return reachOf (plan) + replayMargin; }

size_t Engine::sizeInBytes (const PartitionPlan& plan) const noexcept
{
    const size_t present = presentHistory.load (std::memory_order_acquire)->capacity();
    return plan.kernelBytes + plan.convolverBytes
           + numInputs * std::max (present, historyInFrames (plan)) * sizeof (float);
}

void Engine::hear (Voice& voice, const float* const* input, size_t numFrames) noexcept
{
    assert (numFrames <= replayChunk);

    if (voice.convolver != nullptr && voice.change != Change::spillOver)
    {
        float unheard[maxChannels][replayChunk];
        float* const outputs[] = { unheard[0], unheard[1] };
        voice.convolver->process (input, outputs, numFrames);
    }

    if (voice.longerHistory != nullptr)
        voice.longerHistory->write (input, numFrames);

    voice.heard += numFrames;
}

/** Makes a voice and lets it hear as much of the past as it needs, at most `reach` frames, but for a short rest. Says
    whether the audio thread has left it the time. */
bool Engine::replay (Voice& voice, const std::shared_ptr<const KernelSpectra>& spectra, size_t reach)
{
    // From a multiple of the largest block, so that it agrees in every bit with one that was always there.
    voice.resets = numResets.load (std::memory_order_acquire);
    const size_t block = spectra->plan().largestBlock();
    const auto* past = presentHistory.load (std::memory_order_acquire);
    const uint64_t present = past->size();
    const uint64_t known = std::max (
        past->firstFrame(), present - std::min<uint64_t> ({ reach, past->capacity() - replayMargin, present }));
    voice.heard = known / block * block;

    if (const size_t needed = historyInFrames (spectra->plan()); needed > past->capacity())
        voice.longerHistory = std::make_unique<History> (numInputs, needed, voice.heard);

    voice.convolver = std::make_unique<Convolver> (spectra, voice.change == Change::spillOver ? 0 : voice.heard);

    if (! voice.hearsThePast())
        return true;

    std::vector<float> buffer (numInputs * replayChunk);
    float* chunk[maxChannels] = {};

    for (size_t channel = 0; channel < numInputs; ++channel)
        chunk[channel] = buffer.data() + channel * replayChunk;

    for (;;)
    {
        past = presentHistory.load (std::memory_order_acquire); // the audio thread may have put a longer one there
        const uint64_t missing = past->size() - voice.heard;

        if (missing <= shortRest && voice.heard >= known)
            return true;

        // What came before is silence to it.
        const auto size = static_cast<size_t> (std::min<uint64_t> (missing, replayChunk));
        const auto silent =
            static_cast<size_t> (std::clamp<uint64_t> (known, voice.heard, voice.heard + size) - voice.heard);
        float* rest[maxChannels] = {};

        for (size_t channel = 0; channel < numInputs; ++channel)
        {
            std::fill_n (chunk[channel], silent, 0.0f);
            rest[channel] = chunk[channel] + silent;
        }

        if (silent < size && ! past->read (voice.heard + silent, size - silent, rest))
            return false;

        hear (voice, chunk, size);
    }
}

void Engine::setKernel (const std::shared_ptr<const KernelSpectra>& spectra, Change change)
{
    handover.collect();

    // Overtaken by the audio thread, it begins anew; one that is always overtaken starts with less of the past, or
    // none.
    constexpr int attempts = 4;
    auto voice = std::make_unique<Voice>();
    voice->change = change;
    bool replayed = false;

    for (int attempt = 0; attempt < attempts && ! replayed; ++attempt)
        replayed = replay (*voice, spectra, reachOf (spectra->plan()) >> attempt);

    if (! replayed)
    {
        voice->convolver = std::make_unique<Convolver> (spectra);
        voice->longerHistory.reset();
        voice->hasPast = false;
    }

    handover.send (std::move (voice));
}

void Engine::removeKernel()
{
    handover.collect();
    handover.send (std::make_unique<Voice>());
}

bool Engine::collectGarbage()
{
    handover.collect();
    return handover.alive() > 1;
}

// --- The audio thread: changes ---------------------------------------------------------------------------------------

void Engine::considerChange() noexcept
{
    handover.retire (retiring);

    if (tail != nullptr && tailHasEnded())
        handover.retire (tail);

    if (fading || retiring != nullptr)
        return;

    // One that is catching up is not replaced: in a stream of requests none would ever sound.
    if (incoming == nullptr || tail != nullptr)
    {
        if (auto newest = handover.receive())
        {
            retiring = std::exchange (incoming, std::move (newest));
            handover.retire (retiring);

            if (incoming->resets != numResets.load (std::memory_order_relaxed))
                forgetPast (*incoming);
        }
    }

    if (incoming == nullptr || retiring != nullptr)
        return;

    if (tail != nullptr) // one tail at most: this one goes first
    {
        tailIsFading = true;
        return;
    }

    if (! catchUp())
        return;

    if (const auto* longer = incoming->longerHistory.get();
        longer != nullptr && longer->size() == frame && longer->capacity() > history->capacity())
    {
        std::swap (history, incoming->longerHistory); // the former one is freed with the voice
        presentHistory.store (history.get(), std::memory_order_release);
    }

    fading = true;
    fadePosition = 0;

    if (frame == 0) // nothing has sounded yet: no fade
        completeChange();
}

/** Lets a voice start from the present, with silence before it. */
void Engine::forgetPast (Voice& voice) noexcept
{
    voice.hasPast = false;

    if (voice.convolver != nullptr)
        voice.convolver->reset();
}

/** Lets the incoming kernel hear the past, half as fast again as the present goes on; says whether it has arrived. */
bool Engine::catchUp() noexcept
{
    if (! incoming->hearsThePast() || incoming->heard == frame)
        return true;

    constexpr size_t mostAtOnce = changeGrid + changeGrid / 2;
    const auto size = static_cast<size_t> (std::min<uint64_t> (mostAtOnce, frame - incoming->heard));
    float past[maxChannels][mostAtOnce];
    float* chunk[] = { past[0], past[1] };

    if (history->read (incoming->heard, size, chunk))
        hear (*incoming, chunk, size);
    else
        forgetPast (*incoming); // it is no longer there

    return ! incoming->hasPast || incoming->heard == frame;
}

void Engine::completeChange() noexcept
{
    fading = false;

    if (incoming->change == Change::spillOver && sounding != nullptr && sounding->convolver != nullptr)
    {
        tail = std::exchange (sounding, std::move (incoming));
        tailRemaining = (tail->convolver->plan().shape.length + changeGrid - 1) / changeGrid * changeGrid;
        tailIsFading = false;
        tailPosition = 0;
    }
    else
    {
        retiring = std::exchange (sounding, std::move (incoming));
    }

    numCompleted.fetch_add (1, std::memory_order_release);
}

bool Engine::tailHasEnded() const noexcept { return tailRemaining == 0 || tailPosition == tailFade.size(); }

const std::vector<float>& Engine::fadeOf (Change change) const noexcept
{
    return change == Change::crossfadeDifferent ? differentFade : alikeFade;
}

// --- The audio thread: sound -----------------------------------------------------------------------------------------

void Engine::process (const float* const* inputs,
                      float* const* outputs,
                      size_t numFrames,
                      const EngineControls& controls) noexcept
{
    const FlushDenormals flushDenormals;

    for (size_t done = 0; done < numFrames;)
    {
        const float* in[maxChannels] = {};
        float* out[maxChannels] = {};

        for (size_t channel = 0; channel < numInputs; ++channel)
            in[channel] = inputs[channel] + done;

        for (size_t channel = 0; channel < numOutputs; ++channel)
            out[channel] = outputs[channel] + done;

        if (frame % changeGrid == 0)
            considerChange();

        const size_t size = nextChunk (numFrames - done);
        moveLevels (controls, size);
        takeInput (in, size);
        convolve (size);
        mix (out, size);
        frame += size;
        done += size;
    }
}

size_t Engine::nextChunk (size_t numFrames) const noexcept
{
    // Changes begin and end on their grid.
    const bool changing =
        incoming != nullptr || fading || tail != nullptr || retiring != nullptr || handover.isWaiting();
    const size_t grid = changing ? changeGrid : largestChunk;
    return std::min (numFrames, grid - static_cast<size_t> (frame % grid));
}

bool Engine::Levels::areSteady() const noexcept
{
    return gain.isSteady() && wet.isSteady() && dry.isSteady() && out.isSteady() && muted.isSteady()
           && passing.isSteady();
}

void Engine::moveLevels (const EngineControls& controls, size_t numFrames) noexcept
{
    // A kernel on its way in counts from the start of its fade.
    const auto& heardNow = fading ? incoming : sounding;
    const bool hasKernel = heardNow != nullptr && heardNow->convolver != nullptr;
    size_t numSteps = 0;

    for (uint64_t place = frame; place < frame + numFrames; place += gridSize - place % gridSize)
    {
        if (place % gridSize == 0)
        {
            levels.gain.setTarget (controls.gain);
            levels.wet.setTarget (controls.wet);
            levels.dry.setTarget (controls.dry);
            levels.out.setTarget (controls.out);
            levels.muted.setTarget (controls.bypassed ? 1.0f : 0.0f);
            levels.passing.setTarget (controls.bypassed || ! hasKernel ? 1.0f : 0.0f);

            for (auto* ramp : levels.all())
            {
                if (place == 0)
                    ramp->jump();

                ramp->advance();
            }
        }

        steps[numSteps++] = levels;
    }
}

template <typename Act>
void Engine::forEachStep (size_t numFrames, Act&& act) const noexcept
{
    for (size_t done = 0, step = 0; done < numFrames; ++step)
    {
        const auto inStep = static_cast<size_t> ((frame + done) % gridSize);
        const size_t size = std::min (numFrames - done, gridSize - inStep);
        act (steps[step], done, inStep, size);
        done += size;
    }
}

void Engine::takeInput (const float* const* inputs, size_t numFrames) noexcept
{
    size_t unusable = 0;

    for (size_t channel = 0; channel < numInputs; ++channel)
    {
        float* const clean = raw[channel].data();

        for (size_t n = 0; n < numFrames; ++n)
        {
            const float x = inputs[channel][n];
            const bool usable = std::abs (x) <= largestUsableSample; // not if it is NaN
            clean[n] = usable ? x : 0.0f;
            unusable += usable ? 0 : 1;
        }

        raise (meters.inputPeaks[channel], largestMagnitude (clean, numFrames));

        forEachStep (numFrames,
                     [&] (const Levels& level, size_t first, size_t inStep, size_t size)
                     {
                         float* const result = convolved[channel].data() + first;
                         const float* const source = clean + first;

                         if (level.areSteady())
                         {
                             const float gain = level.gain.value() * (1.0f - level.muted.value());

                             for (size_t n = 0; n < size; ++n)
                                 result[n] = source[n] * gain;

                             return;
                         }

                         for (size_t n = 0; n < size; ++n)
                             result[n] = source[n]
                                         * (level.gain.at (inStep + n, gridSize)
                                            * (1.0f - level.muted.at (inStep + n, gridSize)));
                     });
    }

    if (unusable > 0)
        meters.numUnusable.fetch_add (unusable, std::memory_order_relaxed);

    const float* channels[] = { convolved[0].data(), convolved[1].data() };
    history->write (channels, numFrames);
}

void Engine::run (Voice* voice, const Channels& input, Channels& output, size_t numFrames) noexcept
{
    const float* in[] = { input[0].data(), input[1].data() };
    float* out[] = { output[0].data(), output[1].data() };

    if (voice != nullptr && voice->convolver != nullptr)
        voice->convolver->process (in, out, numFrames);
    else
        for (size_t channel = 0; channel < numOutputs; ++channel)
            std::fill_n (out[channel], numFrames, 0.0f);
}

void Engine::convolve (size_t numFrames) noexcept
{
    if (! fading)
        run (sounding.get(), convolved, wetOutput, numFrames);
    else if (incoming->change == Change::spillOver)
        spillOver (numFrames);
    else
        crossfade (numFrames);

    ringOut (numFrames);

    if (fading)
    {
        fadePosition += numFrames;

        if (fadePosition == fadeOf (incoming->change).size())
            completeChange();
    }
}

void Engine::crossfade (size_t numFrames) noexcept
{
    run (sounding.get(), convolved, wetOutput, numFrames);
    run (incoming.get(), convolved, otherOutput, numFrames);

    const Fade fade (fadeOf (incoming->change), fadePosition);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            wetOutput[channel][n] =
                wetOutput[channel][n] * fade.falling (n) + otherOutput[channel][n] * fade.rising (n);
}

void Engine::spillOver (size_t numFrames) noexcept
{
    const Fade fade (fadeOf (incoming->change), fadePosition);

    const auto runFaded = [&] (Voice* voice, auto gain, Channels& output)
    {
        for (size_t channel = 0; channel < numInputs; ++channel)
            for (size_t n = 0; n < numFrames; ++n)
                faded[channel][n] = convolved[channel][n] * gain (n);

        run (voice, faded, output, numFrames);
    };

    runFaded (
        sounding.get(), [&fade] (size_t n) { return fade.falling (n); }, wetOutput);
    runFaded (
        incoming.get(), [&fade] (size_t n) { return fade.rising (n); }, otherOutput);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            wetOutput[channel][n] += otherOutput[channel][n];
}

void Engine::ringOut (size_t numFrames) noexcept
{
    if (tail == nullptr || tailHasEnded())
        return;

    for (auto& channel : faded)
        std::fill_n (channel.data(), numFrames, 0.0f);

    run (tail.get(), faded, otherOutput, numFrames);
    const Fade fade (tailFade, tailPosition);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            wetOutput[channel][n] += otherOutput[channel][n] * (tailIsFading ? fade.falling (n) : 1.0f);

    tailRemaining -= numFrames;
    tailPosition += tailIsFading ? numFrames : 0;
}

void Engine::mix (float* const* outputs, size_t numFrames) noexcept
{
    for (size_t channel = 0; channel < numOutputs; ++channel)
    {
        const float* const source = raw[std::min (channel, numInputs - 1)].data();
        const float* const wet = wetOutput[channel].data();
        float* const output = outputs[channel];

        forEachStep (numFrames,
                     [&] (const Levels& level, size_t first, size_t inStep, size_t size)
                     {
                         /** The gains of the input and of the convolution. */
                         const auto gains = [&level] (auto&& at)
                         {
                             const float passing = at (level.passing), out = at (level.out);
                             return std::pair (passing + (1.0f - passing) * (at (level.dry) * at (level.gain) * out),
                                               at (level.wet) * out);
                         };

                         if (level.areSteady())
                         {
                             const auto [direct, convolution] = gains ([] (const Ramp& ramp) { return ramp.value(); });

                             for (size_t n = first; n < first + size; ++n)
                                 output[n] = source[n] * direct + wet[n] * convolution;

                             return;
                         }

                         for (size_t n = 0; n < size; ++n)
                         {
                             const auto [direct, convolution] =
                                 gains ([&] (const Ramp& ramp) { return ramp.at (inStep + n, gridSize); });
                             output[first + n] = source[first + n] * direct + wet[first + n] * convolution;
                         }
                     });

        raise (meters.outputPeaks[channel], largestMagnitude (output, numFrames));
    }
}

void Engine::reset() noexcept
{
    numResets.fetch_add (1, std::memory_order_release);
    history->clear();
    tailRemaining = 0;

    if (sounding != nullptr && sounding->convolver != nullptr)
        sounding->convolver->reset();

    if (incoming != nullptr)
        forgetPast (*incoming);
}

} // namespace faltwerk
