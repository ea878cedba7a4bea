#include "Plugin/KernelDocument.h"

#include "Kernel/KernelFile.h"

namespace faltwerk
{

std::shared_ptr<const KernelDocument> makeDocument (Kernel kernel, std::string path)
{
    auto document = std::make_shared<KernelDocument>();
    document->hash = contentHash (kernel);
    document->encoded = encodeKernel (kernel);
    document->name = kernel.name;
    document->path = std::move (path);
    document->sampleRate = kernel.sampleRate;
    document->kernel = std::make_shared<const Kernel> (std::move (kernel));

    for (const auto& samples : document->kernel->paths)
        document->overviews.emplace_back (samples);

    return document;
}

} // namespace faltwerk
