#pragma once

#include "Catalogue/CatalogueEntry.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace faltwerk
{

/** Computes the bars of a thumbnail from frames in pieces; the total length need not be known. Keeps the peaks of at
    most 8192 equal stretches, to which the bars are rounded. One thread at a time. [not audio] */
class Thumbnail
{
public:
    /** Adds the next frames of each channel. */
    void add (std::span<const std::vector<float>> frames);

    size_t numFrames() const noexcept { return count; }

    /** Returns the bars; see CatalogueFacts::thumbnail. With fewer frames than bars, bars repeat frames. */
    std::array<uint8_t, thumbnailWidth> bars() const;

private:
    void add (float peak);

    static constexpr size_t mostStretches = 8192;

    std::vector<float> peaks; // of complete stretches
    size_t stretchLength = 1; // frames
    float peakOfRest = 0.0f;  // of the incomplete stretch
    size_t lengthOfRest = 0;
    size_t count = 0;
};

} // namespace faltwerk
