#include "Kernel/SoundInput.h"

#include "Kernel/InputFile.h"
#include "Kernel/NonFinite.h"
#include "Kernel/NumberFile.h"

#include <juce_core/juce_core.h>

#include <limits>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr auto anyLength = std::numeric_limits<size_t>::max();

} // namespace

SoundInput::SoundInput (std::string nameForSentences)
    : name (std::move (nameForSentences))
{
}

SoundInput::SoundInput (SoundInput&&) noexcept = default;
SoundInput::~SoundInput() = default;

Outcome<SoundInput> SoundInput::open (const std::string& path, const CommaChoice& commas, Origin origin)
{
    using Result = Outcome<SoundInput>;
    auto opened = openInput (path);

    if (! opened)
        return Result::failure (opened.error());

    SoundInput input (fileNameOf (path));

    if (! holdsNumbers (**opened, input.name))
    {
        const auto header = headerOf (**opened, input.name, anyLength);

        if (! header)
            return Result::failure (header.error());

        input.itsHeader = *header;
        input.itsHeader.isUnfinished = header->isUnfinished && origin == Origin::file;
        input.stream = std::move (*opened);
        return input;
    }

    const auto numbers = readNumbers (**opened, input.name, commas);

    if (! numbers)
        return Result::failure (numbers.error());

    input.numbers = toSound (*numbers);
    input.itsHeader = { input.numbers.channels.size(), input.numbers.lengthInFrames(), input.numbers.sampleRate, true };
    return input;
}

std::string SoundInput::check (std::span<const std::vector<float>> frames, size_t first) const
{
    auto place = findNonFinite (frames);

    if (! place)
        return {};

    place->frame += first;
    return "'" + name + "' cannot be used: " + inWords (*place, itsHeader.sampleRate) + ". Export the file again.";
}

std::string SoundInput::read (const TakeFrames& take)
{
    if (stream == nullptr)
    {
        auto problem = check (numbers.channels, 0);

        if (problem.empty())
            take (itsHeader, numbers.channels);

        itsRemark = numbers.remark;
        return problem;
    }

    std::string problem;
    size_t numRead = 0;
    const auto error = decodeInPieces (*stream, name, anyLength,
                                       [&] (const SoundHeader& header, std::span<const std::vector<float>> frames)
                                       {
                                           problem = check (frames, numRead);
                                           numRead += frames.front().size();
                                           return problem.empty() && take (header, frames);
                                       });
    itsRemark = remarkOn (itsHeader, numRead);
    return problem.empty() ? error : problem;
}

} // namespace faltwerk
