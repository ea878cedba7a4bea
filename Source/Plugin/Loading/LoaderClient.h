#pragma once

#include "Kernel/Edits/Edits.h"
#include "Plugin/Loading/LoadedKernel.h"

#include <array>
#include <cstdint>

namespace faltwerk
{

/** Everything that a loader asks and tells its owner. The calls go down only: the owner calls the loader's methods; the
    loader calls these, and holds none of its locks in those for the loader's threads. */
class LoaderClient
{
public:
    /** What edits depend on, in a form that is quick to compare: values of controls, and a version of the rest. */
    struct Wanted
    {
        std::array<float, 8> controls {};
        uint64_t version = 0;

        bool operator== (const Wanted&) const = default;
    };

    virtual ~LoaderClient() = default;

    /** Returns what edits currently depend on. Wait-free. [any] */
    virtual Wanted wanted() const noexcept = 0;

    /** Returns the edits for the kernel of a request, or for the loaded kernel if the number is 0. [loader] */
    virtual Edits editsFor (uint64_t request) const = 0;

    /** Called when a request has succeeded, with a kernel that may be null, or failed. [loader] */
    virtual void succeeded (uint64_t request, LoadedKernelPointer) = 0;
    virtual void failed (uint64_t request) = 0;
};

} // namespace faltwerk
