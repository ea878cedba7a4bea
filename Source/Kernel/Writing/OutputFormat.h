#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace faltwerk
{

/** The kinds of files that a sound is written to. */
enum class OutputFormat
{
    wave,
    aiff, // AIFC with floating-point samples
    flac, // 16 or 24 bits
    caf,
    wave64,
    oggVorbis, // with loss
    numbers    // a line for each frame
};

/** How samples are stored in a sound file. */
enum class SampleFormat
{
    int16,
    dithered16, // as int16, with noise that makes the error of rounding independent of the sound; see Quantiser
    int24,
    float32
};

/** The endings of names that outputFormatOf() knows, for sentences. */
constexpr std::string_view writtenEndings =
    ".wav, .aiff, .flac, .caf, .w64 or .ogg for sound, .csv or .txt for numbers";

/** Returns the format for the ending of a file's name, in any case: WAV for standard output, and for a pipe or a device
    without a known one. None if nothing is written under such a name. [not audio] */
std::optional<OutputFormat> outputFormatOf (const std::string& path);

/** Returns the usual ending of a format's names, without a point. [any] */
std::string_view endingOf (OutputFormat);

/** Returns a sentence for a name with whose ending nothing is written; else empty. [not audio] */
std::string complaintAboutEnding (const std::string& path);

} // namespace faltwerk
