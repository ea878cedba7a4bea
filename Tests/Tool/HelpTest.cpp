// What the tool says of itself: help, completion, manual page.

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"

#include <algorithm>
#include <sstream>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

size_t longestLine (const std::string& text)
{
    std::istringstream stream (text);
    size_t longest = 0;

    for (std::string line; std::getline (stream, line);)
        longest = std::max (longest, line.size());

    return longest;
}

#if ! defined(_WIN32)
ProcessResult bash (const std::string& script) { return runProcess ({ "bash", "-c", script, FALTWERK_TOOL }); }

bool hasProgram (const std::string& name) { return bash ("command -v " + name).exitCode == 0; }

/** Completes words as bash does, which breaks them at : and =, and returns what is offered, in <>. */
std::string completed (const std::string& words)
{
    const auto result =
        bash ("source <(\"$0\" completion bash); COMP_WORDS=(faltwerk " + words
              + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _faltwerk; printf '<%s>' \"${COMPREPLY[@]}\"");
    CAPTURE (words, result.errors);
    CHECK (result.exitCode == 0);
    return result.output;
}
#endif

} // namespace

TEST_CASE ("faltwerk help explains a command as --help does", "[kernel]")
{
    const auto all = runTool ({ "help" });
    CHECK (all.exitCode == 0);
    CHECK (all.output == runTool ({ "--help" }).output);

    for (const char* const name : { "render", "convolve", "analyse", "edit", "make", "kernels", "sweep", "deconvolve",
                                    "plan", "help", "completion", "man" })
    {
        CHECK_THAT (all.output, Contains (std::string ("\n  ") + name + " "));
        const auto one = runTool ({ "help", name });
        CHECK (one.exitCode == 0);
        CHECK (one.output == runTool ({ name, "--help" }).output);
        CHECK_THAT (one.output, Contains (std::string ("Usage: faltwerk ") + name));
    }

    CHECK_THAT (runTool ({ "help", "make", "low-pass" }).output,
                Contains ("Usage: faltwerk make low-pass") && Contains ("--cutoff HZ"));
    const auto unknown = runTool ({ "help", "rendr" });
    CHECK (unknown.exitCode == 2);
    CHECK (unknown.errors == "faltwerk: Unknown command 'rendr'. Did you mean 'render'? See 'faltwerk help --help'.\n");
}

TEST_CASE ("Help has what a command line needs to know of an option", "[kernel]")
{
    const auto help = runTool ({ "help", "render" }).output;
    CHECK_THAT (help, Contains ("  -k, --kernel KERNEL") && Contains ("(required)") && Contains ("      --mode MODE")
                          && Contains ("Edits of the kernel, in this order") && Contains ("(default: 0)")
                          && Contains ("(not with"));
    CHECK (help.find ("-h, --help") == help.rfind ("-h, --help")); // once, not for each group
}

#if ! defined(_WIN32)
TEST_CASE ("Help is as wide as the terminal", "[kernel]")
{
    const auto widthFor = [] (const std::string& columns)
    { return longestLine (bash (columns + " \"$0\" help render").output); };
    CHECK (widthFor ("unset COLUMNS;") <= 80);
    CHECK (widthFor ("unset COLUMNS;") > 70);
    CHECK (widthFor ("COLUMNS=60") <= 60);
    CHECK (widthFor ("COLUMNS=10") <= 60);
    CHECK (widthFor ("COLUMNS=10") > 50);
    CHECK (widthFor ("COLUMNS=100") <= 100);
    CHECK (widthFor ("COLUMNS=100") > 90);
    CHECK (widthFor ("COLUMNS=nonsense") <= 80);
}

TEST_CASE ("Bash completes commands and options and their words", "[kernel]")
{
    if (! hasProgram ("bash"))
    {
        WARN ("Skipped: bash is not installed.");
        return;
    }

    CHECK (bash ("\"$0\" completion bash | bash -n").exitCode == 0);
    CHECK (completed ("re") == "<render>");
    CHECK (completed ("make low") == "<low-pass>");
    CHECK (completed ("make low-pass --ph") == "<--phase>");
    CHECK (completed ("make low-pass --phase ''") == "<linear><minimum>");
    CHECK (completed ("render a.wav --mode ''") == "<full><same><valid>");
    CHECK (completed ("render a.wav --mode = f") == "<full>");
    CHECK (completed ("render --force --mo") == "<--mode>");
    CHECK (completed ("render --mix ''") == "<>"); // a number
    CHECK (completed ("completion ''") == "<bash><zsh>");
    CHECK (completed ("help k") == "<kernels>");
}

