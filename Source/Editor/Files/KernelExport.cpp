#include "Editor/Files/KernelExport.h"

#include "Picture/Axis.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

KernelExport::~KernelExport() { cancel(); }

const char* KernelExport::extensionOf (Format format) { return format == Format::flac24 ? ".flac" : ".wav"; }

KernelExport::Result KernelExport::writeNow (const Kernel& kernel,
                                             const juce::File& file,
                                             Format format,
                                             const std::function<bool (double)>& goesOn)
{
    Result result;
    result.file = file;
    Sound sound { kernel.paths, kernel.sampleRate > 0.0 ? kernel.sampleRate : 48000.0 };
    auto remark = juce::String();

    if (format != Format::wav32)
    {
        float peak = 0.0f;

        for (const auto& channel : sound.channels)
            for (const float x : channel)
                peak = std::max (peak, std::abs (x));

        constexpr float mostOf24Bits = 0.9999998f;

        if (peak > mostOf24Bits)
        {
            const float gain = mostOf24Bits / peak;
            remark = ", lowered by " + numberAsLabel (-20.0 * std::log10 (static_cast<double> (gain)), 1)
                     + juce::String::charToString (0xa0) + "dB to fit 24 bits";

            for (auto& channel : sound.channels)
                for (float& x : channel)
                    x *= gain;
        }
    }

    result.sentence = writeSound (file.getFullPathName().toStdString(), sound,
                                  format == Format::wav32 ? SampleFormat::float32 : SampleFormat::int24, goesOn);
    result.succeeded = result.sentence.empty();

    if (result.succeeded)
        result.sentence = ("Exported '" + shownNameOf (file) + "'" + remark).toStdString();

    return result;
}

void KernelExport::write (std::shared_ptr<const Kernel> kernel, const juce::File& file, Format format)
{
    {
        const std::lock_guard guard (shared->lock);
        shared->cancelled.store (false, std::memory_order_relaxed);
        shared->begun = juce::Time::getMillisecondCounter();
        ++shared->numPending;
    }

    thread.add (
        [state = shared, kernel = std::move (kernel), file, format]
        {
            const auto goesOn = [&state] (double done)
            {
                state->done.store (done, std::memory_order_relaxed);
                return ! state->cancelled.load (std::memory_order_relaxed);
            };
            auto result = writeNow (*kernel, file, format, goesOn);
            const std::lock_guard guard (state->lock);
            --state->numPending;
            state->finished = std::move (result);
        });
}

bool KernelExport::isWriting() const
{
    const std::lock_guard guard (shared->lock);
    return shared->numPending > 0;
}

std::optional<double> KernelExport::progress() const
{
    constexpr juce::uint32 patience = 333; // ms
    const std::lock_guard guard (shared->lock);

    if (shared->numPending == 0 || juce::Time::getMillisecondCounter() - shared->begun < patience)
        return {};

    return shared->done.load (std::memory_order_relaxed);
}

void KernelExport::cancel() { shared->cancelled.store (true, std::memory_order_relaxed); }

std::optional<KernelExport::Result> KernelExport::take()
{
    const std::lock_guard guard (shared->lock);
    return std::exchange (shared->finished, std::nullopt);
}

} // namespace faltwerk
