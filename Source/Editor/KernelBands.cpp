#include "Editor/KernelBands.h"

#include "Picture/Spectrum/SpectrumPicture.h"

#include <algorithm>

namespace faltwerk
{

KernelBands KernelBands::of (const FrequencyResponse& response, const Kernel& kernel)
{
    constexpr double octaves = 1.0 / 6.0;
    const auto places = SpectrumCurves::places();
    KernelBands bands;
    bands.power = response.power (places, octaves);

    // Several inputs add up in each output.
    if (kernel.routing == Routing::trueStereo || kernel.routing == Routing::matrix)
    {
        const auto inputs = kernel.routing == Routing::matrix ? kernel.numMatrixInputs : 2;

        for (auto& power : bands.power)
            power *= static_cast<double> (inputs);
    }

    bands.mean = response.mean (0, places, octaves);

    if (response.numPaths() > 1)
    {
        const auto right = response.mean (response.numPaths() - 1, places, octaves);

        for (size_t n = 0; n < right.size(); ++n)
            bands.mean[n] = 0.5 * (bands.mean[n] + right[n]);
    }

    return bands;
}

std::vector<double> KernelBands::outputPower (const EngineControls& controls) const
{
    const auto places = SpectrumCurves::places();
    const auto wet = static_cast<double> (controls.wet), dry = static_cast<double> (controls.dry);
    std::vector<double> result;

    for (size_t n = 0; n < places.size(); ++n)
    {
        std::complex<double> tone = 1.0;

        for (const auto& band : controls.tone.bands)
            tone *= toneResponse (band, places[n]);

        // As the mean over the band.
        result.push_back (std::max (0.0, dry * dry + wet * wet * std::norm (tone) * power[n]
                                             + 2.0 * wet * dry * (tone * mean[n]).real()));
    }

    return result;
}

} // namespace faltwerk
