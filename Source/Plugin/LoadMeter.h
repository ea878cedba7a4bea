#pragma once

#include <atomic>
#include <chrono>

namespace faltwerk
{

/** Measures what share of the deadline the audio thread uses: block time over block length. */
class LoadMeter
{
public:
    using Clock = std::chrono::steady_clock;

    /** What was measured since the last take(). */
    struct Reading
    {
        double mean = 0.0, worst = 0.0; // shares of the deadline: 1 is all of it
        int numMissed = 0;              // blocks that took longer than their deadline
    };

    /** Adds a block: begun at a time, ended now, of a length in seconds. [audio] */
    void add (Clock::time_point begin, double blockLength) noexcept
    {
        const double time = std::chrono::duration<double> (Clock::now() - begin).count();
        const double share = blockLength > 0.0 ? time / blockLength : 0.0;

        spent.store (spent.load (std::memory_order_relaxed) + time, std::memory_order_relaxed);
        available.store (available.load (std::memory_order_relaxed) + blockLength, std::memory_order_relaxed);

        if (share > worst.load (std::memory_order_relaxed))
            worst.store (share, std::memory_order_relaxed);

        if (share > 1.0)
            missed.fetch_add (1, std::memory_order_relaxed);
    }

    /** Returns the load since the last call. For one reader only. [message] */
    Reading take() noexcept
    {
        const double spentNow = spent.load (std::memory_order_relaxed);
        const double availableNow = available.load (std::memory_order_relaxed);
        const double spentSince = spentNow - spentBefore, availableSince = availableNow - availableBefore;
        spentBefore = spentNow;
        availableBefore = availableNow;

        return { availableSince > 0.0 ? spentSince / availableSince : 0.0,
                 worst.exchange (0.0, std::memory_order_relaxed), missed.exchange (0, std::memory_order_relaxed) };
    }

private:
    std::atomic<double> spent { 0.0 }, available { 0.0 }, worst { 0.0 }; // audio -> message, relaxed
    std::atomic<int> missed { 0 };                                       // audio -> message, relaxed
    double spentBefore = 0.0, availableBefore = 0.0;                     // message only
};

} // namespace faltwerk
