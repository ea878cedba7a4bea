#include "Kernel/UnfinishedFile.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>

#if defined(_WIN32)
    #include <direct.h>
#else
    #include <unistd.h>
#endif

namespace faltwerk
{

namespace
{

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

    std::atomic<State> state { unused }; // between the owner's thread and a handler, which may run in any
    std::array<char, capacity> path {};
};

static_assert (std::atomic<Place::State>::is_always_lock_free);

std::array<Place, 256> places;

void removeFile (const char* path)
{
#if defined(_WIN32)
    std::remove (path);
#else
    unlink (path);
#endif
}

void removeFolder (const char* path)
{
#if defined(_WIN32)
    _rmdir (path);
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

UnfinishedFile::UnfinishedFile (const std::string& path)
    : place (0)
{
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

    std::memcpy (places[place].path.data(), path.c_str(), path.size() + 1);
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
