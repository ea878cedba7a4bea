#include "Kernel/Reading/SoundDecoder.h"

#include "Kernel/Reading/KernelCheck.h"
#include "Kernel/Reading/SoundFileReader.h"
#include "Kernel/Reading/SoundFormats.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <utility>

namespace faltwerk
{

namespace
{

ByteSource sourceOf (juce::InputStream& bytes)
{
    return { static_cast<uint64_t> (std::max<juce::int64> (bytes.getTotalLength(), 0)),
             [&bytes] (uint64_t position, std::span<std::byte> into)
             {
                 constexpr size_t most = 1 << 30; // what an int can count

                 if (into.empty() || ! bytes.setPosition (static_cast<juce::int64> (position)))
                     return size_t { 0 };

                 const auto wanted = static_cast<int> (std::min (into.size(), most));
                 return static_cast<size_t> (std::max (bytes.read (into.data(), wanted), 0));
             } };
}

/** Opens a sound, and decodes it if that is asked for. */
class Decoding
{
public:
    Decoding (juce::InputStream& stream, const std::string& nameOfSound, size_t limit)
        : bytes (sourceOf (stream))
        , name (nameOfSound)
        , mostFrames (limit)
    {
    }

    Outcome<SoundHeader> run (const TakeFrames& take)
    {
        if (bytes.size == 0)
            return fail ("it is empty", chooseAnother());

        if (containerOf (bytes) == SoundContainer::unknown)
            return fail ("it is not an audio file that Faltwerk can read", chooseAnother());

        auto reader = SoundFileReader::open (bytes);

        if (! reader)
            return fail (reader.error(), exportAgain);

        auto header = reader->header();

        if (header.numFrames == SoundFileReader::unknownLength)
        {
            header.numFrames = count (*reader);
            reader = SoundFileReader::open (bytes);

            if (! reader)
                return fail (reader.error(), exportAgain);
        }

        if (header.numFrames > mostFrames)
            return Outcome<SoundHeader>::failure ("'" + name + "' "
                                                  + tooLongFor (header.numFrames, header.sampleRate, mostFrames));

        if (header.numFrames == 0 && (header.isCut || header.numFramesAnnounced > 0))
            return fail ("it is cut short before its first sample", exportAgain);

        const auto problem = take != nullptr ? decode (*reader, header, take) : std::string();
        return problem.empty() ? header : fail (problem, exportAgain);
    }

private:
    static constexpr auto exportAgain = "Export or copy the file again, as WAV if you can.";

    static std::string chooseAnother() { return std::string ("Choose a ") + soundFormatNames + " file."; }

    /** Counts the frames by decoding them, at least until there are too many. */
    size_t count (SoundFileReader& reader) const
    {
        size_t total = 0;

        for (std::vector<std::vector<float>> piece; total <= mostFrames; total += piece.front().size())
            if (reader.read (piece); piece.front().empty())
                break;

        return total;
    }

    std::string decode (SoundFileReader& reader, const SoundHeader& header, const TakeFrames& take) const
    {
        std::vector<std::vector<float>> piece (header.numChannels);

        for (size_t total = 0; total < header.numFrames;)
        {
            reader.read (piece);
            const size_t size = std::min (piece.front().size(), header.numFrames - total);

            if (size == 0)
                return total == 0 ? "nothing in it could be decoded" : "";

            for (auto& channel : piece)
                channel.resize (size);

            if (! take (header, piece))
                return {};

            total += size;
        }

        if (header.numFrames == 0)
            take (header, piece);

        return {};
    }

    Outcome<SoundHeader> fail (const std::string& what, const std::string& advice) const
    {
        return Outcome<SoundHeader>::failure ("'" + name + "' could not be read: " + what + ". " + advice);
    }

    const ByteSource bytes;
    const std::string& name;
    const size_t mostFrames;
};

} // namespace

std::string remarkOn (const SoundHeader& header, size_t numFrames)
{
    constexpr size_t mostOfTags = 1024; // bytes; players' tags stand behind the samples
    const auto frames = std::to_string (numFrames);

    if (header.numFramesAnnounced > numFrames)
        return "is cut short: " + frames + " of the " + std::to_string (header.numFramesAnnounced)
               + " frames that its header names are there";

    if (header.isCut)
        return "is cut short: its end is missing, and " + frames + " frames are there";

    if (header.isUnfinished && numFrames > 0)
        return "is unfinished: its header names no true length, and all " + frames + " frames up to its end are used";

    if (header.leftOver > mostOfTags)
        return "may be unfinished: its header names " + frames + " frames, and " + std::to_string (header.leftOver)
               + " bytes of something else follow them";

    return {};
}

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
    const auto decoded = Decoding (bytes, name, mostFrames)
                             .run (
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

    if (! decoded)
        return Outcome<Sound>::failure (decoded.error());

    sound.remark = remarkOn (*decoded, sound.lengthInFrames());
    sound.isDamaged = ! sound.remark.empty();
    return sound;
}

Outcome<SoundHeader> headerOf (juce::InputStream& bytes, const std::string& name, size_t mostFrames)
{
    return Decoding (bytes, name, mostFrames).run (nullptr);
}

bool isSound (juce::InputStream& bytes)
{
    const auto container = containerOf (sourceOf (bytes));
    return container != SoundContainer::unknown && container != SoundContainer::mp3; // a text may begin with ID3
}

} // namespace faltwerk
