#include "Catalogue/Files/AtomicFile.h"

#include "Catalogue/Files/RegularFile.h"

namespace faltwerk
{

std::string readWhole (const juce::File& where, size_t mostBytes)
{
    RegularFile file (where.getFullPathName().toStdString());

    if (! file.isOpen() || file.status().size > mostBytes)
        return {};

    std::string bytes (static_cast<size_t> (file.status().size), '\0');
    const bool isWhole = file.read (bytes.data(), static_cast<int> (bytes.size())) == static_cast<int> (bytes.size());
    return isWhole ? bytes : std::string();
}

bool replaceFile (const juce::File& file, std::string_view bytes, Durability durability)
{
    if (file.getParentDirectory().createDirectory().failed())
        return false;

    const juce::TemporaryFile temporary (file);

    {
        juce::FileOutputStream stream (temporary.getFile());

        if (! stream.openedOk() || ! stream.write (bytes.data(), bytes.size()))
            return false;

        if (durability == Durability::onDisk)
            stream.flush();

        if (stream.getStatus().failed())
            return false;
    }

    // An error while writing shows only in the size.
    return temporary.getFile().getSize() == static_cast<juce::int64> (bytes.size())
           && temporary.overwriteTargetFileWithTemporary();
}

} // namespace faltwerk
