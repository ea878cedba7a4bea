#pragma once

#include "Catalogue/CatalogueEntry.h"
#include "Catalogue/FileStatus.h"

#include <functional>
#include <string>

namespace faltwerk
{

/** What may be a kernel, by the extension of its name, in any case. [any, not audio] */
bool isKernelName (const std::string& fileName);

/** Returns true if a file may as well hold prose, as a .txt. [any, not audio] */
bool mayBeProse (const std::string& fileName);

/** Returns true if the header of a file tells its facts without a look at the rest, by the extension.
    [any, not audio] */
bool hasQuickHeader (const std::string& fileName);

/** What came of a look into a file. */
struct FactsReading
{
    enum class End
    {
        done,
        changed,   // while it was read
        closed,    // it could not be opened
        notWanted, // any more
    };

    End end = End::done;
    FileStatus status; // of the file that was read
    CatalogueFacts facts;
    bool isProse = false; // no kernel and not meant to be one
};

/** Looks into a file: at its header, or at all of it, in memory for a piece of it only. The sentences are those of a
    load.
    @param isWanted  asked every few milliseconds at most [any, not audio] */
FactsReading readFacts (const std::string& path, bool headerOnly, const std::function<bool()>& isWanted);

} // namespace faltwerk
