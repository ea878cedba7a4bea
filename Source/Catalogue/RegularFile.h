#pragma once

#include "Catalogue/FileStatus.h"

#include <juce_core/juce_core.h>

#include <functional>
#include <memory>
#include <string>

namespace faltwerk
{

/** A file that is read as long as it is wanted. It opens files only, and never waits for one as opening a pipe would;
    it knows whether the file was changed since it was opened; and once it is no longer wanted, it ends wherever it is,
    so that whoever decodes it comes to an end too. [any, not audio; one thread at a time] */
class RegularFile : public juce::InputStream
{
public:
    explicit RegularFile (const std::string& path, std::function<bool()> isWanted = {});
    ~RegularFile() override;
    RegularFile (const RegularFile&) = delete;
    RegularFile& operator= (const RegularFile&) = delete;

    bool isOpen() const noexcept;

    /** As it was when it was opened. */
    const FileStatus& status() const noexcept { return opened; }

    /** Whether it, or what is at its path, is no longer what was opened. */
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
