#pragma once

#include "Kernel/Kernel.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace faltwerk
{

/** A kernel that no file holds and that is still to be made: how to make it, and the result once it is there.

    Whatever stands for the kernel until then (a step of undo, the other slot, a new name) shares this, so that the
    kernel can still be had when the request for it was overtaken. */
class KernelMaker
{
public:
    using Make = std::function<Outcome<Kernel>()>;

    explicit KernelMaker (Make);
    explicit KernelMaker (Kernel); // that is there already

    /** Makes the kernel at the first call, which later ones wait for; throws what making it throws. [loader] */
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
