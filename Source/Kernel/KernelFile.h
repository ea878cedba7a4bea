#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** Sound as decoded from a file or about to be encoded: [channel][frame] and a rate. */
struct Sound
{
    std::vector<std::vector<float>> channels;
    double sampleRate = 0.0; // Hz; 0 for bare numbers

    size_t lengthInFrames() const noexcept { return channels.empty() ? 0 : channels.front().size(); }
};

/** How samples are stored in an audio file. */
enum class SampleFormat
{
    int16,
    int24,
    float32
};

/** Reads a whole audio file (WAV, AIFF, FLAC, Ogg Vorbis) or, by its extension .csv or .txt, a file of numbers.
    @param path  UTF-8, absolute or relative to the working directory.
    @param mostFrames  What is longer is refused. [any, not audio] */
Outcome<Sound> readSound (const std::string& path, size_t mostFrames = std::numeric_limits<size_t>::max());

/** Reads a file as a kernel, named by its file name without extension; see makeKernel. [any, not audio] */
Outcome<Kernel> readKernel (const std::string& path,
                            ChannelLayout layout = ChannelLayout::automatic,
                            size_t numMatrixInputs = 0);

/** Writes a WAV file, or numbers by the extension .csv or .txt; a failure leaves what was there before.
    Integer formats round to nearest and clip. Returns the error's sentence, empty on success. [any, not audio] */
std::string writeSound (const std::string& path, const Sound& sound, SampleFormat format);

/** Encodes a kernel without loss, as FLAC if its samples are 24-bit numbers and as 32-bit float WAV otherwise, and
    back. The name and routing are the caller's to keep. [any, not audio] */
std::vector<std::byte> encodeKernel (const Kernel& kernel);
Outcome<Kernel> decodeKernel (std::span<const std::byte> encoded, std::string name);

/** The content hash: SHA-256, in hex, of sample rate (64-bit float), channel count (32-bit) and float samples, channel
    after channel, all little-endian. [any, not audio] */
std::string contentHash (const Kernel& kernel);

/** The file name without folder and extension. [any, not audio] */
std::string nameOfFile (const std::string& path);

} // namespace faltwerk
