#pragma once

#include "Plugin/Threads/WorkerThreads.h"

#include <juce_core/juce_core.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** The thread on which all editors save what cannot be made again. It ends once all is written. */
class SavingThread
{
public:
    ~SavingThread();

    WorkerThreads jobs { 1 };
};

/** Writes files in the background, one after the other. What it has been given is written, even if it goes meanwhile:
    the last one waits for that. [message] */
class FileSaving
{
public:
    /** What came of a file. */
    struct Result
    {
        juce::File file;
        std::string error; // in one sentence, or empty

        /** Returns what happened, for the user. */
        juce::String sentence() const;
    };

    /** Begins to save. @param write  writes the file, and gives one sentence on failure; owns what it writes */
    void save (const juce::File&, std::function<std::string()> write);

    /** Returns what has been finished, oldest first, each once. */
    std::optional<Result> take();

private:
    struct Shared
    {
        std::mutex lock;
        std::deque<Result> finished;
    };

    const std::shared_ptr<Shared> shared = std::make_shared<Shared>();
    juce::SharedResourcePointer<SavingThread> thread;
};

} // namespace faltwerk
