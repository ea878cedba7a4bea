#pragma once

#include "Catalogue/CatalogueEntry.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace faltwerk
{

/** The bars of a kernel's thumbnail, of frames that pass by in pieces; their number need not be known beforehand. It
    keeps the peaks of a few thousand equal stretches, which a part of the whole is rounded to.
    [any, not audio; one thread at a time] */
class Thumbnail
{
public:
    /** Takes the next frames of each channel. */
    void add (std::span<const std::vector<float>> frames);

    size_t numFrames() const noexcept { return count; }

    /** Parts of equal length, or, of fewer frames than parts, the frame that each part falls into. */
    std::array<uint8_t, thumbnailWidth> bars() const;

private:
    void add (float peak);

    static constexpr size_t mostStretches = 8192;

    std::vector<float> peaks; // of whole stretches
    size_t stretchLength = 1; // frames
    float peakOfRest = 0.0f;  // of the stretch that is not whole yet
    size_t lengthOfRest = 0;
    size_t count = 0;
};

} // namespace faltwerk
