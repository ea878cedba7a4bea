// faltwerk convolve: numbers in, numbers out, each sliding dot product printed on request.

#include "Convolution/OfflineConvolution.h"
#include "Kernel/NumericKernel.h"
#include "Tool/Commands.h"
#include "Tool/Modes.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>

namespace faltwerk::tool
{

namespace
{

struct ConvolveOptions
{
    std::string signal, kernel;
    ConvolutionMode mode = ConvolutionMode::full;
    bool steps = false;
};

std::string toText (double number)
{
    char text[32];
    std::snprintf (text, sizeof text, "%.10g", number == 0.0 ? 0.0 : number); // no minus zero
    return text;
}

/** One line: y[3] = 0.5 x 3 + 1 x 2, with the kernel's taps first; zeros beyond the ends of the signal are left out. */
void printStep (const std::vector<double>& signal, const std::vector<double>& kernel, size_t n, size_t first)
{
    std::string line = "y[" + std::to_string (n) + "] =";
    bool any = false;

    for (size_t k = 0; k < kernel.size() && k <= n; ++k)
    {
        if (n - k >= signal.size())
            continue;

        line += (any ? " + " : " ") + std::string ("h[") + std::to_string (k) + "] x[" + std::to_string (n - k) + "]";
        any = true;
    }

    line += any ? " =" : " 0 =";
    any = false;

    for (size_t k = 0; k < kernel.size() && k <= n; ++k)
    {
        if (n - k >= signal.size())
            continue;

        const auto bracketed = [] (double number)
        { return number < 0.0 ? "(" + toText (number) + ")" : toText (number); };
        line += (any ? " + " : " ") + bracketed (kernel[k]) + "*" + bracketed (signal[n - k]);
        any = true;
    }

    line += " = " + toText (slidingDotProduct (signal, kernel, n));

    if (first > 0)
        line += "   (sample " + std::to_string (n - first) + " of the result)";

    std::cout << line << '\n';
}

std::string convolve (const ConvolveOptions& options)
{
    std::vector<double> operands[2];
    const std::pair<const char*, const std::string&> texts[] = { { "signal", options.signal },
                                                                 { "kernel", options.kernel } };

    for (size_t index = 0; index < 2; ++index)
    {
        const auto& [name, text] = texts[index];

        if (text.empty())
            continue; // an empty operand gives an empty result

        const auto numbers = parseNumbers (text);

        if (! numbers)
            return std::string ("the ") + name + " could not be read: " + numbers.error()
                   + ". Write numbers as 1,2,0.5.";

        operands[index] = numbers->channels.front();
    }

    const auto& [signal, kernel] = operands;
    const auto range = rangeOf (options.mode, signal.size(), kernel.size());

    if (options.steps)
        for (size_t n = range.first; n < range.first + range.length; ++n)
            printStep (signal, kernel, n, range.first);

    std::string line;

    for (const double number : convolveDirectly (signal, kernel, options.mode))
        line += (line.empty() ? "" : ",") + toText (number);

    std::cout << line << '\n';
    return {};
}

} // namespace

void addConvolve (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<ConvolveOptions>();
    auto* command = app.add_subcommand ("convolve", "Convolve two lists of numbers, as in: convolve 1,2,3 0,1,0.5");
    command->add_option ("SIGNAL", options->signal, "Numbers, separated by commas")->required();
    command->add_option ("KERNEL", options->kernel, "Numbers, separated by commas")->required();
    command->add_option ("--mode", options->mode, "Which part to keep: full, same or valid (default: full)")
        ->transform (CLI::CheckedTransformer (modes).description ("MODE"));
    command->add_flag ("--steps", options->steps, "Print each sliding dot product");
    command->callback ([options, &run] { run = [options] { return convolve (*options); }; });
}

} // namespace faltwerk::tool
