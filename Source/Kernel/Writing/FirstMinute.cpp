#include "Kernel/Writing/FirstMinute.h"

#include "Kernel/Kernel.h"
#include "Kernel/Reading/InputFile.h"
#include "Kernel/Reading/SoundInput.h"
#include "Kernel/Writing/SoundWriting.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr double secondsKept = 60.0;

} // namespace

bool isTooLongForKernel (const std::string& path)
{
    const auto input = SoundInput::open (path, {});
    return input && input->header().sampleRate > 0.0 && input->header().numFrames > longestKernelInFrames;
}

Outcome<std::string> writeFirstMinute (const std::string& path)
{
    using Result = Outcome<std::string>;
    auto input = SoundInput::open (path, {});

    if (! input)
        return Result::failure (input.error());

    Sound sound { {}, input->header().sampleRate };
    const auto wanted = static_cast<size_t> (std::llround (secondsKept * sound.sampleRate));
    const auto error = input->read (
        [&] (const SoundHeader&, std::span<const std::vector<float>> frames)
        {
            sound.channels.resize (frames.size());

            for (size_t channel = 0; channel < frames.size(); ++channel)
            {
                auto& kept = sound.channels[channel];
                const auto count = std::min (frames[channel].size(), wanted - kept.size());
                kept.insert (kept.end(), frames[channel].begin(),
                             frames[channel].begin() + static_cast<std::ptrdiff_t> (count));
            }

            return sound.lengthInFrames() < wanted;
        });

    if (! error.empty())
        return Result::failure (error);

    const auto from = juce::File::getCurrentWorkingDirectory().getChildFile (
        juce::String::fromUTF8 (path.data(), static_cast<int> (path.size())));
    const auto to =
        from.getSiblingFile (from.getFileNameWithoutExtension() + ", first 60 s.wav").getNonexistentSibling();
    const auto name = to.getFullPathName().toStdString();

    if (const auto problem = writeSound (name, sound, SampleFormat::float32); ! problem.empty())
        return Result::failure (problem);

    return name;
}

} // namespace faltwerk
