#include "Kernel/SoundDecoder.h"

#include "Kernel/ChunkedFile.h"
#include "Kernel/Mp3Frames.h"

#include <juce_audio_formats/juce_audio_formats.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>

namespace faltwerk
{

namespace
{

enum class Format
{
    unknown,
    chunked,
    flac,
    vorbis,
    mp3
};

ByteSource sourceOf (juce::InputStream& bytes)
{
    return { static_cast<uint64_t> (std::max<juce::int64> (bytes.getTotalLength(), 0)),
             [&bytes] (uint64_t position, std::span<std::byte> into)
             {
                 if (into.empty() || ! bytes.setPosition (static_cast<juce::int64> (position)))
                     return size_t { 0 };

                 return static_cast<size_t> (std::max (bytes.read (into.data(), static_cast<int> (into.size())), 0));
             } };
}

Format formatOf (juce::InputStream& bytes)
{
    const auto source = sourceOf (bytes);

    if (ChunkedFile::isOne (source))
        return Format::chunked;

    std::array<std::byte, 4> head {};
    source.read (0, head);
    const std::string_view text (reinterpret_cast<const char*> (head.data()), head.size());

    if (text == "fLaC")
        return Format::flac;

    if (text == "OggS")
        return Format::vorbis;

    // An ID3 tag, or the beginning of an MPEG frame of layer 3.
    if (text.substr (0, 3) == "ID3"
        || (head[0] == std::byte { 0xff } && (head[1] & std::byte { 0xe6 }) == std::byte { 0xe2 }))
        return Format::mp3;

    return Format::unknown;
}

/** Another's bytes, which remembers whether more were wanted than there are. */
class WatchedStream : public juce::InputStream
{
public:
    explicit WatchedStream (juce::InputStream& original)
        : bytes (original)
    {
        bytes.setPosition (0);
    }

    juce::int64 getTotalLength() override { return bytes.getTotalLength(); }
    juce::int64 getPosition() override { return bytes.getPosition(); }
    bool setPosition (juce::int64 position) override { return bytes.setPosition (std::max<juce::int64> (position, 0)); }

    bool isExhausted() override
    {
        const bool exhausted = bytes.isExhausted();
        hasStarved = hasStarved || exhausted;
        return exhausted;
    }

    int read (void* destination, int size) override
    {
        const int count = size > 0 ? bytes.read (destination, size) : 0;
        hasStarved = hasStarved || (size > 0 && count <= 0);
        return std::max (count, 0);
    }

    bool hasStarved = false;

private:
    juce::InputStream& bytes;
};

std::unique_ptr<juce::AudioFormat> codecFor (Format format)
{
    if (format == Format::flac)
        return std::make_unique<juce::FlacAudioFormat>();

    if (format == Format::vorbis)
        return std::make_unique<juce::OggVorbisAudioFormat>();

    return std::make_unique<juce::MP3AudioFormat>();
}

/** How often bytes hold a text, of at most a few characters. */
size_t occurrences (juce::InputStream& bytes, std::string_view text)
{
    const auto source = sourceOf (bytes);
    std::vector<std::byte> window (1 << 16);
    size_t count = 0, kept = 0;

    for (uint64_t position = 0; position < source.size;)
    {
        const size_t added = source.read (position, std::span (window).subspan (kept));
        const std::string_view view (reinterpret_cast<const char*> (window.data()), kept + added);

        if (added == 0)
            break;

        for (size_t at = view.find (text); at != std::string_view::npos; at = view.find (text, at + 1))
            ++count;

        kept = std::min (text.size() - 1, view.size());
        std::copy (window.begin() + static_cast<std::ptrdiff_t> (view.size() - kept),
                   window.begin() + static_cast<std::ptrdiff_t> (view.size()), window.begin());
        position += added;
    }

    return count;
}

constexpr auto unknownFormat = "it is not an audio file that is known here";
constexpr auto chooseAnother = "Choose a WAV, AIFF, FLAC, Ogg Vorbis or MP3 file.";
constexpr auto exportAgain = "Export or copy the file again, as WAV if you can.";

/** A compressed sound with the decoder that reads it, opened only where that is safe. */
struct EncodedSound
{
    /** Of bytes that outlive it; says what is wrong with them, in a part of a sentence. */
    std::string open (juce::InputStream& bytes, Format format, size_t mostFrames)
    {
        // The decoder keeps the channels of the first of several streams, and would read past those of another.
        if (format == Format::vorbis && occurrences (bytes, "\x01vorbis") > 1)
            return "it holds several streams, one after another";

        // The decoder believes each tag, and looks for frames anywhere: it gets frames and nothing else.
        if (format == Format::mp3)
        {
            auto gathered = Mp3Frames::gather (sourceOf (bytes), mostFrames);

            if (! gathered)
                return gathered.error();

            frames = std::move (*gathered);
            frameStream = std::make_unique<juce::MemoryInputStream> (frames->bytes.data(), frames->bytes.size(), false);
        }

        auto owned = std::make_unique<WatchedStream> (frameStream != nullptr ? *frameStream : bytes);
        stream = owned.get();
        reader.reset (codecFor (format)->createReaderFor (owned.release(), true));

        if (reader == nullptr)
            return unknownFormat;

        if (reader->numChannels < 1 || reader->numChannels > mostSoundChannels)
            return "its header names " + std::to_string (reader->numChannels) + " channels";

        if (! (reader->sampleRate >= lowestSampleRate && reader->sampleRate <= highestSampleRate))
            return "its header names a sample rate of " + std::to_string (static_cast<int> (reader->sampleRate))
                   + " Hz, and 1 kHz to 1 MHz are possible";

        return {};
    }

