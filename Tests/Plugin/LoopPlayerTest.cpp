#include "Plugin/LoopPlayer.h"

#include "Standalone/DemoLoop.h"
#include "Support/Catch.h"

#include <cmath>

using namespace faltwerk;

TEST_CASE ("The loop starts and stops softly, repeats, and fits any rate", "[live]")
{
    std::vector<float> sine (4800);

    for (size_t n = 0; n < sine.size(); ++n)
        sine[n] = std::sin (2.0f * 3.14159265f * static_cast<float> (n) / 48.0f); // 1 kHz

    LoopPlayer player;
    CHECK_FALSE (player.hasLoop());
    player.setLoop ({ sine, sine }, 48000.0);
    CHECK (player.hasLoop());

    std::vector<float> block (9600);
    float* channels[] = { block.data() };
    player.addTo (channels, 1, block.size());
    CHECK (block == std::vector<float> (9600)); // not playing

    player.setPlaying (true);
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
    std::fill (block.begin(), block.end(), 0.0f);
    player.addTo (channels, 1, block.size());

    for (size_t n = 2000; n < 6000; ++n) // away from the ends, where a resampler does not see the loop's other end
        REQUIRE (block[n] == Approx (std::sin (2.0 * 3.14159265 * static_cast<double> (n) / 96.0)).margin (1e-3));
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
