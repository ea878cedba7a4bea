#include "Bench/KernelChange.h"

#include "Bench/Contender.h"
#include "Convolution/Engine/Engine.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

namespace faltwerk::bench
{

namespace
{

struct Times
{
    double steadyUs = 0.0;           // mean
    std::vector<double> duringUs {}; // each callback of the change
};

Times changeOnce (const std::shared_ptr<const KernelSpectra>& first,
                  const std::shared_ptr<const KernelSpectra>& second,
                  Engine::Change change,
                  size_t callback)
{
    EngineMeters meters;
    Engine engine (sampleRate, 2, 2, Engine::historyInFrames (first->plan()), meters);
    engine.setKernel (first, change);
    std::vector<float> input = test::noise (callback, 9), left (callback), right (callback);
    const float* in[] = { input.data(), input.data() };
    float* out[] = { left.data(), right.data() };

    const auto run = [&]
    {
        const auto begin = std::chrono::steady_clock::now();
        engine.process (in, out, callback, {});
        return std::chrono::duration<double, std::micro> (std::chrono::steady_clock::now() - begin).count();
    };

    // A whole period of the largest block to warm up, one to count.
    const size_t warm = 2 * std::max<size_t> (first->plan().largestBlock(), 65536) / callback;
    Times times;

    for (size_t n = 0; n < 2 * warm; ++n)
        times.steadyUs += n < warm ? 0.0 * run() : run();

    times.steadyUs /= static_cast<double> (warm);

    // The replay is the loader's, on another core. This one does not fall asleep meanwhile.
    std::atomic<bool> replayed { false };
    std::thread loader (
        [&]
        {
            engine.setKernel (second, change);
            replayed = true;
        });

    while (! replayed)
    {
    }

    while (engine.completedChanges() < 2)
        times.duringUs.push_back (run());

    loader.join();
    return times;
}

} // namespace

void measureKernelChange (double kernelSeconds, size_t callback, int repetitions)
{
    const auto length = static_cast<size_t> (kernelSeconds * sampleRate);
    const auto a = test::decayingNoise (length, 1), b = test::decayingNoise (length, 2);
    const KernelPath before[] = { { 0, 0, a }, { 1, 1, b } }, after[] = { { 0, 0, b }, { 1, 1, a } };
    const auto first = std::make_shared<KernelSpectra> (before, 2, 2),
               second = std::make_shared<KernelSpectra> (after, 2, 2);

    for (const auto change : { Engine::Change::crossfadeDifferent, Engine::Change::spillOver })
    {
        std::vector<double> shortest, steady;

        for (int n = 0; n < repetitions; ++n)
        {
            const auto times = changeOnce (first, second, change, callback);
            steady.push_back (times.steadyUs);

            if (shortest.empty())
                shortest = times.duringUs;

            for (size_t place = 0; place < std::min (shortest.size(), times.duringUs.size()); ++place)
                shortest[place] = std::min (shortest[place], times.duringUs[place]);
        }

        if (getenv ("DUMP"))
            for (double t : shortest)
                std::printf ("%.1f ", t);
        std::sort (steady.begin(), steady.end());
        // The first callback of a change finds all data in another core's caches.
        const double mean = steady[steady.size() / 2], cold = shortest.front();
        const double worst = *std::max_element (shortest.begin() + 1, shortest.end());
        std::printf ("%6g s %8zu  %-10s %10.2f %8.2f %8.2f %8.2f %10zu\n", kernelSeconds, callback,
                     change == Engine::Change::spillOver ? "spill over" : "crossfade", mean, worst, worst / mean, cold,
                     shortest.size());
        std::fflush (stdout);
    }
}

} // namespace faltwerk::bench
