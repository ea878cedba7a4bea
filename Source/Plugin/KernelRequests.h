#pragma once

#include "Plugin/KernelLoader.h"

#include <juce_core/juce_core.h>

#include <memory>
#include <string>

namespace faltwerk
{

/** Documents of kernels on their way: where each comes from, and its name. [not audio] */
std::shared_ptr<const KernelDocument> kernelOfFile (const KernelOrigin&);
std::shared_ptr<const KernelDocument> factoryKernelNamed (const std::string& name);
std::shared_ptr<const KernelDocument> kernelOfRecipe (const std::string& name, const KernelRecipe&);
std::shared_ptr<const KernelDocument> kernelOfSource (const std::string& name, std::shared_ptr<KernelSource>);

/** Returns the document of a new instance's kernel. [not audio] */
std::shared_ptr<const KernelDocument> defaultFactoryKernel();

/** What a kernel that cannot be had means. */
enum class IfMissing
{
    fails, // the request fails, and what was before stays
    isKept // the document is kept as missing, so that saving it again loses nothing, and the input passes
};

/** Returns what it means that a kernel cannot be had which is not asked for the first time: it fails if it names what
    comes back then, and is kept otherwise. [not audio] */
IfMissing ifNotHad (const std::shared_ptr<const KernelDocument>&);

/** Returns the request that gets a document's kernel, by the quickest way there is: it is there; an instance in this
    process has it; its source or recipe makes it; the session's copy; its file, where it was or below a kernel folder.
    Searches no folders (see KernelFinder). A document that lacks nothing is given back. [not audio]
    @param folders  the user's kernel folders, absolute */
KernelLoader::Request requestFor (std::shared_ptr<const KernelDocument> wanted,
                                  juce::StringArray folders,
                                  IfMissing ifMissing = IfMissing::fails);

/** Returns the name by which messages call a kernel: its file's, or its own. [not audio] */
std::string nameInMessages (const KernelDocument&);

} // namespace faltwerk
