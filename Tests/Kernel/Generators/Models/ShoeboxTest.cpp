#include "Kernel/Generators/Models/Shoebox.h"

#include "Kernel/Generators/Measures.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

constexpr double speedOfSound = 343.0;
constexpr std::array airInDbPerKm { 0.4, 1.3, 2.7, 4.7, 9.9, 29.0, 104.0 };

/** How fast Eyring lets a frequency's energy decay, per second; between octaves walls and air go along a line over the
    logarithm of frequency. */
double eyringRate (const Shoebox& room, double frequency)
{
    const double volume = room.width * room.depth * room.height;
    const double surface = 2.0 * (room.width * room.depth + room.width * room.height + room.depth * room.height);
    const double position = std::clamp (std::log2 (frequency / 125.0), 0.0, 6.0);
    const auto below = std::min<size_t> (5, static_cast<size_t> (position));
    const double part = std::log2 (frequency / 125.0) - static_cast<double> (below); // beyond the last octave too
    const double walls = std::lerp (room.absorption[below], room.absorption[below + 1], std::clamp (part, 0.0, 1.0));
    const double air = airInDbPerKm[below] * std::pow (airInDbPerKm[below + 1] / airInDbPerKm[below], part);
    return speedOfSound * (air * 1e-4 * std::numbers::ln10 - surface / (4.0 * volume) * std::log (1.0 - walls));
}

/** The decay of a whole octave, whose frequencies decay each at their own rate: at a rate of 1 kHz. */
Signal eyringCurve (const Shoebox& room, double frequency)
{
    Signal curve;

    for (double t = 0.0; curve.empty() || curve.back() > 1e-6 * curve.front(); t += 0.001)
    {
        double sum = 0.0;

        for (double f = frequency / 4.0; f < std::min (frequency * 4.0, 24000.0); f *= 1.03)
        {
            const double x = std::numbers::sqrt2 * (f / frequency - frequency / f), rate = eyringRate (room, f);
            sum += f / (1.0 + std::pow (x, 6)) * std::exp (-rate * t) / rate;
        }

        curve.push_back (sum);
    }

    const double whole = curve.front();

    for (auto& value : curve)
        value = 10.0 * std::log10 (value / whole);

    return curve;
}

Shoebox hall()
{
    Shoebox room;
    room.width = 19.0;
    room.depth = 31.0;
    room.height = 13.0;
    room.absorption = { 0.2, 0.21, 0.23, 0.25, 0.26, 0.28, 0.3 };
    room.direct = 0.0;
    return room;
}

} // namespace

TEST_CASE ("A room decays in every octave as Eyring predicts, along a straight line", "[kernel]")
{
    for (const uint64_t seed : { 1u, 2u })
    {
        auto room = hall();
        room.seed = seed;
        const auto kernel = generate (room);
        const auto signal = inDouble (kernel.paths[seed % 2]);

        for (size_t octave = 0; octave < 7; ++octave)
        {
            CAPTURE (seed, octave);
            const double frequency = 125.0 * (1u << octave);
            const auto line = fitted (decayCurve (octaveAround (signal, frequency, 48000)), 48000, -5.0, -45.0);
            const auto expected = fitted (eyringCurve (room, frequency), 1000, -5.0, -45.0);

            // Noise of 2 s has 250 degrees of freedom in the octave of 125 Hz: 6 % and 2 dB of chance there. In the
            // highest octaves the curve itself bends, as the air takes more at their upper ends.
            CHECK (line.decay == Approx (expected.decay).epsilon (octave == 0 ? 0.15 : 0.08));
            CHECK (line.deviation < expected.deviation + (octave < 2 ? 2.0 : 1.0));
        }
    }
}

