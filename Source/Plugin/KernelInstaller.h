#pragma once

#include "Convolution/Engine.h"
#include "Plugin/KernelDocument.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace faltwerk
{

/** Gives edited kernels to an engine: fitted to its channels, resampled to its rate, transformed.

    The costly part runs without a lock and is shared with all instances that want it; the lock is held for the hand-over
    only. When the engine is replaced meanwhile, the kernel is prepared again for the new one. */
class KernelInstaller
{
public:
    using Pointer = std::shared_ptr<const EditedKernel>;

    /** Lets another engine sound from now on; null: none. Gives it the kernel at once if that is cheap: if an instance
        has the spectra in use, or if the kernel is short. Else the engine is silent but for its dry sound, and install()
        follows. Waits for a hand-over under way, never for a kernel's preparation.
        @param kernel  what sounds; null: none
        @param isExpected  a kernel is on its way: silence instead of the input until it arrives
        @return true if install() is to follow. [not audio] */
    bool setEngine (Engine*,
                    double sampleRate,
                    size_t numInputs,
                    size_t numOutputs,
                    const Pointer& kernel,
                    bool isExpected);

    /** Prepares a kernel and hands it over; null: the input passes. Without an engine it only notes the kernel. Returns
        a sentence if the kernel needs too much memory; the engine then keeps what it has. Throws std::bad_alloc.
        [loader] */
    std::string install (const Pointer&, Engine::Change);

    /** Returns true if the engine has this kernel; for null, if it lets the input pass. [not audio] */
    bool holds (const Pointer&) const;

    /** Returns what the engine's channels leave unheard (see partThatIsHeard); empty without an engine. [not audio] */
    std::string partThatIsHeard (const Kernel&) const;

    /** Frees what no longer sounds, as far as the audio thread has let go of it. Never waits. [not audio] */
    void collectGarbage();

    /** Sets the most memory, in bytes, that a kernel may need with its history and convolver. [any] */
    void setMemoryLimit (size_t bytes) noexcept { memoryLimit.store (bytes, std::memory_order_relaxed); }

    /** Returns the length of the kernel that was installed last, in seconds; while the first one of an engine is on its
        way, 10 s, so that a host cuts no tail off. Wait-free. [any] */
    double lengthInSeconds() const noexcept { return length.load (std::memory_order_relaxed); }

private:
    /** What a kernel is prepared for. */
    struct Target
    {
        Engine* engine = nullptr;
        double sampleRate = 0.0;
        size_t numInputs = 0, numOutputs = 0;
        uint64_t version = 0; // of the engine: another one has another
    };

    struct Prepared
    {
        std::shared_ptr<const KernelSpectra> spectra;
        std::string refusal;
    };

    Target currentTarget() const;
    Prepared prepare (const Pointer&, const Target&) const;
    size_t sizeInBytes (const PartitionPlan&, const Target&) const;
    static std::shared_ptr<const KernelSpectra> spectraInUse (const Pointer&, const Target&);
    void note (const Pointer&);

    std::atomic<double> length { 0.0 };         // loader -> any, relaxed
    std::atomic<bool> mayHaveGarbage { false }; // loader -> watch, relaxed
    std::atomic<size_t> memoryLimit { size_t { 2 } << 30 };

    mutable std::mutex lock; // guards what follows; held during a hand-over
    Target target;
    Pointer installed;                             // what the engine has
    bool isExpecting = false;                      // it is silent until a kernel arrives
    std::shared_ptr<const KernelSpectra> retained; // its spectra, for the next engine
};

} // namespace faltwerk
