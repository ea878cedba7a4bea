#include "Convolution/Engine/EngineRun.h"
#include "Support/Catch.h"

#include <limits>

// The whole engine: levels, dry sound, bypass, tone, meters.

using namespace faltwerk;
using namespace faltwerk::test;

TEST_CASE ("Without a kernel the input passes and an empty kernel gives a silent wet signal", "[engine]")
{
    const auto left = test::noise (5000, 1), right = test::noise (5000, 2);
    Stereo y;
    EngineMeters engineMeters;
    Engine engine (sampleRate, 2, 2, 16384, engineMeters);
    run (engine, left, right, test::cuttings()[6], y, { .gain = 0.5f, .wet = 1.0f, .dry = 0.3f, .out = 0.7f });
    CHECK (y.left == left);
    CHECK (y.right == right);

    EngineMeters emptyMeters;
    Engine empty (sampleRate, 2, 2, 16384, emptyMeters);
    empty.setKernel (emptyKernel(), Engine::Change::crossfadeDifferent);
    run (empty, left, right, test::cuttings()[6], y);
    CHECK (y.left == std::vector<float> (5000));

    EngineMeters dryMeters;
    Engine dry (sampleRate, 2, 2, 16384, dryMeters);
    dry.setKernel (emptyKernel(), Engine::Change::crossfadeDifferent);
    run (dry, left, right, test::cuttings()[6], y, { .wet = 1.0f, .dry = 0.5f });

    for (size_t n = 0; n < left.size(); ++n)
        REQUIRE (y.left[n] == Approx (0.5f * left[n]));
}

TEST_CASE ("The engine convolves from the first sample and applies its levels", "[engine]")
{
    const auto left = test::noise (20000, 3), right = test::noise (20000, 4);
    const auto h = test::decayingNoise (7000, 5);
    EngineMeters engineMeters;
    Engine engine (sampleRate, 2, 2, 16384, engineMeters);
    setStereo (engine, h);
    Stereo y;
    run (engine, left, right, test::cuttings()[4], y, { .gain = 2.0f, .wet = 0.5f, .dry = 0.25f, .out = 1.0f });
    auto expected = test::oracle (left, h);

    for (size_t n = 0; n < left.size(); ++n)
        expected[n] += 0.5 * static_cast<double> (left[n]);

    CHECK (test::errorInDb (y.left, expected) < -120.0);
    float peak = 0.0f;

    for (const float sample : left)
        peak = std::max (peak, std::abs (sample));

    CHECK (engineMeters.takeInputPeak (0) == peak);
    CHECK (engineMeters.takeInputPeak (0) == 0.0f);
    CHECK (engineMeters.takeOutputPeak (1) > 0.0f);
}

TEST_CASE ("With one input and two outputs the dry sound goes to both outputs", "[engine]")
{
    const auto x = test::noise (6000, 6);
    const auto hl = test::decayingNoise (500, 7), hr = test::decayingNoise (900, 8);
    EngineMeters engineMeters;
    Engine engine (sampleRate, 1, 2, 16384, engineMeters);
    const KernelPath paths[] = { { 0, 0, hl }, { 0, 1, hr } };
    engine.setKernel (std::make_shared<KernelSpectra> (paths, 1, 2), Engine::Change::crossfadeDifferent);
    std::vector<float> yl (6000), yr (6000);
    const float* in[] = { x.data() };
    float* out[] = { yl.data(), yr.data() };
    engine.process (in, out, 6000, { .wet = 1.0f, .dry = 1.0f });
    auto el = test::oracle (x, hl), er = test::oracle (x, hr);

    for (size_t n = 0; n < x.size(); ++n)
    {
        el[n] += static_cast<double> (x[n]);
        er[n] += static_cast<double> (x[n]);
    }

    CHECK (test::errorInDb (yl, el) < -120.0);
    CHECK (test::errorInDb (yr, er) < -120.0);
}

TEST_CASE ("Bypass passes the input unchanged and lets the tail ring", "[engine]")
{
    auto x = test::noise (48000, 15);
    std::fill (x.begin() + 10000, x.end(), 0.0f);
    const auto h = test::decayingNoise (24000, 16);
    EngineMeters engineMeters;
    Engine engine (sampleRate, 2, 2, 65536, engineMeters);
    setStereo (engine, h);
    Stereo y;
    run (engine, x, x, test::cuttings()[4], y, {},
         { { 10000, [] (Engine&, EngineControls& c) { c.bypassed = true; } } });
    const auto ringing = test::oracle (x, h);
    CHECK (test::errorInDb (std::span (y.left).subspan (12000), std::span (ringing).subspan (12000, 36000)) < -115.0);

    EngineMeters bypassedMeters;
    Engine bypassed (sampleRate, 2, 2, 65536, bypassedMeters);
    setStereo (bypassed, h);
    run (bypassed, x, x, test::cuttings()[4], y, { .gain = 0.3f, .wet = 1.0f, .out = 0.2f, .bypassed = true });
    CHECK (y.left == x);
}

