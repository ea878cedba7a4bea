#include "Kernel/SoundEncoder.h"

#include "Kernel/NumberEncoder.h"
#include "Kernel/SndfileEncoder.h"
#include "Kernel/WaveEncoder.h"

namespace faltwerk
{

std::unique_ptr<SoundEncoder> SoundEncoder::make (juce::OutputStream& stream,
                                                  OutputFormat output,
                                                  SampleFormat format,
                                                  const SoundHeader& sound)
{
    if (output == OutputFormat::wave)
        return std::make_unique<WaveEncoder> (stream, format, sound);

    if (output == OutputFormat::numbers)
        return std::make_unique<NumberEncoder> (stream, sound.numChannels);

    return std::make_unique<SndfileEncoder> (stream, output, format, sound);
}

} // namespace faltwerk
