#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace CLI
{
class App;
class Option;
} // namespace CLI

namespace faltwerk::tool
{

/** The values that an option takes, ends included, in its unit: "Hz", "s", "ms", "dB", "%", any other, or none. */
struct NumberRange
{
    double least, most;
    std::string_view unit {};
    bool isWhole = false;
};

/** Returns an option's value in its unit. The text may name that unit or a related one, in any case: 1k and 1kHz for
    Hz, 80ms for s, -6dB, 40%. Throws CLI::ValidationError with a sentence for what is no finite number of the range. */
double parseNumber (const std::string& option, const std::string& text, const NumberRange&);

/** Returns what help calls the values of a range: "HZ" or "NUMBER", say. */
std::string typeName (const NumberRange&);

/** Adds an option that takes one number. */
CLI::Option* addNumber (CLI::App&,
                        const std::string& option,
                        std::function<void (double)> use,
                        NumberRange,
                        const std::string& help);

/** Adds an option that sets `value`, which is shown as its default. */
CLI::Option* addNumber (CLI::App&, const std::string& option, double& value, NumberRange, const std::string& help);
CLI::Option* addNumber (CLI::App&, const std::string& option, size_t& value, NumberRange, const std::string& help);

} // namespace faltwerk::tool
