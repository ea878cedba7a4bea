#include "Plugin/Loading/KernelInstaller.h"

#include "Convolution/Engine/Engine.h"
#include "Convolution/Partition/KernelSpectra.h"
#include "Kernel/Edits/Resampling.h"
#include "Kernel/KernelRouting.h"
#include "Plugin/Loading/SharedBuilds.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

/** The largest number of samples of a kernel that is prepared while the caller waits: some milliseconds. */
constexpr size_t shortKernel = 24000;

/** The reported tail while the first kernel is being loaded, in seconds. */
constexpr double tailOfUnknown = 10.0;

std::string memoryRefusal (const Kernel& kernel, double sampleRate, size_t need, size_t limit)
{
    const auto megabytes = [] (size_t bytes) { return juce::String ((bytes + (1 << 20) - 1) >> 20) + " MB"; };
    return ("'" + toString (kernel.name) + "' is too long: " + juce::String (kernel.lengthInSeconds(), 1) + " s of "
            + routingAsText (kernel) + " at " + juce::String (sampleRate / 1000.0, 1) + " kHz need " + megabytes (need)
            + ", and the limit is " + megabytes (limit) + ". Shorten it, or use one with fewer channels.")
        .toStdString();
}

/** Identifies shared spectra: the edited kernel, and rate and channels of the engine. */
struct SpectraKey
{
    std::weak_ptr<const EditedKernel> kernel;
    double sampleRate;
    size_t numInputs, numOutputs;

    bool operator== (const SpectraKey& other) const
    {
        return ! kernel.owner_before (other.kernel) && ! other.kernel.owner_before (kernel)
               && sampleRate == other.sampleRate && numInputs == other.numInputs && numOutputs == other.numOutputs;
    }
};

SharedBuilds<SpectraKey, KernelSpectra>& sharedSpectra()
{
    static SharedBuilds<SpectraKey, KernelSpectra> spectra;
    return spectra;
}

/** Returns the spectra of a kernel without paths, which gives a silent wet signal. */
std::shared_ptr<const KernelSpectra> silence (size_t numInputs, size_t numOutputs)
{
    const std::vector<KernelPath> none;
    return KernelSpectra::shared (none, PartitionPlan::make (shapeOf (none, numInputs, numOutputs)));
}

} // namespace

KernelInstaller::Target KernelInstaller::currentTarget() const
{
    const std::lock_guard guard (lock);
    return target;
}

std::shared_ptr<const KernelSpectra> KernelInstaller::spectraInUse (const EditedKernelPointer& kernel,
                                                                    const Target& where)
{
    return sharedSpectra().peek ({ kernel, where.sampleRate, where.numInputs, where.numOutputs });
}

/** Makes spectra for a target, or returns a refusal if they would need too much memory. */
KernelInstaller::Prepared KernelInstaller::prepare (const EditedKernelPointer& edited, const Target& where) const
{
    const auto& kernel = *edited->kernel;
    auto matched = matchedToOutputs (kernel, where.numOutputs);
    const auto connections = connectionsOf (matched, where.numInputs, where.numOutputs);
    auto shape = shapeOf (pathsAlong (connections, matched), where.numInputs, where.numOutputs);

    if (matched.sampleRate > 0.0)
        shape.length = resampledLength (shape.length, matched.sampleRate, where.sampleRate);

    const auto plan = PartitionPlan::make (shape);

    if (const size_t need = sizeInBytes (plan, where), limit = memoryLimit.load (std::memory_order_relaxed);
        need > limit)
        return { nullptr, memoryRefusal (kernel, where.sampleRate, need, limit) };

    const auto build = [&]
    {
        matched = resampled (std::move (matched), where.sampleRate);
        return KernelSpectra::shared (pathsAlong (connections, matched), plan);
    };

    return { sharedSpectra().get ({ edited, where.sampleRate, where.numInputs, where.numOutputs }, build), {} };
}

/** Returns the bytes that a plan needs in a target's engine; 0 if that engine has been replaced. */
size_t KernelInstaller::sizeInBytes (const PartitionPlan& plan, const Target& where) const
{
    const std::lock_guard guard (lock);
    return target.version == where.version ? target.engine->sizeInBytes (plan) : 0;
}

/** Notes the engine's kernel. The lock must be held. */
void KernelInstaller::note (const EditedKernelPointer& kernel)
{
    installed = kernel;
    mayHaveGarbage.store (target.engine != nullptr, std::memory_order_relaxed);
    length.store (kernel != nullptr ? kernel->kernel->lengthInSeconds() : 0.0, std::memory_order_relaxed);
}

bool KernelInstaller::setEngine (Engine* engine,
                                 double sampleRate,
                                 size_t numInputs,
                                 size_t numOutputs,
                                 const EditedKernelPointer& kernel,
                                 bool isExpected)
{
    Target next { engine, sampleRate, numInputs, numOutputs, 0 };

    {
        const std::lock_guard guard (lock);
        next.version = target.version + 1;
        target = next;
        installed = nullptr;
        isExpecting = engine != nullptr && (kernel != nullptr || isExpected);
        mayHaveGarbage.store (engine != nullptr, std::memory_order_relaxed);

        if (isExpecting && kernel == nullptr)
            length.store (tailOfUnknown, std::memory_order_relaxed);

        if (engine == nullptr)
            return kernel != nullptr;

        if (isExpecting)
            engine->setKernel (silence (numInputs, numOutputs), KernelChange::crossfadeDifferent);
    }

    if (kernel == nullptr)
        return false;

    const auto& audio = *kernel->kernel;
    const size_t frames = audio.sampleRate > 0.0
                              ? resampledLength (audio.lengthInFrames(), audio.sampleRate, sampleRate)
                              : audio.lengthInFrames();

    if (audio.paths.size() * std::max (frames, audio.lengthInFrames()) > shortKernel
        && spectraInUse (kernel, next) == nullptr)
        return true;

    return ! install (kernel, false).empty();
}

std::string KernelInstaller::install (const EditedKernelPointer& kernel, bool isAlike)
{
    for (;;)
    {
        const auto where = currentTarget();
        const bool isNeeded = where.engine != nullptr && kernel != nullptr;
        const auto prepared = isNeeded ? prepare (kernel, where) : Prepared();
        const std::lock_guard guard (lock);

        if (target.version != where.version)
            continue;

        if (! prepared.refusal.empty())
        {
            if (std::exchange (isExpecting, false))
                target.engine->removeKernel();

            return prepared.refusal;
        }

        if (prepared.spectra != nullptr)
            target.engine->setKernel (prepared.spectra,
                                      isAlike ? KernelChange::crossfadeAlike : KernelChange::crossfadeDifferent);
        else if (target.engine != nullptr)
            target.engine->removeKernel();

        retained = prepared.spectra;
        isExpecting = false;
        note (kernel);
        return {};
    }
}

bool KernelInstaller::holds (const EditedKernelPointer& kernel) const
{
    const std::lock_guard guard (lock);
    return installed == kernel && ! isExpecting;
}

std::string KernelInstaller::partThatIsHeard (const Kernel& kernel) const
{
    const auto now = currentTarget();
    return now.engine != nullptr ? faltwerk::partThatIsHeard (kernel, now.numInputs, now.numOutputs) : std::string();
}

void KernelInstaller::collectGarbage()
{
    if (! mayHaveGarbage.load (std::memory_order_relaxed))
        return;

    if (const std::unique_lock guard (lock, std::try_to_lock); guard.owns_lock())
        mayHaveGarbage.store (target.engine != nullptr && target.engine->collectGarbage(), std::memory_order_relaxed);
}

} // namespace faltwerk
