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

/** Looks at kernels' files on a thread of its own, so that a network drive which has gone holds up no host. Shared by
    all instances. */
class StampReader
{
public:
    using Clock = std::chrono::steady_clock;
    using Read = std::function<FileStamp (const KernelOrigin&)>;

    /** @param read  what looks at a file; tests give a slow one */
    explicit StampReader (Read read = stampOf);
    ~StampReader();

    /** Returns the stamp of the file or pair that an origin names; nothing if it is not known by the deadline, or, at
        once, if the drive of an earlier one has not answered by its deadline yet. [not audio] */
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
    Worker worker; // the last: it uses the rest
};

} // namespace faltwerk
