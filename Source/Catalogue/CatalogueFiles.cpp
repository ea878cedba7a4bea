#include "Catalogue/CatalogueFiles.h"

#include "Catalogue/Files/Paths.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

namespace
{

using namespace std::chrono_literals;

constexpr auto retryOfClosed = 10s, retryOfChanging = 1s;
constexpr size_t filesBetweenQuestions = 16;

int64_t millisecondsOf (const FileStatus& status) { return status.modified / 1000000; }

/** Returns the time for which a file must be unmodified so that the next modification changes its time stamp. */
std::chrono::nanoseconds quietTimeOf (const FileStatus& status)
{
    const bool countsSeconds = status.modified % 1000000000 == 0;
    return countsSeconds ? std::chrono::nanoseconds (2100ms) : std::chrono::nanoseconds (250ms);
}

} // namespace

CatalogueFiles::CatalogueFiles (FactsCache& known)
    : cache (known)
{
}

void CatalogueFiles::beginWalk (const std::vector<CatalogueFolder>& folders)
{
    const auto isKept = [&folders] (const File& file)
    {
        return file.kernelFolder.empty()
               || std::any_of (folders.begin(), folders.end(),
                               [&file] (const CatalogueFolder& folder)
                               { return isWithin (file.entry->folder, folder.path); });
    };

    std::vector<std::optional<File>> kept;

    for (auto& file : files)
        if (isKept (file))
            kept.push_back (std::move (file));

    for (auto& file : old) // of a cancelled walk
        if (file && isKept (*file))
            kept.push_back (std::move (file));

    old = std::move (kept);
    files.clear();
    indices.clear();
    identities.clear();
    oldIndices.clear();

    for (size_t n = 0; n < old.size(); ++n)
        oldIndices.emplace (old[n]->entry->id, n);

    startOver();
    namesChanged = true;
}

void CatalogueFiles::add (const FoundKernel& found) { insert (found.path, found.kernelFolder, found.isLink); }

void CatalogueFiles::addSingle (const std::string& path)
{
    if (isKernelName (lastPartOf (path)) && FileStatus::of (path).kind == FileStatus::Kind::file)
        insert (path, {}, false);
}

void CatalogueFiles::insert (const std::string& path, const std::string& kernelFolder, bool isLink)
{
    const auto id = idOf ({}, path);

    if (indices.contains (id))
        return;

    const auto before = oldIndices.find (id);
    std::optional<File> file;

    if (before != oldIndices.end())
        file = std::exchange (old[before->second], std::nullopt);

    if (! file)
        file = makeFile (makeEntry (path, kernelFolder), kernelFolder);

    if (! file)
        return;

    if (isLink && identities.empty())
        for (const auto& each : files)
            identities.insert (each.status.identity);

    if (isLink && ! identities.insert (file->status.identity).second)
        return; // already known by another name

    if (file->kernelFolder != kernelFolder)
    {
        auto entry = makeEntry (path, kernelFolder);
        entry.hasFacts = file->entry->hasFacts;
        entry.facts = file->entry->facts;
        entry.modifiedMs = file->entry->modifiedMs;
        entry.sizeInBytes = file->entry->sizeInBytes;
        file->kernelFolder = kernelFolder;
        file->entry = std::make_shared<const CatalogueEntry> (std::move (entry));
    }

    indices.emplace (id, files.size());
    files.push_back (std::move (*file));
    namesChanged = true;
}

std::optional<CatalogueFiles::File> CatalogueFiles::makeFile (CatalogueEntry entry,
                                                              const std::string& kernelFolder) const
{
    const auto status = FileStatus::of (entry.path);

    if (status.kind != FileStatus::Kind::file)
        return std::nullopt;

    File file;
    const auto name = lastPartOf (entry.path);
    file.kernelFolder = kernelFolder;
    file.needs = hasQuickHeader (name) ? Needs::header : Needs::all;
    file.isShown = ! mayBeProse (name);
    setStatus (file, status);

    if (auto known = cache.find (entry.id, status))
    {
        entry.hasFacts = true;
        entry.facts = std::move (known->facts);
        file.needs = Needs::nothing;
        file.isShown = ! known->isProse;
    }

    entry.modifiedMs = millisecondsOf (status);
    entry.sizeInBytes = status.size;
    file.entry = std::make_shared<const CatalogueEntry> (std::move (entry));
    return file;
}

void CatalogueFiles::endWalk()
{
    old.clear();
    oldIndices.clear();
    identities.clear();
    startOver();
    namesChanged = true;
}

void CatalogueFiles::setStatus (File& file, const FileStatus& status) const
{
    const std::chrono::nanoseconds age =
        std::chrono::system_clock::now().time_since_epoch() - std::chrono::nanoseconds (status.modified);
    const auto quiet = quietTimeOf (status);
    file.status = status;
    file.notBefore = Clock::now();

    if (age >= 0ns && age < quiet) // a time in the future comes from another clock
        file.notBefore += std::chrono::duration_cast<Clock::duration> (quiet - age);
}

