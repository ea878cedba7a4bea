#include "Convolution/Engine.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <thread>
#include <tuple>

using namespace faltwerk;

namespace
{

constexpr double sampleRate = 48000.0;

struct Stereo
{
    std::vector<float> left, right;
};

/** Something that happens to an engine at a frame of the stream. */
struct Event
{
    size_t frame;
    std::function<void (Engine&, EngineControls&)> act;
};

void run (Engine& engine,
          const std::vector<float>& left,
          const std::vector<float>& right,
          const test::Cutting& cutting,
          Stereo& output,
          EngineControls controls = {},
          std::vector<Event> events = {})
{
    output.left.resize (left.size());
    output.right.resize (left.size());
    size_t from = 0;
    events.push_back ({ left.size(), [] (Engine&, EngineControls&) {} });

    for (const auto& event : events)
    {
        test::cut (event.frame - from, cutting,
                   [&] (size_t position, size_t size)
                   {
                       const float* in[] = { left.data() + from + position, right.data() + from + position };
                       float* out[] = { output.left.data() + from + position, output.right.data() + from + position };
                       engine.process (in, out, size, controls);
                   });
        event.act (engine, controls);
        from = event.frame;
    }
}

void setStereo (Engine& engine, const std::vector<float>& h, Engine::Change change = Engine::Change::crossfadeDifferent)
{
    const KernelPath paths[] = { { 0, 0, h }, { 1, 1, h } };
    engine.setKernel (std::make_shared<KernelSpectra> (paths, 2, 2), change);
}

std::vector<float> sine (size_t length, double frequency)
{
    std::vector<float> x (length);

    for (size_t n = 0; n < length; ++n)
        x[n] = static_cast<float> (
            0.5 * std::sin (2.0 * std::numbers::pi * frequency * static_cast<double> (n) / sampleRate));

    return x;
}

std::shared_ptr<const KernelSpectra> emptyKernel()
{
    return std::make_shared<KernelSpectra> (std::span<const KernelPath> {}, 2, 2);
}

/** Energy above a frequency relative to all energy, in dB, by a windowed discrete Fourier transform of FFTW's. */
double energyAboveDb (std::span<const float> x, double frequency)
{
    // A long windowed-sinc high-pass as kernel and the oracle's convolution: no other tools needed.
    constexpr int half = 600;
    std::vector<float> highPass (2 * half + 1);

    for (int n = -half; n <= half; ++n)
    {
        const double t = static_cast<double> (n), f = frequency / sampleRate;
        const double sinc = n == 0 ? 2.0 * f : std::sin (2.0 * std::numbers::pi * f * t) / (std::numbers::pi * t);
        const double position = std::numbers::pi * t / half;
        const double window = 0.35875 + 0.48829 * std::cos (position) + 0.14128 * std::cos (2 * position)
                              + 0.01168 * std::cos (3 * position);
        highPass[static_cast<size_t> (n + half)] = static_cast<float> ((n == 0 ? 1.0 : 0.0) - window * sinc);
    }

    const auto filtered = test::oracle (x, highPass);
    double above = 0.0, all = 0.0;

    for (size_t n = 2 * half; n < x.size(); ++n)
        above += filtered[n] * filtered[n];

    for (const float sample : x)
        all += static_cast<double> (sample) * static_cast<double> (sample);

    return 10.0 * std::log10 (above / all + 1e-30);
}

} // namespace

TEST_CASE ("With no kernel the input passes; an empty kernel is wet silence", "[engine]")
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

TEST_CASE ("The engine is the convolver, from the first sample, with its levels", "[engine]")
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

TEST_CASE ("Mono in, stereo out: the dry sound goes to both sides", "[engine]")
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

