#include "Editor/Files/FileSaving.h"

#include <utility>

namespace faltwerk
{

SavingThread::~SavingThread()
{
    while (jobs.numJobs() > 0) // jobs that wait would be dropped
        juce::Thread::sleep (1);
}

juce::String FileSaving::Result::sentence() const
{
    if (error.empty())
        return "Saved as '" + file.getFileName() + "'";

    const auto text = juce::String::fromUTF8 (error.c_str());
    return text.substring (0, 1).toUpperCase() + text.substring (1);
}

void FileSaving::save (const juce::File& file, std::function<std::string()> write)
{
    thread->jobs.add (
        [state = shared, file, write = std::move (write)]
        {
            auto error = write();
            const std::lock_guard guard (state->lock);
            state->finished.push_back ({ file, std::move (error) });
        });
}

std::optional<FileSaving::Result> FileSaving::take()
{
    const std::lock_guard guard (shared->lock);

    if (shared->finished.empty())
        return std::nullopt;

    auto result = std::move (shared->finished.front());
    shared->finished.pop_front();
    return result;
}

} // namespace faltwerk
