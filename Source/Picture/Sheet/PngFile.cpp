#include "Picture/Sheet/PngFile.h"

#include "Kernel/Writing/OutputFile.h"

namespace faltwerk
{

std::string writePng (const juce::Image& image, const std::string& path)
{
    return writeFile (path, [&image] (juce::OutputStream& stream)
                      { return juce::PNGImageFormat().writeImageToStream (image, stream); });
}

} // namespace faltwerk
