#include "Kernel/KernelFile.h"

#include "Kernel/NumberFile.h"
#include "Kernel/OutputFile.h"
#include "Kernel/OutputFormat.h"
#include "Kernel/SoundDecoder.h"
#include "Kernel/SoundFileWriter.h"

#include <juce_cryptography/juce_cryptography.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
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

/** Returns true if there are bytes to be read: a pipe would be waited for, and a device may never end. */
bool isFileOfBytes (const juce::File& file)
{
    const auto path = file.getFullPathName().toStdString();
    std::error_code ignored;
    return std::filesystem::is_regular_file (std::u8string (path.begin(), path.end()), ignored);
}

std::string fileNameOf (const juce::File& file) { return file.getFileName().toStdString(); }

/** Opens a file for reading. */
Outcome<std::unique_ptr<juce::FileInputStream>> open (const juce::File& file)
{
    using Result = Outcome<std::unique_ptr<juce::FileInputStream>>;
    const auto name = fileNameOf (file);

    if (! file.exists())
        return Result::failure ("'" + file.getFullPathName().toStdString()
                                + "' was not found. Check the name and the folder.");

    if (file.isDirectory())
        return Result::failure ("'" + name + "' is a folder. Choose a file in it.");

    if (! isFileOfBytes (file))
        return Result::failure ("'" + name + "' is a pipe or a device, not a file. Choose a file.");

    auto stream = std::make_unique<juce::FileInputStream> (file);

    if (! stream->openedOk())
        return Result::failure ("'" + name + "' could not be opened. Check that you may read it.");

    return stream;
}

Outcome<Sound> readSound (const juce::File& file, size_t mostFrames, const CommaChoice& commas)
{
    const auto stream = open (file);

    if (! stream)
        return Outcome<Sound>::failure (stream.error());

    const auto name = fileNameOf (file);

    if (! holdsNumbers (**stream, name))
        return decodeSound (**stream, name, mostFrames);

    const auto numbers = readNumbers (**stream, name, commas);
    return numbers ? toSound (*numbers) : Outcome<Sound>::failure (numbers.error());
}

/** Encodes a whole sound into a stream that can seek; false if that failed or goesOn said no. */
bool encode (juce::OutputStream& stream,
             OutputFormat output,
             SampleFormat format,
             const std::vector<std::vector<float>>& channels,
             double sampleRate,
             const std::function<bool (double)>& goesOn = {},
             const std::string& comment = {})
{
    // In pieces, between which it can be stopped.
    const size_t length = channels.front().size();
    const size_t size = std::clamp<size_t> ((1 << 20) / channels.size(), 1, 1 << 16);
    SoundFileWriter writer (stream, output, format, channels.size(), sampleRate);

    if (! comment.empty())
        writer.setComment (comment);

    for (size_t first = 0; first < length; first += size)
    {
        if (goesOn != nullptr && ! goesOn (static_cast<double> (first) / static_cast<double> (length)))
            return false;

        if (! writer.write (channels, first, std::min (size, length - first)))
            return false;
    }

    return writer.finish();
}

/** Returns the heading of columns, without which whole numbers between commas could be decimal ones; none for one column.
 */
std::string labelLine (size_t numChannels)
{
    if (numChannels == 2)
        return "left,right\n";

    if (numChannels == 4)
        return "LL,LR,RL,RR\n";

    std::string line;

    for (size_t channel = 1; numChannels > 1 && channel <= numChannels; ++channel)
        line += (channel > 1 ? ",channel " : "channel ") + std::to_string (channel);

    return line.empty() ? line : line + "\n";
}

