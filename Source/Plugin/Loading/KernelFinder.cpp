#include "Plugin/Loading/KernelFinder.h"

#include "Kernel/Reading/KernelFile.h"
#include "Kernel/Reading/SoundDecoder.h"
#include "Plugin/Loading/KernelRequests.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr auto longestSearch = std::chrono::seconds (20);
constexpr auto answersCountFor = std::chrono::seconds (60);

} // namespace

KernelFinder::Wanted::Wanted (const LoadedKernel& kernel, juce::StringArray where)
    : origin (kernel.origin)
    , name (nameInMessages (kernel))
    , hash (kernel.hash)
    , sampleRate (kernel.sampleRate)
    , lengthInFrames (kernel.kernel != nullptr ? kernel.kernel->lengthInFrames() : 0)
    , folders (std::move (where))
{
}

bool KernelFinder::Wanted::operator== (const Wanted& other) const
{
    return hash == other.hash && origin == other.origin && name == other.name && folders == other.folders;
}

FileStamp KernelFinder::Known::fileNow() const
{
    auto origin = wanted.origin;

    if (! answer.path.empty())
        origin.path = answer.path;

    return stampOf (origin);
}

KernelFinder::KernelFinder()
    : worker (*this)
{
}

KernelFinder::~KernelFinder()
{
    const std::lock_guard guard (lock);
    waiting.clear();
    closing = true;
    changed.notify_all();
}

KernelFinder::Worker::Worker (KernelFinder& owner)
    : juce::Thread ("Faltwerk finder")
    , finder (owner)
{
    startThread (Priority::low);
}

KernelFinder::Worker::~Worker() { stopThread (-1); }

void KernelFinder::Worker::run() { finder.work(); }

void KernelFinder::find (const void* owner, const LoadedKernel& kernel, juce::StringArray folders, Take take)
{
    const std::lock_guard guard (lock);
    waiting.push_back ({ owner, Wanted (kernel, std::move (folders)), std::move (take) });
    changed.notify_all();
}

void KernelFinder::cancel (const void* owner)
{
    std::unique_lock guard (lock);
    std::erase_if (waiting, [owner] (const Asked& each) { return each.owner == owner; });
    changed.notify_all();
    changed.wait (guard, [&] { return answering != owner; });
}

bool KernelFinder::isLooking (const void* owner) const
{
    const std::lock_guard guard (lock);
    return answering == owner
           || std::any_of (waiting.begin(), waiting.end(), [owner] (const Asked& each) { return each.owner == owner; });
}

void KernelFinder::finish (const void* owner)
{
    std::unique_lock guard (lock);
    changed.wait (guard,
                  [&]
                  {
                      return answering != owner
                             && std::none_of (waiting.begin(), waiting.end(),
                                              [owner] (const Asked& each) { return each.owner == owner; });
                  });
}

size_t KernelFinder::numSearches() const
{
    const std::lock_guard guard (lock);
    return searches;
}

// --- The finder's thread ---------------------------------------------------------------------------------------------

void KernelFinder::work()
{
    std::unique_lock guard (lock);

    for (;;)
    {
        changed.wait (guard, [this] { return closing || ! waiting.empty(); });

        if (closing)
            return;

        const auto wanted = waiting.front().wanted;
        const auto isThis = [&wanted] (const Known& each) { return each.wanted == wanted; };
        const auto isOld = [] (const Known& each)
        { return Clock::now() - each.when > answersCountFor || each.fileNow() != each.file; };
        guard.unlock(); // drives may be slow to answer
        std::erase_if (answers, [&] (const Known& each) { return isThis (each) && isOld (each); });
        const bool isKnown = std::any_of (answers.begin(), answers.end(), isThis);

        if (! isKnown)
        {
            Known known { wanted, search (wanted), {}, Clock::now() };
            known.file = known.answer.path.empty() ? known.fileNow() : known.answer.stamp;
            answers.push_back (std::move (known));
        }

        guard.lock();
        searches += isKnown ? 0 : 1;

        if (! isKnown && ! isWanted (wanted)) // the search was ended early
            answers.pop_back();

        const auto found = std::find_if (waiting.begin(), waiting.end(),
                                         [&wanted] (const Asked& each) { return each.wanted == wanted; });

        if (found == waiting.end())
            continue;

        const auto asked = std::move (*found);
        waiting.erase (found);
        const auto answer = std::find_if (answers.begin(), answers.end(), isThis)->answer;
        answering = asked.owner;
        guard.unlock();
        asked.take (answer);
        guard.lock();
        answering = nullptr;
        changed.notify_all();
    }
}

