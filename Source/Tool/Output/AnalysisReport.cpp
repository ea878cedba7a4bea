#include "Tool/Output/AnalysisReport.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace faltwerk::tool
{

namespace
{

bool isSilent (const std::vector<float>& path)
{
    return std::all_of (path.begin(), path.end(), [] (float x) { return x == 0.0f; });
}

} // namespace

AnalysisReport::AnalysisReport (std::string fileToUse, Kernel kernelToUse, bool perPath)
    : file (std::move (fileToUse))
    , kernel (std::move (kernelToUse))
    , decay (analyseDecay (kernel))
    , levels (measureLevels (kernel))
    , density (measureEchoDensity (std::span (kernel.paths[0]).subspan (decay.onset), kernel.sampleRate))
{
    if (perPath)
        for (const auto& path : kernel.paths)
            paths.push_back (isSilent (path)
                                 ? Decay()
                                 : analyseDecay (Kernel { { path }, kernel.sampleRate, Routing::mono, kernel.name }));
}

std::string nameOf (const BandDecay& band)
{
    return band.centre == 0.0 ? "broadband" : std::to_string (std::lround (band.centre));
}

double decibelsOfPower (double power) { return 10.0 * std::log10 (std::max (power, 1e-30)); }

double gainAtZeroHz (const AnalysisReport& report)
{
    const double sum = report.levels.dc * static_cast<double> (report.kernel.lengthInFrames());
    return decibelsOfPower (sum * sum);
}

} // namespace faltwerk::tool
