#include "Plugin/KernelLoader.h"

#include "Kernel/KernelRouting.h"
#include "Kernel/Resampling.h"

#include <chrono>
#include <new>
#include <utility>

namespace faltwerk
{

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

    try
    {
        result = request();
    }
    catch (const std::bad_alloc&)
    {
        result.message = "There is not enough memory for this kernel. Choose a shorter one.";
    }

    {
        const std::lock_guard lock (requestLock);
        current.message = std::move (result.message);
        ++current.version;

        if (! result.succeeded)
            return;

        current.document = std::move (result.document);
    }

    const std::lock_guard lock (engineLock);
    install (Engine::Fade::equalPower);
}

void KernelLoader::setEngine (Engine* newEngine, double sampleRate, size_t numInputs, size_t numOutputs)
{
    finish();
    const std::lock_guard lock (engineLock);
    engine = newEngine;
    engineRate = sampleRate;
    engineInputs = numInputs;
    engineOutputs = numOutputs;
    install (Engine::Fade::equalPower);
}

void KernelLoader::install (Engine::Fade fade)
{
    const auto document = status().document;
    const auto kernel = document != nullptr ? document->kernel : nullptr;
    length.store (kernel != nullptr ? kernel->lengthInSeconds() : 0.0, std::memory_order_relaxed);

    if (engine == nullptr)
        return;

    if (kernel == nullptr)
    {
        engine->removeKernel();
        return;
    }

    const auto matched = matchedToOutputs (resampled (*kernel, engineRate), engineOutputs);
    engine->setKernel (connect (matched, engineInputs, engineOutputs), fade);
}

} // namespace faltwerk
