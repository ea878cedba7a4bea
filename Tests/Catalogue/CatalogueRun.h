#pragma once

#include "Catalogue/Catalogue.h"
#include "Catalogue/Files/Paths.h"
#include "Support/Catch.h"
#include "Support/Files/Bytes.h"
#include "Support/Files/Files.h"
#include "Support/Skip.h"

#include <chrono>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#if ! JUCE_WINDOWS
    #include <unistd.h>
#endif

// What tests of the catalogue share: small files, quickly written, and waiting for what its thread does.

namespace faltwerk::test
{

/** Whether rights of files mean anything to who runs this. */
inline bool isRoot()
{
#if JUCE_WINDOWS
    return true;
#else
    return ::geteuid() == 0;
#endif
}

/** Sets a file's time to so many hours ago, so that it is read at once. */
inline void age (const juce::File& file, int hours = 1)
{
    const auto time = juce::Time::getCurrentTime().toMilliseconds() / 1000 - 3600 * hours;
    REQUIRE (file.setLastModificationTime (juce::Time (1000 * time)));
}

/** Writes some bytes as an old file, in a folder that is made if need be. */
inline void writeBytes (const juce::File& file, std::string_view bytes, int hours = 1)
{
    REQUIRE (file.getParentDirectory().createDirectory());

    {
        std::ofstream stream (toPath (file.getFullPathName().toStdString()), std::ios::binary);
        stream.write (bytes.data(), static_cast<std::streamsize> (bytes.size()));
        REQUIRE (stream.good());
    }

    age (file, hours);
}

inline std::string textOf (const Bytes& bytes)
{
    return { reinterpret_cast<const char*> (bytes.data.data()), bytes.data.size() };
}

/** A WAV file of 16 bits, whose samples rise from one. */
inline std::string waveText (size_t frames, size_t channels = 1, size_t rate = 48000)
{
    Bytes data;

    for (size_t n = 0; n < frames * channels; ++n)
        data.little (1 + n % 30000, 2);

    WaveHeader header;
    header.channels = channels;
    header.rate = rate;
    return textOf (wave (header, data));
}

inline void writeWave (const juce::File& file,
                       size_t frames = 100,
                       size_t channels = 1,
                       size_t rate = 48000,
                       int hours = 1)
{
    writeBytes (file, waveText (frames, channels, rate), hours);
}

/** Waits for something; false if it does not come to pass. */
inline bool comesTrue (const std::function<bool()>& condition, double seconds = 60.0)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double> (seconds);

    while (! condition())
    {
        if (std::chrono::steady_clock::now() >= end)
            return false;

        std::this_thread::sleep_for (std::chrono::milliseconds (2));
    }

    return true;
}

inline double secondsSince (std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double> (std::chrono::steady_clock::now() - start).count();
}

/** An entry by its file's path; null if there is none. */
inline const CatalogueEntry* entryOf (const CatalogueEntries& entries, const std::string& path)
{
    for (size_t n = 0; n < entries.size(); ++n)
        if (entries[n].path == path)
            return &entries[n];

    return nullptr;
}

inline const CatalogueEntry* entryOf (const CatalogueEntries& entries, const juce::File& file)
{
    return entryOf (entries, file.getFullPathName().toStdString());
}

/** Whether a catalogue has looked into all there is. */
inline bool isSettled (const Catalogue& catalogue)
{
    const auto progress = catalogue.progress();
    return ! progress.isScanning && progress.numWithFacts == progress.numFiles;
}

/** What it has when it has. */
inline std::shared_ptr<const CatalogueEntries> settled (const Catalogue& catalogue)
{
    REQUIRE (comesTrue ([&] { return isSettled (catalogue); }));
    return catalogue.snapshot();
}

inline size_t numFilesIn (const CatalogueEntries& entries)
{
    size_t count = 0;

    for (size_t n = 0; n < entries.size(); ++n)
        count += entries[n].isFactory() ? 0u : 1u;

    return count;
}

} // namespace faltwerk::test
