#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace faltwerk::tool
{

/** Returns the shortest text that reads back as the same number, with up to 17 digits; whole numbers below 10^15
    without an exponent, and no minus zero. The number is finite. [any] */
std::string shortestText (double number);

/** Returns text as valid UTF-8: each byte that belongs to no character becomes U+FFFD. [any] */
std::string asValidUtf8 (std::string_view text);

/** Writes JSON (RFC 8259), two spaces for each level, lines that end with LF. Keys and values come in the order of the
    calls; strings may hold any bytes (see asValidUtf8()); numbers that are not finite become null. [any] */
class JsonWriter
{
public:
    void beginObject() { begin ('{'); }
    void beginArray() { begin ('['); }
    void beginObject (std::string_view key) { name (key).beginObject(); }

    /** Begins an object of plain values, which is written on one line. */
    void beginInlineObject (std::string_view key);

    void beginArray (std::string_view key) { name (key).beginArray(); }
    void end();

    void value (double);
    void value (bool);
    void value (size_t);
    void value (std::string_view);
    void value (const char* text) { value (std::string_view (text)); }
    void value (const std::string& text) { value (std::string_view (text)); }
    void null();

    template <typename Value>
    void member (std::string_view key, const Value& each)
    {
        name (key).value (each);
    }

    void nullMember (std::string_view key) { name (key).null(); }

    /** Writes an array of numbers on one line, each as short as its type allows. */
    void numbers (std::string_view key, std::span<const float>);
    void numbers (std::string_view key, std::span<const double>);

    /** Returns the text, with a last line end. All that was begun must have ended. */
    std::string text() const { return written + "\n"; }

private:
    JsonWriter& name (std::string_view key);
    void begin (char bracket);
    void separate();
    void quote (std::string_view);

    template <typename Number>
    void list (std::span<const Number>);

    std::string written;
    std::vector<char> open; // the closing brackets
    bool isFirst = true, isNamed = false, isInline = false;
};

} // namespace faltwerk::tool
