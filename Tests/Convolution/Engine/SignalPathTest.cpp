#include "Convolution/Engine/SignalPath.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <cmath>
#include <limits>
#include <vector>

// The signal path alone: the convolution between takeInput() and mix() is replaced by a known wet signal.

using namespace faltwerk;

namespace
{

constexpr double sampleRate = 48000.0;
constexpr size_t grid = 32, rampLength = 960; // frames: 20 ms at 48 kHz, a multiple of the grid
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();

using Channels = std::vector<std::vector<float>>;

/** Controls from a frame on. */
struct Setting
{
    size_t frame;
    EngineControls controls {};
    SignalPath::Convolution convolution { true, false };
};

/** What a signal path makes of an input and of a wet signal: the convolution's input, and the output. */
struct Result
{
    Channels convolved, output;
};

Result run (SignalPath& path,
            const Channels& input,
            const Channels& wet,
            const std::vector<Setting>& settings,
            const test::Cutting& cutting)
{
    const size_t length = input[0].size();
    Result result { Channels (input.size(), std::vector<float> (length)),
                    Channels (wet.size(), std::vector<float> (length)) };
    std::copy (input.begin(), input.end(), result.output.begin()); // in place
    result.output.back() = input.back();

    for (size_t n = 0; n < settings.size(); ++n)
    {
        const size_t from = settings[n].frame, to = n + 1 < settings.size() ? settings[n + 1].frame : length;
        test::cut (
            to - from, cutting,
            [&] (size_t position, size_t callback)
            {
                for (size_t done = 0; done < callback;)
                {
                    const size_t frame = from + position + done;
                    const size_t size = std::min (callback - done, largestEngineChunk - frame % largestEngineChunk);
                    std::vector<const float*> in;
                    std::vector<float*> out;

                    for (size_t channel = 0; channel < input.size(); ++channel)
                        in.push_back (result.output[channel].data() + frame);

                    for (auto& channel : result.output)
                        out.push_back (channel.data() + frame);

                    path.begin (settings[n].controls, frame, size, settings[n].convolution);
                    path.takeInput (in.data());

                    for (size_t channel = 0; channel < input.size(); ++channel)
                        std::copy_n (path.input()[channel].data(), size, result.convolved[channel].data() + frame);

                    for (size_t channel = 0; channel < wet.size(); ++channel)
                        std::copy_n (wet[channel].data() + frame, size, path.wet()[channel].data());

                    path.mix (settings[n].controls.tone, out.data());
                    done += size;
                }
            });
    }

    return result;
}

/** A level in double precision: it moves along a straight line of 20 ms from the first frame of the grid at or after a
    new setting. At frame 0 it begins with its value. */
class Line
{
public:
    explicit Line (double start)
        : from (start)
        , to (start)
    {
    }

    void turn (size_t frame, double target)
    {
        if (target == to)
            return;

        from = at (frame);
        to = target;
        begin = (frame + grid - 1) / grid * grid;
    }

    double at (size_t frame) const
    {
        if (frame < begin)
            return from;

        const double position = static_cast<double> (frame - begin) / static_cast<double> (rampLength);
        return from + (to - from) * std::min (position, 1.0);
    }

private:
    double from, to;
    size_t begin = 0;
};

/** The result in double precision, of settings that are at least 20 ms apart. */
std::pair<std::vector<double>, std::vector<double>> expected (const std::vector<float>& x,
                                                              const std::vector<float>& wet,
                                                              const std::vector<Setting>& settings)
{
    const auto values = [] (const Setting& setting)
    {
        const auto& c = setting.controls;
        return std::vector<double> { static_cast<double> (c.gain),
                                     static_cast<double> (c.wet),
                                     static_cast<double> (c.dry),
                                     static_cast<double> (c.out),
                                     c.bypassed || setting.convolution.isCut ? 1.0 : 0.0,
                                     setting.convolution.isCut ? 0.0 : 1.0,
                                     c.bypassed || ! setting.convolution.hasKernel ? 1.0 : 0.0 };
    };

    std::vector<Line> lines;

    for (const double start : values (settings.front()))
        lines.emplace_back (start);

    std::vector<double> convolved (x.size()), output (x.size());

    for (size_t n = 0, next = 1; n < x.size(); ++n)
    {
        if (next < settings.size() && settings[next].frame == n)
        {
            const auto targets = values (settings[next++]);

            for (size_t line = 0; line < lines.size(); ++line)
                lines[line].turn (n, targets[line]);
        }

        const double gain = lines[0].at (n), muted = lines[4].at (n), kept = lines[5].at (n), passing = lines[6].at (n);
        const auto sample = static_cast<double> (x[n]);
        convolved[n] = sample * gain * (1.0 - muted);

        // Bypassed, the input passes and the convolution's tail still rings.
        output[n] = passing * sample + (1.0 - passing) * lines[2].at (n) * gain * sample * lines[3].at (n)
                    + lines[1].at (n) * kept * static_cast<double> (wet[n]) * lines[3].at (n);
    }

    return { convolved, output };
}

std::vector<Setting> changingSettings()
{
    const EngineControls first { .gain = 0.5f, .wet = 0.75f, .dry = 0.25f, .out = 1.5f },
        second { .gain = 2.0f, .wet = 0.0f, .dry = 1.0f, .out = 0.1f };
    auto bypassed = second;
    bypassed.bypassed = true;
    return { { 0, first },
             { 1001, second },
             { 3008, bypassed },
             { 5000, first, { false, false } },
             { 7007, second, { true, false } },
             { 9000, second, { true, true } } };
}

} // namespace

