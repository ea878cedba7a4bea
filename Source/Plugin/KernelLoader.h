#pragma once

#include "Convolution/Engine.h"
#include "Plugin/KernelDocument.h"

#include <juce_core/juce_core.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** The threads on which all instances decode, resample and build. */
struct LoaderPool : juce::ThreadPool
{
    LoaderPool()
        : juce::ThreadPool (2, 0, juce::Thread::Priority::low)
    {
    }
};

/** Gets kernels and gives them to the engine, off the message and the audio thread.

    The newest request wins. A request that fails leaves the kernel that sounds, and a sentence for the user. From the
    request to the sound nothing passes through the message thread. */
class KernelLoader
{
public:
    /** What a request gives: a document (whose kernel may be missing), or null for no kernel at all; and a sentence for
        the user, which may also accompany a success. A failure without a document leaves the present one. */
    struct Result
    {
        bool succeeded = false;
        std::shared_ptr<const KernelDocument> document;
        std::string message;
    };

    using Request = std::function<Result()>;

    /** The user's view of the loader: what was loaded last, and what was said last. */
    struct Status
    {
        std::shared_ptr<const KernelDocument> document; // null: no kernel
        std::string message;                            // the last failure or remark; empty if there was none
        uint64_t version = 0;                           // grows with every change
    };

    KernelLoader() = default;
    ~KernelLoader();

    /** Asks for a kernel. The request runs on one of the pool's threads. [any, not audio] */
    void request (Request);

    /** Tells the user something without touching any kernel. [any, not audio] */
    void report (std::string message);

    /** Waits until nothing is pending. [any but the pool's threads] */
    void finish();

    /** Whether a request is waiting or running. Wait-free. [any] */
    bool isPending() const noexcept { return pending.load (std::memory_order_acquire); }

    /** Lets an engine sound with the loaded kernel from now on, resampled to its rate; null: with none. Kernels
        requested before are waited for. [any, not audio] */
    void setEngine (Engine* engine, double sampleRate, size_t numInputs, size_t numOutputs);

    /** [any, not audio] */
    Status status() const;

    /** A kernel that would need more memory than this, in bytes, with its history and convolver, is refused; 2 GB by
        default. [any] */
    void setMemoryLimit (size_t bytes) noexcept { memoryLimit.store (bytes, std::memory_order_relaxed); }

    /** The length of the kernel in seconds. Wait-free. [any] */
    double lengthInSeconds() const noexcept { return length.load (std::memory_order_relaxed); }

private:
    void work();
    void run (const Request&);
    std::string install (const std::shared_ptr<const KernelDocument>&);
    void freeWhatNoLongerSounds();

    juce::SharedResourcePointer<LoaderPool> pool;

    mutable std::mutex requestLock; // guards what follows; held briefly
    std::optional<Request> waiting;
    bool working = false, closing = false;
    Status current;
    std::condition_variable changed;

    std::atomic<bool> pending { false }; // any -> any, release
    std::atomic<double> length { 0.0 };  // loader -> any, relaxed
    std::atomic<size_t> memoryLimit { size_t { 2 } << 30 };

    std::mutex engineLock; // guards what follows; held while a convolver is built
    Engine* engine = nullptr;
    double engineRate = 0.0;
    size_t engineInputs = 0, engineOutputs = 0;
};

} // namespace faltwerk
