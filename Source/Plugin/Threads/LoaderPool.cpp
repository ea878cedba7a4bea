#include "Plugin/Threads/LoaderPool.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int numThreads = 2;
constexpr int milliseconds = 4; // between two checks

} // namespace

LoaderPool::LoaderPool()
    : jobs (numThreads, juce::Thread::Priority::low)
    , watch (*this)
{
}

LoaderPool::~LoaderPool() = default;

void LoaderPool::add (Member& member)
{
    const std::lock_guard guard (lock);
    members.push_back (&member);
}

void LoaderPool::remove (Member& member)
{
    const std::lock_guard guard (lock);
    members.erase (std::remove (members.begin(), members.end(), &member), members.end());
}

LoaderPool::Watch::Watch (LoaderPool& owner)
    : juce::Thread ("Faltwerk watch")
    , pool (owner)
{
    startThread();
}

LoaderPool::Watch::~Watch() { stopThread (-1); }

void LoaderPool::Watch::run()
{
    while (! wait (milliseconds) && ! threadShouldExit())
    {
        const std::lock_guard guard (pool.lock);

        for (auto* const member : pool.members)
            member->look();
    }
}

} // namespace faltwerk