namespace
{

/** A level of the signal path, and two values of it. */
struct Level
{
    const char* name;
    float EngineControls::*level;
    float from, to;
};

const Level levels[] = { { "gain", &EngineControls::gain, 1.0f, 0.25f },
                         { "gain up", &EngineControls::gain, 0.5f, 2.0f },
                         { "wet", &EngineControls::wet, 1.0f, 0.0f },
                         { "dry", &EngineControls::dry, 0.0f, 0.75f },
                         { "out", &EngineControls::out, 1.0f, 0.125f } };

} // namespace

TEST_CASE ("A level moves along a straight line of 20 ms from the next frame of the grid", "[engine]")
{
    const std::vector<float> x (14000, 0.5f);

    for (const auto& [name, level, from, to] : levels)
    {
        CAPTURE (name);
        EngineControls controls { .dry = 0.5f };
        controls.*level = from;
        const auto turn = [level = level, to = to] (Engine&, EngineControls& c) { c.*level = to; };
        const auto y = play (x, { 1.0f }, controls, { { 10001, turn } });
        constexpr double start = 10016.0, length = 960.0;

        for (size_t n = 0; n < x.size(); ++n)
        {
            const double way = std::clamp ((static_cast<double> (n) - start) / length, 0.0, 1.0);
            auto now = controls;
            now.*level = static_cast<float> (static_cast<double> (from)
                                             + (static_cast<double> (to) - static_cast<double> (from)) * way);
            REQUIRE (y.left[n] == Approx (0.5f * now.gain * (now.wet + now.dry) * now.out).margin (1e-6));
        }
    }
}

TEST_CASE ("A level that moves adds no energy above 3 kHz to a low sine", "[engine]")
{
    const auto x = sine (60000, 220.0);

    for (const auto& [name, level, from, to] : levels)
    {
        CAPTURE (name);
        EngineControls controls { .dry = 0.5f };
        controls.*level = from;
        const auto turn = [level = level, to = to] (Engine&, EngineControls& c) { c.*level = to; };
        const auto y = play (x, test::decayingNoise (2000, 90), controls, { { 30001, turn } });
        CHECK (energyAboveDb (part (y.left, 20000, 45000), 3000.0) < -80.0);
    }
}

TEST_CASE ("Unusable samples are replaced by silence and counted", "[engine]")
{
    auto x = test::noise (4000, 17);
    auto clean = x;
    const float bad[] = { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity(), 2e6f, -3e38f };

    for (size_t n = 0; n < std::size (bad); ++n)
    {
        x[500 + 100 * n] = bad[n];
        clean[500 + 100 * n] = 0.0f;
    }

    const auto h = test::decayingNoise (1000, 18);
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 16384, meters), reference (sampleRate, 2, 2, 16384, meters);
    setStereo (engine, h);
    setStereo (reference, h);
    Stereo y, expected;
    run (engine, x, x, test::cuttings()[3], y, { .dry = 1.0f });
    run (reference, clean, clean, test::cuttings()[3], expected, { .dry = 1.0f });
    CHECK (test::differingBits (y.left, expected.left) == "");
    CHECK (meters.unusableSamples() == 10);
}

namespace
{

/** Returns controls with all tone bands on: filters with state. */
ToneControls everyBand()
{
    ToneControls tone;
    tone.bands = { { { ToneBand::Kind::lowCut, true, 100.0f },
                     { ToneBand::Kind::lowShelf, true, 200.0f, 24.0f, 1.0f },
                     { ToneBand::Kind::highShelf, true, 4000.0f, 24.0f, 0.5f },
                     { ToneBand::Kind::highCut, true, 9000.0f } } };
    return tone;
}

bool allFinite (std::span<const float> x)
{
    return std::all_of (x.begin(), x.end(), [] (float sample) { return std::isfinite (sample); });
}

} // namespace

