#include "Plugin/FileStamp.h"

#include "Plugin/Utf8.h"

namespace faltwerk
{

FileStamp FileStamp::of (const std::string& path)
{
    const auto name = toString (path);

    if (! juce::File::isAbsolutePath (name))
        return {};

    const juce::File file (name);
    return file.existsAsFile() ? FileStamp { file.getSize(), file.getLastModificationTime().toMilliseconds() }
                               : FileStamp();
}

} // namespace faltwerk