void CatalogueFiles::startOver()
{
    headerCursor = cursor = 0;
    soonest.reset();
}

bool CatalogueFiles::isDue (const File& file, Clock::time_point now)
{
    if (file.needs == Needs::nothing || file.notBefore <= now)
        return file.needs != Needs::nothing;

    soonest = std::min (soonest.value_or (file.notBefore), file.notBefore);
    return false;
}

std::optional<CatalogueFiles::Wish> CatalogueFiles::next (std::vector<std::string>& wantedIds)
{
    const auto now = Clock::now();

    if (soonest && *soonest <= now)
        startOver();

    const auto wish = [this] (size_t index, bool headerOnly) {
        return Wish { index, files[index].entry->path, headerOnly };
    };

    for (auto id = wantedIds.begin(); id != wantedIds.end();)
    {
        const auto found = indices.find (*id);

        if (found != indices.end() && isDue (files[found->second], now))
            return wish (found->second, false);

        if (found != indices.end() && files[found->second].needs == Needs::nothing)
            id = wantedIds.erase (id);
        else
            ++id;
    }

    for (; headerCursor < files.size(); ++headerCursor)
        if (files[headerCursor].needs == Needs::header && isDue (files[headerCursor], now))
            return wish (headerCursor, true);

    for (; cursor < files.size(); ++cursor)
        if (isDue (files[cursor], now))
            return wish (cursor, false);

    return std::nullopt;
}

void CatalogueFiles::take (const Wish& wish, const FactsReading& reading)
{
    auto& file = files[wish.index];

    switch (reading.end)
    {
        case FactsReading::End::notWanted:
            return;

        case FactsReading::End::changed:
            setStatus (file, FileStatus::of (wish.path));
            file.notBefore += retryOfChanging;
            return;

        case FactsReading::End::closed:
            file.isClosed = true;
            file.needs = Needs::nothing;
            file.notBefore = Clock::now() + retryOfClosed;
            setFacts (file, reading.facts, ! file.isShown);
            return;

        case FactsReading::End::done:
            break;
    }

    if (reading.status != file.status)
    {
        setStatus (file, reading.status);

        if (file.notBefore > Clock::now())
            return; // modified too lately
    }

    const bool isAll = ! wish.headerOnly || ! reading.facts.problem.empty();
    file.needs = isAll ? Needs::nothing : Needs::all;

    if (isAll)
        cache.put (file.entry->id, file.status, { reading.facts, reading.isProse });

    auto facts = reading.facts;

    if (! isAll && file.entry->facts.hasThumbnail) // the old one, until there is a new one
    {
        facts.thumbnail = file.entry->facts.thumbnail;
        facts.hasThumbnail = true;
    }

    setFacts (file, facts, reading.isProse);
}

void CatalogueFiles::setFacts (File& file, const CatalogueFacts& facts, bool isProse)
{
    namesChanged = namesChanged || file.isShown == isProse;
    file.isShown = ! isProse;
    auto entry = *file.entry;
    entry.hasFacts = true;
    entry.facts = facts;
    entry.modifiedMs = millisecondsOf (file.status);
    entry.sizeInBytes = file.status.size;
    file.entry = std::make_shared<const CatalogueEntry> (std::move (entry));
}

bool CatalogueFiles::isThere (File& file)
{
    const auto status = FileStatus::of (file.entry->path);

    if (status.kind != FileStatus::Kind::file)
        return false;

    const bool isRetried = file.isClosed && file.notBefore <= Clock::now();

    if (status != file.status || isRetried)
    {
        setStatus (file, status);
        file.needs = hasQuickHeader (lastPartOf (file.entry->path)) ? Needs::header : Needs::all;
        file.isClosed = false;
        startOver();
    }

    return true;
}

bool CatalogueFiles::look (std::span<const std::string> firstIds,
                           Clock::time_point end,
                           const std::function<bool()>& goesOn)
{
    for (const auto& id : firstIds)
        if (const auto found = indices.find (id); found != indices.end() && ! isThere (files[found->second]))
            return true;

    for (size_t n = 0; n < files.size(); ++n)
    {
        if (n % filesBetweenQuestions == 0 && (Clock::now() >= end || ! goesOn()))
            break;

        lookCursor = (lookCursor + 1) % files.size();

        if (! isThere (files[lookCursor]))
            return true;
    }

    return false;
}

void CatalogueFiles::appendTo (std::vector<Entry>& entries) const
{
    for (const auto& file : files)
        if (file.isShown)
            entries.push_back (file.entry);

    for (const auto& file : old)
        if (file && file->isShown)
            entries.push_back (file->entry);
}

bool CatalogueFiles::haveNamesChanged() { return std::exchange (namesChanged, false); }

CatalogueFiles::Count CatalogueFiles::count() const
{
    Count count;

    for (const auto& file : files)
    {
        const bool isKnown = file.needs == Needs::nothing;
        count.files += file.isShown || ! isKnown ? 1u : 0u;
        count.withFacts += file.isShown && isKnown ? 1u : 0u;
    }

    return count;
}

} // namespace faltwerk
