#include "Kernel/Writing/SoundEncoder.h"

#include "Kernel/Writing/NumberEncoder.h"
#include "Kernel/Writing/SndfileEncoder.h"
#include "Kernel/Writing/WaveEncoder.h"

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
