#include "Kernel/Mp3Frames.h"

#include "Kernel/KernelFile.h"
#include "Kernel/SoundDecoder.h"
#include "Support/Catch.h"
#include "Support/Files.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

/** 8820 samples of a sine of 1 kHz at 44.1 kHz with a peak of 8000/32768, by LAME 3.100: lame -b 64 tone.wav tone.mp3
 */
std::vector<std::byte> tone()
{
    juce::MemoryBlock block;
    REQUIRE (juce::File (FALTWERK_GOLDEN).getChildFile ("tone.mp3").loadFileAsData (block));
    const auto* bytes = static_cast<const std::byte*> (block.getData());
    return { bytes, bytes + block.getSize() };
}

Outcome<Sound> decode (const std::vector<std::byte>& bytes, size_t mostFrames = std::numeric_limits<size_t>::max())
{
    juce::MemoryInputStream stream (bytes.data(), bytes.size(), false);
    return decodeSound (stream, "tone.mp3", mostFrames);
}

/** The RMS of what is not the sine at a level of its own (LAME takes 5 % off), relative to the sine, in dB; without the
    ends, which an MP3 blurs. */
double errorInDb (const std::vector<float>& measured)
{
    const auto sine = [] (size_t n)
    { return std::sin (2.0 * juce::MathConstants<double>::pi * 1000.0 * static_cast<double> (n) / 44100.0); };
    double product = 0.0, power = 0.0, error = 0.0;
    const size_t first = 600, end = 8000;

    for (size_t n = first; n < end; ++n)
    {
        product += static_cast<double> (measured[n]) * sine (n);
        power += sine (n) * sine (n);
    }

    const double level = product / power;
    CHECK (level == Approx (0.95 * 8000 / 32768).epsilon (0.01));

    for (size_t n = first; n < end; ++n)
        error += std::pow (static_cast<double> (measured[n]) - level * sine (n), 2.0);

    return 10.0 * std::log10 (error / (level * level * power));
}

size_t positionOf (const std::vector<std::byte>& bytes, const char* text)
{
    for (size_t n = 0; n + 4 <= bytes.size(); ++n)
        if (std::memcmp (bytes.data() + n, text, 4) == 0)
            return n;

    FAIL (text << " is not there");
    return 0;
}

} // namespace

TEST_CASE ("An MP3 is read without what its encoder put around the sound", "[kernel]")
{
    const auto sound = decode (tone());
    INFO (sound.error());
    REQUIRE (sound);
    CHECK (sound->sampleRate == 44100);
    REQUIRE (sound->channels.size() == 1);
    REQUIRE (sound->lengthInFrames() == 8820);

    // At 64 kbit/s a sine comes back at -60 dB; one sample of delay alone would be -17 dB.
    CHECK (errorInDb (sound->channels[0]) < -55.0);
    CHECK (decode (tone(), 8820));
    CHECK_THAT (decode (tone(), 8819).error(), Contains ("8820 frames"));
}

TEST_CASE ("Tags and damage in an MP3 do not matter to its frames", "[kernel]")
{
    const auto original = tone();
    const auto expected = decode (original)->channels;

    auto lying = original; // of a billion frames
    const size_t tag = positionOf (lying, "Info");
    lying[tag + 8] = std::byte { 0x40 };
    CHECK (decode (lying)->channels == expected);

    std::vector<std::byte> tagged (10 + 300); // an ID3 tag with what looks like a frame in it, and one at the end
    std::memcpy (tagged.data(), "ID3\4\0\0\0\0\2\x2c", 10);
    std::copy_n (original.begin(), 200, tagged.begin() + 20);
    tagged.insert (tagged.end(), original.begin(), original.end());
    tagged.resize (tagged.size() + 128, std::byte { 'T' });
    CHECK (decode (tagged)->channels == expected);

    auto intensity = original; // joint stereo with intensity, in every frame
    for (size_t n = 0; n + 4 < intensity.size(); ++n)
        if (intensity[n] == std::byte { 0xff } && intensity[n + 1] == std::byte { 0xfb })
            intensity[n + 3] = (intensity[n + 3] & std::byte { 0x0f }) | std::byte { 0x50 };
    CHECK_THAT (decode (intensity).error(), Contains ("'tone.mp3'") && Contains ("intensity stereo"));

    size_t numRead = 0;

    for (size_t length = 0; length < original.size(); length += 7)
    {
        const auto cut = decode ({ original.begin(), original.begin() + static_cast<std::ptrdiff_t> (length) });
        CAPTURE (length);

        if (cut)
            CHECK ((++numRead, cut->lengthInFrames() <= 8820));
        else
            CHECK_THAT (cut.error(), Contains ("'tone.mp3' could not be read"));
    }

    CHECK (numRead > 100);
}

TEST_CASE ("An MP3 that is surely too long is refused without reading it into memory", "[kernel]")
{
    auto bytes = tone();
    const auto size = bytes.size();
    bytes.resize (17 << 20);

    for (size_t n = size; n < bytes.size(); ++n)
        bytes[n] = bytes[n - size + 1000];

    CHECK_THAT (decode (bytes, 100000).error(),
                Contains ("'tone.mp3' could not be read: it is an MP3 of more than 17 MB"));
    CHECK (decode (tone(), 10000)); // the same limit, and a small file
}
