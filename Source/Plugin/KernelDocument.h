#pragma once

#include "Kernel/Edits.h"
#include "Kernel/Generators/KernelRecipe.h"
#include "Kernel/Kernel.h"
#include "Kernel/KernelParts.h"
#include "Kernel/Overview.h"
#include "Plugin/FileStamp.h"
#include "Plugin/KernelSource.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** Where a kernel came from: a file, a generator's recipe, or neither. */
struct KernelOrigin
{
    std::string path;                    // of a file; UTF-8
    std::string relativePath;            // the same below one of the kernel folders; empty if the file is in none
    std::string factoryName;             // of a kernel of the bank; only what the bank has made goes by such a name
    std::optional<KernelRecipe> recipe;  // of a generated kernel, the bank's included: needs no copy
    ChannelChoice channels;              // how the file is read
    bool hasParts = false;               // the file is one of several that are named alike (see findKernelParts)
    std::vector<std::string> otherFiles; // paths of other parts, whatever their names; the file is the first part
    std::string remark;                  // on how the file was read (see Sound); mostly empty
    FileStamp stamp;                     // of the file, when it was found to hold the kernel
    bool isOnlyInSessions = false; // no file is known to hold it: a session keeps its copy whatever the settings say

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

/** A kernel with all that a session keeps of it: where it came from, its content hash, and a lossless copy. Immutable,
    shared as std::shared_ptr<const KernelDocument>.

    The kernel is *missing* (null) while what a session names has not been found; the rest is then kept, so that saving
    the session again loses nothing. It is *on its way* while it has never been there: it has no hash then, and names
    what the document was before, which comes back if the kernel fails. */
struct KernelDocument : KernelOrigin
{
    std::shared_ptr<const Kernel> kernel; // at its own rate; null if missing or on its way
    std::string name, hash;
    double sampleRate = 0.0;          // Hz
    Routing routing = Routing::mono;  // which the copy does not tell
    size_t numRoutedMatrixInputs = 0; // of a matrix
    KernelCopy encoded;               // none for a recipe's kernel

    std::shared_ptr<KernelSource> source;        // of a made kernel on its way
    std::shared_ptr<const KernelEntry> fallback; // of a kernel on its way; null: there was nothing before

    bool isOnItsWay() const noexcept { return kernel == nullptr && hash.empty(); }
};

/** Returns all files that an origin names, if there are several; looks for those that are found by name. [not audio] */
std::optional<KernelParts> partsOf (const KernelOrigin&);

/** Returns an origin whose file is another one; other parts are taken to be beside it. [any, not audio] */
KernelOrigin movedTo (KernelOrigin, const std::string& path);

/** Returns the stamp of the file, or of all files, that an origin names. [not audio] */
FileStamp stampOf (const KernelOrigin&);

/** Reads the file, or the files, that an origin names; bare numbers are taken as samples at 48 kHz.
    [not audio] */
Outcome<Kernel> readOrigin (const KernelOrigin&);

/** Returns a document for a kernel, named like it: one in use anywhere in this process if there is an equal one. Else
    hashes the kernel and, without a recipe, encodes a copy, unless one of equal content is in use. [not audio] */
std::shared_ptr<const KernelDocument> makeDocument (std::shared_ptr<const Kernel>, KernelOrigin origin);
std::shared_ptr<const KernelDocument> makeDocument (Kernel kernel, KernelOrigin origin);

/** Returns what a document lacks if any instance in this process has the audio of its hash, under its own name and
    origin; null if none has. Decodes nothing. [not audio] */
std::shared_ptr<const KernelDocument> knownDocument (const KernelDocument& wanted);

/** Decodes the copy of a document that lacks its audio; null without a copy, or if its hash is another. Several
    threads that want the same one decode it once. [not audio] */
std::shared_ptr<const KernelDocument> decodedDocument (const KernelDocument& wanted);

/** Returns a copy for a session's bytes: one in use with the same bytes if there is one. [not audio] */
KernelCopy sharedCopy (const std::string& hash, std::span<const std::byte> bytes);

/** Makes the kernel of a recipe, or returns the one in use with it under that name. Fails as make() does. [loader] */
Outcome<std::shared_ptr<const KernelDocument>> makeRecipeDocument (const KernelOrigin&, const std::string& name);

/** A kernel as edited, and what of it is drawn. Immutable, shared by all instances that edit a kernel alike. */
class EditedKernel
{
public:
    EditedKernel (std::shared_ptr<const Kernel>, const Edits&, double normalisingGain = 1.0);

    const Edits edits;
    const std::shared_ptr<const Kernel> kernel; // at its own rate
    const double normalisingGain;               // made its level alike to that of others, linear

    /** Overviews of each path, computed at the first call. [not audio] */
    const std::vector<Overview>& overviews() const;

private:
    mutable std::once_flag once;
    mutable std::vector<Overview> computed;
};

/** Edits a document's kernel, which is there, or returns the result in use. The error is for the user. [loader] */
Outcome<std::shared_ptr<const EditedKernel>> editedKernel (const KernelDocument&, const Edits&);

} // namespace faltwerk
