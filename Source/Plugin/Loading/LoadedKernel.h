#pragma once

#include "Kernel/Edits/Edits.h"
#include "Kernel/Generators/KernelRecipe.h"
#include "Kernel/Kernel.h"
#include "Kernel/Overview.h"
#include "Kernel/Reading/KernelParts.h"
#include "Plugin/Loading/KernelSource.h"
#include "Plugin/Threads/FileStamp.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** The origin of a kernel: a file, a generator's recipe, or neither. */
struct KernelOrigin
{
    std::string path;                    // of a file; UTF-8
    std::string relativePath;            // path below a kernel folder; empty if the file is in none
    std::string factoryName;             // of a factory kernel, and of no other
    std::optional<KernelRecipe> recipe;  // of a generated kernel, factory kernels included; it needs no copy
    ChannelChoice channels;              // how the file is read
    bool hasParts = false;               // the file is one of several that are named alike (see findKernelParts)
    std::vector<std::string> otherFiles; // paths of other parts, whatever their names; the file is the first part
    std::string remark;                  // on how the file was read (see Sound); mostly empty
    FileStamp stamp;                     // of the file, when it was found to hold the kernel
    bool isOnlyInSessions = false;       // no file is known to hold it: sessions keep a copy whatever the settings say

    bool operator== (const KernelOrigin&) const = default;
};

/** The bytes of a kernel's lossless copy (see encodeKernel), immutable and shared. */
class KernelCopy
{
public:
    KernelCopy() = default;
    explicit KernelCopy (std::vector<std::byte>);

    std::span<const std::byte> bytes() const noexcept;
    size_t size() const noexcept { return bytes().size(); }
    bool empty() const noexcept { return bytes().empty(); }
    bool operator== (const KernelCopy&) const noexcept;

private:
    std::shared_ptr<const std::vector<std::byte>> content; // null: none
};

struct KernelEntry;

/** A kernel with everything that a session keeps of it: origin, content hash, and a lossless copy. Immutable, shared as
    std::shared_ptr<const LoadedKernel>.

    The kernel is *missing* (null) while the kernel that a session names has not been found; the rest is kept, so that
    saving the session again loses nothing. The kernel is *on its way* from its request until it is loaded for the first
    time: it then has no hash, and names the kernel that is restored if it fails. */
struct LoadedKernel : KernelOrigin
{
    std::shared_ptr<const Kernel> kernel; // at its own rate; null if missing or on its way
    std::string name, hash;
    double sampleRate = 0.0;          // Hz
    Routing routing = Routing::mono;  // the copy does not contain it
    size_t numRoutedMatrixInputs = 0; // of a matrix
    KernelCopy encoded;               // empty for a generated kernel

    std::shared_ptr<KernelSource> source;        // of a made kernel on its way
    std::shared_ptr<const KernelEntry> fallback; // of a kernel on its way; null: there was none before

    bool isOnItsWay() const noexcept { return kernel == nullptr && hash.empty(); }
};

/** Returns all files that an origin names if there are several; finds parts by their names. [not audio] */
std::optional<KernelParts> partsOf (const KernelOrigin&);

/** Returns an origin with another path; its other parts are assumed to be beside the file. [not audio] */
KernelOrigin movedTo (KernelOrigin, const std::string& path);

/** Returns the stamp of the file, or of all files, that an origin names. [not audio] */
FileStamp stampOf (const KernelOrigin&);

/** Reads the file or files of an origin; numbers without a rate are taken as samples at 48 kHz. [not audio] */
Outcome<Kernel> readOrigin (const KernelOrigin&);

/** Return the document of a kernel: an equal one that is in use in this process, or a new one. Hash the kernel and,
    without a recipe, encode a copy unless one of equal content is in use. [not audio] */
std::shared_ptr<const LoadedKernel> makeLoadedKernel (std::shared_ptr<const Kernel>, KernelOrigin origin);
std::shared_ptr<const LoadedKernel> makeLoadedKernel (Kernel kernel, KernelOrigin origin);

/** Returns the document with its audio if an instance in this process has the audio of its hash; else null. Decodes
    nothing. [not audio] */
std::shared_ptr<const LoadedKernel> knownKernel (const LoadedKernel& wanted);

/** Returns the document with audio decoded from its copy; null without a copy, or if the hash differs. Threads that
    call it for one document at the same time decode it once. [not audio] */
std::shared_ptr<const LoadedKernel> decodedKernel (const LoadedKernel& wanted);

/** Returns a copy with these bytes, shared with an equal one that is in use. [not audio] */
KernelCopy sharedCopy (const std::string& hash, std::span<const std::byte> bytes);

/** Returns the document of a recipe's kernel: one in use with that name, or a newly generated one. Fails as make()
    does. [loader] */
Outcome<std::shared_ptr<const LoadedKernel>> makeKernelOfRecipe (const KernelOrigin&, const std::string& name);

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

/** Edits the kernel of a document, which must have its audio; returns a result in use if there is an equal one. The
    error is a sentence for the user. [loader] */
Outcome<std::shared_ptr<const EditedKernel>> editedKernel (const LoadedKernel&, const Edits&);

} // namespace faltwerk
