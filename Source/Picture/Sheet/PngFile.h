#pragma once

#include <juce_graphics/juce_graphics.h>

#include <string>

namespace faltwerk
{

/** Writes a picture into a PNG file as writeFile() does.
    @param path  UTF-8, absolute or relative to the working directory.
    Returns the error's sentence, empty on success. [not audio] */
std::string writePng (const juce::Image&, const std::string& path);

} // namespace faltwerk
