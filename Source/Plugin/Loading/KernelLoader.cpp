#include "Plugin/Loading/KernelLoader.h"

#include <exception>
#include <new>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr const char* noMemory = "There is not enough memory for this kernel. Choose a shorter one.";

/** Returns true if two kernels hold equal audio. */
bool areAlike (const LoadedKernel* a, const LoadedKernel* b)
{
    return a != nullptr && b != nullptr && a->kernel != nullptr && b->kernel != nullptr && a->hash == b->hash;
}

/** Calls a step of work. Returns its sentence of failure, also if it throws. */
std::string runProtected (const std::function<std::string()>& step)
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

} // namespace

// --- Requests --------------------------------------------------------------------------------------------------------

KernelLoader::KernelLoader (LoaderClient* owner)
    : client (owner)
{
    seen = client != nullptr ? client->wanted() : LoaderClient::Wanted();
    pool->add (*this);
}

KernelLoader::~KernelLoader() { stop(); }

void KernelLoader::stop()
{
    pool->remove (*this);
    std::unique_lock lock (requestLock);
    closing = true;
    waiting.reset();
    changed.wait (lock, [this] { return ! working; });
}

uint64_t KernelLoader::request (LoadRequest wanted)
{
    const std::lock_guard lock (requestLock);
    waiting = Task { ++numRequests, std::move (wanted) };
    lastRequest = std::chrono::steady_clock::now();
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
    installer.collectGarbage();
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

bool KernelLoader::isOutdated() const { return engineIsOutdated || (client != nullptr && client->wanted() != seen); }

void KernelLoader::beginWork()
{
    if (numHolds == 0 && ! closing && ! std::exchange (working, true))
        pool->jobs.add ([this] { work(); });
}

void KernelLoader::report (std::string message)
{
    const std::lock_guard lock (requestLock);
    say (std::move (message), true, LoadResult());
}

void KernelLoader::say (std::string message, bool isFailure, const LoadResult& about)
{
    current.message = std::move (message);
    current.isFailure = isFailure;
    current.offersRelink = about.offersRelink;
    current.file = about.file;
    ++current.version;
}

void KernelLoader::remark (const LoadedKernelPointer& source, std::string message, bool offersRelink)
{
    const std::lock_guard lock (requestLock);

    if (current.source != source)
        return;

    LoadResult about;
    about.offersRelink = offersRelink;
    say (std::move (message), false, about);
}

void KernelLoader::replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& source)
{
    const std::lock_guard lock (requestLock);

    if (current.source == former)
    {
        current.source = source;
        ++current.version;
    }
}

void KernelLoader::finish()
{
    std::unique_lock lock (requestLock);

    // A waiting request is served by the next piece of work.
    const bool needsAnother = waiting || isOutdated();
    const uint64_t last = numBegun + (needsAnother ? 1 : 0);

    if (needsAnother)
        beginWork();

    changed.wait (lock, [&] { return lastAnswered >= last || ! hasWork(); });
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
               ? std::chrono::duration<double> (std::chrono::steady_clock::now() - lastRequest).count()
               : 0.0;
}

bool KernelLoader::isOvertaken() const
{
    const std::lock_guard lock (requestLock);
    return closing || waiting;
}

LoaderStatus KernelLoader::status() const
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
        const auto source = current.source;
        busy = true;
        ++numBegun;
        isAnswering = task.has_value();
        lock.unlock();

        Ending ending;

        if (task)
            ending = run (*task);
        else
            ending.failure = runProtected ([&] { return build (0, source); });

        if (task && (! ending.failure.empty() || ending.about.isGivenUp))
        {
            letInputPass();

            if (client != nullptr)
                client->failed (task->number);
        }

        lock.lock();

        const bool isFailure = ! ending.failure.empty();

        if (! ending.isOvertaken && (isFailure || ending.about.isGivenUp || (! task && editsFailed)))
        {
            editsFailed = ! task && isFailure;
            say (ending.failure, isFailure, ending.about);
        }

        busy = isAnswering = false;
        lastAnswered = ending.isOvertaken ? lastAnswered : numBegun;
        changed.notify_all();
    }

    working = false;
    changed.notify_all(); // under the lock: the destructor may be waiting for it
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

    auto failure = runProtected ([&] { return build (task.number, result.source); });

    if (! failure.empty() && ! result.isKept)
    {
        ending.failure = std::move (failure);
        return ending;
    }

    if (! failure.empty())
        keepSilent (result.source);

    {
        // Before the client is told: it may add a remark.
        const std::lock_guard lock (requestLock);
        editsFailed = ! failure.empty();
        say (failure.empty() ? messageAbout (result) : failure, false, result);
    }

    if (client != nullptr)
        client->succeeded (task.number, result.source);

    return ending;
}

