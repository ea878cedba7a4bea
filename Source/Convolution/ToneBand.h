#pragma once

#include <array>
#include <complex>
#include <cstddef>

namespace faltwerk
{

/** A band of the tone: a Butterworth cut of 12 dB an octave, or a shelf of the second order.

    Where they stand in analogue electronics, with s = j f / frequency and A = 10^(gainDb / 40):
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
    float frequency = 1000.0f; // Hz, 20..20,000: of a cut, where it is 3 dB down; of a shelf, where half its gain is
    float gainDb = 0.0f;       // -24..24, of a shelf
    float q = 0.7071f;         // 0.1..4, of a shelf: above 0.7071 it overshoots

    bool isShelf() const noexcept { return kind == Kind::lowShelf || kind == Kind::highShelf; }
    bool operator== (const ToneBand&) const = default;
};

/** All bands, in the order in which the sound passes them. */
struct ToneControls
{
    std::array<ToneBand, 4> bands { { { ToneBand::Kind::lowCut, false, 20.0f },
                                      { ToneBand::Kind::lowShelf, true, 200.0f },
                                      { ToneBand::Kind::highShelf, true, 4000.0f },
                                      { ToneBand::Kind::highCut, false, 20000.0f } } };

    /** The band of a kind. */
    ToneBand& operator[] (ToneBand::Kind kind) noexcept { return bands[static_cast<size_t> (kind)]; }

    bool operator== (const ToneControls&) const = default;
};

/** What a band does to a frequency in Hz: the magnitude of the analogue filter, in dB. [any] */
double toneGainDb (const ToneBand&, double frequency) noexcept;

/** The same with its phase: the analogue filter's response at s = j frequency; 1 if the band is off. [any] */
std::complex<double> toneResponse (const ToneBand&, double frequency) noexcept;

/** A band at some sample rate, as a linear map of its state s1, s2 and the present sample x:

        e = x - s2,  y = d x + c1 s1 + c2 s2,  s1' = p s1 + q e,  s2' = s2 + q s1 + r e.

    This is a state-variable filter by the trapezoidal rule. Its state never grows without input, whatever its
    coefficients; nor does it with those on a straight line between two such filters', as all of them shrink the same
    length, s1^2 + s2^2. So its coefficients may move at any speed. */
struct ToneSection
{
    double p = 1.0, q = 0.0, r = 0.0, d = 1.0, c1 = 0.0, c2 = 0.0;

    bool operator== (const ToneSection&) const = default;
};

/** A band whose magnitude follows the analogue filter's nearly up to half the sample rate, and stays sensible beyond.
    Within 0.15 dB for cuts, and 0.5 dB for shelves with Q up to 1, to 0.9 of it. @param frequency, gainDb, q  as in
    ToneBand @param share  0..1: of the filter beside what came in. At share 0 or gain 0 it is exactly transparent.
    [any] */
ToneSection toneSection (ToneBand::Kind,
                         double sampleRate,
                         double frequency,
                         double gainDb,
                         double q,
                         double share) noexcept;

} // namespace faltwerk
