#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** A sample that is infinite or not a number. */
struct NonFinite
{
    size_t channel, frame; // counted from 0
    bool isInfinite;
};

/** Returns the first one of the first channel that has any. [any] */
std::optional<NonFinite> findNonFinite (std::span<const std::vector<float>> channels);

/** Returns the beginning of a sentence: "channel 1 holds a value that is not a number at frame 480 (0.010000 s)".
    @param sampleRate  in Hz; 0 leaves the time out. [not audio] */
std::string inWords (const NonFinite&, double sampleRate);

} // namespace faltwerk