TEST_CASE ("Cutting never matters, through changes of kernel, level and bypass", "[engine]")
{
    const auto left = test::noise (40000, 9), right = test::noise (40000, 10);
    const auto first = test::decayingNoise (9000, 11), second = test::decayingNoise (3000, 12);
    const std::vector<Event> events = {
        { 5001,
          [&] (Engine& e, EngineControls& c)
          {
              setStereo (e, second);
              c.gain = 0.5f;
          } },
        { 5777, [] (Engine&, EngineControls& c) { c.out = 2.0f; } },
        { 9000, [&] (Engine& e, EngineControls&) { setStereo (e, first, Engine::Change::crossfadeAlike); } },
        { 11003, [&] (Engine& e, EngineControls&) { setStereo (e, second, Engine::Change::spillOver); } },
        { 13100, [&] (Engine& e, EngineControls&) { setStereo (e, first, Engine::Change::spillOver); } },
        { 15000, [] (Engine&, EngineControls& c) { c.bypassed = true; } },
        { 20000,
          [] (Engine& e, EngineControls& c)
          {
              e.removeKernel();
              c.bypassed = false;
          } },
        { 25013,
          [&] (Engine& e, EngineControls& c)
          {
              setStereo (e, second);
              c.dry = 0.4f;
          } },
    };

    Stereo reference;

    for (const auto& cutting : test::cuttings())
    {
        CAPTURE (cutting.name);
        EngineMeters engineMeters;
        Engine engine (sampleRate, 2, 2, 65536, engineMeters);
        setStereo (engine, first);
        Stereo y;
        run (engine, left, right, cutting, y, {}, events);

        if (reference.left.empty())
            reference = y;

        CHECK (test::differingBits (y.left, reference.left) == "");
        CHECK (test::differingBits (y.right, reference.right) == "");
    }
}

TEST_CASE ("A change of kernels has no click: it adds no energy above 3 kHz to a low sine", "[engine]")
{
    const auto x = sine (96000, 220.0);
    const auto first = test::decayingNoise (20000, 13), second = test::decayingNoise (15000, 14);
    const auto play = [&x, &first] (const std::vector<Event>& events)
    {
        EngineMeters meters;
        Engine engine (sampleRate, 2, 2, 65536, meters);
        setStereo (engine, first);
        Stereo y;
        run (engine, x, x, test::cuttings()[4], y, {}, events);
        CHECK (engine.completedChanges() == 1 + events.size());
        return energyAboveDb (std::span (y.left).subspan (44000, 16000), 3000.0);
    };

    const double unchanged = play ({});

    // An edit of the same kernel: a tail that decays faster.
    auto edited = first;

    for (size_t n = 0; n < edited.size(); ++n)
        edited[n] *= std::exp (-1e-4f * static_cast<float> (n));

    const std::pair<Engine::Change, const std::vector<float>&> changes[] = {
        { Engine::Change::crossfadeAlike, edited },
        { Engine::Change::crossfadeDifferent, second },
        { Engine::Change::spillOver, second },
    };

    for (const auto& [change, kernel] : changes)
    {
        const auto& next = kernel;
        const auto manner = change;
        const double changed = play ({ { 48000, [&] (Engine& e, EngineControls&) { setStereo (e, next, manner); } } });
        CAPTURE (static_cast<int> (manner), unchanged, changed);
        CHECK (changed < unchanged + 3.0);
    }
}

TEST_CASE ("A crossfaded kernel sounds with its full tail, also if it is longer than any before", "[engine]")
{
    const auto left = test::noise (140000, 30), right = test::noise (140000, 31);
    const size_t when = 90000;

    for (const size_t length : test::Sizes { 30, 15000, 60000 })
    {
        CAPTURE (length);
        const auto first = test::decayingNoise (20000, 13), second = test::decayingNoise (length, 14);
        EngineMeters meters;
        Engine engine (sampleRate, 2, 2, 65536, meters);
        setStereo (engine, first);
        Stereo y;
        run (engine, left, right, test::cuttings()[4], y, {},
             { { when, [&] (Engine& e, EngineControls&) { setStereo (e, second); } } });

        // After 40 ms, and the time to catch up with what the loader left, as if it had been there always.
        const size_t settled = when + 8192;
        const auto expected = test::oracle (right, second);
        CHECK (test::errorInDb (std::span (y.right).subspan (settled),
                                std::span (expected).subspan (settled, left.size() - settled))
               < -115.0);
        CHECK (engine.completedChanges() == 2);
    }
}

