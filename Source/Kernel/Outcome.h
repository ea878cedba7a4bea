#pragma once

#include <optional>
#include <string>
#include <utility>

namespace faltwerk
{

/** A value, or one sentence for the user: what happened, where, and what to do. */
template <typename Value>
class Outcome
{
public:
    Outcome (Value result)
        : value (std::move (result))
    {
    }

    static Outcome failure (std::string sentence)
    {
        Outcome outcome;
        outcome.sentence = std::move (sentence);
        return outcome;
    }

    explicit operator bool() const noexcept { return value.has_value(); }
    Value& operator*() noexcept { return *value; }
    const Value& operator*() const noexcept { return *value; }
    Value* operator->() noexcept { return &*value; }
    const Value* operator->() const noexcept { return &*value; }

    /** Returns the sentence of a failure; empty if there is a value. */
    const std::string& error() const noexcept { return sentence; }

private:
    Outcome() = default;

    std::optional<Value> value;
    std::string sentence;
};

} // namespace faltwerk
