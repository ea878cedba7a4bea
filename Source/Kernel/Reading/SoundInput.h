#pragma once

#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Outcome.h"
#include "Kernel/Reading/SoundDecoder.h"
#include "Kernel/Sound.h"

#include <memory>
#include <string>

namespace juce
{
class FileInputStream;
}

namespace faltwerk
{

/** A sound file that is read piece by piece, or a text of numbers, which is small and read at once. [not audio; one
    thread at a time] */
class SoundInput
{
public:
    /** Where the bytes of a file come from: a program that writes to a pipe cannot go back to name the sound's
        length. */
    enum class Origin
    {
        file,
        pipe
    };

    /** Opens a file and reads its header.
        @param path  UTF-8, absolute or relative to the working directory */
    static Outcome<SoundInput> open (const std::string& path, const CommaChoice&, Origin = Origin::file);

    SoundInput (SoundInput&&) noexcept;
    ~SoundInput();

    /** Returns what is known before the sound is decoded; the rate of bare numbers is 0. */
    const SoundHeader& header() const noexcept { return itsHeader; }

    /** Returns how the sound was read, once read() has succeeded (see Sound::remark); mostly empty. */
    const std::string& remark() const noexcept { return itsRemark; }

    /** Returns true if a part of the file is missing or doubtful, as the remark says. */
    bool isDamaged() const noexcept { return stream != nullptr && ! itsRemark.empty(); }

    /** Makes samples that are not finite be read as silence and counted, and not refused. */
    void replaceNonFinite() noexcept { replacesNonFinite = true; }

    /** Returns how many samples were replaced so far. */
    size_t numReplaced() const noexcept { return replaced; }

    /** Decodes the sound in pieces of at most 65536 frames, or until `take` returns false. Refuses a sample that is not
        finite. Returns the error's sentence, empty on success. */
    std::string read (const TakeFrames& take);

private:
    SoundInput (std::string nameForSentences);
    std::string check (std::span<const std::vector<float>> frames, size_t first) const;
    std::string takeFinite (const SoundHeader&,
                            std::span<const std::vector<float>> frames,
                            size_t first,
                            const TakeFrames& take,
                            bool& goesOn);

    std::string name;
    SoundHeader itsHeader;
    std::unique_ptr<juce::FileInputStream> stream; // none for numbers
    Sound numbers;
    std::string itsRemark;
    bool replacesNonFinite = false;
    size_t replaced = 0;
};

} // namespace faltwerk
