#include "Kernel/Reading/KernelFile.h"

#include "Kernel/Numbers/NumberFile.h"
#include "Kernel/Reading/InputFile.h"
#include "Kernel/Reading/SoundDecoder.h"

#include <juce_cryptography/juce_cryptography.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace faltwerk
{

namespace
{

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

Outcome<Sound> readSound (const std::string& path, size_t mostFrames, const CommaChoice& commas)
{
    const auto stream = openInput (path);

    if (! stream)
        return Outcome<Sound>::failure (stream.error());

    const auto name = fileNameOf (path);

    if (! holdsNumbers (**stream, name))
        return decodeSound (**stream, name, mostFrames);

    const auto numbers = readNumbers (**stream, name, commas);
    return numbers ? toSound (*numbers) : Outcome<Sound>::failure (numbers.error());
}

Outcome<Numbers> readAsNumbers (const std::string& path, const CommaChoice& commas)
{
    const auto stream = openInput (path);

    if (! stream)
        return Outcome<Numbers>::failure (stream.error());

    const auto name = fileNameOf (path);

    if (holdsNumbers (**stream, name))
        return readNumbers (**stream, name, commas);

    const auto sound = decodeSound (**stream, name, longestKernelInFrames);

    if (! sound)
        return Outcome<Numbers>::failure (sound.error());

    Numbers numbers;
    numbers.sampleRate = sound->sampleRate;
    numbers.remark = sound->remark;
    numbers.isDamaged = sound->isDamaged;

    for (const auto& channel : sound->channels)
        numbers.channels.emplace_back (channel.begin(), channel.end());

    return numbers;
}

Outcome<SoundHeader> headerOfFile (const std::string& path)
{
    const auto stream = openInput (path);
    return stream ? headerOf (**stream, path, std::numeric_limits<size_t>::max())
                  : Outcome<SoundHeader>::failure (stream.error());
}

double sampleRateOfFile (const std::string& path)
{
    const auto header = headerOfFile (path);
    return header ? header->sampleRate : 0.0;
}

Outcome<Kernel> readKernel (const std::string& path, const ChannelChoice& choice, const CommaChoice& commas)
{
    auto sound = readSound (path, longestKernelInFrames, commas);

    if (! sound)
        return Outcome<Kernel>::failure (sound.error());

    auto wanted = choice;

    if (wanted.layout == ChannelLayout::automatic)
        wanted.layout = recognisedLayout (sound->channels.size(), fileNameOf (path));

    auto kernel = makeKernel (std::move (sound->channels), sound->sampleRate, fileNameOf (path), wanted);

    if (kernel)
    {
        kernel->name = nameOfFile (path);
        kernel->remark = joinedRemarks (sound->remark, kernel->remark);
        kernel->isDamaged = sound->isDamaged;
    }

    return kernel;
}

std::vector<std::byte> encodeKernel (const Kernel& kernel)
{
    // Bare numbers have no rate, and a file's rate has limits: the exact one is the caller's to keep.
    const double rate =
        kernel.sampleRate > 0.0 ? std::clamp (kernel.sampleRate, lowestSampleRate, highestSampleRate) : 48000.0;
    const bool asFlac = fitsIn24Bits (kernel) && canHoldInFlac (kernel.paths.size(), std::floor (rate));
    juce::MemoryOutputStream stream;

    if (asFlac)
        encodeSound (stream, OutputFormat::flac, SampleFormat::int24, { kernel.paths, std::floor (rate) });
    else
        encodeSound (stream, OutputFormat::wave, SampleFormat::float32, { kernel.paths, std::floor (rate) });

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