TEST_CASE ("The history grows for a longer kernel, and knows what it knew", "[engine]")
{
    const auto x = test::noise (200000, 32);
    const auto first = test::decayingNoise (3000, 33), second = test::decayingNoise (90000, 34),
               third = test::decayingNoise (80000, 35);
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 1000, meters);
    setStereo (engine, first);
    Stereo y;
    run (engine, x, x, test::cuttings()[3], y, {},
         { { 20000, [&] (Engine& e, EngineControls&) { setStereo (e, second); } },
           { 150000, [&] (Engine& e, EngineControls&) { setStereo (e, third); } } });

    // The second found a short history; the third finds all that it needs.
    const auto expected = test::oracle (x, third);
    CHECK (test::errorInDb (std::span (y.left).subspan (158192), std::span (expected).subspan (158192, 200000 - 158192))
           < -115.0);
    CHECK (engine.completedChanges() == 3);
}

TEST_CASE ("A kernel with far larger blocks than the history is long still gets all that is known", "[engine]")
{
    const auto x = test::noise (200000, 50);
    const auto first = test::decayingNoise (300, 51), second = test::decayingNoise (20000, 52),
               third = test::decayingNoise (25000, 53);
    const auto withBlocks = [] (const std::vector<float>& h, const std::vector<size_t>& blockSizes)
    {
        const KernelPath paths[] = { { 0, 0, h }, { 1, 1, h } };
        return std::make_shared<KernelSpectra> (paths, PartitionPlan::make (shapeOf (paths, 2, 2), blockSizes));
    };

    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 1000, meters);
    engine.setKernel (withBlocks (first, { 64 }), Engine::Change::crossfadeDifferent);
    Stereo y;
    run (engine, x, x, test::cuttings()[3], y, {},
         { { 20000,
             [&] (Engine& e, EngineControls&) {
                 e.setKernel (withBlocks (second, { 64, 512, 8192 }), Engine::Change::crossfadeDifferent);
             } },
           { 70000,
             [&] (Engine& e, EngineControls&) {
                 e.setKernel (withBlocks (third, { 64, 8192 }), Engine::Change::crossfadeDifferent);
             } },
           { 140000, [&] (Engine& e, EngineControls&) {
                e.setKernel (withBlocks (second, { 64, 256, 8192 }), Engine::Change::crossfadeDifferent);
            } } });
    CHECK (engine.completedChanges() == 4);

    for (const auto& [kernel, from, to] : { std::tuple (&third, 75000, 140000), std::tuple (&second, 145000, 200000) })
    {
        const auto expected = test::oracle (x, *kernel);
        const auto begin = static_cast<size_t> (from), length = static_cast<size_t> (to - from);
        CHECK (
            test::errorInDb (std::span (y.left).subspan (begin, length), std::span (expected).subspan (begin, length))
            < -115.0);
    }
}

TEST_CASE ("Reset forgets the sound of the past, also for a kernel on its way", "[engine]")
{
    const auto loud = test::noise (30000, 54);
    const std::vector<float> silence (30000);
    const auto first = test::decayingNoise (20000, 55), second = test::decayingNoise (25000, 56);

    for (const bool received : { false, true })
    {
        EngineMeters meters;
        Engine engine (sampleRate, 2, 2, 65536, meters);
        setStereo (engine, first);
        Stereo y;
        run (engine, loud, loud, test::cuttings()[3], y);
        setStereo (engine, second);

        if (received)
            run (engine, test::noise (640, 57), test::noise (640, 57), test::cuttings()[3], y);

        engine.reset();
        run (engine, silence, silence, test::cuttings()[3], y);
        CHECK (y.left == silence);
        CHECK (engine.completedChanges() == 2);
    }
}

TEST_CASE ("The history never becomes shorter again", "[engine]")
{
    const auto x = test::noise (250000, 58);
    const auto longest = test::decayingNoise (90000, 59), middle = test::decayingNoise (40000, 60);
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 1000, meters);
    setStereo (engine, longest);
    Stereo y;
    run (engine, x, x, test::cuttings()[3], y, {},
         { { 100000, [&] (Engine& e, EngineControls&) { setStereo (e, middle); } },
           { 200000, [&] (Engine& e, EngineControls&) { setStereo (e, longest); } } });
    const auto expected = test::oracle (x, longest);
    CHECK (test::errorInDb (std::span (y.left).subspan (210000), std::span (expected).subspan (210000, 40000))
           < -115.0);
}

