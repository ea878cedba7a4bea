#include "Kernel/Edits/Toned.h"

#include "Convolution/Signal/ToneFilter.h"

#include <algorithm>
#include <vector>

namespace faltwerk
{

Kernel toned (const Kernel& kernel, const ToneControls& controls)
{
    auto result = kernel;
    ToneFilter filter (kernel.sampleRate > 0.0 ? kernel.sampleRate : 48000.0, result.paths.size());
    std::vector<float*> channels;

    for (auto& path : result.paths)
        channels.push_back (path.data());

    filter.process (channels.data(), result.lengthInFrames(), controls);
    return result;
}

} // namespace faltwerk
