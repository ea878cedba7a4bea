#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace faltwerk::tool
{

/** Returns a line such as "45 %, 320 x real time, 0:12 left".
    @param share  of the work that is done, 0..1
    @param secondsOfSound  that were rendered in elapsedSeconds */
std::string progressLine (double share, double secondsOfSound, double elapsedSeconds);

/** Shows how far a long work is, on a terminal only, from half a second on and ten times a second. Its line is gone
    when the object goes. */
class Progress
{
public:
    /** @param totalWeight  what the calls of add() will sum up to */
    explicit Progress (double totalWeight);
    ~Progress();
    Progress (const Progress&) = delete;
    Progress& operator= (const Progress&) = delete;

    /** Counts a part of the work. [any thread] */
    void add (double weight, double secondsOfSound);

private:
    using Clock = std::chrono::steady_clock;

    const bool isShown;
    const double total;
    const Clock::time_point start = Clock::now();
    std::mutex lock; // of what follows
    Clock::time_point next = start + std::chrono::milliseconds (500);
    double done = 0.0, seconds = 0.0;
};

} // namespace faltwerk::tool