TEST_CASE ("Bash completes files and kernels of the bank", "[kernel]")
{
    if (! hasProgram ("bash"))
    {
        WARN ("Skipped: bash is not installed.");
        return;
    }

    const TemporaryFolder folder;
    (folder / "a b.wav").replaceWithText ("x");
    (folder / "ac.wav").replaceWithText ("x");
    const auto prefix = folder.path ("a");
    CHECK (completed ("render '" + prefix + "c'") == "<" + folder.path ("ac.wav") + ">");
    CHECK_THAT (completed ("render x.wav -o '" + prefix + "'"), Contains ("<" + folder.path ("a b.wav") + ">"));
    CHECK (completed ("render x.wav -k fac") == "<factory:>");
    CHECK (completed ("render x.wav -k factory : Vocal") == "<Vocal\\ Booth>"); // unquoted, behind the colon
    CHECK (completed ("analyse \"'factory:Vocal\"") == "<factory:Vocal Booth>");
    const auto all = completed ("render x.wav -k factory :");
    CHECK (static_cast<size_t> (std::count (all.begin(), all.end(), '<')) == factoryKernels().size());
}

TEST_CASE ("Zsh accepts its completion", "[kernel]")
{
    if (! hasProgram ("zsh"))
    {
        WARN ("Skipped: zsh is not installed.");
        return;
    }

    CHECK (bash ("\"$0\" completion zsh > \"$HOME/_faltwerk\"; zsh -n \"$HOME/_faltwerk\"").errors == "");

    // With stand-ins for what the shell offers words with.
    const auto offered = [] (const std::string& words)
    {
        return bash (
            "\"$0\" completion zsh > \"$HOME/_faltwerk\"; zsh -fc 'compdef() { }; compadd() { print -rl -- \"$@\" }; "
            "_files() { print files }; _describe() { print -rl -- ${(P)@[-1]} }; source \"$HOME/_faltwerk\"; "
            "words=("
            + words + "); CURRENT=${#words}; _faltwerk'");
    };
    CHECK (offered ("faltwerk render --mode f").output == "--\nfull\nsame\nvalid\n");
    CHECK_THAT (offered ("faltwerk r").output, Contains ("render:Convolve sounds"));
    CHECK_THAT (offered ("faltwerk make low-pass --p").output, Contains ("--phase:"));
    CHECK_THAT (offered ("faltwerk render x.wav -k f").output, Contains ("factory:Vocal Booth") && Contains ("files"));
    CHECK (offered ("faltwerk render x").errors == "");
}

TEST_CASE ("The manual page names every command and option and is valid roff", "[kernel]")
{
    const auto page = runTool ({ "man" });
    REQUIRE (page.exitCode == 0);

    for (const char* const text :
         { ".TH FALTWERK 1", ".SH NAME", ".SH COMMANDS", ".SS faltwerk render", ".SS faltwerk make low\\-pass",
           "\\fB\\-k\\fR, \\fB\\-\\-kernel\\fR \\fIKERNEL\\fR", ".SH EXIT STATUS" })
        CHECK_THAT (page.output, Contains (text));

    if (! hasProgram ("groff"))
    {
        WARN ("Skipped: groff is not installed.");
        return;
    }

    const auto shown = bash ("\"$0\" man | groff -man -Tutf8 -ww");
    CHECK (shown.exitCode == 0);
    CHECK (shown.errors == "");
}
#endif

TEST_CASE ("Lists are printed as JSON for scripts", "[kernel]")
{
    const auto parsed = [] (const std::vector<std::string>& arguments)
    {
        const auto result = runTool (arguments);
        CHECK (result.exitCode == 0);
        return juce::JSON::parse (juce::String (result.output));
    };
    const auto kernels = parsed ({ "kernels", "--json" });
    CHECK (kernels["schema"].toString() == "faltwerk.kernels");
    CHECK (static_cast<size_t> (kernels["kernels"].size()) == factoryKernels().size());
    CHECK (kernels["kernels"][0]["name"].toString() == "Vocal Booth");

    const auto made = parsed ({ "make", "--json" });
    CHECK (made["generators"][0]["id"].toString() == "shoebox");
    CHECK (made["generators"][0]["group"].toString() == "Rooms");
    const auto& parameters = findGenerator ("shoebox")->parameters;
    CHECK (static_cast<double> (made["generators"][0]["parameters"][0]["default"]) == parameters[0].defaultValue);

    const auto plan = parsed ({ "plan", "--seconds", "1", "--json" });
    CHECK (static_cast<int> (plan["taps"]) == 48000);
    CHECK (plan["stages"].size() > 1);

    const auto convolved = parsed ({ "convolve", "1,2", "0.1,1/3", "--json" });
    REQUIRE (convolved["values"].size() == 3);
    CHECK (static_cast<double> (convolved["values"][1]) == 1.0 / 3.0 + 0.1 * 2.0);
}