bool writeNumbers (juce::OutputStream& stream, const Sound& sound)
{
    if (const auto line = labelLine (sound.channels.size()); ! stream.write (line.data(), line.size()))
        return false;

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

/** Why Ogg Vorbis cannot hold a sound; empty if it can. */
std::string complaintAboutVorbis (const Sound& sound, SampleFormat format)
{
    if (format != SampleFormat::float32)
        return "Ogg Vorbis compresses with loss and has no number of bits. Leave it out.";

    if (sound.sampleRate > 200000.0)
        return "Ogg Vorbis holds sample rates up to 200 kHz. Write a FLAC or WAV file.";

    return sound.channels.size() > 255 ? "Ogg Vorbis holds at most 255 channels. Write a WAV file." : std::string();
}

/** Returns the size of the samples and of a header, at most. */
uint64_t sizeInBytes (const Sound& sound, SampleFormat format)
{
    constexpr uint64_t headerSize = 256;
    const uint64_t width = format == SampleFormat::int16 ? 2 : format == SampleFormat::int24 ? 3 : 4;
    return headerSize + uint64_t { sound.lengthInFrames() } * sound.channels.size() * width;
}

/** Why a sound cannot be written in a format; empty if it can. */
std::string complaintAbout (OutputFormat output, const Sound& sound, SampleFormat format)
{
    if (output == OutputFormat::numbers)
        return {};

    if (! (sound.sampleRate >= lowestSampleRate && sound.sampleRate <= highestSampleRate))
        return "its sample rate is not between 1 kHz and 1 MHz.";

    if (output == OutputFormat::flac && format == SampleFormat::float32)
        return "FLAC holds no floating-point samples. Choose 16 or 24 bits, or a WAV file.";

    if (output == OutputFormat::flac)
        return complaintAboutFlac (sound.channels.size(), sound.sampleRate);

    if (output == OutputFormat::oggVorbis)
        return complaintAboutVorbis (sound, format);

    const bool has32BitSizes = output == OutputFormat::wave || output == OutputFormat::aiff;

    if (has32BitSizes && sizeInBytes (sound, format) > std::numeric_limits<uint32_t>::max())
        return "it would be larger than 4 GB, which a WAV or AIFF file cannot be. Write a .w64 or .caf file.";

    return {};
}

/** Returns true if all samples are 24-bit numbers. A negative zero does not count: integers have one zero only. */
bool fitsIn24Bits (const Kernel& kernel)
{
    const auto fits = [] (float x)
    {
        const float scaled = x * 8388608.0f; // 2^23
        return scaled == std::nearbyint (scaled) && scaled >= -8388608.0f && scaled <= 8388607.0f
               && ! (x == 0.0f && std::signbit (x));
    };

    return std::all_of (kernel.paths.begin(), kernel.paths.end(),
                        [&fits] (const auto& path) { return std::all_of (path.begin(), path.end(), fits); });
}

/** The bytes of which a content hash is made, computed as they are read. */
class HashedBytes : public juce::InputStream
{
public:
    explicit HashedBytes (const Kernel& hashed)
        : kernel (hashed)
    {
        head.writeDouble (kernel.sampleRate);
        head.writeInt (static_cast<int> (kernel.paths.size()));
        length = head.getDataSize();

        for (const auto& each : kernel.paths)
            length += each.size() * sizeof (float);
    }

    juce::int64 getTotalLength() override { return static_cast<juce::int64> (length); }
    juce::int64 getPosition() override { return static_cast<juce::int64> (position); }
    bool setPosition (juce::int64) override { return false; }
    bool isExhausted() override { return position == length; }

    int read (void* destination, int size) override
    {
        auto* bytes = static_cast<char*> (destination);
        int count = 0;

        while (count < size && position < length)
        {
            bytes[count++] = next();
            ++position;
        }

        return count;
    }

private:
    char next()
    {
        if (position < head.getDataSize())
            return static_cast<const char*> (head.getData())[position];

        while (sampleIndex == kernel.paths[path].size())
            ++path, sampleIndex = 0;

        const auto bits = std::bit_cast<uint32_t> (kernel.paths[path][sampleIndex]);
        const auto byte = static_cast<char> ((bits >> (8 * byteIndex)) & 0xff);
        byteIndex = (byteIndex + 1) % sizeof (float);
        sampleIndex += byteIndex == 0 ? 1 : 0;
        return byte;
    }

    const Kernel& kernel;
    juce::MemoryOutputStream head;
    size_t length = 0, position = 0, path = 0, sampleIndex = 0, byteIndex = 0;
};

Outcome<SoundHeader> headerOfFile (const std::string& path)
{
    const auto stream = open (toFile (path));
    return stream ? headerOf (**stream, path, std::numeric_limits<size_t>::max())
                  : Outcome<SoundHeader>::failure (stream.error());
}

} // namespace

std::string nameOfFile (const std::string& path) { return toFile (path).getFileNameWithoutExtension().toStdString(); }

