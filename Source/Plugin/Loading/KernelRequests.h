#pragma once

#include "Plugin/Loading/LoadResult.h"

#include <juce_core/juce_core.h>

#include <memory>
#include <string>

namespace faltwerk
{

/** Return documents of kernels that are still to be loaded: their origin and name. [not audio] */
LoadedKernelPointer kernelOfFile (const KernelOrigin&);
LoadedKernelPointer factoryKernelNamed (const std::string& name);
LoadedKernelPointer kernelOfRecipe (const std::string& name, const KernelRecipe&);
LoadedKernelPointer kernelOfMaker (const std::string& name, std::shared_ptr<KernelMaker>);

/** Returns the document of a new instance's kernel. [not audio] */
LoadedKernelPointer defaultFactoryKernel();

/** What a request does if its kernel cannot be loaded. */
enum class IfMissing
{
    fails, // the request fails, and the current kernel stays
    isKept // the document is kept as missing, so that saving it again loses nothing; the input passes
};

/** Returns what a repeated request for a document does if its kernel cannot be loaded: it fails if the document has a
    fallback, and is kept otherwise. [not audio] */
IfMissing ifNotHad (const LoadedKernelPointer&);

/** Returns the request that loads a document's kernel in the quickest way: from the document itself, from another
    instance in this process, by its source or recipe, from the session's copy, or from its file, at its path or below a
    kernel folder. Does not search folders (see KernelFinder). [not audio]
    @param folders  the user's kernel folders, absolute */
LoadRequest requestFor (LoadedKernelPointer wanted, juce::StringArray folders, IfMissing ifMissing = IfMissing::fails);

/** Returns the name of a kernel in messages: that of its file, or its own. [not audio] */
std::string nameInMessages (const LoadedKernel&);

} // namespace faltwerk
