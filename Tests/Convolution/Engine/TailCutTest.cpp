#include "Convolution/Engine/EngineRun.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"

#include <thread>

// Two ways to cut the convolution's tail: panic, and bypass with cutsTailOnBypass.

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

const EngineControls cutting { .cutsTailOnBypass = true };

void bypass (Engine&, EngineControls& c) { c.bypassed = true; }
void unbypass (Engine&, EngineControls& c) { c.bypassed = false; }
void panic (Engine& e, EngineControls&) { e.panic(); }

} // namespace

TEST_CASE ("The division into callbacks changes no bit through tone and cuts of the tail and panic", "[engine]")
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

TEST_CASE ("After a bypass that cuts the tail no earlier sound remains", "[engine]")
{
    auto x = test::noise (60000, 75);
    std::fill (x.begin() + 20000, x.end(), 0.0f);
    const auto h = test::decayingNoise (50000, 76);
    const auto kept = play (x, h, {}, { { 20000, bypass } });
    CHECK (rms (part (kept.left, 21100, 22000)) > 0.1);

    // The fade takes 20 ms from the next multiple of 64 on. The state of the tone filters is cleared too.
    auto toned = cutting;
    toned.tone[ToneBand::Kind::lowShelf] = { ToneBand::Kind::lowShelf, true, 30.0f, 12.0f };
    const auto cut = play (x, h, toned, { { 20000, bypass }, { 30000, unbypass } });
    CHECK (rms (part (cut.left, 20000, 20480)) > 0.1);
    CHECK (rms (part (cut.left, 20064 + 960, 60000)) == 0.0);

    // A bypass that ends before the fade cuts the tail all the same.
    const auto brief = play (x, h, cutting, { { 20000, bypass }, { 20300, unbypass } });
    CHECK (rms (part (brief.left, 20064 + 960, 60000)) == 0.0);

    // While bypassed the input passes bit for bit. Later input is convolved as if nothing had come before it, and fades
    // in within 20 ms.
    auto y = test::noise (60000, 77);
    const auto again = play (y, h, cutting, { { 20000, bypass }, { 30000, unbypass } });
    CHECK (test::differingBits (part (again.left, 21056, 30000), part (y, 21056, 30000)) == "");
    std::fill (y.begin(), y.begin() + 30000, 0.0f);

    for (size_t n = 0; n < 992; ++n) // bypass ends at frame 30,016, along a line of 960
        y[30000 + n] *= std::clamp ((static_cast<float> (n) - 16.0f) / 960.0f, 0.0f, 1.0f);

    const auto expected = test::oracle (y, h);
    CHECK (test::errorInDb (part (again.left, 31000, 60000), std::span (expected).subspan (31000, 29000)) < -110.0);
}

TEST_CASE ("Panic silences the convolution and leaves the dry sound unchanged", "[engine]")
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

    // A later kernel does not contain sound from before the panic.
    const auto changed = play (x, h, {}, { { 20000, panic }, { 30000, [&] (Engine& e, EngineControls&) {
                                                                  setStereo (e, test::decayingNoise (90000, 80));
                                                              } } });
    CHECK (rms (part (changed.left, 21024, 60000)) == 0.0);

    // Neither does a kernel that waits during the panic, received by the audio thread or not.
    for (const size_t head : test::Sizes { 0, 200 })
    {
        const auto during = play (
            x, h, {},
            { { 20000 - head, [&] (Engine& e, EngineControls&) { setStereo (e, test::decayingNoise (90000, 80)); } },
              { 20000, panic } });
        CHECK (rms (part (during.left, 21024, 60000)) == 0.0);
    }

    // A tail ends too, and a kernel that waits for its end does not contain sound from before.
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

    // Afterwards the input fades in along a straight line of 20 ms.
    const auto steady = test::noise (48000, 81);
    const auto resumed = play (steady, { 1.0f }, {}, { { 20000, panic } });
    size_t start = 21000;

    while (resumed.left[start] == 0.0f)
        ++start;

    start = start / 64 * 64;
    CHECK (start < 21200);

    for (size_t n = start; n < 48000; ++n)
        REQUIRE (resumed.left[n]
                 == Approx (steady[n] * std::min (static_cast<float> (n - start) / 960.0f, 1.0f)).margin (1e-5));

    const auto dry = play (steady, h, { .wet = 0.0f, .dry = 1.0f }, { { 20000, panic } });
    CHECK (test::differingBits (dry.left, steady) == "");
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
