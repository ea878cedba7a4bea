#pragma once

#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <optional>
#include <string>
#include <string_view>

namespace faltwerk
{

/** Returns a sweep's figures as the comment of its sound file. [any] */
std::string asText (const Sweep&);

/** Returns the sweep of such a comment, with anything before and behind; none if there is none, or no sweep can have
    the figures. [any] */
std::optional<Sweep> sweepInText (std::string_view);

/** Returns a file name that tells the figures: "sweep 15-22000 Hz 10 s -6 dB.wav". [any] */
std::string fileNameOf (const Sweep&);

/** Returns the sweep whose figures stand in the first bytes of its sound file, as the comment of asText(), or in the
    file's name as of fileNameOf(), with anything before and behind. None if there are none. [not audio]
    @param path  UTF-8, absolute or relative to the working directory */
std::optional<Sweep> sweepInFile (const std::string& path);

} // namespace faltwerk
