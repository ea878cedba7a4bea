#pragma once

#include "Plugin/Loading/LoadedKernel.h"

#include <functional>
#include <string>

namespace faltwerk
{

/** The result of a request for a kernel. A failure leaves the current kernel in place. So does a kernel without audio,
    unless it is kept: then the input passes. */
struct LoadResult
{
    bool succeeded = false, isKept = false;
    LoadedKernelPointer source; // its audio may be missing; null: no kernel
    std::string message;        // a sentence for the user, which may also accompany a success
    bool offersRelink = false;  // the kernel's file was not found where the session names it
    std::string file;           // path of the file that was read; may be empty
    bool isGivenUp = false;     // the request was cancelled; nothing changes
};

/** Loads a kernel. Called once, on a thread of the loader's pool; may throw std::bad_alloc. */
using LoadRequest = std::function<LoadResult()>;

} // namespace faltwerk
