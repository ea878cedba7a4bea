#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

// What programs of times share: how long something takes, and a row of the table that they print.

namespace faltwerk::times
{

/** Prints a measured figure beside its goal, which holds on an idle machine with two cores at 2.5 GHz or more. A figure
    beyond its goal is marked for the reader; no test fails by it. */
inline void row (const std::string& name, double value, double goal, const char* unit = "ms")
{
    std::printf ("%-72s %9.2f %-2s  goal %7g%s\n", name.c_str(), value, unit, goal, value > goal ? "  OVER" : "");
    std::fflush (stdout);
}

/** Returns the wall-clock time of a call in ms. */
template <typename Act>
double milliseconds (Act&& act)
{
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now() - begin).count();
}

/** Returns the shortest of some calls' times in ms: others use the machine too. */
template <typename Act>
double shortest (int repetitions, Act&& act)
{
    double least = 1e9;

    for (int n = 0; n < repetitions; ++n)
        least = std::min (least, milliseconds (act));

    return least;
}

inline double median (std::vector<double> values)
{
    std::sort (values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace faltwerk::times
