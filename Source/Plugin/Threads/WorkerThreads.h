#pragma once

#include <juce_core/juce_core.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace faltwerk
{

/** Threads that run jobs in the order in which they were added. They are never killed:
    juce::ThreadPool kills a thread that gets no processor time for half a second, with all locks that it holds. */
class WorkerThreads
{
public:
    explicit WorkerThreads (int numThreads, juce::Thread::Priority = juce::Thread::Priority::normal);

    /** Drops jobs that have not begun, and waits for those that run. */
    ~WorkerThreads();

    /** Adds a job. [not audio] */
    void add (std::function<void()> job);

    /** Returns the number of jobs that wait or run. [not audio] */
    size_t numJobs() const;

private:
    class Worker : public juce::Thread
    {
    public:
        explicit Worker (WorkerThreads& owner);
        void run() override;

    private:
        WorkerThreads& threads;
    };

    mutable std::mutex lock; // guards what follows; not held while a job runs
    std::condition_variable changed;
    std::deque<std::function<void()>> waiting;
    size_t numRunning = 0;
    bool isClosing = false;

    std::vector<std::unique_ptr<Worker>> workers;
};

} // namespace faltwerk
