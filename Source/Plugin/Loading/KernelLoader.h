#pragma once

#include "Plugin/Loading/KernelInstaller.h"
#include "Plugin/Loading/LoadResult.h"
#include "Plugin/Loading/LoaderClient.h"
#include "Plugin/Loading/LoaderStatus.h"
#include "Plugin/Threads/LoaderPool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** The bridge from a document to the threads of the loader's pool: takes requests and keeps the status. On the pool it
    calls the request, edits the kernel, and has a KernelInstaller hand it to the engine.

    Only the last request is served, and with the current edits. A kernel whose edits or engine have changed is built
    again. An instance builds one kernel at a time. A request that fails leaves the loaded kernel in place and gives a
    sentence for the user. Nothing between a request and its sound depends on the message thread. */
class KernelLoader : private LoaderPool::Member
{
public:
    /** Prevents the loader from beginning anything during its lifetime, so that several changes sound as one.
        [not audio] */
    class Hold
    {
    public:
        explicit Hold (KernelLoader&);
        ~Hold();
        Hold (const Hold&) = delete;
        Hold& operator= (const Hold&) = delete;

    private:
        KernelLoader& loader;
    };

    /** @param client  must outlive the loader; null: kernels stay unedited */
    explicit KernelLoader (LoaderClient* = nullptr);
    ~KernelLoader() override;

    /** Cancels what waits, waits for the work in progress, and prevents new work. [any but the pool's threads] */
    void stop();

    /** Requests a kernel. The request runs on a thread of the pool. Returns its number, which increases with each.
        [not audio] */
    uint64_t request (LoadRequest);

    /** Checks for changed edits at once and not only after a few milliseconds. [not audio] */
    void wake();

    /** Show a message: a failure, or a remark on a kernel, which is dropped if another has been loaded. [not audio] */
    void report (std::string message);
    void remark (const LoadedKernelPointer&, std::string message, bool offersRelink);

    /** Replaces the loaded kernel by one with equal audio; does nothing if `former` is not the loaded one.
        [not audio] */
    void replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer&);

    /** Waits until all requests and edits from before the call, or later ones that replaced them, have been completed.
        [any but the pool's threads] */
    void finish();

    /** Returns true while a request or an edit waits or is in progress. [not audio] */
    bool isPending() const;

    /** Returns the age in seconds of the last request if it has not been completed, or 0. [not audio] */
    double waitingTime() const;

    /** Sets the engine that sounds with the loaded kernel; null: none. Does not wait for requests and builds: if the
        kernel has to be prepared for this engine, it follows in the background, and the wet sound is silent until then.
        [not audio] */
    void setEngine (Engine* engine, double sampleRate, size_t numInputs, size_t numOutputs);

    /** Returns the current status. [not audio] */
    LoaderStatus status() const;

    /** Sets the memory in bytes that a kernel may need with its history and convolver; larger ones are refused. 2 GB by
        default. [any] */
    void setMemoryLimit (size_t bytes) noexcept { installer.setMemoryLimit (bytes); }

    /** Returns the length of the kernel as it sounds, in seconds (see KernelInstaller). Wait-free. [any] */
    double lengthInSeconds() const noexcept { return installer.lengthInSeconds(); }

    /** Returns the number of times that a kernel has been edited and installed. [any] */
    uint64_t numBuilds() const noexcept { return builds.load (std::memory_order_relaxed); }

private:
    struct Task
    {
        uint64_t number = 0;
        LoadRequest request;
    };

    /** How a piece of work ended. */
    struct Ending
    {
        std::string failure;      // the sentence; empty on success
        bool isOvertaken = false; // abandoned for a later request
        LoadResult about;         // of a request
    };

    void look() override;

    // With the lock held.
    void say (std::string message, bool isFailure, const LoadResult& about);
    bool isOutdated() const;
    bool hasWork() const { return waiting || busy || isOutdated(); }
    void beginWork();

    // On the pool's threads, without the lock.
    bool isOvertaken() const;
    void work();
    Ending run (const Task&);
    std::string build (uint64_t request, const LoadedKernelPointer&);
    std::string messageAbout (const LoadResult&) const;
    void keepSilent (const LoadedKernelPointer&);
    void letInputPass();

    juce::SharedResourcePointer<LoaderPool> pool;
    LoaderClient* const client;

    mutable std::mutex requestLock; // guards what follows; held briefly
    std::optional<Task> waiting;
    uint64_t numRequests = 0;
    bool working = false, busy = false, closing = false;
    bool isAnswering = false; // working on a request, and not on edits
    std::chrono::steady_clock::time_point lastRequest;
    bool editsFailed = false; // the message says so, until edits succeed
    int numHolds = 0;
    uint64_t numBegun = 0;         // number of pieces of work
    uint64_t lastAnswered = 0;     // number of the last one that was not abandoned
    bool engineIsOutdated = false; // the engine does not have the loaded kernel
    LoaderClient::Wanted seen;     // what the last build depended on
    LoaderStatus current;
    std::condition_variable changed;

    std::atomic<uint64_t> builds { 0 }; // loader -> any, relaxed
    KernelInstaller installer;
};

} // namespace faltwerk