/** Returns the message of a success: that of the request and, for a new kernel, which of its paths are not heard. */
std::string KernelLoader::messageAbout (const LoadResult& result) const
{
    if (result.isKept || result.source == nullptr || result.source->kernel == nullptr)
        return result.message;

    const auto heard = installer.partThatIsHeard (*result.source->kernel);

    if (heard.empty())
        return result.message;

    return (result.message.empty() ? "'" + result.source->name + "'" : result.message + ", and") + " is heard " + heard;
}

/** Lets the input pass, in place of a kernel that cannot sound. */
void KernelLoader::keepSilent (const LoadedKernelPointer& source)
{
    installer.passInput();
    const std::lock_guard lock (requestLock);
    current.source = source;
    current.edited = nullptr;
    ++current.version;
}

/** Ends the silence before a kernel that does not come, unless one sounds. */
void KernelLoader::letInputPass()
{
    if (status().edited == nullptr && ! installer.holds (nullptr))
        installer.passInput();
}

/** Edits a kernel and has it installed, unless the engine has it already. Returns a sentence on failure, and then
    changes nothing. */
std::string KernelLoader::build (uint64_t request, const LoadedKernelPointer& source)
{
    LoadedKernelPointer former;
    EditedKernelPointer formerEdited;

    {
        const std::lock_guard lock (requestLock);
        seen = client != nullptr ? client->wanted() : LoaderClient::Wanted();
        engineIsOutdated = false;
        former = current.source;
        formerEdited = current.edited;
    }

    const auto edits = client != nullptr ? client->editsFor (request) : Edits();
    const bool hasKernel = source != nullptr && source->kernel != nullptr;
    const bool alike = areAlike (former.get(), source.get());

    if (request == 0 && ! hasKernel)
        return {};

    const bool connectsAlike =
        alike && former->routing == source->routing && former->numRoutedMatrixInputs == source->numRoutedMatrixInputs;
    EditedKernelPointer edited;

    if (connectsAlike && formerEdited != nullptr && formerEdited->edits == edits)
    {
        edited = formerEdited;
    }
    else if (hasKernel)
    {
        auto result = editedKernel (*source, edits);

        if (! result)
            return result.error();

        edited = std::move (*result);
    }

    if (edited != formerEdited || ! installer.holds (edited))
    {
        if (auto refusal = installer.install (edited, alike); ! refusal.empty())
            return refusal;

        builds.fetch_add (1, std::memory_order_relaxed);

        if (edited != nullptr)
            edited->overviews(); // after the installation: only pictures need them
    }

    const std::lock_guard lock (requestLock);

    if (request != 0) // after mere edits, replaceKernel() may have been called meanwhile
        current.source = source;

    current.edited = std::move (edited);
    ++current.version;
    return {};
}

void KernelLoader::setEngine (Engine* engine, double sampleRate, size_t numInputs, size_t numOutputs)
{
    EditedKernelPointer edited;
    bool isExpected = false;

    {
        const std::lock_guard lock (requestLock);
        edited = current.edited;
        isExpected = waiting || isAnswering;
    }

    bool follows = true;
    runProtected (
        [&]
        {
            follows = installer.setEngine (engine, sampleRate, numInputs, numOutputs, edited, isExpected);
            return std::string();
        });

    // A build in progress may have installed another kernel.
    const std::lock_guard lock (requestLock);
    engineIsOutdated =
        engine != nullptr && current.edited != nullptr && (follows || ! installer.holds (current.edited));

    if (engineIsOutdated)
        beginWork();
}

} // namespace faltwerk
