// The engine on the audio thread: callbacks of 64 stereo frames at 48 kHz, whose deadline is 1333 us.

#include "Convolution/Engine/Engine.h"
#include "Convolution/Partition/KernelSpectra.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"
#include "Times/Rows.h"

#include <numeric>

using namespace faltwerk;

namespace
{

constexpr size_t callback = 64, callbacksPerSecond = 750;

/** An engine on noise, with a kernel that has been changed to at once. */
struct Playing
{
    Playing (size_t length, bool trueStereo)
        : taps (test::decayingNoise (length, 1))
    {
        std::vector<KernelPath> paths { { 0, 0, taps }, { 1, 1, taps } };

        if (trueStereo)
            paths.insert (paths.end(), { { 1, 0, taps }, { 0, 1, taps } });

        engine.setKernel (std::make_shared<KernelSpectra> (paths, 2, 2), Engine::Change::crossfadeDifferent);

        for (size_t n = 0; n < 20000; ++n)
            play();
    }

    void play()
    {
        const float* in[] = { input.data(), input.data() };
        float* out[] = { left.data(), right.data() };
        engine.process (in, out, callback, controls);
    }

    /** For each callback of a second, its shortest time in us; before each second something is done. */
    template <typename Act>
    std::vector<double> second (Act&& before)
    {
        std::vector<double> least (callbacksPerSecond, 1e9);

        for (int repetition = 0; repetition < 12; ++repetition)
        {
            before();

            for (auto& time : least)
                time = std::min (time, 1000.0 * times::milliseconds ([this] { play(); }));
        }

        return least;
    }

    std::vector<float> taps, input = test::noise (callback, 2), left = input, right = input;
    EngineControls controls;
    EngineMeters meters;
    Engine engine { 48000.0, 2, 2, 65536, meters };
};

double worstOf (const std::vector<double>& times) { return *std::max_element (times.begin(), times.end()); }

double meanOf (const std::vector<double>& times)
{
    return std::accumulate (times.begin(), times.end(), 0.0) / static_cast<double> (times.size());
}

} // namespace

TEST_CASE ("Times of the engine's callbacks", "[engine]")
{
    for (const bool tone : { false, true })
    {
        Playing playing (4800, false);

        for (auto& band : playing.controls.tone.bands)
        {
            band.on = tone;
            band.gainDb = tone ? 3.0f : 0.0f;
        }

        const double mean = meanOf (playing.second ([] {}));
        times::row (std::string ("stereo, 0.1 s, ") + (tone ? "all tone bands" : "no tone") + ": a frame",
                    1000.0 * mean / callback, tone ? 60.0 : 35.0, "ns");
    }

    Playing playing (480000, true);
    const auto steady = playing.second ([] {});
    times::row ("true stereo, 10 s: the mean callback", meanOf (steady), 20.0, "us");
    times::row ("true stereo, 10 s: the worst callback", worstOf (steady), 25.0, "us");
    double reset = 1e9;
    const auto after = playing.second (
        [&] { reset = std::min (reset, 1000.0 * times::milliseconds ([&] { playing.engine.reset(); })); });
    times::row ("true stereo, 10 s: a reset", reset, 2.0 * worstOf (steady), "us");
    times::row ("true stereo, 10 s: the worst callback of the second after a reset", worstOf (after),
                2.0 * worstOf (steady), "us");
    const auto panic = playing.second ([&] { playing.engine.panic(); });
    times::row ("true stereo, 10 s: the worst callback of the second after a panic", worstOf (panic),
                2.0 * worstOf (steady), "us");
}
