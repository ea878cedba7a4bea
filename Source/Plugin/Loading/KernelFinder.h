#pragma once

#include "Plugin/Loading/LoadedKernel.h"
#include "Plugin/Threads/FileStamp.h"

#include <juce_core/juce_core.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** Searches for the files of kernels that sessions name, for all instances in the process, on one thread. Each kernel
    is searched for once. */
class KernelFinder
{
public:
    /** What is searched for, and where. */
    struct Wanted
    {
        explicit Wanted (const LoadedKernel&, juce::StringArray folders);

        KernelOrigin origin;
        std::string name, hash;
        double sampleRate = 0.0;   // Hz
        size_t lengthInFrames = 0; // 0 if it is not known
        juce::StringArray folders; // absolute; searched with their subfolders

        bool operator== (const Wanted&) const;
    };

    struct Answer
    {
        std::string path;          // of a file with the wanted content; empty: none was found
        FileStamp stamp;           // of that file, taken before it was compared
        bool isWhereItWas = false; // at its path, or at its relative path below a kernel folder
        bool hasChanged = false;   // the file at its path has other content
    };

    using Take = std::function<void (const Answer&)>;

    KernelFinder();
    ~KernelFinder();

    /** Begins a search and calls `take` with its answer on the finder's thread, also if it has been searched for less
        than a minute ago. A search of folders ends after 20 s. [not audio] */
    void find (const void* owner, const LoadedKernel&, juce::StringArray folders, Take take);

    /** Drops an owner's searches. After the call its functions are not running and are not called any more.
        [any but the finder's thread] */
    void cancel (const void* owner);

    /** Returns true while an owner waits for an answer. [not audio] */
    bool isLooking (const void* owner) const;

    /** Waits until an owner's searches have been answered. [any but the finder's thread] */
    void finish (const void* owner);

    /** Returns how many searches have been made, for tests. [any] */
    size_t numSearches() const;

private:
    using Clock = std::chrono::steady_clock;

    struct Asked
    {
        const void* owner;
        Wanted wanted;
        Take take;
    };

    /** An answer, valid for a minute and while the file that it is about is unchanged. */
    struct Known
    {
        Wanted wanted;
        Answer answer;
        FileStamp file; // of the file that was found, or of the one at the kernel's path
        Clock::time_point when;

        FileStamp fileNow() const;
    };

    /** Facts of a file's header, valid while the file is unchanged. */
    struct Header
    {
        FileStamp file;
        double sampleRate = 0.0;   // Hz; 0: no sound
        size_t lengthInFrames = 0; // 0 if the header does not say
    };

    class Worker : public juce::Thread
    {
    public:
        explicit Worker (KernelFinder&);
        ~Worker() override;
        void run() override;

    private:
        KernelFinder& finder;
    };

    void work();
    bool isWanted (const Wanted&) const;
    Answer search (const Wanted&);
    bool mayHold (const juce::File&, const Wanted&);
    static std::optional<FileStamp> stampIfHolds (const juce::File&, const Wanted&);

    mutable std::mutex lock; // guards what follows; held briefly
    std::condition_variable changed;
    std::vector<Asked> waiting;
    size_t searches = 0;
    bool closing = false;
    const void* answering = nullptr; // the owner whose function is running

    std::vector<Known> answers; // these two are the worker's own
    std::map<juce::String, Header> headers;
    Worker worker; // last member: destroyed first
};

} // namespace faltwerk
