#include "Kernel/KernelFile.h"

#include "Kernel/NumericKernel.h"
#include "Kernel/SoundDecoder.h"

#include <juce_audio_formats/juce_audio_formats.h>
#include <juce_cryptography/juce_cryptography.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <system_error>

namespace faltwerk
{

namespace
{

juce::String toString (const std::string& utf8)
{
    return juce::String::fromUTF8 (utf8.data(), static_cast<int> (utf8.size()));
}

juce::File toFile (const std::string& path)
{
    return juce::File::getCurrentWorkingDirectory().getChildFile (toString (path));
}

/** Whether there are bytes to be read: a pipe would be waited for, and a device may never end. */
bool isFileOfBytes (const juce::File& file)
{
    const auto path = file.getFullPathName().toStdString();
    std::error_code ignored;
    return std::filesystem::is_regular_file (std::u8string (path.begin(), path.end()), ignored);
}

std::string fileNameOf (const juce::File& file) { return file.getFileName().toStdString(); }

bool holdsNumbers (const juce::File& file) { return file.hasFileExtension ("csv;txt"); }
bool isFlac (const juce::File& file) { return file.hasFileExtension ("flac"); }
bool isWav (const juce::File& file) { return ! holdsNumbers (file) && ! isFlac (file); }

Outcome<Sound> readNumbers (juce::InputStream& stream, const std::string& name)
{
    constexpr juce::int64 mostBytes = 1 << 30; // even with 40 characters a number, more than a kernel holds
    const auto size = stream.getTotalLength();

    if (size > mostBytes)
        return Outcome<Sound>::failure ("'" + name + "' could not be read: it is larger than 1 GB. "
                                        + "Convert it to an audio file.");

    std::string text (static_cast<size_t> (std::max<juce::int64> (size, 0)), ' ');
    stream.setPosition (0);
    text.resize (static_cast<size_t> (std::max (stream.read (text.data(), static_cast<int> (text.size())), 0)));
    const auto numbers = parseNumbers (text);

    if (! numbers)
        return Outcome<Sound>::failure ("'" + name + "' could not be read: " + numbers.error()
                                        + ". Numbers stand one on a line or between commas.");

    Sound sound;
    sound.sampleRate = numbers->sampleRate;

    for (const auto& channel : numbers->channels)
        sound.channels.emplace_back (channel.begin(), channel.end());

    return sound;
}

Outcome<Sound> readSound (const juce::File& file, size_t mostFrames)
{
    const auto name = fileNameOf (file);

    if (! file.exists())
        return Outcome<Sound>::failure ("'" + file.getFullPathName().toStdString()
                                        + "' was not found. Check the name and the folder.");

    if (file.isDirectory())
        return Outcome<Sound>::failure ("'" + name + "' is a folder. Choose a file in it.");

    if (! isFileOfBytes (file))
        return Outcome<Sound>::failure ("'" + name + "' is no file of bytes, but a pipe or a device. Choose a file.");

    juce::FileInputStream stream (file);

    if (! stream.openedOk())
        return Outcome<Sound>::failure ("'" + name + "' could not be opened. Check that you may read it.");

    if (holdsNumbers (file) && ! isSound (stream))
        return readNumbers (stream, name);

    return decodeSound (stream, name, mostFrames);
}

/** An audio stream of one format into memory or a file. */
bool encode (juce::AudioFormat& format,
             std::unique_ptr<juce::OutputStream> stream,
             const std::vector<std::vector<float>>& channels,
             double sampleRate,
             SampleFormat sampleFormat,
             const std::function<bool (double)>& goesOn = {})
{
    const int bits = sampleFormat == SampleFormat::int16 ? 16 : sampleFormat == SampleFormat::int24 ? 24 : 32;
    const std::unique_ptr<juce::AudioFormatWriter> writer (
        format.createWriterFor (stream.get(), sampleRate, static_cast<unsigned int> (channels.size()), bits, {}, 0));

    if (writer == nullptr)
        return false;

    stream.release(); // the writer has it now

    // In pieces, between which it can be stopped.
    constexpr size_t piece = 1 << 16;
    const size_t length = channels.front().size();
    const double scale = std::ldexp (1.0, bits - 1);
    std::vector<std::vector<int>> integers (sampleFormat == SampleFormat::float32 ? 0 : channels.size());

    for (size_t first = 0; first < length; first += piece)
    {
        const size_t size = std::min (piece, length - first);

        if (goesOn != nullptr && ! goesOn (static_cast<double> (first) / static_cast<double> (length)))
            return false;

        if (sampleFormat == SampleFormat::float32)
        {
            std::vector<const float*> sources;

            for (const auto& channel : channels)
                sources.push_back (channel.data() + first);

            if (! writer->writeFromFloatArrays (sources.data(), static_cast<int> (sources.size()),
                                                static_cast<int> (size)))
                return false;

            continue;
        }

        // Round to nearest here: the writer takes integers in the upper bits as they are.
        std::vector<const int*> sources;

        for (size_t channel = 0; channel < channels.size(); ++channel)
        {
            auto& converted = integers[channel];
            converted.clear();

            for (const float x : std::span (channels[channel]).subspan (first, size))
            {
                const double rounded =
                    std::nearbyint (std::clamp (static_cast<double> (x) * scale, -scale, scale - 1.0));
                converted.push_back (static_cast<int> (rounded) * (1 << (32 - bits)));
            }

            sources.push_back (converted.data());
        }

        sources.push_back (nullptr); // as JUCE wants it

        if (! writer->write (sources.data(), static_cast<int> (size)))
            return false;
    }

    return true;
}

bool writeNumbers (juce::OutputStream& stream, const Sound& sound)
{
    for (size_t n = 0; n < sound.lengthInFrames(); ++n)
    {
        std::string line;

        for (const auto& channel : sound.channels)
        {
            char number[32];
            std::snprintf (number, sizeof number, "%.9g", static_cast<double> (channel[n]));

            for (char* c = number; *c != 0; ++c) // whatever the locale
                if (*c == ',')
                    *c = '.';

            line += (line.empty() ? "" : ",") + std::string (number);
        }

        line += '\n';

        if (! stream.write (line.data(), line.size()))
            return false;
    }

    return true;
}

/** Why FLAC cannot hold so many channels at a rate; empty if it can. */
std::string complaintAboutFlac (size_t numChannels, double rate)
{
    if (numChannels > 8)
        return "FLAC holds at most 8 channels, and there are " + std::to_string (numChannels) + ". Write a WAV file.";

    // Above 65535 Hz only tens, up to 16 bits of them.
    if (rate != std::floor (rate) || rate < 1.0 || rate > 655350.0 || (rate > 65535.0 && std::fmod (rate, 10.0) != 0.0))
        return "FLAC does not hold its sample rate. Write a WAV file.";

    return {};
}

constexpr uint64_t wavHeaderSize = 256; // at most

/** The size of a WAV file, at most. */
uint64_t wavSizeInBytes (const Sound& sound, SampleFormat format)
{
    const uint64_t width = format == SampleFormat::int16 ? 2 : format == SampleFormat::int24 ? 3 : 4;
    return wavHeaderSize + uint64_t { sound.lengthInFrames() } * sound.channels.size() * width;
}

/** Why a sound cannot be written as what the file's extension asks for; empty if it can. */
std::string complaintAbout (const juce::File& file, const Sound& sound, SampleFormat format)
{
    if (holdsNumbers (file))
        return {};

    if (! (sound.sampleRate >= lowestSampleRate && sound.sampleRate <= highestSampleRate))
        return "its sample rate is not between 1 kHz and 1 MHz.";

    if (isFlac (file) && format == SampleFormat::float32)
        return "FLAC holds no floating-point samples. Choose 16 or 24 bits, or a WAV file.";

    if (isFlac (file))
        return complaintAboutFlac (sound.channels.size(), sound.sampleRate);

    if (wavSizeInBytes (sound, format) > std::numeric_limits<uint32_t>::max())
        return "it would be larger than 4 GB, which a WAV file cannot be. Render a shorter part.";

    return {};
}

bool fitsIn24Bits (const Kernel& kernel)
{
    for (const auto& path : kernel.paths)
    {
        for (const float x : path)
        {
            const float scaled = x * 8388608.0f; // 2^23

            if (scaled != std::nearbyint (scaled) || scaled < -8388608.0f || scaled > 8388607.0f)
                return false;
        }
    }

    return true;
}

} // namespace

std::string nameOfFile (const std::string& path) { return toFile (path).getFileNameWithoutExtension().toStdString(); }

Outcome<Sound> readSound (const std::string& path, size_t mostFrames) { return readSound (toFile (path), mostFrames); }

double sampleRateOfFile (const std::string& path)
{
    const auto file = toFile (path);

    if (! isFileOfBytes (file))
        return 0.0;

    juce::FileInputStream stream (file);
    const auto header = stream.openedOk() ? headerOf (stream, path, std::numeric_limits<size_t>::max())
                                          : Outcome<SoundHeader>::failure ({});
    return header ? header->sampleRate : 0.0;
}

Outcome<Kernel> readKernel (const std::string& path, ChannelLayout layout, size_t numMatrixInputs)
{
    auto sound = readSound (toFile (path), longestKernelInFrames);

    if (! sound)
        return Outcome<Kernel>::failure (sound.error());

    auto kernel = makeKernel (std::move (sound->channels), sound->sampleRate, fileNameOf (toFile (path)), layout,
                              numMatrixInputs);

    if (kernel)
        kernel->name = nameOfFile (path);

    return kernel;
}

std::string writeSound (const std::string& path,
                        const Sound& sound,
                        SampleFormat sampleFormat,
                        const std::function<bool (double)>& goesOn)
{
    bool stopped = false;
    const std::function<bool (double)> ask = [&] (double done)
    {
        stopped = stopped || (goesOn != nullptr && ! goesOn (done));
        return ! stopped;
    };
    const auto file = toFile (path);
    const auto failure = "'" + file.getFullPathName().toStdString()
                         + "' could not be written. Check the folder, the space on the disk and your rights there.";

    const auto cancelled = "'" + fileNameOf (file) + "' was not written: cancelled.";

    if (auto complaint = complaintAbout (file, sound, sampleFormat); ! complaint.empty())
        return "'" + fileNameOf (file) + "' could not be written: " + complaint;

    if (file.isDirectory() || ! file.getParentDirectory().isDirectory())
        return failure;

    // Written beside its place first, so that a failure leaves nothing behind.
    const juce::TemporaryFile temporary (file);
    auto stream = std::make_unique<juce::FileOutputStream> (temporary.getFile());

    if (! stream->openedOk())
        return failure;

    if (isWav (file))
    {
        juce::WavAudioFormat wav;
        const auto least = static_cast<juce::int64> (wavSizeInBytes (sound, sampleFormat) - wavHeaderSize);

        // The writer takes the stream with it, and what it could not flush can be seen by the size only.
        if (! encode (wav, std::move (stream), sound.channels, sound.sampleRate, sampleFormat, ask)
            || temporary.getFile().getSize() < least)
            return stopped ? cancelled : failure;
    }
    else
    {
        juce::MemoryBlock block;
        juce::FlacAudioFormat flac;
        bool written = false;

        if (isFlac (file))
            written = encode (flac, std::make_unique<juce::MemoryOutputStream> (block, false), sound.channels,
                              sound.sampleRate, sampleFormat, ask)
                      && stream->write (block.getData(), block.getSize());
        else
            written = writeNumbers (*stream, sound);

        stream->flush();

        if (! written || stream->getStatus().failed())
            return stopped ? cancelled : failure;

        stream.reset();
    }

    return temporary.overwriteTargetFileWithTemporary() ? std::string() : failure;
}

std::vector<std::byte> encodeKernel (const Kernel& kernel)
{
    juce::MemoryBlock block;
    const double rate = kernel.sampleRate > 0.0 ? kernel.sampleRate : 48000.0;
    const bool asFlac = fitsIn24Bits (kernel) && complaintAboutFlac (kernel.paths.size(), std::floor (rate)).empty();
    juce::FlacAudioFormat flac;
    juce::WavAudioFormat wav;
    auto& format = asFlac ? static_cast<juce::AudioFormat&> (flac) : static_cast<juce::AudioFormat&> (wav);
    encode (format, std::make_unique<juce::MemoryOutputStream> (block, false), kernel.paths, rate,
            asFlac ? SampleFormat::int24 : SampleFormat::float32);

    std::vector<std::byte> encoded (block.getSize());
    std::memcpy (encoded.data(), block.getData(), block.getSize());
    return encoded;
}

Outcome<Kernel> decodeKernel (std::span<const std::byte> encoded,
                              std::string name,
                              ChannelLayout layout,
                              size_t numMatrixInputs)
{
    const auto failure =
        Outcome<Kernel>::failure ("The copy of '" + name + "' in the session is damaged. Load the kernel again.");

    juce::MemoryInputStream bytes (encoded.data(), encoded.size(), false);
    auto sound = decodeSound (bytes, name, longestKernelInFrames);

    if (! sound)
        return failure;

    return makeKernel (std::move (sound->channels), sound->sampleRate, std::move (name), layout, numMatrixInputs);
}

std::string contentHash (const Kernel& kernel)
{
    juce::MemoryOutputStream stream;
    stream.writeDouble (kernel.sampleRate);
    stream.writeInt (static_cast<int> (kernel.paths.size()));

    for (const auto& path : kernel.paths)
        for (const float sample : path)
            stream.writeFloat (sample);

    return juce::SHA256 (stream.getData(), stream.getDataSize()).toHexString().toStdString();
}

} // namespace faltwerk
