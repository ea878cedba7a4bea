#include "Plugin/Sounds/LoopPlayer.h"

#include "Plugin/Sounds/DemoLoop.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"

#include <chrono>
#include <cmath>
#include <thread>

using namespace faltwerk;
using test::AllocationGuard;

TEST_CASE ("The loop starts and stops softly, repeats, and fits any rate", "[live]")
{
    std::vector<float> sine (4800);

    for (size_t n = 0; n < sine.size(); ++n)
        sine[n] = std::sin (2.0f * 3.14159265f * static_cast<float> (n) / 48.0f); // 1 kHz

    LoopPlayer player ([&sine] { return std::vector<std::vector<float>> { sine, sine }; }, 48000.0);
    std::vector<float> block (9600);
    float* channels[] = { block.data() };
    player.addTo (channels, 1, block.size());
    CHECK (block == std::vector<float> (9600)); // not playing

    player.setPlaying (true);
    player.finishMaking();
    player.addTo (channels, 1, block.size());
    CHECK (std::abs (block[12]) < 0.1f);

    for (size_t n = 480; n < block.size(); ++n)
        REQUIRE (block[n] == Approx (sine[n % 4800]).margin (1e-6));

    player.setPlaying (false);
    std::fill (block.begin(), block.end(), 1.0f); // adds to what is there
    player.addTo (channels, 1, block.size());
    CHECK (block[12] != 1.0f);
    CHECK (block[481] == 1.0f);

    player.prepare (96000.0);
    player.setPlaying (true);
    player.finishMaking();
    std::fill (block.begin(), block.end(), 0.0f);
    player.addTo (channels, 1, block.size());

    for (size_t n = 2000; n < 6000; ++n) // away from the ends, where a resampler does not see the loop's other end
        REQUIRE (block[n] == Approx (std::sin (2.0 * 3.14159265 * static_cast<double> (n) / 96.0)).margin (1e-3));
}

TEST_CASE ("The loop is made while audio runs, once for each rate, and nothing is allocated for it there", "[live]")
{
    int numMade = 0;
    LoopPlayer player (
        [&numMade]
        {
            ++numMade;
            return std::vector<std::vector<float>> { std::vector<float> (4800, 0.5f) };
        },
        48000.0);
    std::vector<float> block (512);
    float* channels[] = { block.data() };
    size_t count = 0;
    const auto play = [&]
    {
        std::fill (block.begin(), block.end(), 0.0f);
        const AllocationGuard guard;
        player.addTo (channels, 1, block.size());
        count += guard.count();
        return block.back();
    };

    player.prepare (48000.0);
    CHECK (numMade == 0); // nobody has asked for it
    player.setPlaying (true);

    for (int n = 0; n < 2000 && play() < 0.4f; ++n)
        std::this_thread::sleep_for (std::chrono::milliseconds (1));

    CHECK (play() == 0.5f);
    player.setPlaying (false);
    play();
    play();
    player.setPlaying (true);
    play();
    CHECK (play() == 0.5f);
    CHECK (numMade == 1);

    player.prepare (96000.0); // while it plays
    player.finishMaking();
    play();
    CHECK (play() == Approx (0.5f).margin (0.01));
    CHECK (numMade == 2);
    CHECK (count == 0);
}

TEST_CASE ("A host without a sample rate gets no loop and no harm", "[live]")
{
    LoopPlayer player ([] { return std::vector<std::vector<float>> { std::vector<float> (480, 0.5f) }; }, 48000.0);
    player.setPlaying (true);
    std::vector<float> block (64);
    float* channels[] = { block.data() };

    for (const double rate : { 0.0, -1.0, std::nan (""), 1e-3, 1e9 })
    {
        player.prepare (rate);
        player.finishMaking();
        player.addTo (channels, 1, block.size());
        CHECK (block == std::vector<float> (64));
    }

    player.prepare (48000.0);
    player.finishMaking();
    player.addTo (channels, 1, block.size());
    CHECK (block.back() > 0.0f);
}

TEST_CASE ("The demo loop is two bars of stereo that do not clip", "[live]")
{
    const auto loop = DemoLoop::make();
    REQUIRE (loop.size() == 2);
    CHECK (loop[0].size() == 240000); // 8 beats at 96 per minute
    float peak = 0.0f;

    for (const auto& channel : loop)
        for (const float x : channel)
            peak = std::max (peak, std::abs (x));

    CHECK (peak > 0.25f);
    CHECK (peak < 0.6f);
    CHECK (loop == DemoLoop::make());
}
