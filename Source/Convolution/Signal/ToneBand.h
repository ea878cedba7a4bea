#pragma once

#include <array>
#include <complex>
#include <cstddef>

namespace faltwerk
{

/** A band of the tone: a Butterworth cut of 12 dB an octave, or a shelf of the second order.

    Analogue transfer functions, with s = j f / frequency and A = 10^(gainDb / 40):
        low cut     s^2 / (s^2 + sqrt (2) s + 1)
        low shelf   A (s^2 + sqrt (A) s / Q + A) / (A s^2 + sqrt (A) s / Q + 1)
        high shelf  A (A s^2 + sqrt (A) s / Q + 1) / (s^2 + sqrt (A) s / Q + A)
        high cut    1 / (s^2 + sqrt (2) s + 1) */
struct ToneBand
{
    enum class Kind
    {
        lowCut,
        lowShelf,
        highShelf,
        highCut
    };

    Kind kind;
    bool on = false;
    float frequency = 1000.0f; // Hz, 20..20,000: where a cut is 3 dB down, or a shelf has half its gain in dB
    float gainDb = 0.0f;       // -24..24, for shelves
    float q = 0.7071f;         // 0.1..4, for shelves: above 0.7071 they overshoot

    bool isShelf() const noexcept { return kind == Kind::lowShelf || kind == Kind::highShelf; }
    bool operator== (const ToneBand&) const = default;
};

/** All bands, in the order in which they filter the sound. */
struct ToneControls
{
    std::array<ToneBand, 4> bands { { { ToneBand::Kind::lowCut, false, 20.0f },
                                      { ToneBand::Kind::lowShelf, true, 200.0f },
                                      { ToneBand::Kind::highShelf, true, 4000.0f },
                                      { ToneBand::Kind::highCut, false, 20000.0f } } };

    /** Returns the band of a kind. */
    ToneBand& operator[] (ToneBand::Kind kind) noexcept { return bands[static_cast<size_t> (kind)]; }

    bool operator== (const ToneControls&) const = default;
};

/** Returns the magnitude in dB of the analogue filter at a frequency in Hz; 0 if the band is off. [any] */
double toneGainDb (const ToneBand&, double frequency) noexcept;

/** Returns the complex response of the analogue filter at a frequency in Hz; 1 if the band is off. [any] */
std::complex<double> toneResponse (const ToneBand&, double frequency) noexcept;

/** A band at a sample rate, as a linear map of its state s1, s2 and the current sample x:

        e = x - s2,  y = d x + c1 s1 + c2 s2,  s1' = p s1 + q e,  s2' = s2 + q s1 + r e.

    This is a state-variable filter by the trapezoidal rule. Without input its state never grows: all such filters, and
    all on a straight line between the coefficients of two of them, reduce the same norm, s1^2 + s2^2. So the
    coefficients may move at any speed. */
struct ToneSection
{
    double p = 1.0, q = 0.0, r = 0.0, d = 1.0, c1 = 0.0, c2 = 0.0;

    bool operator== (const ToneSection&) const = default;
};

/** Returns a band whose magnitude follows that of the analogue filter: up to 0.9 of half the sample rate within 0.15 dB
    for cuts, and within 0.5 dB for shelves with Q up to 1. @param frequency, gainDb, q  as in ToneBand
    @param share  0..1: proportion of the filtered sound, the rest is unfiltered. A share or gain of 0 is exactly
    transparent. [any] */
ToneSection toneSection (ToneBand::Kind,
                         double sampleRate,
                         double frequency,
                         double gainDb,
                         double q,
                         double share) noexcept;

} // namespace faltwerk