TEST_CASE ("Spilling over, the old kernel rings out and the new one begins", "[engine]")
{
    const auto x = test::noise (60000, 36);
    const auto first = test::decayingNoise (20000, 37), second = test::decayingNoise (9000, 38);
    constexpr size_t when = 24000, start = 24000 / 64 * 64; // a multiple of 64
    static_assert (when == start);
    const size_t fade = 960;

    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 65536, meters);
    setStereo (engine, first);
    Stereo y;
    run (engine, x, x, test::cuttings()[4], y, {},
         { { when, [&] (Engine& e, EngineControls&) { setStereo (e, second, Engine::Change::spillOver); } } });

    // The input, faded from one to the other with a raised cosine.
    auto before = x, after = x;

    for (size_t n = 0; n < x.size(); ++n)
    {
        const double position = n < start ? 0.0 : std::min (1.0, (static_cast<double> (n - start) + 0.5) / fade);
        const double rising = 0.5 - 0.5 * std::cos (position * std::numbers::pi);
        after[n] = static_cast<float> (static_cast<double> (x[n]) * rising);
        before[n] = static_cast<float> (static_cast<double> (x[n]) * (1.0 - rising));
    }

    auto expected = test::oracle (before, first);
    const auto added = test::oracle (after, second);

    for (size_t n = 0; n < x.size(); ++n)
        expected[n] += added[n];

    CHECK (test::errorInDb (y.left, std::span (expected).first (x.size())) < -115.0);
}

TEST_CASE ("A further change fades an old tail out, and then happens", "[engine]")
{
    const auto x = test::noise (80000, 39);
    const auto first = test::decayingNoise (60000, 40), second = test::decayingNoise (500, 41),
               third = test::decayingNoise (700, 42);

    for (const auto change : { Engine::Change::crossfadeDifferent, Engine::Change::spillOver })
    {
        EngineMeters meters;
        Engine engine (sampleRate, 2, 2, 65536, meters);
        setStereo (engine, first);
        Stereo y;
        run (engine, x, x, test::cuttings()[4], y, {},
             { { 20000, [&] (Engine& e, EngineControls&) { setStereo (e, second, Engine::Change::spillOver); } },
               { 30000, [&] (Engine& e, EngineControls&) { setStereo (e, third, change); } } });
        CHECK (engine.completedChanges() == 3);
        const auto expected = test::oracle (x, third);
        const size_t settled = 30000 + 2400 + 1920 + 8192;
        CHECK (test::errorInDb (std::span (y.left).subspan (settled),
                                std::span (expected).subspan (settled, x.size() - settled))
               < -115.0);
    }
}

TEST_CASE ("Kernels of different routing replace one another", "[engine]")
{
    const auto left = test::noise (60000, 43), right = test::noise (60000, 44);
    const auto a = test::decayingNoise (3000, 45), b = test::decayingNoise (5000, 46), c = test::decayingNoise (90, 47),
               d = test::decayingNoise (12000, 48);
    const KernelPath crossed[] = { { 0, 0, a }, { 0, 1, b }, { 1, 0, c }, { 1, 1, d } };
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 65536, meters);
    setStereo (engine, b);
    Stereo y;
    run (engine, left, right, test::cuttings()[4], y, {},
         { { 20000, [&] (Engine& e, EngineControls&) {
                e.setKernel (std::make_shared<KernelSpectra> (crossed, 2, 2), Engine::Change::crossfadeDifferent);
            } } });
    const auto fromLeft = test::oracle (left, a), fromRight = test::oracle (right, c);
    std::vector<double> expected (60000);

    for (size_t n = 0; n < expected.size(); ++n)
        expected[n] = fromLeft[n] + fromRight[n];

    CHECK (test::errorInDb (std::span (y.left).subspan (30000), std::span (expected).subspan (30000)) < -115.0);
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

TEST_CASE ("Unusable samples become silence, are counted, and pass by", "[engine]")
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

