#pragma once

#include "Catalogue/CatalogueEntry.h"
#include "Catalogue/Files/FileStatus.h"

#include <functional>
#include <string>

namespace faltwerk
{

/** Returns true if the extension, in upper or lower case, is that of a possible kernel. [not audio] */
bool isKernelName (const std::string& fileName);

/** Returns true if the extension is also common for prose, such as .txt. [not audio] */
bool mayBeProse (const std::string& fileName);

/** Returns true if the extension is that of a format whose header gives all facts but the thumbnail. [not audio] */
bool hasQuickHeader (const std::string& fileName);

/** The result of reading a file. */
struct FactsReading
{
    enum class End
    {
        done,
        changed,   // the file changed while it was read
        closed,    // the file could not be opened
        notWanted, // cancelled
    };

    End end = End::done;
    FileStatus status; // of the file that was read
    CatalogueFacts facts;
    bool isProse = false; // a text that is not meant to be a kernel
};

/** Reads the facts of a file, from its header or, piece by piece, from all of it. A problem is told by the sentence
    that loading the file gives. @param isWanted  called every few milliseconds; false cancels. [not audio] */
FactsReading readFacts (const std::string& path, bool headerOnly, const std::function<bool()>& isWanted);

} // namespace faltwerk