TEST_CASE ("The signal path mixes dry and wet by levels that move on straight lines", "[engine]")
{
    constexpr size_t length = 11000;
    const auto x = test::noise (length, 1), wet = test::noise (length, 2);
    const auto settings = changingSettings();
    const auto [convolved, output] = expected (x, wet, settings);
    EngineMeters meters;
    SignalPath path (sampleRate, 2, 2, meters);
    const auto result = run (path, { x, x }, { wet, wet }, settings, test::cuttings()[6]);

    // A product of at most six factors in single precision; a line adds 30 steps, each rounded.
    for (size_t n = 0; n < length; ++n)
    {
        CAPTURE (n);
        const double magnitude = std::abs (static_cast<double> (x[n])) + std::abs (static_cast<double> (wet[n]));
        REQUIRE (std::abs (static_cast<double> (result.convolved[1][n]) - convolved[n]) <= 1e-5 * magnitude);
        REQUIRE (std::abs (static_cast<double> (result.output[1][n]) - output[n]) <= 1e-5 * magnitude);
    }

    CHECK (result.output[0] == result.output[1]);
    CHECK (path.isSilent());
}

TEST_CASE ("The signal path has the same bits however the stream is divided", "[engine]")
{
    constexpr size_t length = 11000;
    const Channels input { test::noise (length, 3), test::noise (length, 4) },
        wet { test::noise (length, 5), test::noise (length, 6) };
    auto settings = changingSettings();
    settings[2].controls.tone.bands[1].gainDb = 6.0f;
    Result reference;

    for (const auto& cutting : test::cuttings())
    {
        CAPTURE (cutting.name);
        EngineMeters meters;
        SignalPath path (sampleRate, 2, 2, meters);
        const auto result = run (path, input, wet, settings, cutting);

        if (reference.output.empty())
            reference = result;

        for (size_t channel = 0; channel < 2; ++channel)
        {
            CHECK (test::differingBits (result.convolved[channel], reference.convolved[channel]) == "");
            CHECK (test::differingBits (result.output[channel], reference.output[channel]) == "");
        }
    }
}

TEST_CASE ("The signal path sends a single input to both outputs", "[engine]")
{
    const auto x = test::noise (500, 7), other = test::noise (500, 8);
    const std::vector<float> silence (500);
    const std::vector<Setting> dryOnly { { 0, { .wet = 0.0f, .dry = 1.0f } } };
    EngineMeters meters;
    SignalPath monoToStereo (sampleRate, 1, 2, meters);
    const auto stereo = run (monoToStereo, { x }, { silence, silence }, dryOnly, test::cuttings()[5]);
    CHECK (stereo.output[1] == stereo.output[0]);
    CHECK (stereo.output[0] == x);

    // In place: the output takes the buffer of the first input.
    SignalPath mono (sampleRate, 1, 1, meters);
    CHECK (run (mono, { x }, { silence }, dryOnly, test::cuttings()[0]).output[0] == x);
}