TEST_CASE ("Changing kernels from another thread: nothing allocated, freed or lost on the audio thread",
           "[engine][realtime]")
{
    EngineMeters engineMeters;
    Engine engine (sampleRate, 2, 2, 65536, engineMeters);
    const auto first = test::decayingNoise (5000, 22), second = test::decayingNoise (12000, 23);
    setStereo (engine, first);
    std::atomic<bool> stop { false };
    size_t allocations = 0;
    bool finite = true;

    std::thread audio (
        [&]
        {
            const auto x = test::noise (512, 24);
            std::vector<float> l (512), r (512);
            const float* in[] = { x.data(), x.data() };
            float* out[] = { l.data(), r.data() };
            const test::AllocationGuard guard;

            while (! stop)
            {
                engine.process (in, out, 512, {});

                for (const float sample : l)
                    finite = finite && std::abs (sample) < 100.0f;
            }

            allocations = guard.count();
        });

    for (int n = 0; n < 200; ++n)
    {
        if (n % 10 == 9)
            engine.removeKernel();
        else
            setStereo (engine, n % 2 == 0 ? second : first, static_cast<Engine::Change> (n % 3));

        engine.collectGarbage();

        if (n % 7 == 0)
            std::this_thread::sleep_for (std::chrono::milliseconds (2));
    }

    while (engine.collectGarbage())
        std::this_thread::sleep_for (std::chrono::milliseconds (1));

    stop = true;
    audio.join();
    CHECK (allocations == 0);
    CHECK (finite);
}

namespace
{

/** A stereo engine on a kernel, and what it makes of a sound. */
Stereo play (const std::vector<float>& x,
             const std::vector<float>& h,
             const EngineControls& controls,
             const std::vector<Event>& events,
             const test::Cutting& cutting = test::cuttings()[4])
{
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 65536, meters);
    setStereo (engine, h);
    Stereo y;
    run (engine, x, x, cutting, y, controls, events);
    return y;
}

std::span<const float> part (const std::vector<float>& x, size_t from, size_t to)
{
    return std::span (x).subspan (from, to - from);
}

double rms (std::span<const float> x)
{
    double sum = 0.0;

    for (const float sample : x)
        sum += static_cast<double> (sample) * static_cast<double> (sample);

    return std::sqrt (sum / static_cast<double> (x.size()));
}

const EngineControls cutting { .cutsTailOnBypass = true };

void bypass (Engine&, EngineControls& c) { c.bypassed = true; }
void unbypass (Engine&, EngineControls& c) { c.bypassed = false; }
void panic (Engine& e, EngineControls&) { e.panic(); }

} // namespace

TEST_CASE ("Tone acts on the convolution alone", "[engine]")
{
    const auto x = test::noise (20000, 70);
    const auto h = test::decayingNoise (3000, 71);
    EngineControls controls { .wet = 0.5f, .dry = 0.25f };
    controls.tone[ToneBand::Kind::lowCut] = { ToneBand::Kind::lowCut, true, 500.0f };
    controls.tone[ToneBand::Kind::highShelf].gainDb = 9.0f;
    const auto y = play (x, h, controls, {});
    const auto wet = play (x, h, {}, {});

    // The filter's own tests say what it does; here, where it stands. The sum is of floats.
    ToneFilter filter (sampleRate, 2);
    auto filtered = wet;
    float* channels[] = { filtered.left.data(), filtered.right.data() };
    filter.process (channels, x.size(), controls.tone);
    std::vector<double> expected (x.size());

    for (size_t n = 0; n < x.size(); ++n)
        expected[n] = 0.5 * static_cast<double> (filtered.left[n]) + 0.25 * static_cast<double> (x[n]);

    CHECK (test::errorInDb (y.left, expected) < -130.0);

    // Neither where the input passes.
    EngineMeters meters;
    Engine none (sampleRate, 2, 2, 16384, meters);
    Stereo passed;
    run (none, x, x, test::cuttings()[4], passed, controls);
    CHECK (passed.left == x);
    controls.bypassed = true;
    CHECK (play (x, h, controls, {}).left == x);
}