TEST_CASE ("Nothing marks where the images of a room pass into its tail", "[kernel]")
{
    // The level well before the cross-over, where nearly all is images, against that after it, where all is tail, with
    // the decay between them taken out: the mean of both channels in two rooms.
    auto room = hall();
    room.scattering = 0.0;
    const double crossOver = std::cbrt (1000.0 * 19.0 * 31.0 * 13.0 * 3.0 / (4.0 * std::numbers::pi)) / speedOfSound;

    for (const double frequency : { 1000.0, 2000.0, 4000.0 })
    {
        const double rate = eyringRate (room, frequency);
        double step = 0.0;

        for (const uint64_t seed : { 1u, 2u })
        {
            room.seed = seed;

            for (const auto& path : generate (room).paths)
            {
                const auto band = octaveAround (inDouble (path), frequency, 48000);
                const auto level = [&] (double from, double to)
                {
                    double sum = 0.0;

                    for (auto n = static_cast<size_t> (from * 48000); n < static_cast<size_t> (to * 48000); ++n)
                        sum += band[n] * band[n] * std::exp (rate * static_cast<double> (n) / 48000);

                    return 10.0 * std::log10 (sum / (to - from));
                };
                step += 0.25 * (level (crossOver, 1.5 * crossOver) - level (0.25 * crossOver, 0.5 * crossOver));
            }
        }

        CAPTURE (frequency);
        CHECK (std::abs (step) < 1.5); // of chance, and of a box that is not quite diffuse so early: 1 dB
    }
}

TEST_CASE ("Rooms are dense soon, and do not ring", "[kernel]")
{
    const auto kernel = generate (hall());
    REQUIRE (kernel.routing == Routing::stereo);

    for (const auto& path : kernel.paths)
    {
        const auto signal = inDouble (path);
        double density = 0.0;

        for (size_t n = 0; n < 20; ++n)
            density += echoDensity (signal, 7200 + n * 960, 48000) / 20.0;

        CHECK (density > 0.9); // from 150 ms on
        CHECK (density < 1.1);

        // Peaks of the late spectrum against noise of the same length and decay: bands of a 24th octave above 500 Hz
        // have more than 20 degrees of freedom a second.
        const Signal late (signal.begin() + 9600, signal.begin() + 9600 + 48000);
        const auto spectrum = fineSpectrum (late, 48000, 500, 8000);

        for (size_t n = 6; n + 6 < spectrum.size(); ++n)
        {
            double around = 0.0;

            for (size_t k = n - 6; k <= n + 6; ++k)
                around += spectrum[k] / 13.0;

            CAPTURE (n);
            CHECK (spectrum[n] - around < 5.0);
        }
    }
}

TEST_CASE ("The microphones of a room hear what a diffuse field gives them", "[kernel]")
{
    // Two omnidirectional microphones: sin (k d) / (k d).
    auto room = hall();
    room.scattering = 1.0;
    room.directivity = 0.0;
    room.spacing = 0.25;
    const auto spaced = generate (room);

    // Two coincident figures of eight at a right angle: nothing in common. At 60 degrees: cos 60 degrees.
    room.directivity = 1.0;
    room.spacing = 0.0;
    room.angle = 90.0;
    const auto crossed = generate (room);
    room.angle = 60.0;
    const auto narrow = generate (room);

    const auto correlationOf = [] (const Kernel& kernel, double frequency)
    {
        return correlation (octaveAround (inDouble (kernel.paths[0]), frequency, 48000),
                            octaveAround (inDouble (kernel.paths[1]), frequency, 48000));
    };

    for (const double frequency : { 125.0, 250.0, 500.0, 1000.0, 4000.0 })
    {
        CAPTURE (frequency);
        double expected = 0.0, weights = 0.0;

        for (double f = 0.5 * frequency; f < 2.0 * frequency; f *= 1.01)
        {
            const double x = std::numbers::sqrt2 * (f / frequency - frequency / f),
                         weight = f / (1.0 + std::pow (x, 6));
            const double kd = 2.0 * std::numbers::pi * f * 0.25 / speedOfSound;
            expected += weight * std::sin (kd) / kd;
            weights += weight;
        }

        const double chance = frequency < 300.0 ? 0.15 : 0.08;
        CHECK (correlationOf (spaced, frequency) == Approx (expected / weights).margin (chance));
        CHECK (correlationOf (crossed, frequency) == Approx (0.0).margin (1.5 * chance));
        CHECK (correlationOf (narrow, frequency) == Approx (0.5).margin (1.5 * chance));
    }
}

