#pragma once

#include "Plugin/KernelLoader.h"

#include <functional>

namespace faltwerk
{

/** What stands for a kernel until it has been loaded: where it comes from, and its name. [any, not audio] */
std::shared_ptr<const KernelDocument> kernelOfFile (const KernelOrigin&);
std::shared_ptr<const KernelDocument> factoryKernelNamed (const std::string& name);
std::shared_ptr<const KernelDocument> kernelNamed (const std::string& name); // of no file

/** That of a new instance. [any, not audio] */
std::shared_ptr<const KernelDocument> defaultFactoryKernel();

/** What loads it. [any, not audio] */
KernelLoader::Request requestForFile (const KernelOrigin&);
KernelLoader::Request requestForKernel (std::function<Outcome<Kernel>()> make); // on a loader's thread
KernelLoader::Request requestForFactoryKernel (const std::string& name);

} // namespace faltwerk
