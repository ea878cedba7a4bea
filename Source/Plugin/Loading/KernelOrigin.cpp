#include "Plugin/Loading/KernelOrigin.h"

#include "Kernel/Reading/KernelFile.h"
#include "Plugin/Utf8.h"

#include <utility>

namespace faltwerk
{

KernelOrigin originOfFile (const std::string& path, const ChannelChoice& channels)
{
    if (const auto parts = findKernelParts (path); parts && parts->files.size() == 4)
        return originOfParts (*parts);

    KernelOrigin origin;
    origin.path = path;
    origin.channels = channels;
    return origin;
}

KernelOrigin originOfParts (const KernelParts& parts)
{
    KernelOrigin origin;
    origin.path = parts.files.front();
    origin.hasParts = parts.areNamedAlike;

    if (! parts.areNamedAlike)
        origin.otherFiles.assign (parts.files.begin() + 1, parts.files.end());

    return origin;
}

std::optional<KernelParts> partsOf (const KernelOrigin& origin)
{
    if (origin.otherFiles.empty())
        return origin.hasParts ? findKernelParts (origin.path) : std::nullopt;

    std::vector<std::string> files { origin.path };
    files.insert (files.end(), origin.otherFiles.begin(), origin.otherFiles.end());
    return partsOfFiles (std::move (files));
}

KernelOrigin movedTo (KernelOrigin origin, const std::string& path)
{
    const auto folder = juce::File (toString (path)).getParentDirectory();

    if (path != origin.path)
        for (auto& other : origin.otherFiles)
            other = folder.getChildFile (juce::File (toString (other)).getFileName()).getFullPathName().toStdString();

    origin.path = path;
    return origin;
}

FileStamp stampOf (const KernelOrigin& origin)
{
    if (! origin.isSeveralFiles())
        return FileStamp::of (origin.path);

    const auto parts = partsOf (origin);
    return parts ? FileStamp::of (parts->files) : FileStamp();
}

Outcome<Kernel> readOrigin (const KernelOrigin& origin)
{
    constexpr double rateOfBareNumbers = 48000.0; // Hz
    const auto parts = partsOf (origin);
    auto kernel = parts ? readKernelParts (*parts, origin.channels) : readKernel (origin.path, origin.channels);

    if (kernel && kernel->sampleRate == 0.0)
        kernel->sampleRate = rateOfBareNumbers;

    return kernel;
}

} // namespace faltwerk