    SoundHeader header() const
    {
        const auto claimed = static_cast<size_t> (std::max<juce::int64> (reader->lengthInSamples, 0));
        return { reader->numChannels, frames ? frames->endSample - frames->firstSample : claimed, reader->sampleRate,
                 frames.has_value() };
    }

    std::optional<Mp3Frames> frames;
    std::unique_ptr<juce::MemoryInputStream> frameStream;
    WatchedStream* stream = nullptr; // the reader's own
    std::unique_ptr<juce::AudioFormatReader> reader;
};

/** The end of a piece of sound without the silence at its end. */
size_t endOfSound (std::span<const std::vector<float>> piece)
{
    size_t end = 0;

    for (const auto& channel : piece)
        for (size_t n = channel.size(); n > end; --n)
            if (channel[n - 1] != 0.0f)
                end = n;

    return end;
}

/** Reads what a decoder gives. Decoders believe the length in the header and give silence where there is nothing: what
    came after the bytes were used up is none. Gives a part of a sentence if there was nothing at all. */
std::string readAll (EncodedSound& encoded, bool lengthIsExact, const TakeFrames& take)
{
    const auto header = encoded.header();
    const size_t skipped = encoded.frames ? encoded.frames->firstSample : 0; // no sound, but the encoder's delay
    const size_t numFrames = skipped + header.numFrames;
    std::vector<std::vector<float>> piece (header.numChannels);
    encoded.stream->hasStarved = false;

    constexpr size_t pieceSize = 1 << 16;

    for (size_t first = 0; first < numFrames; first += pieceSize)
    {
        const size_t size = std::min (pieceSize, numFrames - first);
        std::vector<float*> destinations;

        for (auto& channel : piece)
        {
            channel.assign (size, 0.0f);
            destinations.push_back (channel.data());
        }

        const bool wasRead = encoded.reader->read (destinations.data(), static_cast<int> (destinations.size()),
                                                   static_cast<juce::int64> (first), static_cast<int> (size));
        const bool isLast = first + size == numFrames;
        const bool goesOn = wasRead && (! encoded.stream->hasStarved || (isLast && ! lengthIsExact));
        const size_t end = goesOn ? size : endOfSound (piece);
        const size_t start = std::min (skipped > first ? skipped - first : 0, end);

        if (first + end == 0)
            return "nothing in it could be decoded";

        for (auto& channel : piece)
        {
            channel.resize (end);
            channel.erase (channel.begin(), channel.begin() + static_cast<std::ptrdiff_t> (start));
        }

        if (! take (header, piece) || ! goesOn)
            return {};
    }

    if (numFrames == 0)
        take (header, piece);

    return {};
}

/** Reads a header and then, if that is asked for, the sound. */
class Decoding
{
public:
    Decoding (juce::InputStream& bytesOfSound, const std::string& nameOfSound, size_t limit)
        : bytes (bytesOfSound)
        , name (nameOfSound)
        , mostFrames (limit)
    {
    }

