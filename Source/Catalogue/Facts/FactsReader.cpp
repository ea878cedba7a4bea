#include "Catalogue/Facts/FactsReader.h"

#include "Catalogue/Facts/Thumbnail.h"
#include "Catalogue/Files/Paths.h"
#include "Catalogue/Files/RegularFile.h"
#include "Kernel/Numbers/NumberFile.h"
#include "Kernel/Reading/KernelCheck.h"
#include "Kernel/Reading/SoundDecoder.h"
#include "Kernel/Reading/SoundFormats.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr size_t mostTextBytes = 1 << 23; // of numbers; takes 0.1 s to read

/** Returns what comes after the last point of a name, in lower case; empty without a point. */
std::string extensionOf (const std::string& fileName)
{
    const auto dot = fileName.rfind ('.');

    if (dot == std::string::npos || dot == 0)
        return {};

    std::string extension = fileName.substr (dot + 1);

    for (auto& c : extension)
        c = c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c;

    return extension;
}

/** Returns true if a text has more letters than digits, as a licence does; numbers may have a heading. */
bool isProse (std::string_view text)
{
    size_t letters = 0, digits = 0;

    for (const char c : text)
    {
        digits += c >= '0' && c <= '9' ? 1u : 0u;
        letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char> (c) >= 0x80 ? 1u : 0u;
    }

    return letters >= digits;
}

/** Collects facts from the frames of a sound without keeping them. */
class Gathering
{
public:
    void add (double sampleRate, std::span<const std::vector<float>> frames)
    {
        if (! check)
            check.emplace (frames.size(), sampleRate);

        facts.sampleRate = sampleRate;
        facts.numChannels = frames.size();
        check->add (frames);
        thumbnail.add (frames);
    }

    CatalogueFacts result (const std::string& name)
    {
        facts.lengthInFrames = thumbnail.numFrames();
        facts.problem = check ? check->complaint (name) : std::string();
        facts.hasThumbnail = facts.problem.empty();

        if (facts.hasThumbnail)
            facts.thumbnail = thumbnail.bars();

        return facts;
    }

private:
    CatalogueFacts facts;
    Thumbnail thumbnail;
    std::optional<KernelCheck> check;
};

void readNumberFacts (RegularFile& file, const std::string& name, FactsReading& reading)
{
    const bool mayProse = mayBeProse (name);

    if (file.status().size > mostTextBytes) // too large to be read here, though it may be a kernel
    {
        reading.isProse = mayProse;
        return;
    }

    std::string text (static_cast<size_t> (file.status().size), ' ');
    file.setPosition (0);
    text.resize (static_cast<size_t> (file.read (text.data(), static_cast<int> (text.size()))));
    const auto numbers = parseNumbers (text);

    if (! numbers)
    {
        reading.isProse = mayProse && isProse (text);
        reading.facts.problem = "'" + name + "' could not be read: " + numbers.error() + ".";
        return;
    }

    const auto sound = toSound (*numbers);
    Gathering gathering;
    gathering.add (sound.sampleRate, sound.channels);
    reading.facts = gathering.result (name);
}

void readHeader (RegularFile& file, const std::string& name, FactsReading& reading)
{
    const auto header = headerOf (file, name, longestKernelInFrames);

    if (! header)
    {
        reading.facts.problem = header.error();
        return;
    }

    reading.facts.lengthInFrames = header->numFrames;
    reading.facts.sampleRate = header->sampleRate;
    reading.facts.numChannels = header->numChannels;
}

void readAll (RegularFile& file, const std::string& name, const std::function<bool()>& isWanted, FactsReading& reading)
{
    Gathering gathering;
    const auto problem = decodeInPieces (file, name, longestKernelInFrames,
                                         [&] (const SoundHeader& header, std::span<const std::vector<float>> frames)
                                         {
                                             gathering.add (header.sampleRate, frames);
                                             return isWanted();
                                         });

    if (problem.empty())
        reading.facts = gathering.result (name);
    else
        reading.facts.problem = problem;
}

} // namespace

bool isKernelName (const std::string& fileName)
{
    // Names that begin with a point are hidden, such as the resource forks that macOS writes to foreign disks.
    if (fileName.starts_with ('.'))
        return false;

    const auto sounds = soundFileExtensions();
    return isNumberFileExtension (extensionOf (fileName))
           || std::find (sounds.begin(), sounds.end(), extensionOf (fileName)) != sounds.end();
}

bool mayBeProse (const std::string& fileName) { return extensionOf (fileName) == "txt"; }

bool hasQuickHeader (const std::string& fileName) { return hasLengthInHeader (extensionOf (fileName)); }

FactsReading readFacts (const std::string& path, bool headerOnly, const std::function<bool()>& isWanted)
{
    const auto name = lastPartOf (path);
    RegularFile file (path, isWanted);
    FactsReading reading;
    reading.status = file.status();

    if (! file.isOpen())
    {
        reading.end = FactsReading::End::closed;
        reading.facts.problem = "'" + name + "' could not be opened. Check that it is there and that you may read it.";
        return reading;
    }

    if (holdsNumbers (file, name))
        readNumberFacts (file, name, reading);
    else if (headerOnly)
        readHeader (file, name, reading);
    else
        readAll (file, name, isWanted, reading);

    // The sentence of a read that was cancelled or disturbed says nothing about the file.
    if (! isWanted())
        reading.end = FactsReading::End::notWanted;
    else if (file.hasChanged())
        reading.end = FactsReading::End::changed;

    return reading;
}

} // namespace faltwerk