TEST_CASE ("Direct sound and first reflections come when and as loud as geometry says", "[kernel]")
{
    // One microphone that hears all directions; nothing is scattered.
    Shoebox room;
    room.sampleRate = 96000;
    room.width = 8.0;
    room.depth = 10.0;
    room.height = 6.0;
    room.sourceX = 50.0;
    room.sourceY = 20.0;
    room.sourceZ = 25.0;
    room.listenerX = 50.0;
    room.listenerY = 60.0;
    room.listenerZ = 25.0;
    room.absorption.fill (0.5);
    room.scattering = room.spacing = room.directivity = 0.0;
    const auto kernel = generate (room);
    CHECK (correlation (inDouble (kernel.paths[0]), inDouble (kernel.paths[1])) > 0.9999999);

    const auto peakNear = [&kernel] (double seconds)
    {
        const auto centre = static_cast<size_t> (std::lround (seconds * 96000));
        size_t best = centre;

        for (size_t n = centre < 20 ? 0 : centre - 20; n < centre + 20; ++n)
            if (std::abs (kernel.paths[0][n]) > std::abs (kernel.paths[0][best]))
                best = n;

        return std::pair { best, static_cast<double> (kernel.paths[0][best]) };
    };

    const double direct = 4.0, fromFloor = std::hypot (4.0, 3.0); // 1.5 m high
    const auto first = peakNear (0.0), second = peakNear ((fromFloor - direct) / speedOfSound);
    CHECK (first.first == 0);
    CHECK (std::abs (static_cast<double> (second.first) - (fromFloor - direct) / speedOfSound * 96000) <= 1.0);

    // The wall takes half of the energy; the peak also loses what lies between frames, and to the air.
    CHECK (second.second / first.second == Approx (direct / fromFloor * std::sqrt (0.5)).epsilon (0.12));

    room.direct = 0.0;
    CHECK (std::abs (generate (room).paths[0][0]) < 0.01f * std::abs (static_cast<float> (first.second)));
}

TEST_CASE ("A room has unit energy, is the same for the same seed, and possible or not", "[kernel]")
{
    for (const double rate : { 8000.0, 44100.0, 192000.0 })
    {
        Shoebox room;
        room.sampleRate = rate;
        CAPTURE (rate);
        const auto kernel = generate (room);
        CHECK (energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));
        CHECK (contentHash (generate (room)) == contentHash (kernel));
        room.seed = 2;
        CHECK (contentHash (generate (room)) != contentHash (kernel));
    }

    Shoebox room;
    room.lengthInSeconds = 0.5;
    CHECK (generate (room).lengthInFrames() == 24000);
    CHECK (problemWith (room).empty());
    room = { .width = 100, .depth = 100, .height = 100 };
    room.absorption.fill (0.01);
    CHECK_THAT (problemWith (room), Catch::Matchers::Contains ("at most 10 s"));
}

TEST_CASE ("A room with two sources is true stereo, and mirrors what a symmetrical room hears", "[kernel]")
{
    Shoebox room;
    room.numSources = 2;
    room.sourceX = room.listenerX = 50.0;
    room.sourceSpacing = 4.0;
    room.lengthInSeconds = 0.4;
    const auto kernel = generate (room);
    REQUIRE (kernel.routing == Routing::trueStereo);
    REQUIRE (kernel.paths.size() == 4);

    // The direct sound comes to the nearer microphone sooner: from the left source to the left one.
    const auto onset = [&kernel] (size_t path)
    {
        const auto& taps = kernel.paths[path];
        const float top = *std::max_element (taps.begin(), taps.begin() + 480);
        return std::find_if (taps.begin(), taps.end(), [top] (float x) { return std::abs (x) > 0.3f * top; })
               - taps.begin();
    };
    CHECK (onset (0) < onset (1));
    CHECK (onset (3) < onset (2));
    CHECK (onset (0) == onset (3)); // the room is symmetrical
    CHECK (onset (1) == onset (2));

    // Early reflections are mirrored, and tails are not.
    const auto correlation = [&kernel] (size_t a, size_t b, size_t from, size_t to)
    {
        const auto part = [&] (size_t path)
        {
            const auto whole = test::inDouble (kernel.paths[path]);
            return test::Signal (whole.begin() + static_cast<std::ptrdiff_t> (from),
                                 whole.begin() + static_cast<std::ptrdiff_t> (to));
        };
        return test::correlation (part (a), part (b));
    };
    CHECK (correlation (0, 3, 0, 200) > 0.9);
    CHECK (std::abs (correlation (0, 3, 9600, 19200)) < 0.2);
    CHECK (std::abs (correlation (0, 2, 9600, 19200)) < 0.5);

    double energy = 0.0;

    for (const auto& path : kernel.paths)
        energy += test::energy (path) / 2.0; // of two outputs

    CHECK (energy == Approx (1.0).epsilon (1e-3));
}
