#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace faltwerk
{

/** Values that are costly to build and that several instances want at the same time: each is built once and shared for
    as long as one of them uses it. Any thread but the audio thread.

    Key needs operator==. A thread that asks for what another is building waits for it. */
template <typename Key, typename Value>
class SharedBuilds
{
public:
    using Pointer = std::shared_ptr<const Value>;

    /** Returns the value in use for a key, or builds it. A build that gives null or throws is not kept: the next
        thread builds anew. */
    template <typename Build>
    Pointer get (const Key& key, Build&& build)
    {
        std::unique_lock guard (lock);

        for (;;)
        {
            std::erase_if (entries, [] (const Entry& each) { return ! each.isBeingBuilt && each.value.expired(); });
            const auto* const entry = find (key);

            if (entry == nullptr)
                break;

            if (auto value = entry->value.lock())
                return value;

            if (entry->isBeingBuilt) // else its last user has just let go of it
                changed.wait (guard);
        }

        entries.push_back ({ key, {}, true });
        guard.unlock();
        Pointer value;

        try
        {
            value = build();
        }
        catch (...)
        {
            finish (key, nullptr);
            throw;
        }

        finish (key, value);
        return value;
    }

    /** Returns the value in use for a key, or null. */
    Pointer peek (const Key& key) const
    {
        const std::lock_guard guard (lock);
        const auto* const entry = find (key);
        return entry != nullptr ? entry->value.lock() : nullptr;
    }

private:
    struct Entry
    {
        Key key;
        std::weak_ptr<const Value> value;
        bool isBeingBuilt = false;
    };

    const Entry* find (const Key& key) const
    {
        for (const auto& each : entries)
            if (each.key == key)
                return &each;

        return nullptr;
    }

    void finish (const Key& key, const Pointer& value)
    {
        const std::lock_guard guard (lock);

        for (auto& each : entries)
        {
            if (each.key == key)
            {
                each.value = value;
                each.isBeingBuilt = false;
            }
        }

        changed.notify_all();
    }

    mutable std::mutex lock;
    std::condition_variable changed;
    std::vector<Entry> entries;
};

} // namespace faltwerk
