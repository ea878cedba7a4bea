#pragma once

#include "Plugin/Loading/EditedKernel.h"

#include <cstdint>
#include <string>

namespace faltwerk
{

/** What a loader shows to the user: the kernel that was loaded last, and the last message. */
struct LoaderStatus
{
    LoadedKernelPointer source; // null: no kernel
    EditedKernelPointer edited; // the kernel that sounds, or null
    std::string message;        // last failure or remark; may be empty
    bool isFailure = false;     // the message tells of a failure
    bool offersRelink = false;  // the message asks for another file
    std::string file;           // path of the file that the message is about; may be empty
    uint64_t version = 0;       // increases with every change
};

} // namespace faltwerk
