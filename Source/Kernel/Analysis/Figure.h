#pragma once

namespace faltwerk
{

/** A figure of a room, or why there is none. */
struct Figure
{
    enum class Missing
    {
        nothing,       // there is a value
        noise,         // the noise floor is too near
        tooShort,      // the kernel ends before it has fallen far enough, or falls faster than the band's filter
        notADecay,     // the level does not fall along a line; a time is still that of the line
        aboveBandwidth // the band does not fit below half of the sample rate
    };

    double value = 0.0;
    Missing missing = Missing::nothing;

    static Figure none (Missing reason) noexcept { return { 0.0, reason }; }

    explicit operator bool() const noexcept { return missing == Missing::nothing; }

    /** Returns true if there is a value, even one of a line that the level does not follow. */
    bool hasValue() const noexcept
    {
        return missing == Missing::nothing || (missing == Missing::notADecay && value > 0.0);
    }
};

/** Returns the reason in words, to follow "not available". */
constexpr const char* wordsFor (Figure::Missing missing) noexcept
{
    switch (missing)
    {
        case Figure::Missing::nothing:
            return "";
        case Figure::Missing::noise:
            return "noise floor";
        case Figure::Missing::tooShort:
            return "too short";
        case Figure::Missing::notADecay:
            return "not a steady decay";
        case Figure::Missing::aboveBandwidth:
            break;
    }

    return "above the bandwidth";
}

} // namespace faltwerk
