#pragma once

#include <string>

namespace CLI
{
class App;
class ParseError;
} // namespace CLI

namespace faltwerk::tool
{

/** Returns what is wrong with the arguments as one sentence, and where the command's help is. */
std::string usageSentence (const CLI::App&, const CLI::ParseError&);

} // namespace faltwerk::tool
