#pragma once

#include <cstddef>
#include <string>

namespace faltwerk
{

/** Names a file that is useless until it is finished, or a folder that holds nothing but such files: removed if a
    signal ends the process while the object lives (Windows keeps one that is open). Does not make or remove it
    otherwise. [not audio] */
class UnfinishedFile
{
public:
    /** @param path  UTF-8, absolute; a path of 4096 characters or more is not remembered, nor one beyond the first
        256 */
    explicit UnfinishedFile (const std::string& path);
    ~UnfinishedFile();
    UnfinishedFile (const UnfinishedFile&) = delete;
    UnfinishedFile& operator= (const UnfinishedFile&) = delete;

private:
    size_t place;
};

/** Makes Ctrl-C, SIGTERM, SIGHUP and SIGPIPE remove the unfinished files before they end the process as usual. For
    programs, at their start; not for plugins, whose host has handlers of its own. [main thread] */
void removeUnfinishedFilesOnSignals();

} // namespace faltwerk
