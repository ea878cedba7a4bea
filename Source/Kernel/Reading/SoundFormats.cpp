#include "Kernel/Reading/SoundFormats.h"

#include <algorithm>
#include <array>

namespace faltwerk
{

namespace
{

constexpr std::array<std::string_view, 15> extensions { "wav", "bw64", "rf64", "w64", "aif", "aiff", "aifc", "caf",
                                                        "au",  "snd",  "flac", "ogg", "oga", "opus", "mp3" };
constexpr size_t numWithLengthInHeader = 11; // the first ones

/** The first 16 bytes of a W64 file: the GUID of its outermost chunk. */
constexpr std::string_view wave64Guid ("riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 16);

/** Returns true for the beginning of a frame of MPEG audio, layer 3. */
bool isMp3Frame (std::string_view head) { return head[0] == '\xff' && (head[1] & 0xe6) == 0xe2; }

} // namespace

SoundContainer containerOf (const ByteSource& bytes)
{
    std::array<std::byte, 16> head {};
    bytes.read (0, head);
    const std::string_view text (reinterpret_cast<const char*> (head.data()), head.size());
    const auto outer = text.substr (0, 4), inner = text.substr (8, 4);

    if ((outer == "RIFF" || outer == "RF64" || outer == "BW64") && inner == "WAVE")
        return SoundContainer::wave;

    if (outer == "FORM" && (inner == "AIFF" || inner == "AIFC"))
        return SoundContainer::aiff;

    if (text == wave64Guid)
        return SoundContainer::wave64;

    if (text.substr (0, 8) == std::string_view ("caff\0\1\0\0", 8))
        return SoundContainer::caf;

    if (outer == ".snd" && head[4] == std::byte { 0 }) // the header's size, which is small
        return SoundContainer::au;

    if (outer == "fLaC" && (head[4] & std::byte { 0x7f }) == std::byte { 0 }) // the first block's type
        return SoundContainer::flac;

    if (outer == "OggS" && head[4] == std::byte { 0 })
        return SoundContainer::ogg;

    return text.substr (0, 3) == "ID3" || isMp3Frame (text) ? SoundContainer::mp3 : SoundContainer::unknown;
}

std::span<const std::string_view> soundFileExtensions() noexcept { return extensions; }

bool hasLengthInHeader (std::string_view extension) noexcept
{
    const auto end = extensions.begin() + numWithLengthInHeader;
    return std::find (extensions.begin(), end, extension) != end;
}

} // namespace faltwerk
