#include "Kernel/Analysis/StatedFigure.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr double mostNonLinearity = 10.0, mostCurvature = 10.0; // per mille, %; ISO 3382-2, annex B

std::string reasonAgainst (const BandDecay& band, Figure BandDecay::*figure)
{
    const bool isT20 = figure == &BandDecay::t20, isT30 = figure == &BandDecay::t30;

    if (! isT20 && ! isT30)
        return {};

    std::string reason;

    if (nonLinearity (isT20 ? band.quality20 : band.quality30) > mostNonLinearity)
        reason = "non-linearity over 10 per mille";

    if (band.curvature && std::abs (band.curvature.value) > mostCurvature)
        reason += std::string (reason.empty() ? "" : ", ") + "curvature over 10 %";

    return reason;
}

} // namespace

StatedFigure stated (const BandDecay& band, Figure BandDecay::*member)
{
    const auto& figure = band.*member;

    if (! figure.hasValue())
        return { 0.0, false, false, wordsFor (figure.missing) };

    auto reason = reasonAgainst (band, member);

    if (reason.empty())
        reason = wordsFor (figure.missing);

    const bool isValid = reason.empty();
    return { figure.value, true, isValid, std::move (reason) };
}

StatedFigure statedMid (const Decay& decay, Figure BandDecay::*member)
{
    const auto at500 = stated (decay.bands[3], member), at1000 = stated (decay.bands[4], member);
    const auto mean = decay.mid (member);
    return { mean.value, mean.hasValue(), at500.isValid && at1000.isValid,
             at500.isValid ? at1000.reason : at500.reason };
}

} // namespace faltwerk
