#include "Plugin/Threads/WorkerThreads.h"

#include "Support/Catch.h"

#include <atomic>
#include <optional>
#include <vector>

using namespace faltwerk;

TEST_CASE ("Worker threads run jobs in order and wait for the one that runs when they go", "[state]")
{
    std::vector<int> order; // of one thread, and read when it has ended
    std::atomic<bool> hasBegun { false }, mayEnd { false };
    std::atomic<int> numDropped { 0 };

    {
        std::optional<WorkerThreads> threads (std::in_place, 1);

        for (int n = 0; n < 100; ++n)
            threads->add ([&order, n] { order.push_back (n); });

        threads->add (
            [&]
            {
                hasBegun = true;

                while (! mayEnd)
                    juce::Thread::sleep (1);

                juce::Thread::sleep (700); // a thread of juce::ThreadPool would be killed by now
                order.push_back (100);
            });
        threads->add ([&] { ++numDropped; });

        while (! hasBegun)
            juce::Thread::sleep (1);

        CHECK (threads->numJobs() == 2);
        mayEnd = true;
        threads.reset();
    }

    REQUIRE (order.size() == 101);

    for (int n = 0; n <= 100; ++n)
        CHECK (order[static_cast<size_t> (n)] == n);

    CHECK (numDropped == 0);
}

TEST_CASE ("Several worker threads run jobs at the same time", "[state]")
{
    WorkerThreads threads (2);
    std::atomic<int> numWaiting { 0 };
    std::atomic<bool> haveMet { false };

    for (int n = 0; n < 2; ++n)
        threads.add (
            [&]
            {
                ++numWaiting;

                for (int wait = 0; wait < 10000 && numWaiting < 2; ++wait)
                    juce::Thread::sleep (1);

                haveMet = numWaiting == 2;
            });

    while (threads.numJobs() > 0)
        juce::Thread::sleep (1);

    CHECK (haveMet);
}
