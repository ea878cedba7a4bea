#pragma once

#include <string>
#include <vector>

namespace CLI
{
class App;
class ParseError;
} // namespace CLI

namespace faltwerk::tool
{

/** Returns true if a word stands in the place of a command and is none. */
bool isUnknownCommand (const CLI::App&);

/** Returns what is wrong with the arguments as one sentence, and where the command's help is. */
std::string usageSentence (const CLI::App&, const CLI::ParseError&);

/** Returns " Did you mean 'make'?" for a word that is like one of those known; else nothing. */
std::string suggestion (const std::string& word, const std::vector<std::string>& known);

} // namespace faltwerk::tool
