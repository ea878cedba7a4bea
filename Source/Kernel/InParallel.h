#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace faltwerk
{

/** Calls act (n) for every n < count, shared out over some threads that end with it. What a call throws is thrown here.
    [not audio] */
template <typename Act>
void inParallel (size_t count, size_t mostThreads, Act&& act)
{
    std::atomic<size_t> next { 0 }; // between these threads, relaxed: results are published by their ends
    const auto work = [&]
    {
        for (size_t n = next.fetch_add (1, std::memory_order_relaxed); n < count;
             n = next.fetch_add (1, std::memory_order_relaxed))
            act (n);
    };

    std::vector<std::future<void>> others; // each is waited for at the latest when it goes
    const auto numThreads = std::min (count, mostThreads);

    try
    {
        while (others.size() + 1 < numThreads)
            others.push_back (std::async (std::launch::async, work));
    }
    catch (const std::system_error&) // no more threads: those that there are do it
    {
    }

    work();

    for (auto& other : others)
        other.get();
}

/** Uses a few threads, for work of some milliseconds, as on each path of a kernel. [not audio] */
template <typename Act>
void inParallel (size_t count, Act&& act)
{
    inParallel (count, std::min<size_t> (4, std::thread::hardware_concurrency()), std::forward<Act> (act));
}

} // namespace faltwerk
