#include "Kernel/Generators/GeneratorEntries.h"
#include "Kernel/Generators/NoiseGenerators.h"

namespace faltwerk
{

namespace
{

template <typename Noise>
Slot<Noise> lengthSlot()
{
    return slot (&Noise::lengthInSeconds, "length", "Length", "s", 0.01, 60, "How long the kernel is.");
}

template <typename Noise>
Slot<Noise> decaySlot (double Noise::*member, std::string_view id, std::string_view name, std::string_view help)
{
    return slot (member, id, name, "s", 0.01, 100, help);
}

template <typename Noise>
Slot<Noise> buildUpSlot()
{
    return slot (&Noise::buildUp, "build-up", "Build-up", "s", 0.0001, 10, "The time until the noise is fully dense.");
}

template <typename Noise>
Slot<Noise> channelsSlot()
{
    return slot (&Noise::numChannels, "channels", "Channels", "", 1, 2,
                 "The number of channels: 1 is mono, 2 is stereo.");
}

} // namespace

std::vector<GeneratorEntry> noiseEntries()
{
    return {
        entry<ExponentialNoise> ("noise", "Decaying noise", "White noise that decays: a bright room without walls.",
                                 { lengthSlot<ExponentialNoise>(),
                                   decaySlot (&ExponentialNoise::decay, "decay", "Decay", "The time to fall by 60 dB."),
                                   buildUpSlot<ExponentialNoise>(), channelsSlot<ExponentialNoise>(),
                                   seedSlot<ExponentialNoise>(), sampleRateSlot<ExponentialNoise>() }),
        entry<VelvetNoise> (
            "velvet-noise", "Velvet noise", "Sparse random pulses that decay, smoother to the ear than noise.",
            { lengthSlot<VelvetNoise>(),
              slot (&VelvetNoise::density, "density", "Density", "1/s", 10, 48000, "How many pulses a second."),
              decaySlot (&VelvetNoise::decay, "decay", "Decay", "The time to fall by 60 dB."),
              channelsSlot<VelvetNoise>(), seedSlot<VelvetNoise>(), sampleRateSlot<VelvetNoise>() }),
        entry<NoiseHall> (
            "noise-hall", "Noise hall", "Noise whose lows, mids and highs decay each at their own pace.",
            { lengthSlot<NoiseHall>(),
              decaySlot (&NoiseHall::lowDecay, "low-decay", "Low decay", "The time to fall by 60 dB up to 350 Hz."),
              decaySlot (&NoiseHall::midDecay, "mid-decay", "Mid decay",
                         "The time to fall by 60 dB from 350 Hz to 2.8 kHz."),
              decaySlot (&NoiseHall::highDecay, "high-decay", "High decay",
                         "The time to fall by 60 dB from 2.8 kHz on."),
              buildUpSlot<NoiseHall>(), seedSlot<NoiseHall>(), sampleRateSlot<NoiseHall>() }),
    };
}

} // namespace faltwerk
