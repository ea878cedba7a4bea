#pragma once

#include "Kernel/Kernel.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace faltwerk
{

/** Makes a kernel that no file holds, once, and keeps the result.

    Undo steps, the other slot and renamed kernels share the maker, so that the kernel can still be made after the
    request for it was overtaken. */
class KernelMaker
{
public:
    using Make = std::function<Outcome<Kernel>()>;

    explicit KernelMaker (Make);
    explicit KernelMaker (Kernel); // made already

    /** Makes the kernel at the first call; concurrent calls wait for it. Throws what the function throws. [loader] */
    Outcome<std::shared_ptr<const Kernel>> get();

    /** Returns the kernel, or null while it has not been made. Never waits for it. [not audio] */
    std::shared_ptr<const Kernel> known() const;

private:
    std::mutex making; // held while the kernel is made
    const Make make;

    mutable std::mutex lock; // guards what follows; held briefly
    std::shared_ptr<const Kernel> kernel;
    std::optional<std::string> failure;
};

} // namespace faltwerk