    Outcome<SoundHeader> run (const TakeFrames& take)
    {
        if (bytes.getTotalLength() <= 0)
            return fail ("it is empty", chooseAnother);

        const auto format = formatOf (bytes);

        if (format == Format::unknown)
            return fail (unknownFormat, chooseAnother);

        return format == Format::chunked ? runChunked (take) : runEncoded (format, take);
    }

private:
    Outcome<SoundHeader> runChunked (const TakeFrames& take)
    {
        const auto source = sourceOf (bytes);
        const auto file = ChunkedFile::open (source);

        if (! file)
            return fail (file.error(), exportAgain);

        const SoundHeader header { file->numChannels, static_cast<size_t> (file->numFrames), file->sampleRate, true };
        return finish (header, take,
                       [&]
                       {
                           if (header.numFrames == 0)
                               take (header, std::vector<std::vector<float>> (header.numChannels));

                           return file->decode (source, [&] (auto frames) { return take (header, frames); });
                       });
    }

    Outcome<SoundHeader> runEncoded (Format format, const TakeFrames& take)
    {
        EncodedSound encoded;

        if (const auto problem = encoded.open (bytes, format, mostFrames); ! problem.empty())
            return fail (problem, problem == unknownFormat ? chooseAnother : exportAgain);

        return finish (encoded.header(), take, [&] { return readAll (encoded, format == Format::flac, take); });
    }

    template <typename Decode>
    Outcome<SoundHeader> finish (const SoundHeader& header, const TakeFrames& take, Decode&& decode) const
    {
        if (header.numFrames > mostFrames)
            return Outcome<SoundHeader>::failure ("'" + name + "' has " + std::to_string (header.numFrames)
                                                  + " frames, and at most " + std::to_string (mostFrames)
                                                  + " (60 s at 192 kHz) can be a kernel. Shorten it first.");

        const auto problem = take != nullptr ? decode() : std::string();
        return problem.empty() ? header : fail (problem, exportAgain);
    }

    Outcome<SoundHeader> fail (const std::string& what, const char* advice) const
    {
        return Outcome<SoundHeader>::failure ("'" + name + "' could not be read: " + what + ". " + advice);
    }

    juce::InputStream& bytes;
    const std::string& name;
    const size_t mostFrames;
};

} // namespace

std::string decodeInPieces (juce::InputStream& bytes,
                            const std::string& name,
                            size_t mostFrames,
                            const TakeFrames& take)
{
    return Decoding (bytes, name, mostFrames).run (take).error();
}

Outcome<Sound> decodeSound (juce::InputStream& bytes, const std::string& name, size_t mostFrames)
{
    Sound sound;
    const auto problem =
        decodeInPieces (bytes, name, mostFrames,
                        [&sound] (const SoundHeader& header, auto frames)
                        {
                            sound.sampleRate = header.sampleRate;
                            sound.channels.resize (header.numChannels);

                            for (size_t channel = 0; channel < frames.size(); ++channel)
                            {
                                auto& whole = sound.channels[channel];

                                if (header.framesWereSeen)
                                    whole.reserve (header.numFrames);

                                whole.insert (whole.end(), frames[channel].begin(), frames[channel].end());
                            }

                            return true;
                        });
    return problem.empty() ? Outcome<Sound> (std::move (sound)) : Outcome<Sound>::failure (problem);
}

Outcome<SoundHeader> headerOf (juce::InputStream& bytes, const std::string& name, size_t mostFrames)
{
    return Decoding (bytes, name, mostFrames).run (nullptr);
}

bool isSound (juce::InputStream& bytes)
{
    const auto format = formatOf (bytes);
    return format != Format::unknown && format != Format::mp3; // a text may well begin with ID3
}

} // namespace faltwerk
