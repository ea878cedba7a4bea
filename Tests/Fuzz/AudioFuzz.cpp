// Bytes as a sound file: whatever they are, a sound with these properties or a sentence.

#include "Kernel/Kernel.h"
#include "Kernel/Reading/SoundDecoder.h"

#include <juce_core/juce_core.h>

#include <cstdlib>

using namespace faltwerk;

namespace
{

void require (bool condition)
{
    if (! condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size)
{
    constexpr size_t mostFrames = 1 << 19; // keeps legitimate decompression small
    juce::MemoryInputStream bytes (data, size, false);
    auto sound = decodeSound (bytes, "x", mostFrames);

    if (! sound)
    {
        require (sound.error().starts_with ("'x'") && sound.error().ends_with ('.'));
        return 0;
    }

    require (! sound->channels.empty() && sound->channels.size() <= mostSoundChannels);
    require (sound->sampleRate >= lowestSampleRate && sound->sampleRate <= highestSampleRate);
    require (sound->lengthInFrames() <= mostFrames);

    for (const auto& channel : sound->channels)
        require (channel.size() == sound->lengthInFrames());

    const auto kernel = makeKernel (std::move (sound->channels), sound->sampleRate, "x");
    require (kernel ? ! kernel->paths.empty() : ! kernel.error().empty());
    return 0;
}
