#pragma once

#include <vector>

namespace faltwerk
{

/** A dry loop to hear kernels with: two bars of drums and a plucked string, computed, [channel][frame]. */
struct DemoLoop
{
    static constexpr double sampleRate = 48000.0;

    static std::vector<std::vector<float>> make();
};

} // namespace faltwerk
