#include "Kernel/Writing/UnfinishedFile.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>

#if defined(_WIN32)
    #include <wchar.h> // _wremove, _wrmdir
#else
    #include <unistd.h>
#endif

namespace faltwerk
{

namespace
{

using Character = std::filesystem::path::value_type; // wide on Windows, whose narrow names are not UTF-8

/** A path in memory that a signal handler may read: it is complete while the state is `set`. */
struct Place
{
    enum State
    {
        unused,
        taken,
        set
    };

    static constexpr size_t capacity = 4096;

    std::atomic<State> state { unused };     // between the owner's thread and a handler, which may run in any
    std::array<Character, capacity> path {}; // ends with a 0
};

static_assert (std::atomic<Place::State>::is_always_lock_free);

std::array<Place, 256> places;

void removeFile (const Character* path)
{
#if defined(_WIN32)
    _wremove (path);
#else
    unlink (path);
#endif
}

void removeFolder (const Character* path)
{
#if defined(_WIN32)
    _wrmdir (path);
#else
    rmdir (path);
#endif
}

/** Calls only what a handler may call: unlink() and rmdir() are allowed, and Windows runs handlers in a thread of their
    own. */
void removeAndEnd (int signal)
{
    for (const auto& remove : { removeFile, removeFolder }) // files first: folders must be empty
        for (const auto& place : places)
            if (place.state.load (std::memory_order_acquire) == Place::set)
                remove (place.path.data());

    std::signal (signal, SIG_DFL);
    std::raise (signal);
}

} // namespace

UnfinishedFile::UnfinishedFile (const std::string& utf8)
    : place (0)
{
    const auto path = std::filesystem::path (std::u8string (utf8.begin(), utf8.end())).native();

    if (path.size() >= Place::capacity)
    {
        place = places.size();
        return;
    }

    for (; place < places.size(); ++place)
    {
        auto free = Place::unused;

        if (places[place].state.compare_exchange_strong (free, Place::taken, std::memory_order_acquire))
            break;
    }

    if (place == places.size())
        return;

    std::copy_n (path.c_str(), path.size() + 1, places[place].path.begin());
    places[place].state.store (Place::set, std::memory_order_release);
}

UnfinishedFile::~UnfinishedFile()
{
    if (place < places.size())
        places[place].state.store (Place::unused, std::memory_order_release);
}

void removeUnfinishedFilesOnSignals()
{
    constexpr int signals[] = {
        SIGINT,
        SIGTERM,
#if defined(_WIN32)
        SIGBREAK,
#else
        SIGHUP,
        SIGPIPE,
#endif
    };

    for (const int signal : signals)
        if (std::signal (signal, removeAndEnd) == SIG_IGN) // as under nohup
            std::signal (signal, SIG_IGN);
}

} // namespace faltwerk