TEST_CASE ("The signal path takes unusable input as silence and counts it", "[engine]")
{
    constexpr float largest = 1048576.0f; // 2^20
    constexpr float denormal = std::numeric_limits<float>::denorm_min();
    const std::vector<float> special {
        0.5f,   notANumber, infinity, -infinity, largest, -largest, std::nextafter (largest, infinity),
        -3e38f, denormal,   -0.25f
    };
    const std::vector<float> clean { 0.5f, 0.0f, 0.0f, 0.0f, largest, -largest, 0.0f, 0.0f, denormal, -0.25f };
    const std::vector<float> silence (special.size());

    for (const size_t cutting : test::Sizes { 0, 1, 5 })
    {
        EngineMeters meters;
        SignalPath path (sampleRate, 1, 1, meters);
        const auto result =
            run (path, { special }, { silence }, { { 0, { .wet = 0.0f, .dry = 1.0f } } }, test::cuttings()[cutting]);
        CHECK (result.convolved[0] == clean);
        CHECK (result.output[0] == clean);
        CHECK (meters.unusableSamples() == 5);
        CHECK (meters.nonFiniteSamples() == 0);
        CHECK (meters.takeInputPeak (0) == largest);
        CHECK (meters.takeOutputPeak (0) == largest);
        CHECK (meters.clippedSamples (0) == 2);
    }
}

TEST_CASE ("The signal path replaces a wet signal and an output that are not finite", "[engine]")
{
    constexpr size_t length = 3 * largestEngineChunk;
    const std::vector<float> silence (length);

    for (const size_t place : test::Sizes { 0, 1, 7, 8, 255, 256, 300, length - 1 })
    {
        for (const float bad : { notANumber, infinity, -infinity })
        {
            CAPTURE (place, bad);
            auto wet = test::noise (length, 9), cleaned = wet;
            wet[place] = bad;
            cleaned[place] = 0.0f;
            EngineMeters meters;
            SignalPath path (sampleRate, 2, 2, meters);
            const auto result = run (path, { silence, silence }, { wet, cleaned }, { { 0 } }, test::cuttings()[6]);
            CHECK (result.output[0] == cleaned);
            CHECK (result.output[1] == cleaned);
            CHECK (meters.nonFiniteSamples() == 1);
        }
    }

    // Finite samples whose sum overflows.
    std::vector<float> wet (length, 0.25f), expectedOutput (length, 1.0f);
    wet[100] = 3e38f;
    wet[400] = -3e38f;
    expectedOutput[100] = expectedOutput[400] = 0.0f;
    EngineMeters meters;
    SignalPath path (sampleRate, 1, 1, meters);
    CHECK (run (path, { silence }, { wet }, { { 0, { .out = 4.0f } } }, test::cuttings()[2]).output[0]
           == expectedOutput);
    CHECK (meters.nonFiniteSamples() == 2);
    CHECK (meters.takeOutputPeak (0) == 1.0f);
    CHECK (meters.clippedSamples (0) == 0);
}

TEST_CASE ("The signal path ignores levels that are NaN or too large", "[engine]")
{
    const std::vector<float> x (4000, 0.5f), silence (4000);
    const EngineControls usable { .gain = 0.5f, .wet = 0.0f, .dry = 0.5f, .out = 0.5f };

    for (const float bad : { notANumber, infinity, -infinity, 2e6f })
    {
        for (float EngineControls::*level :
             { &EngineControls::gain, &EngineControls::wet, &EngineControls::dry, &EngineControls::out })
        {
            auto controls = usable;
            controls.*level = bad;
            EngineMeters meters;
            SignalPath path (sampleRate, 1, 1, meters);
            const auto result =
                run (path, { x }, { silence }, { { 0, usable }, { 1000, controls } }, test::cuttings()[4]);
            CHECK (result.output[0] == std::vector<float> (4000, 0.0625f));
        }
    }
}

TEST_CASE ("After a cut the convolution's output returns at once and its input fades in", "[engine]")
{
    const std::vector<float> ones (6000, 1.0f);
    const std::vector<Setting> settings { { 0 }, { 1024, {}, { true, true } }, { 2048, {}, { true, false } } };
    EngineMeters meters;
    SignalPath path (sampleRate, 1, 1, meters);
    const auto result = run (path, { ones }, { ones }, settings, test::cuttings()[3]);
    CHECK (result.output[0][2047] == 0.0f);
    CHECK (result.output[0][2048] == 1.0f);
    CHECK (result.convolved[0][2047] == 0.0f);
    CHECK (result.convolved[0][2048 + rampLength / 2] == Approx (0.5));
    CHECK (result.convolved[0][2048 + rampLength] == 1.0f);
}
