#pragma once

#include "Plugin/Loading/KernelLoader.h"

#include <juce_core/juce_core.h>

#include <memory>
#include <string>

namespace faltwerk
{

/** Return documents of kernels that are still to be loaded: their origin and name. [not audio] */
std::shared_ptr<const LoadedKernel> kernelOfFile (const KernelOrigin&);
std::shared_ptr<const LoadedKernel> factoryKernelNamed (const std::string& name);
std::shared_ptr<const LoadedKernel> kernelOfRecipe (const std::string& name, const KernelRecipe&);
std::shared_ptr<const LoadedKernel> kernelOfSource (const std::string& name, std::shared_ptr<KernelSource>);

/** Returns the document of a new instance's kernel. [not audio] */
std::shared_ptr<const LoadedKernel> defaultFactoryKernel();

/** What a request does if its kernel cannot be loaded. */
enum class IfMissing
{
    fails, // the request fails, and the current kernel stays
    isKept // the document is kept as missing, so that saving it again loses nothing; the input passes
};

/** Returns what a repeated request for a document does if its kernel cannot be loaded: it fails if the document has a
    fallback, and is kept otherwise. [not audio] */
IfMissing ifNotHad (const std::shared_ptr<const LoadedKernel>&);

/** Returns the request that loads a document's kernel in the quickest way: from the document itself, from another
    instance in this process, by its source or recipe, from the session's copy, or from its file, at its path or below a
    kernel folder. Does not search folders (see KernelFinder). [not audio]
    @param folders  the user's kernel folders, absolute */
KernelLoader::Request requestFor (std::shared_ptr<const LoadedKernel> wanted,
                                  juce::StringArray folders,
                                  IfMissing ifMissing = IfMissing::fails);

/** Returns the name of a kernel in messages: that of its file, or its own. [not audio] */
std::string nameInMessages (const LoadedKernel&);

} // namespace faltwerk
