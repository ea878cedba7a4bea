#include "Plugin/KernelLoader.h"

#include "Kernel/KernelRouting.h"
#include "Kernel/Resampling.h"

#include <chrono>
#include <exception>
#include <new>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr const char* noMemory = "There is not enough memory for this kernel. Choose a shorter one.";

std::string memoryRefusal (const Kernel& kernel, double sampleRate, size_t need, size_t limit)
{
    const auto megabytes = [] (size_t bytes) { return juce::String ((bytes + (1 << 20) - 1) >> 20) + " MB"; };
    return ("'" + juce::String::fromUTF8 (kernel.name.c_str())
            + "' is too long: " + juce::String (kernel.lengthInSeconds(), 1) + " s of " + routingAsText (kernel)
            + " at " + juce::String (sampleRate / 1000.0, 1) + " kHz need " + megabytes (need) + ", and the limit is "
            + megabytes (limit) + ". Shorten it, or use one with fewer channels.")
        .toStdString();
}

} // namespace

KernelLoader::~KernelLoader()
{
    std::unique_lock lock (requestLock);
    closing = true;
    waiting.reset();
    changed.wait (lock, [this] { return ! working; });
}

void KernelLoader::request (Request newest)
{
    const std::lock_guard lock (requestLock);
    waiting = std::move (newest);
    changed.notify_all();
    pending.store (true, std::memory_order_release);

    if (! std::exchange (working, true))
        pool->addJob ([this] { work(); });
}

void KernelLoader::report (std::string message)
{
    const std::lock_guard lock (requestLock);
    current.message = std::move (message);
    ++current.version;
}

void KernelLoader::finish()
{
    std::unique_lock lock (requestLock);
    changed.wait (lock, [this] { return ! isPending(); });
}

KernelLoader::Status KernelLoader::status() const
{
    const std::lock_guard lock (requestLock);
    return current;
}

void KernelLoader::work()
{
    std::unique_lock lock (requestLock);

    while (waiting)
    {
        const auto next = *std::exchange (waiting, std::nullopt);
        lock.unlock();
        run (next);
        lock.lock();

        if (! waiting)
        {
            pending.store (false, std::memory_order_release);
            changed.notify_all();
            lock.unlock();
            freeWhatNoLongerSounds();
            lock.lock();
        }
    }

    working = false;
    changed.notify_all(); // under the lock: the destructor may be waiting for it
}

void KernelLoader::freeWhatNoLongerSounds()
{
    // A change takes a twentieth of a second; if audio does not run, the next request frees what is left.
    for (int attempt = 0; attempt < 50; ++attempt)
    {
        {
            const std::lock_guard lock (engineLock);

            if (engine == nullptr || ! engine->collectGarbage())
                return;
        }

        std::unique_lock lock (requestLock);

        if (changed.wait_for (lock, std::chrono::milliseconds (10), [this] { return closing || waiting; }))
            return;
    }
}

void KernelLoader::run (const Request& request)
{
    Result result;
    std::unique_lock installing (engineLock, std::defer_lock); // held until the document is that of the engine

    try
    {
        result = request();

        if (result.succeeded)
        {
            installing.lock();

            if (auto refusal = install (result.document); ! refusal.empty())
            {
                result.succeeded = false;
                result.message = std::move (refusal);
            }
        }
    }
    catch (const std::bad_alloc&)
    {
        result.succeeded = false;
        result.message = noMemory;
    }
    catch (const std::exception& error)
    {
        result.succeeded = false;
        result.message = std::string ("The kernel could not be loaded: ") + error.what() + ". Try another file.";
    }

    const std::lock_guard lock (requestLock);
    current.message = std::move (result.message);
    ++current.version;

    if (result.succeeded)
        current.document = std::move (result.document);
}

void KernelLoader::setEngine (Engine* newEngine, double sampleRate, size_t numInputs, size_t numOutputs)
{
    finish();
    std::string refusal;

    {
        const std::lock_guard lock (engineLock);
        engine = newEngine;
        engineRate = sampleRate;
        engineInputs = numInputs;
        engineOutputs = numOutputs;

        try
        {
            refusal = install (status().document);
        }
        catch (const std::bad_alloc&)
        {
            refusal = noMemory;
        }
    }

    if (! refusal.empty())
        report (std::move (refusal));
}

/** Gives a document's kernel to the engine; returns a sentence if it needs too much memory, and changes nothing. */
std::string KernelLoader::install (const std::shared_ptr<const KernelDocument>& document)
{
    const auto kernel = document != nullptr ? document->kernel : nullptr;

    if (engine != nullptr && kernel == nullptr)
        engine->removeKernel();

    if (engine != nullptr && kernel != nullptr)
    {
        const auto matched = matchedToOutputs (resampled (*kernel, engineRate), engineOutputs);
        const auto paths = connect (matched, engineInputs, engineOutputs);
        const auto plan = PartitionPlan::make (shapeOf (paths, engineInputs, engineOutputs));
        const size_t need = engine->sizeInBytes (plan);
        const size_t limit = memoryLimit.load (std::memory_order_relaxed);

        if (need > limit)
            return memoryRefusal (*kernel, engineRate, need, limit);

        engine->setKernel (KernelSpectra::shared (paths, plan), Engine::Change::crossfadeDifferent);
    }

    length.store (kernel != nullptr ? kernel->lengthInSeconds() : 0.0, std::memory_order_relaxed);
    return {};
}

} // namespace faltwerk
