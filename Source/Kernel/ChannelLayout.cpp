#include "Kernel/ChannelLayout.h"

#include "Kernel/Kernel.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

using Channels = std::vector<std::vector<float>>;

/** Returns a name's words in small letters, each between blanks. */
std::string wordsOf (std::string_view name)
{
    std::string result = " ";

    for (const char c : name)
        result += std::isalnum (static_cast<unsigned char> (c)) != 0
                      ? static_cast<char> (std::tolower (static_cast<unsigned char> (c)))
                      : ' ';

    return result + " ";
}

std::string leftOut (size_t count)
{
    return count == 1 ? "one of its channels is left out" : std::to_string (count) + " of its channels are left out";
}

std::string complaintAboutHand (size_t numChannels, const std::vector<size_t>& hand)
{
    if (hand.size() != 4)
        return "it needs the numbers of four channels, those of LL LR RL RR, and " + std::to_string (hand.size())
               + " are given.";

    if (std::all_of (hand.begin(), hand.end(), [] (size_t channel) { return channel == 0; }))
        return "none of its channels is used. Give one of them a path.";

    const size_t largest = *std::max_element (hand.begin(), hand.end());
    return largest <= numChannels ? std::string()
                                  : "channel " + std::to_string (largest) + " is asked for, and it has "
                                        + std::to_string (numChannels) + ".";
}

/** Returns what a cardioid microphone hears of B-format, half to the front and half to a side.
    @param omni  of gain 1, like the others @param side  1: left, -1: right */
std::vector<float> cardioid (const std::vector<float>& omni,
                             float omniGain,
                             const std::vector<float>& front,
                             const std::vector<float>& left,
                             float side)
{
    constexpr double angle = std::numbers::pi / 3.0;
    const auto toFront = static_cast<float> (std::cos (angle)), toSide = side * static_cast<float> (std::sin (angle));
    std::vector<float> result (omni.size());

    for (size_t n = 0; n < result.size(); ++n)
        result[n] = 0.5f * (omniGain * omni[n] + toFront * front[n] + toSide * left[n]);

    return result;
}

void arrangeHeSuVi (Channels& channels, Arrangement& result)
{
    // FL to both ears, SL, RL, FC to the left, FR to right and left, SR, RR, FC to the right; or the left half alone.
    const bool isWhole = channels.size() == 14;
    result.remark = isWhole
                        ? "is read as HeSuVi's 14 channels: the front pair of speakers is used, and 10 are left out"
                        : "is read as HeSuVi's 7 channels: the front speakers are used, and 5 channels are left out";
    result.routing = Routing::trueStereo;
    result.paths = { channels[0], channels[1], channels[isWhole ? 8 : 1], channels[isWhole ? 7 : 0] };
}

void arrangeAmbisonics (Channels& channels, ChannelLayout layout, Arrangement& result)
{
    const bool isAmbiX = layout == ChannelLayout::ambiX;
    const auto &front = channels[isAmbiX ? 3 : 1], &left = channels[isAmbiX ? 1 : 2];
    const float omniGain = isAmbiX ? 1.0f : std::numbers::sqrt2_v<float>;
    result.routing = Routing::stereo;
    result.paths = { cardioid (channels[0], omniGain, front, left, 1.0f),
                     cardioid (channels[0], omniGain, front, left, -1.0f) };
    result.remark = std::string ("is read as ") + (isAmbiX ? "ambiX (W Y Z X)" : "B-format (W X Y Z)")
                    + " and decoded to stereo: two cardioids that face 60 degrees to the left and to the right";

    if (channels.size() > 4)
        result.remark += "; the " + std::to_string (channels.size() - 4) + " channels of higher order are left out";
}

void arrangeByHand (Channels& channels, const std::vector<size_t>& hand, Arrangement& result)
{
    const bool isDiagonal = hand[1] == 0 && hand[2] == 0;
    const std::vector<float> none (channels.front().size());
    result.routing = isDiagonal ? Routing::stereo : Routing::trueStereo;

    for (size_t path = 0; path < hand.size(); ++path)
        if (! isDiagonal || path == 0 || path == 3)
            result.paths.push_back (hand[path] > 0 ? channels[hand[path] - 1] : none);

    size_t numUnused = 0;

    for (size_t channel = 1; channel <= channels.size(); ++channel)
        numUnused += std::find (hand.begin(), hand.end(), channel) == hand.end() ? 1u : 0u;

    result.remark = numUnused > 0 ? "is connected by hand: " + leftOut (numUnused) : std::string();
}

