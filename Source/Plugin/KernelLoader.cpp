#include "Plugin/KernelLoader.h"

#include "Kernel/KernelRouting.h"
#include "Kernel/Resampling.h"
#include "Plugin/Utf8.h"

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
    return ("'" + toString (kernel.name) + "' is too long: " + juce::String (kernel.lengthInSeconds(), 1) + " s of "
            + routingAsText (kernel) + " at " + juce::String (sampleRate / 1000.0, 1) + " kHz need " + megabytes (need)
            + ", and the limit is " + megabytes (limit) + ". Shorten it, or use one with fewer channels.")
        .toStdString();
}

/** Whether a kernel at its own rate is that of a document, at most edited otherwise. */
bool areAlike (const KernelDocument* a, const KernelDocument* b)
{
    return a != nullptr && b != nullptr && a->kernel != nullptr && b->kernel != nullptr && a->hash == b->hash;
}

} // namespace

// --- Requests --------------------------------------------------------------------------------------------------------

KernelLoader::KernelLoader (Client* owner)
    : client (owner)
{
    seen = client != nullptr ? client->wanted() : Wanted();
    pool->add (*this);
}

KernelLoader::~KernelLoader()
{
    pool->remove (*this);
    std::unique_lock lock (requestLock);
    closing = true;
    waiting.reset();
    changed.wait (lock, [this] { return ! working; });
}

uint64_t KernelLoader::request (Request newest)
{
    const std::lock_guard lock (requestLock);
    waiting = Task { ++numRequests, std::move (newest) };
    newestRequest = std::chrono::steady_clock::now();
    beginWork();
    return numRequests;
}

void KernelLoader::wake()
{
    const std::lock_guard lock (requestLock);

    if (isOutdated())
        beginWork();
}

void KernelLoader::look()
{
    wake();

    // What no longer sounds is freed here, whenever the audio thread has let go of it.
    if (mayHaveGarbage.load (std::memory_order_relaxed))
        if (const std::unique_lock lock (engineLock, std::try_to_lock); lock.owns_lock())
            mayHaveGarbage.store (engine != nullptr && engine->collectGarbage(), std::memory_order_relaxed);
}

KernelLoader::Hold::Hold (KernelLoader& held)
    : loader (held)
{
    const std::lock_guard lock (loader.requestLock);
    ++loader.numHolds;
}

KernelLoader::Hold::~Hold()
{
    const std::lock_guard lock (loader.requestLock);
    --loader.numHolds;

    if (loader.waiting || loader.isOutdated())
        loader.beginWork();
}

/** With the lock held. */
bool KernelLoader::isOutdated() const { return client != nullptr && client->wanted() != seen; }

/** With the lock held. */
void KernelLoader::beginWork()
{
    if (numHolds == 0 && ! closing && ! std::exchange (working, true))
        pool->jobs.addJob ([this] { work(); });
}

void KernelLoader::report (std::string message)
{
    const std::lock_guard lock (requestLock);
    say (std::move (message), true, Result());
}

/** With the lock held. */
void KernelLoader::say (std::string message, bool isFailure, const Result& about)
{
    current.message = std::move (message);
    current.isFailure = isFailure;
    current.offersRelink = about.offersRelink;
    current.file = about.file;
    ++current.version;
}

void KernelLoader::finish()
{
    std::unique_lock lock (requestLock);

    if (waiting || isOutdated())
        beginWork();

    changed.wait (lock, [this] { return ! hasWork(); });
}

bool KernelLoader::isPending() const
{
    const std::lock_guard lock (requestLock);
    return hasWork();
}

double KernelLoader::waitingTime() const
{
    const std::lock_guard lock (requestLock);
    return waiting || isAnswering
               ? std::chrono::duration<double> (std::chrono::steady_clock::now() - newestRequest).count()
               : 0.0;
}

bool KernelLoader::isOvertaken() const
{
    const std::lock_guard lock (requestLock);
    return closing || waiting;
}

KernelLoader::Status KernelLoader::status() const
{
    const std::lock_guard lock (requestLock);
    return current;
}

// --- Work ------------------------------------------------------------------------------------------------------------

void KernelLoader::work()
{
    std::unique_lock lock (requestLock);

    while (! closing && numHolds == 0 && (waiting || isOutdated()))
    {
        const auto task = std::exchange (waiting, std::nullopt);
        const auto document = current.document;
        busy = true;
        isAnswering = task.has_value();
        lock.unlock();

        Ending ending;

        if (task)
            ending = run (*task);
        else
            ending.failure = runProtected ([&] { return build (0, document); });

        if (task && (! ending.failure.empty() || ending.about.isGivenUp) && client != nullptr)
            client->failed (task->number);

        lock.lock();

        if (! ending.isOvertaken && (task || ! ending.failure.empty() || editsFailed))
        {
            const bool isFailure = ! ending.failure.empty();
            editsFailed = ending.isSilent || (! task && isFailure);
            say (isFailure ? ending.failure : ending.remark, isFailure, ending.about);
        }

        busy = isAnswering = false;
        changed.notify_all();
    }

    working = false;
    changed.notify_all(); // under the lock: the destructor may be waiting for it
}

/** What a step says has failed, also if it throws. */
std::string KernelLoader::runProtected (const std::function<std::string()>& step)
{
    try
    {
        return step();
    }
    catch (const std::bad_alloc&)
    {
        return noMemory;
    }
    catch (const std::exception& error)
    {
        return std::string ("The kernel could not be loaded: ") + error.what() + ". Try another file.";
    }
}

