#include "Kernel/Reading/SoundFileReader.h"

#include "Kernel/Reading/Headers/HeaderRepair.h"

#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr size_t mostFramesAtOnce = 1 << 16, mostSamplesAtOnce = 1 << 20;

/** Bytes with a position, as libsndfile's virtual I/O reads them. */
struct Cursor
{
    ByteSource bytes;
    sf_count_t position = 0;

    static Cursor& from (void* user) { return *static_cast<Cursor*> (user); }

    static sf_count_t size (void* user) { return static_cast<sf_count_t> (from (user).bytes.size); }
    static sf_count_t tell (void* user) { return from (user).position; }
    static sf_count_t write (const void*, sf_count_t, void*) { return 0; }

    static sf_count_t seek (sf_count_t offset, int whence, void* user)
    {
        auto& cursor = from (user);
        const sf_count_t origin = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? cursor.position : size (user);
        constexpr auto most = std::numeric_limits<sf_count_t>::max();

        if (offset > most - origin || origin + offset < 0)
            return -1;

        return cursor.position = origin + offset;
    }

    static sf_count_t read (void* destination, sf_count_t count, void* user)
    {
        auto& cursor = from (user);

        if (count <= 0 || cursor.position >= size (user))
            return 0;

        const auto wanted = static_cast<size_t> (std::min (count, size (user) - cursor.position));
        const auto numRead = cursor.bytes.read (static_cast<uint64_t> (cursor.position),
                                                { static_cast<std::byte*> (destination), wanted });
        cursor.position += static_cast<sf_count_t> (numRead);
        return static_cast<sf_count_t> (numRead);
    }
};

SF_VIRTUAL_IO inputOutput() { return { Cursor::size, Cursor::seek, Cursor::read, Cursor::write, Cursor::tell }; }

struct Closer
{
    void operator() (SNDFILE* file) const noexcept { sf_close (file); }
};

/** Returns the bytes of a sample of an uncompressed encoding; 0 for others. */
size_t widthOf (int format)
{
    switch (format & SF_FORMAT_SUBMASK)
    {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8:
        case SF_FORMAT_ULAW:
        case SF_FORMAT_ALAW:
            return 1;
        case SF_FORMAT_PCM_16:
            return 2;
        case SF_FORMAT_PCM_24:
            return 3;
        case SF_FORMAT_PCM_32:
        case SF_FORMAT_FLOAT:
            return 4;
        case SF_FORMAT_DOUBLE:
            return 8;
        default:
            return 0;
    }
}

/** Returns the most frames that bytes can hold. A frame of MPEG audio has at least 24 bytes and at most 1152 samples;
    the best case of other codecs is silence, of which some bytes hold tens of thousands of samples. */
uint64_t mostFrames (const SF_INFO& info, uint64_t numBytes)
{
    const int container = info.format & SF_FORMAT_TYPEMASK;
    const bool isRaw = container != SF_FORMAT_FLAC && container != SF_FORMAT_OGG && container != SF_FORMAT_MPEG;

    if (const size_t width = widthOf (info.format); isRaw && width > 0)
        return numBytes / (width * static_cast<size_t> (info.channels));

    return container == SF_FORMAT_MPEG ? 1152 + numBytes * 48 : 65536 + numBytes * 8192;
}

/** Returns true if a file says how many frames it has. The first frame of an MP3 may; or else libsndfile estimates
    their number by the file's size. */
bool namesLength (const SF_INFO& info, const ByteSource& bytes)
{
    if ((info.format & SF_FORMAT_TYPEMASK) != SF_FORMAT_MPEG)
        return true;

    std::array<std::byte, 64> frame {};
    uint64_t begin = 0;

    // A player's tag before it: 10 bytes, of which the last four are its length in 7 bits each.
    if (bytes.read (0, frame) >= 10 && std::memcmp (frame.data(), "ID3", 3) == 0)
        for (begin = 0; const int n : { 6, 7, 8, 9 })
            begin = (begin << 7) | (std::to_integer<uint64_t> (frame[static_cast<size_t> (n)]) & 0x7f);

    if (begin > 0)
        begin += 10;

    frame = {};
    bytes.read (begin, frame);

    const auto holds = [&frame] (size_t place, const char* tag)
    { return std::memcmp (frame.data() + place, tag, 4) == 0; };

    // Behind 9, 17 or 32 bytes of side information; VBRI always behind 32.
    return std::ranges::any_of (std::array<size_t, 3> { 13, 21, 36 },
                                [&holds] (size_t n) { return holds (n, "Xing") || holds (n, "Info"); })
           || holds (36, "VBRI");
}

