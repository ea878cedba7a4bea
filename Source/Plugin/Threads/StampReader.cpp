#include "Plugin/Threads/StampReader.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

StampReader::StampReader (Read reading)
    : read (std::move (reading))
    , worker (*this)
{
}

StampReader::~StampReader()
{
    const std::lock_guard guard (lock);
    closing = true;
    changed.notify_all();
}

StampReader::Worker::Worker (StampReader& owner)
    : juce::Thread ("Faltwerk files")
    , reader (owner)
{
    startThread();
}

StampReader::Worker::~Worker() { stopThread (-1); }

void StampReader::Worker::run() { reader.work(); }

std::optional<FileStamp> StampReader::stampBy (Clock::time_point deadline, const KernelOrigin& origin)
{
    std::unique_lock guard (lock);

    if (isLate)
        return std::nullopt;

    const auto asked = std::make_shared<Asked> (Asked { origin, std::nullopt });
    waiting.push_back (asked);
    changed.notify_all();
    changed.wait_until (guard, deadline, [&] { return asked->stamp.has_value(); });

    if (! asked->stamp)
    {
        isLate = true;
        waiting.erase (std::remove (waiting.begin() + 1, waiting.end(), asked), waiting.end());
    }

    return asked->stamp;
}

void StampReader::work()
{
    std::unique_lock guard (lock);

    for (;;)
    {
        changed.wait (guard, [this] { return closing || ! waiting.empty(); });

        if (closing)
            return;

        const auto asked = waiting.front();
        guard.unlock();
        const auto stamp = read (asked->origin);
        guard.lock();
        asked->stamp = stamp;
        waiting.erase (waiting.begin());
        isLate = false;
        changed.notify_all();
    }
}

} // namespace faltwerk
