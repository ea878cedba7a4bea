#include "Plugin/Loading/EditedKernel.h"

#include "Plugin/Loading/SharedBuilds.h"

#include <utility>

namespace faltwerk
{

EditedKernel::EditedKernel (std::shared_ptr<const Kernel> result, const Edits& appliedEdits, double gain)
    : edits (appliedEdits)
    , kernel (std::move (result))
    , normalisingGain (gain)
{
}

const std::vector<Overview>& EditedKernel::overviews() const
{
    std::call_once (once,
                    [this]
                    {
                        for (const auto& path : kernel->paths)
                            computed.emplace_back (path);
                    });
    return computed;
}

Outcome<EditedKernelPointer> editedKernel (const LoadedKernel& source, const Edits& edits)
{
    /** Identifies an edited kernel: content, routing and edits. */
    struct Key
    {
        std::string hash;
        Routing routing;
        size_t numMatrixInputs;
        Edits edits;

        bool operator== (const Key&) const = default;
    };

    static SharedBuilds<Key, EditedKernel> built;
    std::string problem;
    const auto build = [&]() -> EditedKernelPointer
    {
        if (edits == Edits())
            return std::make_shared<const EditedKernel> (source.kernel, edits);

        auto result = edited (*source.kernel, edits);
        problem = result.error();

        if (! result)
            return nullptr;

        return std::make_shared<const EditedKernel> (std::make_shared<const Kernel> (std::move (result->kernel)), edits,
                                                     result->normalisingGain);
    };

    auto result = built.get ({ source.hash, source.routing, source.numRoutedMatrixInputs, edits }, build);
    return result != nullptr ? Outcome<EditedKernelPointer> (std::move (result))
                             : Outcome<EditedKernelPointer>::failure (problem);
}

} // namespace faltwerk
