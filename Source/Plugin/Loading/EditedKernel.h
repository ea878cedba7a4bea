#pragma once

#include "Kernel/Edits/Edits.h"
#include "Kernel/Overview.h"
#include "Plugin/Loading/LoadedKernel.h"

#include <memory>
#include <mutex>
#include <vector>

namespace faltwerk
{

/** An edited kernel, with overviews for drawing. Immutable, shared by instances with equal edits of a kernel. */
class EditedKernel
{
public:
    EditedKernel (std::shared_ptr<const Kernel>, const Edits&, double normalisingGain = 1.0);

    const Edits edits;
    const std::shared_ptr<const Kernel> kernel; // at its own rate
    const double normalisingGain;               // gain of the normalisation, linear

    /** Returns overviews of each path, which the first call computes. [not audio] */
    const std::vector<Overview>& overviews() const;

private:
    mutable std::once_flag once;
    mutable std::vector<Overview> computed;
};

/** Points to an edited kernel that instances share; null: none. */
using EditedKernelPointer = std::shared_ptr<const EditedKernel>;

/** Edits a kernel, which must have its audio; returns a result in use if there is an equal one. The error is a
    sentence for the user. [loader] */
Outcome<EditedKernelPointer> editedKernel (const LoadedKernel&, const Edits&);

} // namespace faltwerk
