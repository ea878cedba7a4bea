#pragma once

#include "Convolution/Engine/Engine.h"
#include "Convolution/Partition/KernelSpectra.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <span>
#include <vector>

// Shared by the tests of the engine: stereo sound at 48 kHz, events at frames of the stream, and measures of the output.

namespace faltwerk::test
{

constexpr double sampleRate = 48000.0;

struct Stereo
{
    std::vector<float> left, right;
};

/** A change of an engine or of its controls at a frame of the stream. */
struct Event
{
    size_t frame;
    std::function<void (Engine&, EngineControls&)> act;
};

/** Processes a sound in callbacks, and writes as many frames of output. Events are in order. */
inline void run (Engine& engine,
                 const std::vector<float>& left,
                 const std::vector<float>& right,
                 const Cutting& cutting,
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
        cut (event.frame - from, cutting,
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

inline void setStereo (Engine& engine,
                       const std::vector<float>& h,
                       Engine::Change change = Engine::Change::crossfadeDifferent)
{
    const KernelPath paths[] = { { 0, 0, h }, { 1, 1, h } };
    engine.setKernel (std::make_shared<KernelSpectra> (paths, 2, 2), change);
}

inline std::vector<float> sine (size_t length, double frequency)
{
    std::vector<float> x (length);

    for (size_t n = 0; n < length; ++n)
        x[n] = static_cast<float> (
            0.5 * std::sin (2.0 * std::numbers::pi * frequency * static_cast<double> (n) / sampleRate));

    return x;
}

inline std::shared_ptr<const KernelSpectra> emptyKernel()
{
    return std::make_shared<KernelSpectra> (std::span<const KernelPath> {}, 2, 2);
}

/** Returns the energy above a frequency relative to all energy, in dB, after a windowed-sinc high-pass of 1201 taps. */
inline double energyAboveDb (std::span<const float> x, double frequency)
{
    // Filtered by the oracle's convolution.
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

    const auto filtered = oracle (x, highPass);
    double above = 0.0, all = 0.0;

    for (size_t n = 2 * half; n < x.size(); ++n)
        above += filtered[n] * filtered[n];

    for (const float sample : x)
        all += static_cast<double> (sample) * static_cast<double> (sample);

    return 10.0 * std::log10 (above / all + 1e-30);
}

/** Returns the output of a stereo engine for a sound in both inputs and a kernel. */
inline Stereo play (const std::vector<float>& x,
                    const std::vector<float>& h,
                    const EngineControls& controls,
                    const std::vector<Event>& events,
                    const Cutting& cutting = cuttings()[4])
{
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, 65536, meters);
    setStereo (engine, h);
    Stereo y;
    run (engine, x, x, cutting, y, controls, events);
    return y;
}

inline std::span<const float> part (const std::vector<float>& x, size_t from, size_t to)
{
    return std::span (x).subspan (from, to - from);
}

inline double rms (std::span<const float> x)
{
    double sum = 0.0;

    for (const float sample : x)
        sum += static_cast<double> (sample) * static_cast<double> (sample);

    return std::sqrt (sum / static_cast<double> (x.size()));
}

} // namespace faltwerk::test