Outcome<Sound> readSound (const std::string& path, size_t mostFrames, const CommaChoice& commas)
{
    return readSound (toFile (path), mostFrames, commas);
}

Outcome<Numbers> readAsNumbers (const std::string& path, const CommaChoice& commas)
{
    const auto file = toFile (path);
    const auto stream = open (file);

    if (! stream)
        return Outcome<Numbers>::failure (stream.error());

    const auto name = fileNameOf (file);

    if (holdsNumbers (**stream, name))
        return readNumbers (**stream, name, commas);

    const auto sound = decodeSound (**stream, name, longestKernelInFrames);

    if (! sound)
        return Outcome<Numbers>::failure (sound.error());

    Numbers numbers;
    numbers.sampleRate = sound->sampleRate;
    numbers.remark = sound->remark;

    for (const auto& channel : sound->channels)
        numbers.channels.emplace_back (channel.begin(), channel.end());

    return numbers;
}

double sampleRateOfFile (const std::string& path)
{
    const auto header = headerOfFile (path);
    return header ? header->sampleRate : 0.0;
}

size_t numChannelsOfFile (const std::string& path)
{
    const auto header = headerOfFile (path);
    return header ? header->numChannels : 0;
}

Outcome<Kernel> readKernel (const std::string& path, const ChannelChoice& choice, const CommaChoice& commas)
{
    auto sound = readSound (toFile (path), longestKernelInFrames, commas);

    if (! sound)
        return Outcome<Kernel>::failure (sound.error());

    auto wanted = choice;

    if (wanted.layout == ChannelLayout::automatic)
        wanted.layout = recognisedLayout (sound->channels.size(), fileNameOf (toFile (path)));

    auto kernel = makeKernel (std::move (sound->channels), sound->sampleRate, fileNameOf (toFile (path)), wanted);

    if (kernel)
    {
        kernel->name = nameOfFile (path);
        kernel->remark = joinedRemarks (sound->remark, kernel->remark);
    }

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
    const auto name = fileNameOf (toFile (path));
    const auto output = outputFormatOf (path);

    if (! output)
        return complaintAboutEnding (path);

    if (auto complaint = complaintAbout (*output, sound, sampleFormat); ! complaint.empty())
        return "'" + name + "' could not be written: " + complaint;

    auto error = writeFile (path,
                            [&] (juce::OutputStream& stream)
                            {
                                return *output == OutputFormat::numbers
                                           ? writeNumbers (stream, sound)
                                           : encode (stream, *output, sampleFormat, sound.channels, sound.sampleRate,
                                                     ask, sound.comment);
                            });
    return stopped ? "'" + name + "' was not written: cancelled." : error;
}

std::vector<std::byte> encodeKernel (const Kernel& kernel)
{
    // Bare numbers have no rate, and a file's rate has limits: the exact one is the caller's to keep.
    const double rate =
        kernel.sampleRate > 0.0 ? std::clamp (kernel.sampleRate, lowestSampleRate, highestSampleRate) : 48000.0;
    const bool asFlac = fitsIn24Bits (kernel) && complaintAboutFlac (kernel.paths.size(), std::floor (rate)).empty();
    juce::MemoryOutputStream stream;

    if (asFlac)
        encode (stream, OutputFormat::flac, SampleFormat::int24, kernel.paths, std::floor (rate));
    else
        encode (stream, OutputFormat::wave, SampleFormat::float32, kernel.paths, std::floor (rate));

    const auto* bytes = static_cast<const std::byte*> (stream.getData());
    return { bytes, bytes + stream.getDataSize() };
}

Outcome<Kernel> decodeKernel (std::span<const std::byte> encoded, std::string name, const ChannelChoice& choice)
{
    const auto failure =
        Outcome<Kernel>::failure ("The copy of '" + name + "' in the session is damaged. Load the kernel again.");

    juce::MemoryInputStream bytes (encoded.data(), encoded.size(), false);
    auto sound = decodeSound (bytes, name, longestKernelInFrames);

    if (! sound)
        return failure;

    return makeKernel (std::move (sound->channels), sound->sampleRate, std::move (name), choice);
}

std::string contentHash (const Kernel& kernel)
{
    HashedBytes bytes (kernel);
    return juce::SHA256 (bytes).toHexString().toStdString();
}

} // namespace faltwerk
