#pragma once

#include "Catalogue/Files/Paths.h"
#include "Kernel/Reading/InputFile.h"

#include <juce_core/juce_core.h>

namespace faltwerk
{

/** Returns a file's name as it is shown, see fileNameOf(). [not audio] */
inline juce::String shownNameOf (const juce::File& file)
{
    return toString (fileNameOf (file.getFullPathName().toStdString()));
}

} // namespace faltwerk
