#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** How the paths of a kernel connect channels. */
enum class Routing
{
    mono,       // one path, the same on every channel
    stereo,     // left to left, right to right
    trueStereo, // left to left, left to right, right to left, right to right
    perChannel, // channel i to channel i
    matrix      // every input to every output, input after input
};

/** The meaning of a file's channels where their number alone does not say it. */
enum class ChannelLayout
{
    automatic,          // by number and name, see recognisedLayout()
    trueStereoByInput,  // LL LR RL RR: where the sound comes from, then where it goes
    trueStereoByOutput, // LL RL LR RR
    perChannel,         // quad and others: channel i to channel i
    matrix,             // input after input, each with a path to every output
    heSuVi,             // headphones: 14 paths of seven speakers to two ears, or 7 of one side
    bFormat,            // W X Y Z, with W 3 dB lower (FuMa)
    ambiX,              // W Y Z X at equal levels (SN3D)
    byHand              // each of LL LR RL RR by the number of its channel
};

/** How the channels of a file become the paths of a kernel. */
struct ChannelChoice
{
    ChannelChoice() = default;
    ChannelChoice (ChannelLayout wanted, size_t matrixInputs = 0)
        : layout (wanted)
        , numMatrixInputs (matrixInputs)
    {
    }

    ChannelLayout layout = ChannelLayout::automatic;
    size_t numMatrixInputs = 0;            // of a matrix
    bool isMirrored = false;               // left and right change places; of stereo and true stereo
    std::vector<size_t> channelsByHand {}; // of LL LR RL RR, from 1; 0: no path

    bool operator== (const ChannelChoice&) const = default;
};

/** Returns the layout of a file by its number of channels and its name: 14 channels are HeSuVi's, and 7 if the name
    says so; the words "B-format", "FuMa", "WXYZ" or "amb" mean B-format, "ambiX" its newer order; else automatic.
    [any] */
ChannelLayout recognisedLayout (size_t numChannels, std::string_view fileName);

/** Returns what is wrong with a number of channels, as part of a sentence; empty if nothing is. [not audio] */
std::string complaintAbout (size_t numChannels, const ChannelChoice& choice);

/** Paths made of the channels of a file. */
struct Arrangement
{
    std::vector<std::vector<float>> paths; // [path][frame]
    Routing routing = Routing::mono;
    size_t numMatrixInputs = 0; // of a matrix
    std::string remark {};      // on what was left out or decoded (see Sound::remark); mostly empty
};

/** Arranges channels of one length, of which complaintAbout() has none. "Automatic" goes by their number: 1 is mono, 2
    stereo, 4 true stereo by input, any other number per channel. [not audio] */
Arrangement arrange (std::vector<std::vector<float>> channels, const ChannelChoice& choice);

} // namespace faltwerk
