// faltwerk convolve: numbers in, numbers out, each sliding dot product printed on request.

#include "Convolution/Offline/OfflineConvolution.h"
#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Reading/KernelFile.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/KernelInput.h"
#include "Tool/Options/Modes.h"
#include "Tool/Output/JsonWriter.h"
#include "Tool/Output/PipedInput.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <system_error>

namespace faltwerk::tool
{

namespace
{

struct ConvolveOptions
{
    std::string signal, kernel;
    ConvolutionMode mode = ConvolutionMode::full;
    bool steps = false, json = false;
    CommaChoice commas;
};

/** Returns the numbers of an argument, which is a file's name if there is such a file and it does not begin like a
    number or a list. */
Outcome<std::vector<double>> readOperand (const char* name, const std::string& argument, const CommaChoice& commas)
{
    using Result = Outcome<std::vector<double>>;

    if (argument.empty())
        return std::vector<double>(); // gives an empty result

    const auto first = std::min (argument.find_first_not_of (" \t\r\n"), argument.size() - 1);
    const bool isList = argument[first] == '[' || argument[first] == '{' || argument[first] == '(';
    std::error_code ignored;
    const bool isFile = ! isList && ! beginsLikeNumber (argument)
                        && std::filesystem::exists (std::u8string (argument.begin(), argument.end()), ignored);
    const bool isPath =
        isFile || argument == standardInput || argument.starts_with ("./") || argument.starts_with ("../");
    const auto file = isPath ? toRegularFile (argument) : argument;

    if (! file)
        return Result::failure (file.error());

    auto numbers = isPath ? readAsNumbers (*file, commas) : parseNumbers (argument, commas);

    if (! numbers && isPath)
        return Result::failure (numbers.error());

    if (! numbers)
        return Result::failure (std::string ("the ") + name + " could not be read: " + numbers.error()
                                + ". Write numbers as 1,2,0.5, or the name of a file.");

    if (numbers->channels.size() != 1)
        return Result::failure (std::string ("the ") + name + " has " + std::to_string (numbers->channels.size())
                                + " channels, and convolve takes one list of numbers. "
                                + (isPath ? "Use render for sound." : "Write them on one line, as 1,2,0.5."));

    if (isPath)
        printRemark (nameOfFile (*file), numbers->remark, numbers->isDamaged);

    return std::move (numbers->channels.front());
}

/** Prints a line such as y[3] = 0.5 x 3 + 1 x 2, with the kernel's taps first; zeros beyond the ends of the signal are
    left out. */
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
        { return number < 0.0 ? "(" + shortestText (number) + ")" : shortestText (number); };
        line += (any ? " + " : " ") + bracketed (kernel[k]) + "*" + bracketed (signal[n - k]);
        any = true;
    }

    line += " = " + shortestText (slidingDotProduct (signal, kernel, n));

    if (first > 0)
        line += "   (sample " + std::to_string (n - first) + " of the result)";

    std::cout << line << '\n';
}

std::string convolve (const ConvolveOptions& options)
{
    const auto first = readOperand ("signal", options.signal, options.commas);
    const auto second = readOperand ("kernel", options.kernel, options.commas);

    if (! first || ! second)
        return first ? second.error() : first.error();

    const auto &signal = *first, &kernel = *second;
    const auto range = rangeOf (options.mode, signal.size(), kernel.size());

    if (options.steps)
        for (size_t n = range.first; n < range.first + range.length; ++n)
            printStep (signal, kernel, n, range.first);

    if (options.json)
    {
        JsonWriter json;
        json.beginObject();
        json.member ("schema", "faltwerk.convolution");
        json.member ("version", size_t { 1 });
        json.member ("first", range.first); // the index of the first value in the full convolution
        json.numbers ("values", convolveDirectly (signal, kernel, options.mode));
        json.end();
        std::cout << json.text();
        return {};
    }

    std::string line;

    for (const double number : convolveDirectly (signal, kernel, options.mode))
        line += (line.empty() ? "" : ",") + shortestText (number);

    std::cout << line << '\n';
    return {};
}

} // namespace

void addConvolve (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<ConvolveOptions>();
    auto* command = app.add_subcommand ("convolve", "Convolve two lists of numbers, as in: convolve 1,2,3 0,1,0.5");
    command->add_option ("SIGNAL", options->signal, "Numbers, as 1,2,0.5, 1/8 or '[1, 2]', a file of them, or -")
        ->required();
    command->add_option ("KERNEL", options->kernel, "Numbers, as 1,2,0.5, 1/8 or '[1, 2]', a file of them, or -")
        ->required();
    addChoice (*command, "--mode", options->mode, modes, "Which part to keep: full, same or valid (default: full)")
        ->type_name ("MODE");
    auto* const steps = command->add_flag ("--steps", options->steps, "Print each sliding dot product");
    command
        ->add_flag ("--json", options->json,
                    "Print JSON: the values, and at which index of the full convolution they begin")
        ->excludes (steps);
    addNumbersOption (*command, options->commas);
    command->callback ([options, &run] { run = [options] { return convolve (*options); }; });
}

} // namespace faltwerk::tool
