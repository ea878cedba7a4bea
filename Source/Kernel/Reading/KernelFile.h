#pragma once

#include "Kernel/Kernel.h"
#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Reading/InputFile.h"
#include "Kernel/Reading/SoundDecoder.h"
#include "Kernel/Sound.h"
#include "Kernel/Writing/SoundWriting.h"

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** Reads a whole audio file (see decodeSound) or a text of numbers (see parseNumbers), whatever its extension.
    @param path  UTF-8, absolute or relative to the working directory.
    @param mostFrames  What is longer is refused. [not audio] */
Outcome<Sound> readSound (const std::string& path,
                          size_t mostFrames = std::numeric_limits<size_t>::max(),
                          const CommaChoice& commas = {});

/** Reads a file like readSound(), as doubles: numbers keep all their digits. [not audio] */
Outcome<Numbers> readAsNumbers (const std::string& path, const CommaChoice& commas = {});

/** Reads the header of an audio file. Fails, with a sentence, for what is no audio file. [not audio] */
Outcome<SoundHeader> headerOfFile (const std::string& path);

/** Returns the sample rate of an audio file in Hz, by its header alone; 0 for what is no audio file. [not audio] */
double sampleRateOfFile (const std::string& path);

/** Reads a file as a kernel, named by its file name without extension; see makeKernel and recognisedLayout.
    [not audio] */
Outcome<Kernel> readKernel (const std::string& path, const ChannelChoice& choice = {}, const CommaChoice& commas = {});

/** Encodes a kernel without loss, as FLAC if its samples are 24-bit numbers and as 32-bit float WAV otherwise, and
    back. The name and routing are the caller's to keep: the latter says what the copy's channels are. [not audio] */
std::vector<std::byte> encodeKernel (const Kernel& kernel);
Outcome<Kernel> decodeKernel (std::span<const std::byte> encoded, std::string name, const ChannelChoice& choice = {});

/** Returns the content hash: SHA-256, in hex, of sample rate (64-bit float), channel count (32-bit) and float samples,
    channel after channel, all little-endian. [not audio] */
std::string contentHash (const Kernel& kernel);

} // namespace faltwerk
