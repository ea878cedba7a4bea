#pragma once

#include "Convolution/Offline/OfflineConvolution.h"
#include "Tool/Options/ChoiceOption.h"

namespace faltwerk::tool
{

inline const Choices<ConvolutionMode> modes = { { "full", ConvolutionMode::full },
                                                { "same", ConvolutionMode::same },
                                                { "valid", ConvolutionMode::valid } };

} // namespace faltwerk::tool
