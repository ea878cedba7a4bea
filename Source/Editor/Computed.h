#pragma once

#include "Kernel/Cancellation.h"
#include "Plugin/Threads/WorkerThreads.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace faltwerk
{

/** The thread on which all editors work out what they show, so that neither sound nor windows wait for it. */
class AnalysisThread
{
public:
    WorkerThreads jobs { 1 };
};

/** Another one, for what takes seconds: the views do not wait for it. */
class MeasuringThread : public AnalysisThread
{
};

/** A value that is worked out in the background for a key. The newest key wins; until its value is ready, the former
    one stays. Work that asks IsCancelled ends early once another key is asked for, or nothing is. [message] */
template <typename Key, typename Value, typename Thread = AnalysisThread>
class Computed
{
public:
    Computed()
        : shared (std::make_shared<Shared>())
    {
    }

    ~Computed() { shared->wanted.fetch_add (1, std::memory_order_relaxed); }

    /** Asks for the value of a key, unless it is the one asked for last. The work may not touch what others change. */
    void ask (const Key& key, std::function<Value()> work)
    {
        begin (
            key, [work = std::move (work)] (const IsCancelled&) { return work(); }, false);
    }

    /** Like ask(), but work that is no longer wanted may give anything: it is dropped. */
    void askCancellably (const Key& key, std::function<Value (const IsCancelled&)> work)
    {
        begin (key, std::move (work), true);
    }

    /** Forgets what was asked for and what came of it. */
    void clear()
    {
        shared->wanted.fetch_add (1, std::memory_order_relaxed);
        shared = std::make_shared<Shared>();
        current = nullptr;
        asked.reset();
    }

    /** Takes what is ready; true if that is another value than before. */
    bool update()
    {
        const std::lock_guard guard (shared->lock);
        return std::exchange (current, shared->value) != shared->value;
    }

    /** Returns the value taken last, or null; and the key it belongs to. */
    const Value* get() const noexcept { return current != nullptr ? &current->second : nullptr; }
    const Key* key() const noexcept { return current != nullptr ? &current->first : nullptr; }

    /** Returns true if the value taken last is the one that was asked for last. */
    bool isCurrent() const { return asked && current != nullptr && current->first == *asked; }

    /** Returns true if the value asked for last has been missing for longer than a time in milliseconds. */
    bool isLate (juce::uint32 milliseconds) const
    {
        return asked && ! isCurrent() && juce::Time::getMillisecondCounter() - askedAt > milliseconds;
    }

private:
    void begin (const Key& key, std::function<Value (const IsCancelled&)> work, bool isCancellable)
    {
        if (asked && *asked == key)
            return;

        if (! asked || isCurrent()) // else it is waited for already
            askedAt = juce::Time::getMillisecondCounter();

        asked = key;
        const auto number = shared->wanted.fetch_add (1, std::memory_order_relaxed) + 1;
        thread->jobs.add (
            [state = shared, number, key, work = std::move (work), isCancellable]
            {
                const IsCancelled isCancelled = [&state, number]
                { return state->wanted.load (std::memory_order_relaxed) != number; };

                if (isCancelled())
                    return;

                auto value = std::make_shared<const std::pair<Key, Value>> (key, work (isCancelled));

                if (isCancellable && isCancelled())
                    return;

                const std::lock_guard guard (state->lock);

                if (state->ready < number)
                {
                    state->ready = number;
                    state->value = std::move (value);
                }
            });
    }

    struct Shared
    {
        std::atomic<uint64_t> wanted { 0 }; // message -> analysis, relaxed: the number of the newest job
        std::mutex lock;                    // guards what follows; held briefly
        uint64_t ready = 0;
        std::shared_ptr<const std::pair<Key, Value>> value;
    };

    juce::SharedResourcePointer<Thread> thread;
    std::shared_ptr<Shared> shared;
    std::shared_ptr<const std::pair<Key, Value>> current;
    std::optional<Key> asked;
    juce::uint32 askedAt = 0;
};

} // namespace faltwerk
