#include "Editor/Dialogs/Measuring/RecordedKernel.h"

#include "Kernel/Measuring/LoopLatency.h"
#include "Kernel/Measuring/Sweeps/SweepText.h"
#include "Kernel/Reading/KernelFile.h"

#include <iterator>
#include <utility>

namespace faltwerk
{

Outcome<Deconvolved> kernelInFiles (const juce::StringArray& recordings,
                                    const juce::File& sweepFile,
                                    KnownSweep known,
                                    bool areTakes,
                                    const IsCancelled& isCancelled)
{
    using Result = Outcome<Deconvolved>;
    std::vector<Sound> takes;

    if (sweepFile != juce::File())
    {
        const auto path = sweepFile.getFullPathName().toStdString();
        auto sound = readSound (path);

        if (! sound)
            return Result::failure (sound.error());

        known = {};
        known.law = sweepInFile (path);
        known.file = std::move (*sound);
    }

    for (const auto& path : recordings)
    {
        if (isCancelled())
            return Result::failure ({});

        auto sound = readSound (path.toStdString());

        if (! sound)
            return Result::failure (sound.error());

        if (! takes.empty() && sound->sampleRate != takes[0].sampleRate)
            return Result::failure ("The recordings have different sample rates. Record them alike.");

        if (takes.empty())
            takes.push_back (std::move (*sound));
        else if (! areTakes)
            std::move (sound->channels.begin(), sound->channels.end(), std::back_inserter (takes[0].channels));
        else if (sound->channels.size() == takes[0].channels.size())
            takes.push_back (std::move (*sound));
        else
            return Result::failure ("The recordings have different numbers of channels. Record them alike.");
    }

    std::vector<std::string> names;

    for (const auto& path : recordings)
        names.push_back (nameOfFile (path.toStdString()));

    return deconvolve (takes, known, names.front(), BandPhase::minimum, names, isCancelled);
}

Outcome<Deconvolved> kernelInMeasured (const Sound& recording,
                                       const Sweep& sweep,
                                       std::optional<double> loopLatency,
                                       const IsCancelled& isCancelled)
{
    KnownSweep known;
    known.law = sweep;
    auto result = deconvolve ({ recording }, known, "Measurement", BandPhase::minimum, {}, isCancelled);

    for (size_t n = 0; result && n < result->channels.size(); ++n)
        if (auto& clipping = result->channels[n].clipping; ! clipping)
            clipping = findFullScale (recording.channels[n]);

    if (result && loopLatency)
        takeOffLoop (*result, *loopLatency);

    return result;
}

} // namespace faltwerk
