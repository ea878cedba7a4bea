#include "Plugin/Threads/WorkerThreads.h"

#include <utility>

namespace faltwerk
{

WorkerThreads::Worker::Worker (WorkerThreads& owner)
    : juce::Thread ("Faltwerk worker")
    , threads (owner)
{
}

void WorkerThreads::Worker::run()
{
    std::unique_lock guard (threads.lock);

    while (true)
    {
        threads.changed.wait (guard, [this] { return threads.isClosing || ! threads.waiting.empty(); });

        if (threads.isClosing)
            return;

        auto job = std::move (threads.waiting.front());
        threads.waiting.pop_front();
        ++threads.numRunning;
        guard.unlock();
        job();
        job = nullptr; // its destruction may call back
        guard.lock();
        --threads.numRunning;
    }
}

WorkerThreads::WorkerThreads (int numThreads, juce::Thread::Priority priority)
{
    for (int n = 0; n < numThreads; ++n)
        workers.push_back (std::make_unique<Worker> (*this));

    for (const auto& worker : workers)
        worker->startThread (priority);
}

WorkerThreads::~WorkerThreads()
{
    {
        const std::lock_guard guard (lock);
        isClosing = true;
    }

    changed.notify_all();

    for (const auto& worker : workers)
        worker->stopThread (-1);
}

void WorkerThreads::add (std::function<void()> job)
{
    {
        const std::lock_guard guard (lock);
        waiting.push_back (std::move (job));
    }

    changed.notify_one();
}

size_t WorkerThreads::numJobs() const
{
    const std::lock_guard guard (lock);
    return waiting.size() + numRunning;
}

} // namespace faltwerk
