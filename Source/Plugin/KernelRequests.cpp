#include "Plugin/KernelRequests.h"

#include "Kernel/KernelFile.h"

#include <utility>

namespace faltwerk
{

namespace
{

constexpr double rateOfBareNumbers = 48000.0; // Hz

using Document = std::shared_ptr<const KernelDocument>;

Document named (const KernelOrigin& origin, std::string name)
{
    auto kernel = std::make_shared<KernelDocument>();
    static_cast<KernelOrigin&> (*kernel) = origin;
    kernel->name = std::move (name);
    return kernel;
}

KernelLoader::Result resultOf (const Outcome<Document>& document)
{
    KernelLoader::Result result;
    result.succeeded = static_cast<bool> (document);
    result.message = document.error();

    if (document)
        result.document = *document;

    return result;
}

Outcome<Document> readFile (const KernelOrigin& origin)
{
    auto kernel = readKernel (origin.path, origin.layout, origin.numMatrixInputs);

    if (! kernel)
        return Outcome<Document>::failure (kernel.error());

    if (kernel->sampleRate == 0.0)
        kernel->sampleRate = rateOfBareNumbers;

    return makeDocument (std::move (*kernel), origin);
}

} // namespace

Document kernelOfFile (const KernelOrigin& origin) { return named (origin, nameOfFile (origin.path)); }

Document factoryKernelNamed (const std::string& name)
{
    KernelOrigin origin;
    origin.factoryName = name;
    return named (origin, name);
}

Document defaultFactoryKernel() { return factoryKernelNamed ("Concert Hall"); }

KernelLoader::Request requestForFile (const KernelOrigin& origin)
{
    return [origin]
    {
        auto result = resultOf (readFile (origin));
        result.file = origin.path;
        return result;
    };
}

KernelLoader::Request requestForFactoryKernel (const std::string& name)
{
    return [name] { return resultOf (makeFactoryDocument (name)); };
}

} // namespace faltwerk