TEST_CASE ("Cutting never matters, through tone, cuts of the tail and panic", "[engine]")
{
    const auto x = test::noise (40000, 72);
    const auto h = test::decayingNoise (30000, 73), other = test::decayingNoise (9000, 74);
    const std::vector<Event> events = {
        { 3001, [] (Engine&, EngineControls& c) { c.tone[ToneBand::Kind::lowShelf].gainDb = 12.0f; } },
        { 5005, panic },
        { 9001, bypass },
        { 9333, unbypass }, // before the cut is done
        { 15011, [&] (Engine& e, EngineControls&) { setStereo (e, other, Engine::Change::spillOver); } },
        { 15501, panic }, // while the kernel changes
        { 20003, bypass },
        { 25007, unbypass },
        { 30001,
          [] (Engine&, EngineControls& c) {
              c.tone[ToneBand::Kind::highCut] = { ToneBand::Kind::highCut, true };
          } },
        { 33333,
          [&] (Engine& e, EngineControls&)
          {
              setStereo (e, h);
              e.panic();
          } },
    };

    Stereo reference;

    for (const auto& way : test::cuttings())
    {
        CAPTURE (way.name);
        const auto y = play (x, h, cutting, events, way);

        if (reference.left.empty())
            reference = y;

        CHECK (test::differingBits (y.left, reference.left) == "");
    }
}

TEST_CASE ("Bypass may cut the tail, and then nothing old sounds", "[engine]")
{
    auto x = test::noise (60000, 75);
    std::fill (x.begin() + 20000, x.end(), 0.0f);
    const auto h = test::decayingNoise (50000, 76);
    const auto kept = play (x, h, {}, { { 20000, bypass } });
    CHECK (rms (part (kept.left, 21100, 22000)) > 0.1);

    // 20 ms from the next multiple of 64 on; the tone's memory of it goes too.
    auto toned = cutting;
    toned.tone[ToneBand::Kind::lowShelf] = { ToneBand::Kind::lowShelf, true, 30.0f, 12.0f };
    const auto cut = play (x, h, toned, { { 20000, bypass }, { 30000, unbypass } });
    CHECK (rms (part (cut.left, 20000, 20480)) > 0.1);
    CHECK (rms (part (cut.left, 20064 + 960, 60000)) == 0.0);

    // Back before the fade has ended it is the same.
    const auto brief = play (x, h, cutting, { { 20000, bypass }, { 20300, unbypass } });
    CHECK (rms (part (brief.left, 20064 + 960, 60000)) == 0.0);

    // What bypass passes is exact, and what comes after it is convolved as if it were the first. Forgetting 50,000
    // taps takes a few thousand frames; after 20 ms more the input is there in full.
    auto y = test::noise (60000, 77);
    const auto again = play (y, h, cutting, { { 20000, bypass }, { 30000, unbypass } });
    CHECK (test::differingBits (part (again.left, 21056, 30000), part (y, 21056, 30000)) == "");
    std::fill (y.begin(), y.begin() + 30000, 0.0f);

    for (size_t n = 0; n < 992; ++n) // bypass ends at frame 30,016, along a line of 960
        y[30000 + n] *= std::clamp ((static_cast<float> (n) - 16.0f) / 960.0f, 0.0f, 1.0f);

    const auto expected = test::oracle (y, h);
    CHECK (test::errorInDb (part (again.left, 31000, 60000), std::span (expected).subspan (31000, 29000)) < -110.0);
}

