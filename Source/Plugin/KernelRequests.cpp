#include "Plugin/KernelRequests.h"

#include "Kernel/KernelFile.h"
#include "Kernel/KernelPair.h"

#include <utility>

namespace faltwerk
{

namespace
{

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
    auto kernel = readOrigin (origin);

    if (! kernel)
        return Outcome<Document>::failure (kernel.error());

    return makeDocument (std::move (*kernel), origin);
}

} // namespace

Document kernelOfFile (const KernelOrigin& origin)
{
    const auto pair = origin.isPair ? findKernelPair (origin.path) : std::nullopt;
    return named (origin, pair ? pair->name : nameOfFile (origin.path));
}

Document kernelNamed (const std::string& name) { return named ({}, name); }

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

KernelLoader::Request requestForKernel (std::function<Outcome<Kernel>()> make)
{
    return [make = std::move (make)]
    {
        auto kernel = make();
        KernelOrigin origin;
        origin.isOnlyInSessions = true;
        return resultOf (kernel ? Outcome<Document> (makeDocument (std::move (*kernel), origin))
                                : Outcome<Document>::failure (kernel.error()));
    };
}

KernelLoader::Request requestForFactoryKernel (const std::string& name)
{
    return [name] { return resultOf (makeFactoryDocument (name)); };
}

} // namespace faltwerk
