#include "Plugin/KernelDocument.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/KernelFile.h"
#include "Kernel/KernelPair.h"

#include <algorithm>
#include <mutex>

namespace faltwerk
{

namespace
{

/** The documents in use in this process. */
class Known
{
public:
    template <typename IsWanted>
    std::shared_ptr<const KernelDocument> find (IsWanted&& isWanted)
    {
        const std::lock_guard guard (lock);
        std::erase_if (documents, [] (const auto& document) { return document.expired(); });

        for (const auto& each : documents)
            if (auto document = each.lock(); document != nullptr && isWanted (*document))
                return document;

        return nullptr;
    }

    void add (const std::shared_ptr<const KernelDocument>& document)
    {
        const std::lock_guard guard (lock);
        documents.push_back (document);
    }

private:
    std::mutex lock;
    std::vector<std::weak_ptr<const KernelDocument>> documents;
};

Known& known()
{
    static Known documents;
    return documents;
}

} // namespace

Outcome<Kernel> readOrigin (const KernelOrigin& origin)
{
    constexpr double rateOfBareNumbers = 48000.0; // Hz
    const auto pair = origin.isPair ? findKernelPair (origin.path) : std::nullopt;
    auto kernel = pair ? readKernelPair (*pair) : readKernel (origin.path, origin.layout, origin.numMatrixInputs);

    if (kernel && kernel->sampleRate == 0.0)
        kernel->sampleRate = rateOfBareNumbers;

    return kernel;
}

std::shared_ptr<const KernelDocument> makeDocument (Kernel kernel, KernelOrigin origin)
{
    const auto hash = contentHash (kernel);

    if (auto found = known().find (
            [&] (const KernelDocument& each)
            { return each.hash == hash && each.name == kernel.name && each == origin && *each.kernel == kernel; }))
        return found;

    auto document = std::make_shared<KernelDocument>();
    static_cast<KernelOrigin&> (*document) = std::move (origin);
    document->hash = hash;
    document->encoded = encodeKernel (kernel);
    document->name = kernel.name;
    document->sampleRate = kernel.sampleRate;
    document->routing = kernel.routing;
    document->numRoutedMatrixInputs = kernel.numMatrixInputs;
    document->kernel = std::make_shared<const Kernel> (std::move (kernel));

    known().add (document);
    return document;
}

Outcome<std::shared_ptr<const KernelDocument>> makeFactoryDocument (const std::string& name)
{
    using Result = Outcome<std::shared_ptr<const KernelDocument>>;

    if (auto found = known().find ([&] (const KernelDocument& each) { return each.factoryName == name; }))
        return found;

    auto kernel = makeFactoryKernel (std::string_view (name));

    if (! kernel)
        return Result::failure (kernel.error());

    KernelOrigin origin;
    origin.factoryName = kernel->name;
    return makeDocument (std::move (*kernel), std::move (origin));
}

} // namespace faltwerk
