#pragma once

#include "Convolution/OfflineConvolution.h"

#include <map>
#include <string>

namespace faltwerk::tool
{

inline const std::map<std::string, ConvolutionMode> modes = { { "full", ConvolutionMode::full },
                                                              { "same", ConvolutionMode::same },
                                                              { "valid", ConvolutionMode::valid } };

} // namespace faltwerk::tool
