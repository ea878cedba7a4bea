#pragma once

#include "Plugin/KernelDocument.h"
#include "Plugin/KernelInstaller.h"
#include "Plugin/LoaderPool.h"

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

/** Gets kernels, edits them and has them installed, off the message and the audio thread.

    The newest request wins; so do the newest edits, and a kernel whose edits or engine have changed is built again. One
    kernel at a time is built for an instance. A request that fails leaves the kernel that sounds, and a sentence for the
    user. From the request to the sound nothing passes through the message thread. */
class KernelLoader : private LoaderPool::Member
{
public:
    /** What a request gives: a document (whose kernel may be missing), or null for no kernel at all; and a sentence for
        the user, which may also accompany a success. A failure leaves the present one, and so does a document that
        cannot sound, unless it is kept: then the input passes. */
    struct Result
    {
        bool succeeded = false, isKept = false;
        std::shared_ptr<const KernelDocument> document;
        std::string message;
        bool offersRelink = false; // the kernel is not where the session names it
        std::string file;          // the path that was to be read, if any
        bool isGivenUp = false;    // nothing is wanted any more: all stays as it is, and that is no failure
    };

    using Request = std::function<Result()>;

    /** What edits depend on, quick to compare: values of controls, and a version of what else there is. */
    struct Wanted
    {
        std::array<float, 8> controls {};
        uint64_t version = 0;

        bool operator== (const Wanted&) const = default;
    };

    /** Whoever knows how a kernel shall be edited. */
    class Client
    {
    public:
        virtual ~Client() = default;

        /** What edits depend on now. Wait-free. [any] */
        virtual Wanted wanted() const noexcept = 0;

        /** The edits for what a request has given, or, with 0, for the present kernel. [loader] */
        virtual Edits editsFor (uint64_t request) const = 0;

        /** A request has succeeded, with a document that may be null, or failed. [loader] */
        virtual void succeeded (uint64_t request, std::shared_ptr<const KernelDocument>) = 0;
        virtual void failed (uint64_t request) = 0;
    };

    /** The user's view of the loader: what was loaded last, and what was said last. */
    struct Status
    {
        std::shared_ptr<const KernelDocument> document; // null: no kernel
        std::shared_ptr<const EditedKernel> edited;     // as it sounds; null if there is none
        std::string message;                            // the last failure or remark; empty if there was none
        bool isFailure = false;                         // of the message: what was asked for has not come
        bool offersRelink = false;                      // of the message: another file may be chosen instead
        std::string file;                               // of the message: the path that could not be read, if any
        uint64_t version = 0;                           // grows with every change
    };

    /** While there is one, nothing is begun: for changes in several steps that shall sound as one. [any, not audio] */
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

    /** With a client, which outlives it; or without, and then kernels stay unedited. */
    explicit KernelLoader (Client* = nullptr);
    ~KernelLoader() override;

    /** Drops what waits and waits for what is being worked on; nothing is begun any more. [any but the pool's threads] */
    void stop();

    /** Asks for a kernel. The request runs on one of the pool's threads. Gives its number: they grow. [any, not audio]
     */
    uint64_t request (Request);

    /** Looks at the wanted edits at once, instead of within a few milliseconds. [any, not audio] */
    void wake();

    /** Gives the user a message without touching any kernel: a failure, or a remark on a document, which is dropped if
        another document has come meanwhile. [any, not audio] */
    void report (std::string message);
    void remark (const std::shared_ptr<const KernelDocument>&, std::string message, bool offersRelink);

    /** Replaces the document that sounds by another with the same audio; does nothing if another has come meanwhile.
        [any, not audio] */
    void replaceDocument (const std::shared_ptr<const KernelDocument>& former,
                          const std::shared_ptr<const KernelDocument>&);

    /** Waits until the requests and edits of before the call have been answered, or overtaken by later ones that have;
        what is asked for during the call is not waited for. [any but the pool's threads] */
    void finish();

    /** Returns true while a request or an edit is waiting or being worked on. [any, not audio] */
    bool isPending() const;

    /** Returns for how long the newest request has been waited for, in seconds; 0 if there is none. [any, not audio] */
    double waitingTime() const;

    /** Returns true if a newer request waits for the current one to end. [loader] */
    bool isOvertaken() const;

    /** Lets an engine sound with the loaded kernel from now on; null: none. Waits for no request and no build: a kernel
        whose preparation takes time follows in the background, and until then the wet sound is silent.
        [any, not audio] */
    void setEngine (Engine* engine, double sampleRate, size_t numInputs, size_t numOutputs);

    /** [any, not audio] */
    Status status() const;

    /** A kernel that would need more memory than this, in bytes, with its history and convolver, is refused; 2 GB by
        default. [any] */
    void setMemoryLimit (size_t bytes) noexcept { installer.setMemoryLimit (bytes); }

    /** Returns the length of the kernel as it sounds, in seconds (see KernelInstaller). Wait-free. [any] */
    double lengthInSeconds() const noexcept { return installer.lengthInSeconds(); }

    /** Returns how often a kernel has been edited and installed. [any] */
    uint64_t numBuilds() const noexcept { return builds.load (std::memory_order_relaxed); }

private:
    using Document = std::shared_ptr<const KernelDocument>;

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
        std::string failure;      // which changed nothing; empty on success
        bool isOvertaken = false; // by a newer request: nothing has come of it
        Result about;             // what a request gave
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
    bool isAnswering = false; // a request, and not edits
    std::chrono::steady_clock::time_point newestRequest;
    bool editsFailed = false; // and the message says so: it goes when they succeed
    int numHolds = 0;
    uint64_t numBegun = 0;         // pieces of work: one after the other
    uint64_t lastAnswered = 0;     // the last of them that was not overtaken
    bool engineIsOutdated = false; // it lacks the kernel that is loaded
    Wanted seen;                   // what the kernel has last been built for
    Status current;
    std::condition_variable changed;

    std::atomic<uint64_t> builds { 0 }; // loader -> any, relaxed
    KernelInstaller installer;
};

} // namespace faltwerk
