// faltwerk_bench: how long the engine takes for each frame of stereo, and what its worst callback costs.

#include "Convolution/FlushDenormals.h"
#include "Convolution/Convolver.h"
#include "Support/Oracle.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace faltwerk;

namespace
{

constexpr double sampleRate = 48000.0;

struct Figures
{
    double nsPerFrame, worstUs;
};

/** Mean over the fastest repetition, and the worst over callbacks of the shortest over repetitions. */
Figures measure (size_t kernelLength, size_t callback, size_t numFrames, int repetitions)
{
    using Clock = std::chrono::steady_clock;
    const auto left = test::decayingNoise (kernelLength, 1), right = test::decayingNoise (kernelLength, 2);
    const KernelPath paths[] = { { 0, 0, left }, { 1, 1, right } };
    const auto input = test::noise (numFrames, 3);
    std::vector<float> outLeft (numFrames), outRight (numFrames);
    std::vector<double> shortest (numFrames / callback, 1e9);
    const FlushDenormals flushDenormals;

    for (int repetition = 0; repetition < repetitions; ++repetition)
    {
        Convolver convolver (std::make_shared<KernelSpectra> (paths, 2, 2));

        for (size_t n = 0; n < shortest.size(); ++n)
        {
            const float* in[] = { input.data() + n * callback, input.data() + n * callback };
            float* out[] = { outLeft.data() + n * callback, outRight.data() + n * callback };
            const auto begin = Clock::now();
            convolver.process (in, out, callback);
            const double time = std::chrono::duration<double, std::micro> (Clock::now() - begin).count();
            shortest[n] = std::min (shortest[n], time);
        }
    }

    double sum = 0.0;

    for (const double time : shortest)
        sum += time;

    return { 1000.0 * sum / static_cast<double> (shortest.size() * callback),
             *std::max_element (shortest.begin(), shortest.end()) };
}

} // namespace

int main (int argc, char* argv[])
{
    CLI::App app { "Measures the engine: stereo, at 48 kHz", "faltwerk_bench" };
    bool brief = false;
    app.add_flag ("--brief", brief, "One small measurement, to prove that it works");
    CLI11_PARSE (app, argc, argv);

    const std::vector<double> lengths = brief ? std::vector { 0.1 } : std::vector { 0.1, 1.0, 3.0, 10.0 };
    const std::vector<size_t> callbacks = brief ? std::vector<size_t> { 64 } : std::vector<size_t> { 32, 64, 128, 512 };
    std::printf ("kernel s  callback  ns per frame  worst us\n");

    for (const double seconds : lengths)
    {
        for (const size_t callback : callbacks)
        {
            const auto figures
                = measure (static_cast<size_t> (seconds * sampleRate), callback, brief ? 9600 : 96000, brief ? 1 : 5);
            std::printf ("%8.1f  %8zu  %12.1f  %8.1f\n", seconds, callback, figures.nsPerFrame, figures.worstUs);
        }
    }

    return 0;
}
