#pragma once

#include "Catalogue/Files/FileStatus.h"

#include <juce_core/juce_core.h>

#include <functional>
#include <memory>
#include <string>

namespace faltwerk
{

/** A file stream that can be cancelled. It opens regular files only and never blocks as opening a pipe would. It tells
    whether the file has changed since it was opened. Once cancelled it reads as ended, so that a decoder stops. One
    thread at a time. [not audio] */
class RegularFile : public juce::InputStream
{
public:
    explicit RegularFile (const std::string& path, std::function<bool()> isWanted = {});
    ~RegularFile() override;
    RegularFile (const RegularFile&) = delete;
    RegularFile& operator= (const RegularFile&) = delete;

    bool isOpen() const noexcept;

    /** Returns the status at the time of opening. */
    const FileStatus& status() const noexcept { return opened; }

    /** Returns true if the file has been modified or replaced since it was opened. */
    bool hasChanged() const;

    juce::int64 getTotalLength() override { return static_cast<juce::int64> (opened.size); }
    juce::int64 getPosition() override { return position; }
    bool setPosition (juce::int64 newPosition) override;
    bool isExhausted() override { return position >= getTotalLength(); }
    int read (void* destination, int size) override;

private:
    int readPiece (char* destination, int size);

    const std::string path;
    const std::function<bool()> isWanted;
    FileStatus opened;
    juce::int64 position = 0;
#if JUCE_WINDOWS
    std::unique_ptr<juce::FileInputStream> stream;
#else
    int descriptor = -1;
#endif
};

} // namespace faltwerk
