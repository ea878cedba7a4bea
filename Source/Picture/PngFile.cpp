#include "Picture/PngFile.h"

namespace faltwerk
{

std::string writePng (const juce::Image& image, const std::string& path)
{
    const auto file = juce::File::getCurrentWorkingDirectory().getChildFile (juce::String::fromUTF8 (path.c_str()));
    const auto failure =
        "'" + path + "' could not be written. Check the folder, the space on the disk and your rights there.";

    if (file.isDirectory() || ! file.getParentDirectory().isDirectory())
        return failure;

    // Written beside its place first, so that a failure leaves nothing behind.
    const juce::TemporaryFile temporary (file);

    {
        juce::FileOutputStream stream (temporary.getFile());

        if (! stream.openedOk() || ! juce::PNGImageFormat().writeImageToStream (image, stream))
            return failure;

        stream.flush();

        if (stream.getStatus().failed())
            return failure;
    }

    return temporary.overwriteTargetFileWithTemporary() ? std::string() : failure;
}

} // namespace faltwerk
