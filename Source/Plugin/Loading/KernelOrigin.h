#pragma once

#include "Kernel/Generators/KernelRecipe.h"
#include "Kernel/Kernel.h"
#include "Kernel/Reading/KernelParts.h"
#include "Plugin/Threads/FileStamp.h"

#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** The origin of a kernel: a file, several files, a generator's recipe, or none of them. */
struct KernelOrigin
{
    std::string path;                    // of a file; UTF-8
    std::string relativePath;            // path below a kernel folder; empty if the file is in none
    std::string factoryName;             // of a factory kernel; empty for any other
    std::optional<KernelRecipe> recipe;  // of a generated kernel, factory kernels included; it needs no copy
    ChannelChoice channels;              // how the file is read
    bool hasParts = false;               // the file is one of several that are named alike (see findKernelParts)
    std::vector<std::string> otherFiles; // paths of other parts, whatever their names; the file is the first part
    std::string remark;                  // on how the file was read (see Sound); mostly empty
    FileStamp stamp;                     // of the file, when it was found to hold the kernel
    bool isOnlyInSessions = false;       // no file is known to hold it: sessions keep a copy whatever the settings say

    /** Returns true if the kernel consists of several files. [any] */
    bool isSeveralFiles() const noexcept { return hasParts || ! otherFiles.empty(); }

    bool operator== (const KernelOrigin&) const = default;
};

/** Returns the origin of a file. Four files named alike (LL LR RL RR) are one kernel, and any of them stands for all;
    one file of a pair stands for itself. [not audio] */
KernelOrigin originOfFile (const std::string& path, const ChannelChoice&);

/** Returns the origin of files that are one kernel. [any] */
KernelOrigin originOfParts (const KernelParts&);

/** Returns all files of an origin if there are several, or nothing. Finds those that are named alike. [not audio] */
std::optional<KernelParts> partsOf (const KernelOrigin&);

/** Returns an origin with another path; its other parts are assumed to be beside the file. [not audio] */
KernelOrigin movedTo (KernelOrigin, const std::string& path);

/** Returns the stamp of the file, or of all files, of an origin. [not audio] */
FileStamp stampOf (const KernelOrigin&);

/** Reads the file or files of an origin; numbers without a rate are taken as samples at 48 kHz. [not audio] */
Outcome<Kernel> readOrigin (const KernelOrigin&);

} // namespace faltwerk
