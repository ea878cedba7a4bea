#include "Convolution/Engine/Handover.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"

#include <atomic>
#include <thread>

using faltwerk::Handover;

namespace
{

struct Counted
{
    explicit Counted (int n = 0)
        : number (n)
    {
        ++alive;
    }
    ~Counted() { --alive; }
    int number;
    static inline std::atomic<int> alive { 0 };
};

} // namespace

TEST_CASE ("A handover passes ownership to the audio thread and back", "[engine]")
{
    {
        Handover<Counted> handover;
        CHECK (handover.receive() == nullptr);

        handover.send (std::make_unique<Counted> (1));
        handover.send (std::make_unique<Counted> (2)); // replaces the one before
        CHECK (Counted::alive == 1);
        CHECK (handover.alive() == 1);

        auto received = handover.receive();
        REQUIRE (received != nullptr);
        CHECK (received->number == 2);
        CHECK (handover.receive() == nullptr);

        handover.retire (received);
        CHECK (received == nullptr);
        CHECK (Counted::alive == 1);
        handover.collect();
        CHECK (Counted::alive == 0);
        CHECK (handover.alive() == 0);

        // If no place is free, the object stays with the caller.
        int kept = 0;

        for (int n = 0; n < 6; ++n)
        {
            auto object = std::make_unique<Counted> (n);
            handover.retire (object);
            kept += object != nullptr ? 1 : 0;
        }

        CHECK (kept == 2);
        handover.send (std::make_unique<Counted> (3));
    }

    CHECK (Counted::alive == 0);
}

TEST_CASE ("A handover under stress neither loses nor frees twice nor allocates", "[engine][realtime]")
{
    {
        Handover<Counted> handover;
        std::atomic<bool> stop { false };
        std::atomic<int> last { 0 };
        size_t allocations = 0;
        bool ordered = true;

        std::thread audio (
            [&]
            {
                const faltwerk::test::AllocationGuard guard;
                std::unique_ptr<Counted> current, leaving;

                while (! stop)
                {
                    handover.retire (leaving);

                    if (leaving != nullptr)
                        continue;

                    if (auto next = handover.receive())
                    {
                        ordered = ordered && next->number > last;
                        last = next->number;
                        leaving = std::move (current);
                        current = std::move (next);
                    }
                }

                allocations = guard.count();
            });

        for (int n = 1; n <= 20000; ++n)
        {
            handover.send (std::make_unique<Counted> (n));
            handover.collect();
        }

        while (last < 1)
            std::this_thread::yield();

        stop = true;
        audio.join();
        CHECK (ordered);
        CHECK (allocations == 0);
    }

    CHECK (Counted::alive == 0);
}
