#pragma once

#include "Kernel/Reading/KernelFile.h"
#include "Plugin/Loading/LoadedKernel.h"
#include "Plugin/Threads/WorkerThreads.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** Writes the kernel as it sounds, with all its edits, into a file, in the background. [message] */
class KernelExport
{
public:
    enum class Format
    {
        wav32, // float
        wav24,
        flac24
    };

    static const char* extensionOf (Format);

    /** What came of a file. */
    struct Result
    {
        juce::File file;
        std::string sentence; // what happened, for the user
        bool succeeded = false;
    };

    ~KernelExport();

    /** Begins to write; a file that is being written already is finished first. Formats of 24 bits hold no more than
        full scale: a louder kernel is lowered to fit, and the sentence says by how much. */
    void write (std::shared_ptr<const Kernel>, const juce::File&, Format);

    /** Returns the share of the file that has been written, once writing has taken a third of a second; else none. */
    std::optional<double> progress() const;
    bool isWriting() const;

    /** Leaves the file that is being written, and those that wait, as if they had never been asked for. */
    void cancel();

    /** Returns what has been finished since the last call. */
    std::optional<Result> take();

    /** Writes at once; what write() does in the background. [not audio] */
    static Result writeNow (const Kernel&, const juce::File&, Format, const std::function<bool (double)>& goesOn = {});

private:
    struct Shared
    {
        std::mutex lock;
        int numPending = 0;
        std::optional<Result> finished;
        juce::uint32 begun = 0;                // ms
        std::atomic<double> done { 0.0 };      // writer -> message, relaxed
        std::atomic<bool> cancelled { false }; // message -> writer, relaxed
    };

    const std::shared_ptr<Shared> shared = std::make_shared<Shared>();
    WorkerThreads thread { 1 };
};

} // namespace faltwerk