void mirror (Arrangement& arrangement)
{
    if (arrangement.routing == Routing::stereo || arrangement.routing == Routing::trueStereo)
        std::reverse (arrangement.paths.begin(), arrangement.paths.end());
}

} // namespace

ChannelLayout recognisedLayout (size_t numChannels, std::string_view fileName)
{
    const auto name = wordsOf (fileName);
    const auto says = [&name] (std::string_view words)
    { return name.find (" " + std::string (words) + " ") != std::string::npos; };

    if (numChannels == 14 || (numChannels == 7 && says ("hesuvi")))
        return ChannelLayout::heSuVi;

    const auto root = static_cast<size_t> (std::lround (std::sqrt (static_cast<double> (numChannels))));

    if (root < 2 || root * root != numChannels)
        return ChannelLayout::automatic;

    if (says ("ambix"))
        return ChannelLayout::ambiX;

    return says ("bformat") || says ("b format") || says ("fuma") || says ("wxyz") || says ("amb")
               ? ChannelLayout::bFormat
               : ChannelLayout::automatic;
}

std::string complaintAbout (size_t numChannels, const ChannelChoice& choice)
{
    const auto count = "it has " + std::to_string (numChannels) + (numChannels == 1 ? " channel" : " channels");
    const auto most = std::to_string (mostKernelChannels);

    switch (choice.layout)
    {
        case ChannelLayout::trueStereoByInput:
        case ChannelLayout::trueStereoByOutput:
            return numChannels == 4 ? "" : count + ", and true stereo needs 4.";
        case ChannelLayout::heSuVi:
            return numChannels == 7 || numChannels == 14 ? "" : count + ", and HeSuVi's are 7 or 14.";
        case ChannelLayout::bFormat:
        case ChannelLayout::ambiX:
            return numChannels >= 4 ? "" : count + ", and B-format needs 4 or more.";
        case ChannelLayout::byHand:
            return complaintAboutHand (numChannels, choice.channelsByHand);
        case ChannelLayout::automatic:
        case ChannelLayout::perChannel:
            return numChannels <= mostKernelChannels
                       ? ""
                       : count + ", and at most " + most + " are possible. Read it as a matrix, or leave some out.";
        case ChannelLayout::matrix:
            break;
    }

    const size_t numInputs = choice.numMatrixInputs;

    if (numInputs < 1 || numInputs > mostKernelChannels)
        return "a matrix has 1 to " + most + " inputs, and " + std::to_string (numInputs) + " are asked for.";

    if (numChannels % numInputs != 0)
        return count + ", which is no multiple of the matrix's " + std::to_string (numInputs)
               + " inputs. Give another number of inputs.";

    if (numChannels / numInputs > mostKernelChannels)
        return count + ", which with " + std::to_string (numInputs) + " inputs are "
               + std::to_string (numChannels / numInputs) + " outputs, and at most " + most + " are possible.";

    return {};
}

Arrangement arrange (Channels channels, const ChannelChoice& choice)
{
    Arrangement result;

    switch (choice.layout)
    {
        case ChannelLayout::heSuVi:
            arrangeHeSuVi (channels, result);
            break;
        case ChannelLayout::bFormat:
        case ChannelLayout::ambiX:
            arrangeAmbisonics (channels, choice.layout, result);
            break;
        case ChannelLayout::byHand:
            arrangeByHand (channels, choice.channelsByHand, result);
            break;
        case ChannelLayout::matrix:
            result.routing = Routing::matrix;
            result.numMatrixInputs = choice.numMatrixInputs;
            result.paths = std::move (channels);
            break;
        case ChannelLayout::trueStereoByOutput:
            std::swap (channels[1], channels[2]);
            [[fallthrough]];
        case ChannelLayout::trueStereoByInput:
            result.routing = Routing::trueStereo;
            result.paths = std::move (channels);
            break;
        case ChannelLayout::automatic:
        case ChannelLayout::perChannel:
            result.routing = choice.layout == ChannelLayout::perChannel ? Routing::perChannel
                             : channels.size() == 1                     ? Routing::mono
                             : channels.size() == 2                     ? Routing::stereo
                             : channels.size() == 4                     ? Routing::trueStereo
                                                                        : Routing::perChannel;
            result.paths = std::move (channels);
            break;
    }

    if (choice.isMirrored)
        mirror (result);

    return result;
}

} // namespace faltwerk
