#include "Convolution/Signal/ToneBand.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

using std::numbers::pi;

/** a2 v^2 + a1 v + a0: the squared magnitude of a numerator or denominator. For an analogue filter v is w^2, with w in
    radians per sample; for a digital one it is u = tan^2 (w / 2), and a common factor is left out. */
struct Quadratic
{
    double a2, a1, a0;

    double at (double v) const noexcept { return (a2 * v + a1) * v + a0; }
};

struct Ratio
{
    Quadratic numerator, denominator;
};

/** Returns |s^2 + (w0 / Q) s + w0^2|^2 at s = j w as a quadratic in v = w^2. @param squaredFrequency  w0^2 */
Quadratic resonance (double squaredFrequency, double q) noexcept
{
    return { 1.0, squaredFrequency * (1.0 / (q * q) - 2.0), squaredFrequency * squaredFrequency };
}

/** Returns the squared magnitude of the analogue filter. @param w  its frequency in radians per sample */
Ratio prototype (ToneBand::Kind kind, double w, double gainDb, double q) noexcept
{
    const double w2 = w * w, a = std::pow (10.0, gainDb / 40.0);
    const auto scaled = [] (Quadratic x, double factor) {
        return Quadratic { x.a2 * factor, x.a1 * factor, x.a0 * factor };
    };

    switch (kind)
    {
        case ToneBand::Kind::lowCut:
            return { { 1.0, 0.0, 0.0 }, { 1.0, 0.0, w2 * w2 } };
        case ToneBand::Kind::highCut:
            return { { 0.0, 0.0, w2 * w2 }, { 1.0, 0.0, w2 * w2 } };
        case ToneBand::Kind::lowShelf:
            return { resonance (w2 * a, q), resonance (w2 / a, q) };
        case ToneBand::Kind::highShelf:
            break;
    }

    return { scaled (resonance (w2 / a, q), a * a * a * a), resonance (w2 * a, q) };
}

// A filter of second order needs quadratics in u, so u / v and its square are approximated by polynomials in u. They
// are exact at w = 0; the other coefficients are fitted for the least error up to w = 0.9 pi.

/** (u / v)^2 = 1/16 + 0.0925 u + 0.0138 u^2 within 0.15 dB. */
constexpr double squareAtZero = 1.0 / 16.0, squareSlope = 0.0925, squareCurve = 0.0138;

/** (u / v) / u for high u; it tends to 1 / pi^2. */
constexpr double ratioCurve = 0.13;

/** Returns x(v) u^2 / v^2 as a quadratic in u, where x(v) = v^2 + a1 v + a0 is the analogue quadratic. It is exact at
    the resonance, or at a quarter of the sample rate if that is lower. */
Quadratic matched (const Quadratic& x) noexcept
{
    const double v = std::min (std::sqrt (x.a0), pi * pi / 4.0);
    const double t = std::tan (std::sqrt (v) / 2.0), u = t * t;

    // For a resonance near half the sample rate the first term could be negative; the second is half the analogue
    // value.
    const double a2 = std::max (1.0 + x.a1 * ratioCurve + x.a0 * squareCurve,
                                0.5 * (1.0 + x.a1 / (pi * pi) + x.a0 / (pi * pi * pi * pi)));
    const double a0 = x.a0 * squareAtZero;
    return { a2, u * (x.at (v) / (v * v) - a2) - a0 / u, a0 };
}

/** Returns the squared magnitude over u of a digital filter that follows the analogue one. */
Ratio digital (ToneBand::Kind kind, const Ratio& analogue) noexcept
{
    if (kind == ToneBand::Kind::lowShelf || kind == ToneBand::Kind::highShelf)
    {
        // The numerator has a factor, a power of A.
        const double factor = analogue.numerator.a2;
        const auto& n = analogue.numerator;
        const auto x = matched ({ 1.0, n.a1 / factor, n.a0 / factor });
        return { { x.a2 * factor, x.a1 * factor, x.a0 * factor }, matched (analogue.denominator) };
    }

    const double w4 = analogue.denominator.a0;
    const Quadratic low { w4 * squareCurve, w4 * squareSlope, w4 * squareAtZero };
    return { kind == ToneBand::Kind::lowCut ? Quadratic { 1.0, 0.0, 0.0 } : low, { 1.0 + low.a2, low.a1, low.a0 } };
}

} // namespace

double toneGainDb (const ToneBand& band, double frequency) noexcept
{
    if (! band.on)
        return 0.0;

    const auto squared = prototype (band.kind, static_cast<double> (band.frequency), static_cast<double> (band.gainDb),
                                    static_cast<double> (band.q));
    const double v = frequency * frequency;
    return 10.0 * std::log10 (std::max (squared.numerator.at (v) / squared.denominator.at (v), 1e-30));
}

std::complex<double> toneResponse (const ToneBand& band, double frequency) noexcept
{
    if (! band.on)
        return 1.0;

    const std::complex<double> s (0.0, frequency / static_cast<double> (band.frequency));
    const double a = std::pow (10.0, static_cast<double> (band.gainDb) / 40.0),
                 slope = std::sqrt (a) / static_cast<double> (band.q);

    switch (band.kind)
    {
        case ToneBand::Kind::lowCut:
            return s * s / (s * s + std::numbers::sqrt2 * s + 1.0);
        case ToneBand::Kind::highCut:
            return 1.0 / (s * s + std::numbers::sqrt2 * s + 1.0);
        case ToneBand::Kind::lowShelf:
            return a * (s * s + slope * s + a) / (a * s * s + slope * s + 1.0);
        case ToneBand::Kind::highShelf:
            break;
    }

    return a * (a * s * s + slope * s + 1.0) / (s * s + slope * s + a);
}

ToneSection toneSection (ToneBand::Kind kind,
                         double sampleRate,
                         double frequency,
                         double gainDb,
                         double q,
                         double share) noexcept
{
    const auto [n, x] = digital (kind, prototype (kind, 2.0 * pi * frequency / sampleRate, gainDb, q));

    // The state-variable filter (high S^2 + band g S + low g^2) / (S^2 + k g S + g^2), S = j tan (w / 2), has the
    // squared magnitude (high^2 u^2 + (band^2 - 2 low high) g^2 u + low^2 g^4) / (u^2 + (k^2 - 2) g^2 u + g^4).
    const double g2 = std::sqrt (x.a0 / x.a2), g = std::sqrt (g2), k = std::sqrt (x.a1 / (x.a2 * g2) + 2.0);
    const double high = std::sqrt (n.a2 / x.a2), low = std::sqrt (n.a0 / x.a0),
                 band = std::sqrt (std::max (n.a1 / (x.a2 * g2) + 2.0 * (low * high), 0.0));

    // Gains of the input, and of the band and low outputs.
    const double ofInput = 1.0 + share * (high - 1.0), ofBand = share * (band - high * k), ofLow = share * (low - high);
    const double a1 = 1.0 / (1.0 + g * (g + k)), a2 = g * a1, a3 = g * a2;
    const double ofError = ofBand * a2 + ofLow * a3;
    return { 2.0 * a1 - 1.0, 2.0 * a2, 2.0 * a3, ofInput + ofError, ofBand * a1 + ofLow * a2, ofLow - ofError };
}

} // namespace faltwerk
