#pragma once

#include <juce_graphics/juce_graphics.h>

#include <array>

namespace faltwerk
{

/** Matplotlib's colour map *magma* (S. van der Walt, N. Smith; CC0), from black over purple and orange to pale yellow:
    as even to the eye as to the ear in dB. */
class Magma
{
public:
    /** Returns the colour at a place from 0 to 1. */
    static juce::Colour at (float place);

    /** Returns 256 colours. */
    static const std::array<juce::PixelARGB, 256>& table();
};

} // namespace faltwerk
