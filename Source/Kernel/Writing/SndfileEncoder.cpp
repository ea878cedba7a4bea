#include "Kernel/Writing/SndfileEncoder.h"

#include "Kernel/Writing/Quantiser.h"

#include <juce_core/juce_core.h>

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace faltwerk
{

namespace
{

/** A stream of JUCE as libsndfile's virtual I/O writes it. */
struct Sink
{
    juce::OutputStream& stream;
    sf_count_t length = 0; // bytes
    bool hasFailed = false;

    static Sink& from (void* user) { return *static_cast<Sink*> (user); }

    static sf_count_t size (void* user) { return from (user).length; }
    static sf_count_t tell (void* user) { return from (user).stream.getPosition(); }
    static sf_count_t read (void*, sf_count_t, void*) { return 0; }

    static sf_count_t seek (sf_count_t offset, int whence, void* user)
    {
        auto& sink = from (user);
        const sf_count_t origin = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? tell (user) : sink.length;
        sink.hasFailed = ! sink.stream.setPosition (origin + offset) || sink.hasFailed;
        return tell (user);
    }

    static sf_count_t write (const void* source, sf_count_t count, void* user)
    {
        auto& sink = from (user);

        if (count <= 0 || ! sink.stream.write (source, static_cast<size_t> (count)))
        {
            sink.hasFailed = sink.hasFailed || count > 0;
            return 0;
        }

        sink.length = std::max (sink.length, tell (user));
        return count;
    }
};

/** Returns libsndfile's word for container and samples. */
int formatOf (OutputFormat output, SampleFormat format)
{
    const int samples = format == SampleFormat::float32 ? SF_FORMAT_FLOAT
                        : format == SampleFormat::int24 ? SF_FORMAT_PCM_24
                                                        : SF_FORMAT_PCM_16;

    switch (output)
    {
        case OutputFormat::aiff:
            return SF_FORMAT_AIFF | samples;
        case OutputFormat::flac:
            return SF_FORMAT_FLAC | samples;
        case OutputFormat::caf:
            return SF_FORMAT_CAF | samples;
        case OutputFormat::wave64:
            return SF_FORMAT_W64 | samples;
        case OutputFormat::oggVorbis:
            return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
        case OutputFormat::wave:
        case OutputFormat::numbers:
            break;
    }

    jassertfalse;
    return 0;
}

} // namespace

struct SndfileEncoder::File
{
    Sink sink;
    std::optional<Quantiser> quantiser; // none for float32
    SNDFILE* handle = nullptr;
    std::vector<float> floats;
    std::vector<int> integers;
};

SndfileEncoder::SndfileEncoder (juce::OutputStream& stream,
                                OutputFormat output,
                                SampleFormat format,
                                const SoundHeader& sound)
    : file (std::make_unique<File> (File { { stream }, {}, nullptr, {}, {} }))
{
    if (format != SampleFormat::float32)
        file->quantiser.emplace (format);

    SF_INFO info {};
    info.format = formatOf (output, format);
    info.channels = static_cast<int> (sound.numChannels);
    info.samplerate = static_cast<int> (std::lround (sound.sampleRate));

    SF_VIRTUAL_IO virtualFile { Sink::size, Sink::seek, Sink::read, Sink::write, Sink::tell };
    file->handle = sf_open_virtual (&virtualFile, SFM_WRITE, &info, &file->sink);

    if (file->handle == nullptr)
        return;

    // A peak chunk would hold the time of day.
    sf_command (file->handle, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);

    double vorbisQuality = 0.6; // of -0.1..1
    sf_command (file->handle, SFC_SET_VBR_ENCODING_QUALITY, &vorbisQuality, sizeof vorbisQuality);

    if (! sound.comment.empty()) // which W64 and CAF ignore
        sf_set_string (file->handle, SF_STR_COMMENT, sound.comment.c_str());
}

SndfileEncoder::~SndfileEncoder() { finish(); }

bool SndfileEncoder::write (std::span<const std::vector<float>> channels, size_t first, size_t size)
{
    if (file->handle == nullptr)
        return false;

    const auto frames = static_cast<sf_count_t> (size);
    const auto interleave = [&] (auto& numbers, auto&& convert)
    {
        numbers.resize (size * channels.size());
        auto next = numbers.begin();

        for (size_t n = first; n < first + size; ++n)
            for (const auto& channel : channels)
                *next++ = convert (channel[n]);

        return numbers.data();
    };

    if (! file->quantiser)
    {
        const auto* floats = interleave (file->floats, [] (float x) { return x; });
        return sf_writef_float (file->handle, floats, frames) == frames && ! file->sink.hasFailed;
    }

    // Integers are rounded here, because libsndfile would wrap what is beyond full scale and truncate the rest.
    const int upper = 1 << (32 - file->quantiser->numBits());
    const auto* integers =
        interleave (file->integers, [this, upper] (float x) { return (*file->quantiser) (x) *upper; });
    return sf_writef_int (file->handle, integers, frames) == frames && ! file->sink.hasFailed;
}

bool SndfileEncoder::finish()
{
    if (file->handle == nullptr)
        return false;

    const bool closed = sf_close (file->handle) == 0;
    file->handle = nullptr;
    return closed && ! file->sink.hasFailed;
}

} // namespace faltwerk