/** Returns what is wrong with a sound that could be opened; empty if nothing is. */
std::string complaintAbout (const SF_INFO& info)
{
    if (info.channels < 1 || info.channels > static_cast<int> (mostSoundChannels))
        return "its header names " + std::to_string (info.channels) + " channels, and 1 to "
               + std::to_string (mostSoundChannels) + " are possible";

    if (! (info.samplerate >= lowestSampleRate && info.samplerate <= highestSampleRate))
        return "its header names a sample rate of " + std::to_string (info.samplerate)
               + " Hz, and 1 kHz to 1 MHz are possible";

    switch (info.format & SF_FORMAT_SUBMASK)
    {
        case SF_FORMAT_ALAC_16:
        case SF_FORMAT_ALAC_20:
        case SF_FORMAT_ALAC_24:
        case SF_FORMAT_ALAC_32:
        case SF_FORMAT_VORBIS:
        case SF_FORMAT_OPUS:
        case SF_FORMAT_MPEG_LAYER_I:
        case SF_FORMAT_MPEG_LAYER_II:
        case SF_FORMAT_MPEG_LAYER_III:
            return {};
        default:
            return widthOf (info.format) > 0 ? "" : "its samples are compressed in a way that is not read here";
    }
}

/** Rounds to 32 bits; what is too large becomes infinite, which a kernel refuses. */
float rounded (double x)
{
    if (std::abs (x) > std::numeric_limits<float>::max())
        return std::copysign (std::numeric_limits<float>::infinity(), static_cast<float> (x > 0.0 ? 1 : -1));

    return static_cast<float> (x);
}

} // namespace

struct SoundFileReader::Decoder
{
    Cursor cursor;
    std::unique_ptr<SNDFILE, Closer> file; // reads from the cursor
    bool isDouble = false;
    std::vector<float> floats;
    std::vector<double> doubles;
};

SoundFileReader::SoundFileReader (std::unique_ptr<Decoder> opened, const SoundHeader& header)
    : decoder (std::move (opened))
    , info (header)
{
}

SoundFileReader::SoundFileReader (SoundFileReader&&) noexcept = default;
SoundFileReader& SoundFileReader::operator= (SoundFileReader&&) noexcept = default;
SoundFileReader::~SoundFileReader() = default;

Outcome<SoundFileReader> SoundFileReader::open (const ByteSource& bytes)
{
    using Result = Outcome<SoundFileReader>;
    auto repaired = repairHeader (bytes, containerOf (bytes));

    if (! repaired)
        return Result::failure (repaired.error());

    auto decoder = std::make_unique<Decoder>();
    decoder->cursor.bytes = repaired->bytes;
    const uint64_t numBytes = decoder->cursor.bytes.size;
    auto virtualFile = inputOutput();
    SF_INFO sound {};
    decoder->file.reset (sf_open_virtual (&virtualFile, SFM_READ, &sound, &decoder->cursor));

    if (decoder->file == nullptr)
        return Result::failure ("it is damaged, or its samples are of a kind that is not read here");

    if (auto complaint = complaintAbout (sound); ! complaint.empty())
        return Result::failure (std::move (complaint));

    const uint64_t most = mostFrames (sound, numBytes),
                   claimed = static_cast<uint64_t> (std::max<sf_count_t> (sound.frames, 0));
    const bool isUncompressed = most <= numBytes;
    decoder->isDouble = (sound.format & SF_FORMAT_SUBMASK) == SF_FORMAT_DOUBLE;

    SoundHeader header;
    header.numChannels = static_cast<size_t> (sound.channels);
    header.sampleRate = sound.samplerate;
    header.framesWereSeen = isUncompressed;
    header.numFrames = claimed <= most  ? static_cast<size_t> (claimed)
                       : isUncompressed ? static_cast<size_t> (most)
                                        : unknownLength;
    header.isUnfinished = repaired->isUnfinished || header.numFrames == unknownLength;
    header.isCut = repaired->isCut;
    header.leftOver = static_cast<size_t> (repaired->leftOver);

    if (const uint64_t block = widthOf (sound.format) * header.numChannels; repaired->announced > 0 && block > 0)
        header.numFramesAnnounced = static_cast<size_t> (repaired->announced / block);
    else if (header.numFrames != unknownLength && namesLength (sound, repaired->bytes))
        header.numFramesAnnounced = header.numFrames;

    return SoundFileReader (std::move (decoder), header);
}

void SoundFileReader::read (std::vector<std::vector<float>>& piece)
{
    const size_t numChannels = info.numChannels;
    const size_t wanted = std::min ({ mostFramesAtOnce, mostSamplesAtOnce / numChannels, info.numFrames });
    const auto frames = static_cast<sf_count_t> (wanted);
    sf_count_t count = 0;

    if (decoder->isDouble)
    {
        decoder->doubles.resize (wanted * numChannels);
        count = sf_readf_double (decoder->file.get(), decoder->doubles.data(), frames);
    }
    else
    {
        decoder->floats.resize (wanted * numChannels);
        count = sf_readf_float (decoder->file.get(), decoder->floats.data(), frames);
    }

    const auto size = static_cast<size_t> (std::clamp<sf_count_t> (count, 0, frames));
    piece.resize (numChannels);

    for (size_t channel = 0; channel < numChannels; ++channel)
    {
        piece[channel].resize (size);

        for (size_t n = 0; n < size; ++n)
            piece[channel][n] = decoder->isDouble ? rounded (decoder->doubles[n * numChannels + channel])
                                                  : decoder->floats[n * numChannels + channel];
    }
}

} // namespace faltwerk
