#include "Tool/Output/Progress.h"

#include "Tool/Output/Console.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace faltwerk::tool
{

std::string progressLine (double share, double secondsOfSound, double elapsedSeconds)
{
    const double left = share > 0.0 ? elapsedSeconds * (1.0 - share) / share : 0.0;
    const long seconds = std::lround (std::ceil (std::clamp (left, 0.0, 359999.0)));
    char time[32], text[128];

    if (seconds < 3600)
        std::snprintf (time, sizeof time, "%ld:%02ld", seconds / 60, seconds % 60);
    else
        std::snprintf (time, sizeof time, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);

    std::snprintf (text, sizeof text, "%.0f %%, %.*f x real time, %s left", std::floor (100.0 * std::min (share, 1.0)),
                   secondsOfSound < 10.0 * elapsedSeconds ? 1 : 0, secondsOfSound / std::max (elapsedSeconds, 1e-9),
                   time);
    return text;
}

Progress::Progress (double totalWeight)
    : isShown (console::isTerminal (stderr) && ! console::isQuiet())
    , total (totalWeight)
{
}

Progress::~Progress()
{
    if (isShown)
        console::showProgress ({});
}

void Progress::add (double weight, double secondsOfSound)
{
    if (! isShown)
        return;

    const std::lock_guard guard (lock);
    done += weight;
    seconds += secondsOfSound;
    const auto now = Clock::now();

    if (now < next)
        return;

    next = now + std::chrono::milliseconds (100);
    console::showProgress (progressLine (done / total, seconds, std::chrono::duration<double> (now - start).count()));
}

} // namespace faltwerk::tool