KernelLoader::Ending KernelLoader::run (const Task& task)
{
    Ending ending;
    auto& result = ending.about;
    ending.failure = runProtected (
        [&]
        {
            result = task.request();
            return result.succeeded || result.isGivenUp ? std::string()
                   : result.message.empty() ? std::string ("The kernel could not be loaded. Try another file.")
                                            : result.message;
        });

    ending.isOvertaken = isOvertaken();

    if (ending.isOvertaken)
        ending.failure.clear();

    if (ending.isOvertaken || ending.about.isGivenUp || ! ending.failure.empty())
        return ending;

    auto failure = runProtected ([&] { return build (task.number, result.document); });
    ending.remark = result.message;

    if (! failure.empty() && ! result.isKept)
    {
        ending.failure = std::move (failure);
        return ending;
    }

    if (! failure.empty())
    {
        keepSilent (result.document);
        ending.remark = std::move (failure);
        ending.isSilent = true;
    }

    if (client != nullptr)
        client->succeeded (task.number, result.document);

    return ending;
}

/** Lets the input pass, in place of a document that cannot sound. */
void KernelLoader::keepSilent (const Document& document)
{
    const std::lock_guard installing (engineLock);
    install (nullptr, Engine::Change::crossfadeDifferent);
    const std::lock_guard lock (requestLock);
    current.document = document;
    current.edited = nullptr;
    ++current.version;
}

/** Edits a document's kernel and gives it to the engine, unless it sounds already; says what is wrong with it, and then
    changes nothing. */
std::string KernelLoader::build (uint64_t request, const Document& document)
{
    Document former;
    std::shared_ptr<const EditedKernel> present;

    {
        const std::lock_guard lock (requestLock);
        seen = client != nullptr ? client->wanted() : Wanted();
        former = current.document;
        present = current.edited;
    }

    const auto edits = client != nullptr ? client->editsFor (request) : Edits();
    const bool alike = areAlike (former.get(), document.get());

    if (request == 0 && (document == nullptr || document->kernel == nullptr))
        return {};

    const bool connectsAlike = alike && former->routing == document->routing
                               && former->numRoutedMatrixInputs == document->numRoutedMatrixInputs;

    if (connectsAlike && present != nullptr && present->edits == edits)
    {
        const std::lock_guard lock (requestLock);
        current.document = document;
        ++current.version;
        return {};
    }

    std::shared_ptr<EditedKernel> edited;

    if (document != nullptr && document->kernel != nullptr)
    {
        edited = std::make_shared<EditedKernel>();
        edited->edits = edits;

        if (edits == Edits())
        {
            edited->kernel = document->kernel;
        }
        else
        {
            auto result = faltwerk::edited (*document->kernel, edits);

            if (! result)
                return result.error();

            edited->kernel = std::make_shared<const Kernel> (std::move (result->kernel));
            edited->normalisingGain = result->normalisingGain;
        }
    }

    const std::lock_guard installing (engineLock); // held until the document is that of the engine

    if (auto refusal = install (edited, alike ? Engine::Change::crossfadeAlike : Engine::Change::crossfadeDifferent);
        ! refusal.empty())
        return refusal;

    builds.fetch_add (1, std::memory_order_relaxed);

    if (edited != nullptr) // only now: they are not for the sound
        for (const auto& path : edited->kernel->paths)
            edited->overviews.emplace_back (path);

    const std::lock_guard lock (requestLock);
    current.document = document;
    current.edited = std::move (edited);
    ++current.version;
    return {};
}

void KernelLoader::setEngine (Engine* newEngine, double sampleRate, size_t numInputs, size_t numOutputs)
{
    finish();
    const std::lock_guard lock (engineLock);
    engine = newEngine;
    engineRate = sampleRate;
    engineInputs = numInputs;
    engineOutputs = numOutputs;
    const auto present = status();

    if (auto refusal = runProtected ([&] { return install (present.edited, Engine::Change::crossfadeDifferent); });
        ! refusal.empty())
        report (std::move (refusal));
}

/** Gives an edited kernel to the engine; returns a sentence if it needs too much memory, and changes nothing. */
std::string KernelLoader::install (const std::shared_ptr<const EditedKernel>& edited, Engine::Change change)
{
    const auto kernel = edited != nullptr ? edited->kernel : nullptr;

    if (engine != nullptr && kernel == nullptr)
        engine->removeKernel();

    if (engine != nullptr && kernel != nullptr)
    {
        auto matched = matchedToOutputs (*kernel, engineOutputs);

        // What it needs is known beforehand, and asked for only then.
        auto shape = shapeOf (connect (matched, engineInputs, engineOutputs), engineInputs, engineOutputs);

        if (matched.sampleRate > 0.0)
            shape.length = resampledLength (shape.length, matched.sampleRate, engineRate);

        const auto plan = PartitionPlan::make (shape);
        const size_t need = engine->sizeInBytes (plan);
        const size_t limit = memoryLimit.load (std::memory_order_relaxed);

        if (need > limit)
            return memoryRefusal (*kernel, engineRate, need, limit);

        matched = resampled (std::move (matched), engineRate);
        const auto paths = connect (matched, engineInputs, engineOutputs);
        engine->setKernel (KernelSpectra::shared (paths, plan), change);
    }

    mayHaveGarbage.store (engine != nullptr, std::memory_order_relaxed);
    length.store (kernel != nullptr ? kernel->lengthInSeconds() : 0.0, std::memory_order_relaxed);
    return {};
}

} // namespace faltwerk
