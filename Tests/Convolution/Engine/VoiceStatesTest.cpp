#include "Convolution/Engine/EngineRun.h"
#include "Support/Catch.h"

// The states of VoiceMixer, one after the other, beside sums of exact convolutions.

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

constexpr size_t length = 48000;
constexpr size_t shortFade = 960, longFade = 1920, tailFade = 2432; // frames at 48 kHz, multiples of 64

/** Returns the first multiple of 64 at or after a frame, where a change begins. */
size_t onGrid (size_t frame) { return (frame + 63) / 64 * 64; }

/** Returns a raised cosine from 0 to 1 over some frames from `begin` on. */
double rising (size_t n, size_t begin, size_t frames)
{
    if (n < begin)
        return 0.0;

    const double position = std::min (1.0, (static_cast<double> (n - begin) + 0.5) / static_cast<double> (frames));
    return 0.5 - 0.5 * std::cos (position * std::numbers::pi);
}

/** Returns the convolution of a signal whose frames are multiplied by gain (n). */
template <typename Gain>
std::vector<double> convolved (const std::vector<float>& x, const std::vector<float>& h, Gain&& gain)
{
    auto faded = x;

    for (size_t n = 0; n < x.size(); ++n)
        faded[n] = static_cast<float> (static_cast<double> (x[n]) * gain (n));

    auto result = oracle (faded, h);
    result.resize (x.size());
    return result;
}

std::vector<double> convolved (const std::vector<float>& x, const std::vector<float>& h)
{
    return convolved (x, h, [] (size_t) { return 1.0; });
}

double errorWithin (const Stereo& y, const std::vector<double>& expected, size_t from, size_t to)
{
    return errorInDb (part (y.left, from, to), std::span (expected).subspan (from, to - from));
}

} // namespace

TEST_CASE ("A tail falls along a raised cosine of 50 ms if a further change waits", "[engine]")
{
    const auto x = noise (length, 100);
    const auto first = decayingNoise (30000, 101), second = decayingNoise (500, 102), third = decayingNoise (700, 103);
    constexpr size_t spilled = 20000, changed = 30000;
    const size_t tailFalls = onGrid (changed), tailEnds = tailFalls + tailFade;

    for (const auto change : { Engine::Change::crossfadeAlike, Engine::Change::spillOver })
    {
        const auto y =
            play (x, first, {},
                  { { spilled, [&] (Engine& e, EngineControls&) { setStereo (e, second, Engine::Change::spillOver); } },
                    { changed, [&] (Engine& e, EngineControls&) { setStereo (e, third, change); } } });
        const auto begin = onGrid (spilled);
        const auto tail = convolved (x, first, [&] (size_t n) { return 1.0 - rising (n, begin, shortFade); });
        auto expected = convolved (x, second, [&] (size_t n) { return rising (n, begin, shortFade); });

        for (size_t n = 0; n < length; ++n)
            expected[n] += tail[n] * (1.0 - rising (n, tailFalls, tailFade));

        CAPTURE (static_cast<int> (change));
        CHECK (errorWithin (y, expected, 0, tailFalls) < -115.0);
        CHECK (errorWithin (y, expected, tailFalls, tailEnds) < -115.0);

        // While it waits, the third kernel falls behind; it catches up by half a frame in each frame.
        CHECK (errorWithin (y, convolved (x, third), tailEnds + 8192, length) < -115.0);
    }
}

TEST_CASE ("Kernels keep changing while requests come faster than they can catch up", "[engine]")
{
    const auto x = noise (length, 104);
    const auto first = decayingNoise (3000, 105), second = decayingNoise (4000, 106);
    std::vector<Event> events;

    // The loader leaves a rest of 256 or 512 frames, which takes 512 or 1024 frames to catch up with: longer than until
    // the next request.
    for (size_t chunk = 10240; chunk + 1024 < length; chunk += 1024)
        for (const size_t rest : Sizes { 256, 512 })
            events.push_back ({ chunk + rest, [&, rest] (Engine& e, EngineControls&)
                                { setStereo (e, rest == 256 ? first : second, Engine::Change::crossfadeAlike); } });

    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 65536, meters);
    setStereo (engine, first);
    Stereo y;
    run (engine, x, x, cuttings()[3], y, {}, events);
    CHECK (engine.completedChanges() >= 12); // catching up and fading take at most 2560 frames
}

TEST_CASE ("A spill-over from no kernel fades the input in and leaves no tail", "[engine]")
{
    const auto x = noise (length, 107);
    const auto first = decayingNoise (20000, 108), second = decayingNoise (9000, 109);
    constexpr size_t removed = 10000, set = 24000;
    const auto y =
        play (x, first, {},
              { { removed, [] (Engine& e, EngineControls&) { e.removeKernel(); } },
                { set, [&] (Engine& e, EngineControls&) { setStereo (e, second, Engine::Change::spillOver); } } });
    CHECK (differingBits (part (y.left, 12000, onGrid (set)), part (x, 12000, onGrid (set))) == "");

    // The input passes beside it until it has faded out within 20 ms, from the start of the fade.
    auto expected = convolved (x, second, [&] (size_t n) { return rising (n, onGrid (set), shortFade); });

    for (size_t n = onGrid (set); n < onGrid (set) + shortFade; ++n)
        expected[n] += static_cast<double> (x[n])
                       * (1.0 - static_cast<double> (n - onGrid (set)) / static_cast<double> (shortFade));

    CHECK (errorWithin (y, expected, onGrid (set), length) < -110.0);
}

TEST_CASE ("A panic during a crossfade completes it", "[engine]")
{
    const auto x = noise (length, 110);
    const auto first = decayingNoise (20000, 111), second = decayingNoise (9000, 112);
    constexpr size_t changed = 20000;

    for (const auto change : { Engine::Change::crossfadeDifferent, Engine::Change::spillOver })
    {
        const auto y = play (x, first, {},
                             { { changed, [&] (Engine& e, EngineControls&)
                                 {
                                     setStereo (e, second, change);
                                     e.panic();
                                 } } });

        // Silent after 20 ms, at a multiple of 64; then the input fades in along a straight line.
        const size_t silent = onGrid (onGrid (changed) + shortFade);
        const auto expected = convolved (x, second,
                                         [&] (size_t n) {
                                             return n < silent ? 0.0
                                                               : std::min (1.0, static_cast<double> (n - silent)
                                                                                    / static_cast<double> (shortFade));
                                         });
        CAPTURE (static_cast<int> (change));
        CHECK (errorWithin (y, expected, silent + 1, length) < -110.0);
    }
}

TEST_CASE ("A crossfaded kernel has the bits of one that was there from the start", "[engine]")
{
    const auto x = noise (90000, 113);
    const auto first = decayingNoise (20000, 114), second = decayingNoise (15000, 115);
    const auto expected = play (x, second, {}, {});

    for (const size_t changed : Sizes { 20001, 33333, 60000 })
    {
        const auto y =
            play (x, first, {}, { { changed, [&] (Engine& e, EngineControls&) { setStereo (e, second); } } });
        const size_t settled = changed + 2048 + longFade;
        CAPTURE (changed);
        CHECK (differingBits (part (y.left, settled, x.size()), part (expected.left, settled, x.size())) == "");
    }
}
