#include "Convolution/Engine/EngineRun.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"

#include <thread>
#include <tuple>

// Changes of kernels while sound goes on, through the whole engine.

using namespace faltwerk;
using namespace faltwerk::test;

TEST_CASE ("The division into callbacks changes no bit through changes of kernel and level and bypass", "[engine]")
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

TEST_CASE ("A change of kernels adds no energy above 3 kHz to a low sine", "[engine]")
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

TEST_CASE ("A crossfaded kernel has its full tail even if it is longer than any before", "[engine]")
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

        // Once the fade of 40 ms has ended and the mixer has caught up, the output is that of a kernel from the start.
        const size_t settled = when + 8192;
        const auto expected = test::oracle (right, second);
        CHECK (test::errorInDb (std::span (y.right).subspan (settled),
                                std::span (expected).subspan (settled, left.size() - settled))
               < -115.0);
        CHECK (engine.completedChanges() == 2);
    }
}

TEST_CASE ("The history grows for a longer kernel and keeps its frames", "[engine]")
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

    // The second kernel finds a short history; the third finds all that it needs.
    const auto expected = test::oracle (x, third);
    CHECK (test::errorInDb (std::span (y.left).subspan (158192), std::span (expected).subspan (158192, 200000 - 158192))
           < -115.0);
    CHECK (engine.completedChanges() == 3);
}

TEST_CASE ("A kernel with blocks far longer than the history gets the whole history", "[engine]")
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

TEST_CASE ("Reset discards past sound even for a kernel that still waits", "[engine]")
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

TEST_CASE ("After a reset an engine equals a new one in every bit", "[engine]")
{
    const auto x = test::noise (50000, 61);
    const auto h = test::decayingNoise (30000, 62), other = test::decayingNoise (500, 63);
    EngineControls controls { .gain = 0.5f, .dry = 0.25f };
    controls.tone[ToneBand::Kind::lowCut] = { ToneBand::Kind::lowCut, true, 100.0f };
    const auto expected = play (x, h, controls, {});

    // Resets at multiples of 32, the grid of levels and tone. The convolution allows any frame.
    for (const size_t past : test::Sizes { 32, 4096, 20000, 49984 })
    {
        for (const auto change : { Engine::Change::crossfadeDifferent, Engine::Change::spillOver })
        {
            CAPTURE (past, static_cast<int> (change));
            EngineMeters meters;
            Engine engine (sampleRate, 2, 2, 65536, meters);
            setStereo (engine, other);
            Stereo y;
            run (engine, x, x, test::cuttings()[3], y, controls);
            setStereo (engine, h, change);
            run (engine, x, x, test::cuttings()[3], y, controls); // also the time that a tail takes
            run (engine, { x.begin(), x.begin() + static_cast<std::ptrdiff_t> (past) },
                 { x.begin(), x.begin() + static_cast<std::ptrdiff_t> (past) }, test::cuttings()[5], y, controls);
            engine.reset();
            run (engine, x, x, test::cuttings()[7], y, controls);
            CHECK (test::differingBits (y.left, expected.left) == "");
            CHECK (test::differingBits (y.right, expected.right) == "");
        }
    }
}

TEST_CASE ("A reset while a long kernel waits does not shorten the tail of a later kernel", "[engine]")
{
    const auto x = test::noise (700000, 64);
    const auto first = test::decayingNoise (150000, 65), second = test::decayingNoise (150000, 66);
    const auto expected = test::oracle (x, second);
    constexpr size_t when = 480000;

    // The kernel is sent before the first frame or later, and the reset comes before or after it is received.
    for (const size_t start : test::Sizes { 0, 9500 }) // the loader leaves the last 284 frames to be caught up with
    {
        for (const size_t later : test::Sizes { 0, 70 })
        {
            CAPTURE (start, later);
            EngineMeters meters;
            Engine engine (sampleRate, 2, 2, 1000, meters);
            Stereo y;
            run (engine, x, x, test::cuttings()[3], y, {},
                 { { start, [&] (Engine& e, EngineControls&) { setStereo (e, first); } },
                   { start + later, [] (Engine& e, EngineControls&) { e.reset(); } },
                   { when, [&] (Engine& e, EngineControls&) { setStereo (e, second); } } });
            CHECK (engine.completedChanges() == 2);
            const size_t settled = when + 9600; // 0.2 s
            CHECK (test::errorInDb (part (y.left, settled, x.size()),
                                    std::span (expected).subspan (settled, x.size() - settled))
                   < -115.0);
        }
    }
}

TEST_CASE ("A kernel that waits during a reset has the tail of the sound since the reset", "[engine]")
{
    const auto x = test::noise (200000, 67);
    const auto first = test::decayingNoise (20000, 68), second = test::decayingNoise (60000, 69);
    constexpr size_t when = 100000, sent = when - 200;
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 131072, meters);
    setStereo (engine, first);
    Stereo y;
    run (engine, x, x, test::cuttings()[3], y, {},
         { { sent, [&] (Engine& e, EngineControls&) { setStereo (e, second); } },
           { when, [] (Engine& e, EngineControls&) { e.reset(); } } });
    auto since = x;
    std::fill_n (since.begin(), when, 0.0f);
    const auto expected = test::oracle (since, second);
    CHECK (test::errorInDb (part (y.left, when + 8192, x.size()),
                            std::span (expected).subspan (when + 8192, x.size() - when - 8192))
           < -115.0);
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

TEST_CASE ("In a spill-over the old kernel rings out and the new one begins", "[engine]")
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

TEST_CASE ("A further change begins after it has faded out an old tail", "[engine]")
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

TEST_CASE ("Changing kernels from another thread neither allocates nor frees nor loses anything on the audio thread",
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
