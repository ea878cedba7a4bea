#include "Kernel/KernelFile.h"

#include "Kernel/NumericKernel.h"
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

bool holdsNumbers (const juce::File& file) { return file.hasFileExtension ("csv;txt"); }
bool isFlac (const juce::File& file) { return file.hasFileExtension ("flac"); }

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

/** Encodes a whole sound into a stream that can seek; false if that failed or goesOn said no. */
bool encode (juce::OutputStream& stream,
             SoundFileWriter::Container container,
             SampleFormat format,
             const std::vector<std::vector<float>>& channels,
             double sampleRate,
             const std::function<bool (double)>& goesOn = {})
{
    // In pieces, between which it can be stopped.
    const size_t length = channels.front().size();
    const size_t size = std::clamp<size_t> ((1 << 20) / channels.size(), 1, 1 << 16);
    SoundFileWriter writer (stream, container, format, channels.size(), sampleRate);

    for (size_t first = 0; first < length; first += size)
    {
        if (goesOn != nullptr && ! goesOn (static_cast<double> (first) / static_cast<double> (length)))
            return false;

        if (! writer.write (channels, first, std::min (size, length - first)))
            return false;
    }

    return writer.finish();
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

/** The size of a WAV file, at most. */
uint64_t wavSizeInBytes (const Sound& sound, SampleFormat format)
{
    constexpr uint64_t wavHeaderSize = 256; // at most
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

    const auto container = isFlac (file) ? SoundFileWriter::Container::flac : SoundFileWriter::Container::wav;
    const bool written = holdsNumbers (file)
                             ? writeNumbers (*stream, sound)
                             : encode (*stream, container, sampleFormat, sound.channels, sound.sampleRate, ask);
    stream->flush();

    if (! written || stream->getStatus().failed())
        return stopped ? cancelled : failure;

    stream.reset();
    return temporary.overwriteTargetFileWithTemporary() ? std::string() : failure;
}

std::vector<std::byte> encodeKernel (const Kernel& kernel)
{
    // Bare numbers have no rate, and a file's rate has limits: the exact one is the caller's to keep.
    const double rate =
        kernel.sampleRate > 0.0 ? std::clamp (kernel.sampleRate, lowestSampleRate, highestSampleRate) : 48000.0;
    const bool asFlac = fitsIn24Bits (kernel) && complaintAboutFlac (kernel.paths.size(), std::floor (rate)).empty();
    juce::MemoryOutputStream stream;

    if (asFlac)
        encode (stream, SoundFileWriter::Container::flac, SampleFormat::int24, kernel.paths, std::floor (rate));
    else
        encode (stream, SoundFileWriter::Container::wav, SampleFormat::float32, kernel.paths, std::floor (rate));

    const auto* bytes = static_cast<const std::byte*> (stream.getData());
    return { bytes, bytes + stream.getDataSize() };
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
    HashedBytes bytes (kernel);
    return juce::SHA256 (bytes).toHexString().toStdString();
}

} // namespace faltwerk
