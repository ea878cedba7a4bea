#include "Kernel/SoundFileWriter.h"

#include <juce_core/juce_core.h>

#include <sndfile.h>

#include <algorithm>
#include <cmath>

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
    const int samples = format == SampleFormat::int16   ? SF_FORMAT_PCM_16
                        : format == SampleFormat::int24 ? SF_FORMAT_PCM_24
                                                        : SF_FORMAT_FLOAT;

    switch (output)
    {
        case OutputFormat::wave:
            return SF_FORMAT_WAV | samples;
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
        case OutputFormat::numbers:
            break;
    }

    jassertfalse;
    return 0;
}

/** Rounds a sample to an integer of some bits, which fill the upper ones of 32; what is no number gives 0. */
int toInteger (float x, int bits)
{
    if (std::isnan (x))
        return 0;

    const double scale = std::ldexp (1.0, bits - 1);
    const double clipped = std::clamp (static_cast<double> (x) * scale, -scale, scale - 1.0);
    return static_cast<int> (std::nearbyint (clipped)) * (1 << (32 - bits));
}

} // namespace

struct SoundFileWriter::Encoder
{
    Sink sink;
    SampleFormat format;
    SNDFILE* file = nullptr;
    std::vector<float> floats;
    std::vector<int> integers;
};

SoundFileWriter::SoundFileWriter (juce::OutputStream& stream,
                                  OutputFormat output,
                                  SampleFormat format,
                                  size_t numChannels,
                                  double sampleRate)
    : encoder (std::make_unique<Encoder> (Encoder { { stream }, format, nullptr, {}, {} }))
{
    SF_INFO info {};
    info.format = formatOf (output, format);
    info.channels = static_cast<int> (numChannels);
    info.samplerate = static_cast<int> (std::lround (sampleRate));

    SF_VIRTUAL_IO virtualFile { Sink::size, Sink::seek, Sink::read, Sink::write, Sink::tell };
    encoder->file = sf_open_virtual (&virtualFile, SFM_WRITE, &info, &encoder->sink);

    if (encoder->file == nullptr)
        return;

    // A peak chunk would hold the time of day.
    sf_command (encoder->file, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);

    double vorbisQuality = 0.6; // of -0.1..1
    sf_command (encoder->file, SFC_SET_VBR_ENCODING_QUALITY, &vorbisQuality, sizeof vorbisQuality);
}

SoundFileWriter::~SoundFileWriter() { finish(); }

void SoundFileWriter::setComment (const std::string& comment)
{
    if (encoder->file != nullptr)
        sf_set_string (encoder->file, SF_STR_COMMENT, comment.c_str());
}

bool SoundFileWriter::write (std::span<const std::vector<float>> channels, size_t first, size_t size)
{
    if (encoder->file == nullptr)
        return false;

    const auto frames = static_cast<sf_count_t> (size);

    // Integers are rounded here, because libsndfile would wrap what is beyond full scale and truncate the rest.
    if (encoder->format != SampleFormat::float32)
    {
        const int bits = encoder->format == SampleFormat::int16 ? 16 : 24;
        encoder->integers.resize (size * channels.size());

        for (size_t channel = 0; channel < channels.size(); ++channel)
            for (size_t n = 0; n < size; ++n)
                encoder->integers[n * channels.size() + channel] = toInteger (channels[channel][first + n], bits);

        return sf_writef_int (encoder->file, encoder->integers.data(), frames) == frames && ! encoder->sink.hasFailed;
    }

    encoder->floats.resize (size * channels.size());

    for (size_t channel = 0; channel < channels.size(); ++channel)
        for (size_t n = 0; n < size; ++n)
            encoder->floats[n * channels.size() + channel] = channels[channel][first + n];

    return sf_writef_float (encoder->file, encoder->floats.data(), frames) == frames && ! encoder->sink.hasFailed;
}

bool SoundFileWriter::finish()
{
    if (encoder->file == nullptr)
        return false;

    const bool closed = sf_close (encoder->file) == 0;
    encoder->file = nullptr;
    return closed && ! encoder->sink.hasFailed;
}

} // namespace faltwerk