bool KernelFinder::isWanted (const Wanted& wanted) const
{
    return ! closing
           && std::any_of (waiting.begin(), waiting.end(),
                           [&wanted] (const Asked& each) { return each.wanted == wanted; });
}

/** Returns a file's stamp if it holds the wanted kernel. */
std::optional<FileStamp> KernelFinder::stampIfHolds (const juce::File& file, const Wanted& wanted)
{
    const auto origin = movedTo (wanted.origin, file.getFullPathName().toStdString());
    const auto stamp = stampOf (origin); // before it is read, so that a later change is noticed

    if (stamp == FileStamp())
        return {};

    const auto kernel = readOrigin (origin);
    return kernel && contentHash (*kernel) == wanted.hash ? std::optional (stamp) : std::nullopt;
}

/** Returns true if rate and length in a file's header are those of the wanted kernel. Reads each header once. */
bool KernelFinder::mayHold (const juce::File& file, const Wanted& wanted)
{
    auto& header = headers[file.getFullPathName()];

    if (const auto stamp = FileStamp::of (file.getFullPathName().toStdString()); header.file != stamp)
    {
        header = { stamp, 0.0, 0 };

        if (juce::FileInputStream stream (file); stream.openedOk())
        {
            if (const auto read = headerOf (stream, {}, std::numeric_limits<size_t>::max()))
            {
                header.sampleRate = read->sampleRate;
                header.lengthInFrames = read->framesWereSeen ? read->numFrames : 0;
            }
        }
    }

    return juce::approximatelyEqual (header.sampleRate, wanted.sampleRate)
           && (wanted.lengthInFrames == 0 || header.lengthInFrames == 0
               || wanted.lengthInFrames == header.lengthInFrames);
}

KernelFinder::Answer KernelFinder::search (const Wanted& wanted)
{
    const auto deadline = Clock::now() + longestSearch;
    const auto mustEnd = [&]
    {
        if (Clock::now() > deadline)
            return true;

        const std::lock_guard guard (lock);
        return ! isWanted (wanted);
    };

    const auto path = toString (wanted.origin.path);
    const bool hasPath = juce::File::isAbsolutePath (path);
    std::optional<FileStamp> stamp;
    const auto holds = [&] (const juce::File& file) { return (stamp = stampIfHolds (file, wanted)).has_value(); };
    const auto at = [&stamp] (const juce::File& file, bool isWhereItWas) {
        return Answer { file.getFullPathName().toStdString(), *stamp, isWhereItWas, false };
    };

    if (hasPath && holds (juce::File (path)))
        return at (juce::File (path), true);

    if (! wanted.origin.relativePath.empty())
        for (const auto& folder : wanted.folders)
            if (const auto file = juce::File (folder).getChildFile (toString (wanted.origin.relativePath));
                holds (file))
                return at (file, true);

    const Answer nothing { {}, {}, false, hasPath && juce::File (path).existsAsFile() };
    const auto name = toString (wanted.name);

    // Files of the same name first: their headers are not checked.
    for (const bool sameName : { true, false })
        for (const auto& folder : wanted.folders)
            if (juce::File::isAbsolutePath (folder))
                for (const auto& entry : juce::RangedDirectoryIterator (juce::File (folder), true))
                {
                    if (mustEnd())
                        return nothing;

                    const auto file = entry.getFile();

                    if ((file.getFileName() == name) == sameName && (sameName || mayHold (file, wanted))
                        && holds (file))
                        return at (file, false);
                }

    return nothing;
}

} // namespace faltwerk
