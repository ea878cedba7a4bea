#pragma once

#include "Plugin/Loading/KernelOrigin.h"
#include "Plugin/Threads/FileStamp.h"

#include <juce_core/juce_core.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace faltwerk
{

/** Reads the stamps of kernels' files on a thread of its own, so that a network drive that does not answer cannot block
    a host. Shared by all instances. */
class StampReader
{
public:
    using Clock = std::chrono::steady_clock;
    using Read = std::function<FileStamp (const KernelOrigin&)>;

    /** @param read  reads a stamp; tests pass a slow function */
    explicit StampReader (Read read = stampOf);
    ~StampReader();

    /** Returns the stamp of the file or files of an origin. Returns nothing if the drive does not answer by the
        deadline; returns nothing at once while an earlier call has not been answered. [not audio] */
    std::optional<FileStamp> stampBy (Clock::time_point deadline, const KernelOrigin&);

private:
    struct Asked
    {
        KernelOrigin origin;
        std::optional<FileStamp> stamp;
    };

    class Worker : public juce::Thread
    {
    public:
        explicit Worker (StampReader&);
        ~Worker() override;
        void run() override;

    private:
        StampReader& reader;
    };

    void work();

    const Read read;
    std::mutex lock; // guards what follows
    std::condition_variable changed;
    std::vector<std::shared_ptr<Asked>> waiting; // the first is being read
    bool isLate = false;                         // the first has missed its deadline
    bool closing = false;
    Worker worker; // last member: destroyed first
};

} // namespace faltwerk
