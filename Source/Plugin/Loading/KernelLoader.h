#pragma once

#include "Plugin/Loading/KernelInstaller.h"
#include "Plugin/Loading/LoadedKernel.h"
#include "Plugin/Threads/LoaderPool.h"

#include <array>
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

/** Loads kernels, edits them and installs them in the engine, on the threads of a pool.

    Only the newest request is served, and with the newest edits. A kernel whose edits or engine have changed is built
    again. An instance builds one kernel at a time. A request that fails leaves the current kernel in place and gives a
    sentence for the user. Nothing between a request and its sound depends on the message thread. */
class KernelLoader : private LoaderPool::Member
{
public:
    /** The result of a request: a document, whose kernel may be missing, or null for no kernel; and a sentence for the
        user, which may also accompany a success. A failure leaves the current document in place. So does a document
        without audio, unless isKept: then the input passes. */
    struct Result
    {
        bool succeeded = false, isKept = false;
        std::shared_ptr<const LoadedKernel> document;
        std::string message;
        bool offersRelink = false; // the kernel's file was not found where the session names it
        std::string file;          // path of the file that was read; may be empty
        bool isGivenUp = false;    // the request was cancelled; nothing changes
    };

    using Request = std::function<Result()>;

    /** What edits depend on, in a form that is quick to compare: values of controls, and a version of the rest. */
    struct Wanted
    {
        std::array<float, 8> controls {};
        uint64_t version = 0;

        bool operator== (const Wanted&) const = default;
    };

    /** Supplies the edits of kernels, and is told the results of requests. */
    class Client
    {
    public:
        virtual ~Client() = default;

        /** Returns what edits currently depend on. Wait-free. [any] */
        virtual Wanted wanted() const noexcept = 0;

        /** Returns the edits for the kernel of a request, or for the current kernel if the number is 0. [loader] */
        virtual Edits editsFor (uint64_t request) const = 0;

        /** Called when a request has succeeded, with a document that may be null, or failed. [loader] */
        virtual void succeeded (uint64_t request, std::shared_ptr<const LoadedKernel>) = 0;
        virtual void failed (uint64_t request) = 0;
    };

    /** What the loader shows to the user: the last document, and the last message. */
    struct Status
    {
        std::shared_ptr<const LoadedKernel> document; // null: no kernel
        std::shared_ptr<const EditedKernel> edited;   // the kernel that sounds, or null
        std::string message;                          // last failure or remark; may be empty
        bool isFailure = false;                       // the message tells of a failure
        bool offersRelink = false;                    // the message asks for another file
        std::string file;                             // path of the file that the message is about; may be empty
        uint64_t version = 0;                         // increases with every change
    };

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
    explicit KernelLoader (Client* = nullptr);
    ~KernelLoader() override;

    /** Cancels what waits, waits for the work in progress, and prevents new work. [any but the pool's threads] */
    void stop();

    /** Requests a kernel. The request runs on a thread of the pool. Returns its number, which increases with each.
        [not audio] */
    uint64_t request (Request);

    /** Checks for changed edits at once and not only after a few milliseconds. [not audio] */
    void wake();

    /** Show a message: a failure, or a remark on a document, which is dropped if the document is no longer the current
        one. [not audio] */
    void report (std::string message);
    void remark (const std::shared_ptr<const LoadedKernel>&, std::string message, bool offersRelink);

    /** Replaces the current document by one with equal audio; does nothing if `former` is not the current one.
        [not audio] */
    void replaceDocument (const std::shared_ptr<const LoadedKernel>& former,
                          const std::shared_ptr<const LoadedKernel>&);

    /** Waits until all requests and edits from before the call, or later ones that replaced them, have been completed.
        [any but the pool's threads] */
    void finish();

    /** Returns true while a request or an edit waits or is in progress. [not audio] */
    bool isPending() const;

    /** Returns the age in seconds of the newest request that has not been completed, or 0. [not audio] */
    double waitingTime() const;

    /** Returns true if a newer request waits. [loader] */
    bool isOvertaken() const;

    /** Sets the engine that sounds with the loaded kernel; null: none. Does not wait for requests and builds: if the
        kernel has to be prepared for this engine, it follows in the background, and the wet sound is silent until then.
        [not audio] */
    void setEngine (Engine* engine, double sampleRate, size_t numInputs, size_t numOutputs);

    /** Returns the current status. [not audio] */
    Status status() const;

    /** Sets the memory in bytes that a kernel may need with its history and convolver; larger ones are refused. 2 GB by
        default. [any] */
    void setMemoryLimit (size_t bytes) noexcept { installer.setMemoryLimit (bytes); }

    /** Returns the length of the kernel as it sounds, in seconds (see KernelInstaller). Wait-free. [any] */
    double lengthInSeconds() const noexcept { return installer.lengthInSeconds(); }

    /** Returns the number of times that a kernel has been edited and installed. [any] */
    uint64_t numBuilds() const noexcept { return builds.load (std::memory_order_relaxed); }

private:
    using Document = std::shared_ptr<const LoadedKernel>;

    struct Task
    {
        uint64_t number = 0;
        Request request;
    };

    void look() override;
    void say (std::string message, bool isFailure, const Result& about);
    bool isOutdated() const;
    bool hasWork() const { return waiting || busy || isOutdated(); }
    void beginWork();
    void work();
    std::string runProtected (const std::function<std::string()>&);
    /** How a piece of work ended. */
    struct Ending
    {
        std::string failure;      // the sentence; empty on success
        bool isOvertaken = false; // abandoned for a newer request
        Result about;             // of a request
    };

    Ending run (const Task&);
    std::string build (uint64_t request, const Document&);
    std::string messageAbout (const Result&) const;
    void keepSilent (const Document&);
    void letInputPass();

    juce::SharedResourcePointer<LoaderPool> pool;
    Client* const client;

    mutable std::mutex requestLock; // guards what follows; held briefly
    std::optional<Task> waiting;
    uint64_t numRequests = 0;
    bool working = false, busy = false, closing = false;
    bool isAnswering = false; // working on a request, and not on edits
    std::chrono::steady_clock::time_point newestRequest;
    bool editsFailed = false; // the message says so, until edits succeed
    int numHolds = 0;
    uint64_t numBegun = 0;         // number of pieces of work
    uint64_t lastAnswered = 0;     // number of the last one that was not abandoned
    bool engineIsOutdated = false; // the engine does not have the loaded kernel
    Wanted seen;                   // what the last build depended on
    Status current;
    std::condition_variable changed;

    std::atomic<uint64_t> builds { 0 }; // loader -> any, relaxed
    KernelInstaller installer;
};

} // namespace faltwerk
