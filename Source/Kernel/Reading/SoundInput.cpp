#include "Kernel/Reading/SoundInput.h"

#include "Kernel/NonFinite.h"
#include "Kernel/Numbers/NumberFile.h"
#include "Kernel/Reading/InputFile.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <cmath>
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

/** Gives frames on, or what they are when all that is not finite is silence; or says why not. */
std::string SoundInput::takeFinite (const SoundHeader& header,
                                    std::span<const std::vector<float>> frames,
                                    size_t first,
                                    const TakeFrames& take,
                                    bool& goesOn)
{
    auto problem = check (frames, first);

    if (problem.empty())
    {
        goesOn = take (header, frames);
        return {};
    }

    if (! replacesNonFinite)
        return problem;

    std::vector<std::vector<float>> finite (frames.begin(), frames.end());

    for (auto& channel : finite)
    {
        replaced += static_cast<size_t> (
            std::count_if (channel.begin(), channel.end(), [] (float x) { return ! std::isfinite (x); }));
        std::replace_if (
            channel.begin(), channel.end(), [] (float x) { return ! std::isfinite (x); }, 0.0f);
    }

    goesOn = take (header, finite);
    return {};
}

std::string SoundInput::read (const TakeFrames& take)
{
    if (stream == nullptr)
    {
        bool goesOn = true;
        auto problem = takeFinite (itsHeader, numbers.channels, 0, take, goesOn);
        itsRemark = numbers.remark;
        return problem;
    }

    std::string problem;
    size_t numRead = 0;
    const auto error = decodeInPieces (*stream, name, anyLength,
                                       [&] (const SoundHeader& header, std::span<const std::vector<float>> frames)
                                       {
                                           bool goesOn = true;
                                           problem = takeFinite (header, frames, numRead, take, goesOn);
                                           numRead += frames.front().size();
                                           return problem.empty() && goesOn;
                                       });
    itsRemark = remarkOn (itsHeader, numRead);
    return problem.empty() ? error : problem;
}

} // namespace faltwerk
