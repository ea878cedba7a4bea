#pragma once

#include "Convolution/OfflineConvolution.h"
#include "Tool/ChoiceOption.h"

namespace faltwerk::tool
{

inline const Choices<ConvolutionMode> modes = { { "full", ConvolutionMode::full },
                                                { "same", ConvolutionMode::same },
                                                { "valid", ConvolutionMode::valid } };

} // namespace faltwerk::tool
