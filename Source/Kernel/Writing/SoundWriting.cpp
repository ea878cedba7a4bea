#include "Kernel/Writing/SoundWriting.h"

#include "Kernel/Reading/InputFile.h"
#include "Kernel/Writing/OutputFile.h"
#include "Kernel/Writing/SoundEncoder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace faltwerk
{

namespace
{

/** Returns why FLAC cannot hold this number of channels at a rate; empty if it can. */
std::string complaintAboutFlac (size_t numChannels, double rate)
{
    if (numChannels > 8)
        return "FLAC holds at most 8 channels, and there are " + std::to_string (numChannels) + ". Write a WAV file.";

    // Above 65535 Hz only tens, up to 16 bits of them.
    if (rate != std::floor (rate) || rate < 1.0 || rate > 655350.0 || (rate > 65535.0 && std::fmod (rate, 10.0) != 0.0))
        return "FLAC does not hold its sample rate. Write a WAV file.";

    return {};
}

/** Returns why Ogg Vorbis cannot hold a sound; empty if it can. */
std::string complaintAboutVorbis (const SoundHeader& sound, SampleFormat format)
{
    if (format != SampleFormat::float32)
        return "Ogg Vorbis compresses with loss and has no number of bits. Leave out --bits.";

    if (sound.sampleRate > 200000.0)
        return "Ogg Vorbis holds sample rates up to 200 kHz. Write a FLAC or WAV file.";

    return sound.numChannels > 255 ? "Ogg Vorbis holds at most 255 channels. Write a WAV file." : std::string();
}

/** Returns the size of the samples and of a header, at most. */
uint64_t sizeInBytes (const SoundHeader& sound, SampleFormat format)
{
    constexpr uint64_t headerSize = 256;
    const uint64_t width = format == SampleFormat::float32 ? 4 : format == SampleFormat::int24 ? 3 : 2;
    return headerSize + uint64_t { sound.numFrames } * sound.numChannels * width;
}

/** Returns why a sound cannot be written in a format; empty if it can. */
std::string complaintAbout (OutputFormat output, const SoundHeader& sound, SampleFormat format)
{
    if (output == OutputFormat::numbers)
        return {};

    if (! (sound.sampleRate >= lowestSampleRate && sound.sampleRate <= highestSampleRate))
        return "its sample rate is not between 1 kHz and 1 MHz.";

    if (output == OutputFormat::flac && format == SampleFormat::float32)
        return "FLAC holds no floating-point samples. Choose 16 or 24 bits, or a WAV file.";

    if (output == OutputFormat::flac)
        return complaintAboutFlac (sound.numChannels, sound.sampleRate);

    if (output == OutputFormat::oggVorbis)
        return complaintAboutVorbis (sound, format);

    if (output == OutputFormat::aiff && sizeInBytes (sound, format) > std::numeric_limits<uint32_t>::max())
        return "it would be larger than 4 GB, which an AIFF file cannot be. Write a .wav, .w64 or .caf file.";

    return {};
}

/** Gives a whole sound in pieces, between which it can be stopped. */
void give (const Sound& sound, const TakePiece& take, const std::function<bool (double)>& goesOn)
{
    const size_t length = sound.lengthInFrames();
    const size_t size = std::clamp<size_t> ((1 << 20) / std::max<size_t> (sound.channels.size(), 1), 1, 1 << 16);

    for (size_t first = 0; first < length; first += size)
        if ((goesOn != nullptr && ! goesOn (static_cast<double> (first) / static_cast<double> (length)))
            || ! take (sound.channels, first, std::min (size, length - first)))
            return;
}

} // namespace

SoundHeader headerFor (const Sound& sound)
{
    SoundHeader header { sound.channels.size(), sound.lengthInFrames(), sound.sampleRate, true };
    header.comment = sound.comment;
    return header;
}

std::string writeSoundInPieces (const std::string& path,
                                OutputFormat output,
                                SampleFormat format,
                                const SoundHeader& sound,
                                const GivePieces& giveTo)
{
    if (auto complaint = complaintAbout (output, sound, format); ! complaint.empty())
        return (path == standardOutput ? "the sound" : "'" + fileNameOf (path) + "'")
               + " could not be written: " + complaint;

    std::string problem;
    const auto error = writeFile (
        path,
        [&] (juce::OutputStream& stream)
        {
            const auto encoder = SoundEncoder::make (stream, output, format, sound);
            bool isGood = true;
            problem = giveTo (
                [&] (std::span<const std::vector<float>> channels, size_t first, size_t size)
                {
                    isGood = isGood && encoder->write (channels, first, size);
                    return isGood;
                });
            return problem.empty() && isGood && encoder->finish();
        },
        SoundEncoder::writesInOrder (output) ? Seeking::notNeeded : Seeking::needed);
    return problem.empty() ? error : problem;
}

std::string writeSound (const std::string& path,
                        const Sound& sound,
                        SampleFormat format,
                        const std::function<bool (double)>& goesOn)
{
    const auto output = outputFormatOf (path);

    if (! output)
        return complaintAboutEnding (path);

    return writeSoundInPieces (path, *output, format, headerFor (sound),
                               [&] (const TakePiece& take) -> std::string
                               {
                                   bool isStopped = false;
                                   give (sound, take,
                                         [&] (double done)
                                         {
                                             isStopped = goesOn != nullptr && ! goesOn (done);
                                             return ! isStopped;
                                         });
                                   return isStopped ? "'" + fileNameOf (path) + "' was not written: cancelled."
                                                    : std::string();
                               });
}

bool encodeSound (juce::OutputStream& stream, OutputFormat output, SampleFormat format, const Sound& sound)
{
    const auto encoder = SoundEncoder::make (stream, output, format, headerFor (sound));
    bool isGood = true;
    give (sound,
          [&] (std::span<const std::vector<float>> channels, size_t first, size_t size)
          {
              isGood = encoder->write (channels, first, size);
              return isGood;
          },
          {});
    return encoder->finish() && isGood;
}

bool canHoldInFlac (size_t numChannels, double sampleRate)
{
    return complaintAboutFlac (numChannels, sampleRate).empty();
}

} // namespace faltwerk