TEST_CASE ("A kernel that overflows never makes the output non-finite and leaves no trace", "[engine]")
{
    constexpr size_t length = 192000, bad = 40000, good = 60000;
    const auto x = test::noise (length, 80);
    const auto h = test::decayingNoise (3000, 81);
    const std::vector<float> huge (1000, 3e37f);
    const std::vector<Event> events = { { bad, [&] (Engine& e, EngineControls&) { setStereo (e, huge); } },
                                        { good, [&] (Engine& e, EngineControls&) { setStereo (e, h); } } };
    ToneControls lowCut;
    lowCut[ToneBand::Kind::lowCut] = { ToneBand::Kind::lowCut, true, 100.0f };

    for (const float wet : { 1.0f, 0.0f })
    {
        for (const auto& tone : { ToneControls(), lowCut, everyBand() })
        {
            const EngineControls controls { .wet = wet, .dry = 0.5f, .out = 2.0f, .tone = tone };
            const auto expected = play (x, h, controls, {});
            Stereo reference;

            for (const auto& cutting : { test::cuttings()[0], test::cuttings()[6], test::cuttings()[13] })
            {
                CAPTURE (wet, cutting.name);
                EngineMeters meters;
                Engine engine (sampleRate, 2, 2, 65536, meters);
                setStereo (engine, h);
                Stereo y;
                run (engine, x, x, cutting, y, controls, events);
                CHECK (allFinite (y.left));
                CHECK (allFinite (y.right));
                CHECK (meters.nonFiniteSamples() > 1000);
                CHECK (meters.unusableSamples() == 0);

                if (reference.left.empty())
                    reference = y;

                CHECK (test::differingBits (y.left, reference.left) == "");

                // At a wet level of 0 the output does not depend on the kernel.
                if (wet == 0.0f)
                    CHECK (test::differingBits (y.left, expected.left) == "");
            }

            // Without filters the output is as before once the bad kernel has been faded out (1920 frames from the
            // grid's next). The low cut's memory of finite samples near 1e38 falls by 3850 dB a second, to a hundredth
            // of a float's last bit within 48,000 frames; what it has rounded meanwhile never comes back bit for bit.
            const std::vector<double> wanted (expected.left.begin(), expected.left.end());
            const size_t settled = tone == ToneControls() ? good + 64 + 1920 + 512 : good + 100000;
            const auto rest = std::span (reference.left).subspan (settled);

            if (tone == ToneControls())
                CHECK (test::differingBits (rest, std::span (expected.left).subspan (settled)) == "");
            else
                CHECK (test::errorInDb (rest, std::span (wanted).subspan (settled)) < -140.0);
        }
    }
}

TEST_CASE ("Gains and tone controls that are not usable numbers change nothing", "[engine]")
{
    const auto x = test::noise (20000, 82);
    const auto h = test::decayingNoise (500, 83);
    const EngineControls controls { .wet = 0.5f, .dry = 0.25f, .tone = everyBand() };
    const auto expected = play (x, h, controls, {});

    for (const float value :
         { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -3e38f })
    {
        const auto spoil = [value] (Engine&, EngineControls& c)
        {
            c.gain = c.wet = c.dry = c.out = value;

            for (auto& band : c.tone.bands)
                if (std::isnan (value))
                    band.frequency = band.gainDb = band.q = value;
        };
        const auto y = play (x, h, controls, { { 5003, spoil } });
        CHECK (test::differingBits (y.left, expected.left) == "");
    }
}

TEST_CASE ("Output may be written over input", "[engine]")
{
    const auto left = test::noise (3000, 19), right = test::noise (3000, 20);
    const auto h = test::decayingNoise (700, 21);
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 16384, meters), inPlace (sampleRate, 2, 2, 16384, meters);
    setStereo (engine, h);
    setStereo (inPlace, h);
    Stereo y;
    run (engine, left, right, test::cuttings()[0], y, { .dry = 0.5f });
    auto l = left, r = right;
    const float* in[] = { l.data(), r.data() };
    float* out[] = { l.data(), r.data() };
    inPlace.process (in, out, 3000, { .dry = 0.5f });
    CHECK (test::differingBits (l, y.left) == "");
    CHECK (test::differingBits (r, y.right) == "");
}

TEST_CASE ("Tone acts on the convolution alone", "[engine]")
{
    const auto x = test::noise (20000, 70);
    const auto h = test::decayingNoise (3000, 71);
    EngineControls controls { .wet = 0.5f, .dry = 0.25f };
    controls.tone[ToneBand::Kind::lowCut] = { ToneBand::Kind::lowCut, true, 500.0f };
    controls.tone[ToneBand::Kind::highShelf].gainDb = 9.0f;
    const auto y = play (x, h, controls, {});
    const auto wet = play (x, h, {}, {});

    // The tests of ToneFilter check its response; this one checks its place in the signal path.
    ToneFilter filter (sampleRate, 2);
    auto filtered = wet;
    float* channels[] = { filtered.left.data(), filtered.right.data() };
    filter.process (channels, x.size(), controls.tone);
    std::vector<double> expected (x.size());

    for (size_t n = 0; n < x.size(); ++n)
        expected[n] = 0.5 * static_cast<double> (filtered.left[n]) + 0.25 * static_cast<double> (x[n]);

    CHECK (test::errorInDb (y.left, expected) < -130.0);

    // Without a kernel the input passes without tone.
    EngineMeters meters;
    Engine none (sampleRate, 2, 2, 16384, meters);
    Stereo passed;
    run (none, x, x, test::cuttings()[4], passed, controls);
    CHECK (passed.left == x);
    controls.bypassed = true;
    CHECK (play (x, h, controls, {}).left == x);
}

TEST_CASE ("Output samples beyond full scale are counted", "[engine]")
{
    std::vector<float> left (1000, 0.5f), right (1000, -1.0f);
    left[10] = 1.5f;
    left[700] = -1.001f;
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 1000, meters);
    Stereo y;
    run (engine, left, right, test::cuttings()[3], y);
    CHECK (meters.clippedSamples (0) == 2);
    CHECK (meters.clippedSamples (1) == 0);
}
