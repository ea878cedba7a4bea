#include "Plugin/Loading/KernelMaker.h"

#include <utility>

namespace faltwerk
{

KernelMaker::KernelMaker (Make how)
    : make (std::move (how))
{
}

KernelMaker::KernelMaker (Kernel made)
    : kernel (std::make_shared<const Kernel> (std::move (made)))
{
}

Outcome<std::shared_ptr<const Kernel>> KernelMaker::get()
{
    using Result = Outcome<std::shared_ptr<const Kernel>>;
    const std::lock_guard onlyOne (making);

    {
        const std::lock_guard guard (lock);

        if (kernel != nullptr)
            return kernel;

        if (failure)
            return Result::failure (*failure);
    }

    auto made = make();
    const std::lock_guard guard (lock);

    if (! made)
        return Result::failure (failure.emplace (made.error()));

    kernel = std::make_shared<const Kernel> (std::move (*made));
    return kernel;
}

std::shared_ptr<const Kernel> KernelMaker::known() const
{
    const std::lock_guard guard (lock);
    return kernel;
}

} // namespace faltwerk