TEST_CASE ("Panic silences the convolution at once, lets the sound beside it be, and begins anew", "[engine]")
{
    auto x = test::noise (96000, 78);
    std::fill (x.begin() + 20000, x.begin() + 60000, 0.0f);
    const auto h = test::decayingNoise (60000, 79);
    const auto y = play (x, h, {}, { { 20000, panic } });
    CHECK (rms (part (y.left, 20000, 20480)) > 0.1);
    CHECK (rms (part (y.left, 21024, 60000)) == 0.0);

    auto after = x;
    std::fill (after.begin(), after.begin() + 60000, 0.0f);
    const auto expected = test::oracle (after, h);
    CHECK (test::errorInDb (part (y.left, 60000, 96000), std::span (expected).subspan (60000, 36000)) < -110.0);

    // A kernel that comes later does not know of what was before.
    const auto changed = play (x, h, {}, { { 20000, panic }, { 30000, [&] (Engine& e, EngineControls&) {
                                                                  setStereo (e, test::decayingNoise (90000, 80));
                                                              } } });
    CHECK (rms (part (changed.left, 21024, 60000)) == 0.0);

    // Nor one that is on its way, received or not.
    for (const size_t head : test::Sizes { 0, 200 })
    {
        const auto during = play (
            x, h, {},
            { { 20000 - head, [&] (Engine& e, EngineControls&) { setStereo (e, test::decayingNoise (90000, 80)); } },
              { 20000, panic } });
        CHECK (rms (part (during.left, 21024, 60000)) == 0.0);
    }

    // Nor does a tail go on, nor know one that waits for a tail to go.
    const auto spilt =
        play (x, h, {},
              { { 15000, [&] (Engine& e, EngineControls&) { setStereo (e, { 1.0f }, Engine::Change::spillOver); } },
                { 20000, panic } });
    CHECK (rms (part (spilt.left, 20000, 20480)) > 0.1);
    CHECK (rms (part (spilt.left, 21024, 60000)) == 0.0);

    const auto ringing =
        play (x, h, {},
              { { 15000, [&] (Engine& e, EngineControls&) { setStereo (e, h, Engine::Change::spillOver); } },
                { 19900, [&] (Engine& e, EngineControls&) { setStereo (e, test::decayingNoise (90000, 80)); } },
                { 20000, panic } });
    CHECK (rms (part (ringing.left, 21024, 60000)) == 0.0);

    // It begins anew along a line of 20 ms.
    const auto sounding = test::noise (48000, 81);
    const auto anew = play (sounding, { 1.0f }, {}, { { 20000, panic } });
    size_t start = 21000;

    while (anew.left[start] == 0.0f)
        ++start;

    start = start / 64 * 64;
    CHECK (start < 21200);

    for (size_t n = start; n < 48000; ++n)
        REQUIRE (anew.left[n]
                 == Approx (sounding[n] * std::min (static_cast<float> (n - start) / 960.0f, 1.0f)).margin (1e-5));

    const auto dry = play (sounding, h, { .wet = 0.0f, .dry = 1.0f }, { { 20000, panic } });
    CHECK (test::differingBits (dry.left, sounding) == "");
}

TEST_CASE ("Cutting the tail has no click", "[engine]")
{
    const auto x = sine (96000, 220.0);
    const auto h = test::decayingNoise (20000, 13);
    const auto energy = [&] (const EngineControls& controls, const std::vector<Event>& events)
    { return energyAboveDb (part (play (x, h, controls, events).left, 44000, 60000), 3000.0); };
    const double unchanged = energy ({}, {});
    CAPTURE (unchanged);
    CHECK (energy ({}, { { 48000, panic } }) < -80.0);
    CHECK (energy (cutting, { { 48000, bypass } }) < -80.0);
    CHECK (energy (cutting, { { 48000, bypass }, { 52000, unbypass } }) < -80.0);
}

TEST_CASE ("Samples put out beyond full scale are counted", "[engine]")
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

TEST_CASE ("Tone, cuts and panic from another thread allocate nothing", "[engine][realtime]")
{
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 65536, meters);
    setStereo (engine, test::decayingNoise (30000, 82));
    std::atomic<bool> stop { false };
    std::thread other (
        [&]
        {
            while (! stop)
            {
                engine.panic();
                std::this_thread::sleep_for (std::chrono::milliseconds (1));
            }
        });

    const auto x = test::noise (512, 83);
    std::vector<float> l (512), r (512);
    const float* in[] = { x.data(), x.data() };
    float* out[] = { l.data(), r.data() };
    auto controls = cutting;
    bool finite = true;
    size_t allocations = 0;

    {
        const test::AllocationGuard guard;

        for (int n = 0; n < 2000; ++n)
        {
            controls.bypassed = n / 50 % 2 == 1;
            controls.tone[ToneBand::Kind::lowShelf].gainDb = static_cast<float> (n % 24);
            engine.process (in, out, 512, controls);

            for (const float sample : l)
                finite = finite && std::abs (sample) < 100.0f;
        }

        allocations = guard.count();
    }

    stop = true;
    other.join();
    CHECK (allocations == 0);
    CHECK (finite);
}
