#pragma once

#include "Plugin/Loading/EditedKernel.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace faltwerk
{

class Engine;
class KernelSpectra;
struct PartitionPlan;

/** Prepares edited kernels for an engine and hands them over: fitted to its channels, resampled to its rate,
    transformed.

    Everything that depends on the engine is here: its rate and channels, the limit of memory, routing, partition plan,
    resampling, spectra, and the kernels that it releases. The preparation runs without a lock, and its result is shared
    between instances; the lock is held only for the hand-over. If the engine is replaced meanwhile, the kernel is
    prepared again for the new one. */
class KernelInstaller
{
public:
    /** Sets the engine; null: none. Hands over the kernel at once if that is cheap: if the spectra are in use in
        another instance, or if the kernel is short. Else the wet sound is silent until install() is called. May wait
        for a hand-over, but not for the preparation of a kernel.
        @param kernel  the current kernel; null: none
        @param isExpected  a kernel is being loaded: silence, and not the input, until it is installed
        @return true if install() has to be called. [not audio] */
    bool setEngine (Engine*,
                    double sampleRate,
                    size_t numInputs,
                    size_t numOutputs,
                    const EditedKernelPointer& kernel,
                    bool isExpected);

    /** Prepares a kernel and hands it over; null: the input passes. Without an engine, only its length is noted.
        Returns a sentence if the kernel needs too much memory; the engine then keeps its kernel. Throws std::bad_alloc.
        [loader]
        @param isAlike  only the edits differ from those of the engine's kernel, so that the outputs are correlated */
    std::string install (const EditedKernelPointer&, bool isAlike);

    /** Removes the engine's kernel, so that the input passes. [loader] */
    void passInput() { install (nullptr, false); }

    /** Returns true if the engine has this kernel; for null, if it passes the input. [not audio] */
    bool holds (const EditedKernelPointer&) const;

    /** Returns what the engine's channels leave unheard (see partThatIsHeard); empty without an engine. [not audio] */
    std::string partThatIsHeard (const Kernel&) const;

    /** Frees kernels that the audio thread has released. Never waits. [not audio] */
    void collectGarbage();

    /** Sets the most memory, in bytes, that a kernel may need with its history and convolver. [any] */
    void setMemoryLimit (size_t bytes) noexcept { memoryLimit.store (bytes, std::memory_order_relaxed); }

    /** Returns the length in seconds of the kernel that was installed last, or 10 s while the first one of an engine is
        being loaded, so that a host cuts off no tail. Wait-free. [any] */
    double lengthInSeconds() const noexcept { return length.load (std::memory_order_relaxed); }

private:
    /** What a kernel is prepared for. */
    struct Target
    {
        Engine* engine = nullptr;
        double sampleRate = 0.0;
        size_t numInputs = 0, numOutputs = 0;
        uint64_t version = 0; // differs between engines
    };

    struct Prepared
    {
        std::shared_ptr<const KernelSpectra> spectra;
        std::string refusal;
    };

    Target currentTarget() const;
    Prepared prepare (const EditedKernelPointer&, const Target&) const;
    size_t sizeInBytes (const PartitionPlan&, const Target&) const;
    static std::shared_ptr<const KernelSpectra> spectraInUse (const EditedKernelPointer&, const Target&);
    void note (const EditedKernelPointer&);

    std::atomic<double> length { 0.0 };         // loader -> any, relaxed
    std::atomic<bool> mayHaveGarbage { false }; // loader -> watch, relaxed
    std::atomic<size_t> memoryLimit { size_t { 2 } << 30 };

    mutable std::mutex lock; // guards what follows; held during a hand-over
    Target target;
    EditedKernelPointer installed;                 // the engine's kernel
    bool isExpecting = false;                      // silent until a kernel is installed
    std::shared_ptr<const KernelSpectra> retained; // spectra of the installed kernel, for the next engine
};

} // namespace faltwerk
