#pragma once

#include "Kernel/Reading/ByteSource.h"

#include <span>
#include <string_view>

namespace faltwerk
{

/** The kinds of sound files that are read, told apart by their first bytes. */
enum class SoundContainer
{
    unknown,
    wave, // RIFF, RF64 or BW64
    aiff, // or AIFC
    wave64,
    caf,
    au,
    flac,
    ogg, // with Vorbis, Opus or FLAC in it
    mp3
};

/** Returns the kind that the first bytes show. [not audio] */
SoundContainer containerOf (const ByteSource& bytes);

/** The formats that are read, for sentences. */
constexpr auto soundFormatNames = "WAV, AIFF, FLAC, Ogg Vorbis, Opus, MP3, CAF, W64, RF64 or AU";

/** Returns the usual file name extensions of these formats: small letters, no dot. [any] */
std::span<const std::string_view> soundFileExtensions() noexcept;

/** Returns true for an extension (small letters, no dot) of a format whose header tells length, rate and channels
    without a look at the rest of the file. [any] */
bool hasLengthInHeader (std::string_view extension) noexcept;

} // namespace faltwerk
