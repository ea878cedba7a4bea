#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>

namespace faltwerk::fuzz
{

/** An input as a script: each choice takes its first bytes; at its end every choice is 0. */
class Script
{
public:
    explicit Script (std::span<const uint8_t> input)
        : bytes (input)
    {
    }

    bool isAtEnd() const noexcept { return bytes.empty(); }

    uint8_t byte() noexcept
    {
        const uint8_t first = bytes.empty() ? uint8_t { 0 } : bytes.front();
        bytes = bytes.subspan (std::min<size_t> (1, bytes.size()));
        return first;
    }

    bool flag() noexcept { return (byte() & 1) != 0; }

    /** Returns a number below a limit of at most 65536, which is not 0. */
    size_t below (size_t limit) noexcept
    {
        const size_t low = byte();
        return (limit <= 256 ? low : low + 256 * byte()) % limit;
    }

    template <typename Value, size_t count>
    Value oneOf (const std::array<Value, count>& values) noexcept
    {
        return values[below (count)];
    }

    /** Returns any float: an odd one, a step of 1/255 within 0..1, or four bytes of the input as they are. */
    float number() noexcept
    {
        using Limits = std::numeric_limits<float>;
        constexpr std::array odd { 0.0f,
                                   1.0f,
                                   -1.0f,
                                   0.5f,
                                   Limits::max(),
                                   -Limits::max(),
                                   Limits::denorm_min(),
                                   Limits::quiet_NaN(),
                                   Limits::infinity(),
                                   -Limits::infinity() };
        const auto kind = byte();

        if (kind < 64)
            return odd[kind % odd.size()];

        if (kind < 224)
            return static_cast<float> (byte()) / 255.0f;

        std::array<uint8_t, sizeof (float)> raw {};

        for (auto& each : raw)
            each = byte();

        float value;
        std::memcpy (&value, raw.data(), sizeof value);
        return value;
    }

private:
    std::span<const uint8_t> bytes;
};

} // namespace faltwerk::fuzz
