#include "Catalogue/Files/FolderWalk.h"

#include "Catalogue/Facts/FactsReader.h"
#include "Catalogue/Files/Paths.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace faltwerk
{

namespace
{

/** The coarsest resolution of a folder's time among file systems is two seconds. */
constexpr auto coarsestTime = std::chrono::seconds (2);

constexpr size_t namesBetweenQuestions = 64;

std::string join (const std::string& folder, const std::string& name)
{
    return folder.back() == pathSeparator ? folder + name : folder + pathSeparator + name;
}

/** Returns true if the files in a folder may be accessed, and not only their names. */
bool maySeeInto (const std::string& folder)
{
    return FileStatus::of (join (folder, ".")).kind == FileStatus::Kind::folder;
}

bool isSamePlace (const FileStatus& a, const FileStatus& b) { return a.kind == b.kind && a.identity == b.identity; }

} // namespace

/** One walk. */
class FolderWalk::Run
{
public:
    Run (FolderWalk& walk,
         std::vector<CatalogueFolder>& kernelFolders,
         const std::function<bool()>& ask,
         const std::function<void (const FoundKernel&)>& act)
        : owner (walk)
        , roots (kernelFolders)
        , goesOn (ask)
        , visit (act)
    {
    }

    /** Returns false if it was cancelled. */
    bool go()
    {
        for (size_t root = 0; root < roots.size(); ++root)
            start (root);

        const bool isDone = walkAll();

        if (! isDone)
            listings.merge (owner.known);

        owner.known = std::move (listings);
        owner.others = std::move (others);
        return isDone;
    }

private:
    struct Place
    {
        std::string path;
        size_t root; // index of the kernel folder
        size_t depth;
    };

    bool walkAll()
    {
        // Real folders first, so that links to them add nothing.
        while (! isFull && ! (folders.empty() && links.empty()))
        {
            if (! goesOn())
                return false;

            const bool isLink = folders.empty();
            auto& queue = isLink ? links : folders;
            auto place = std::move (queue.front());
            queue.pop_front();

            if (! (isLink ? follow (std::move (place)) : enter (place)))
                return false;
        }

        for (const auto& file : linkedFiles)
        {
            if (! goesOn())
                return false;

            if (isFull || ! found (file, true))
                break;
        }

        return true;
    }

    void complain (size_t root, const std::string& path, const char* what)
    {
        if (roots[root].problem.empty())
            roots[root].problem = "'" + path + "' " + what;
    }

    void start (size_t root)
    {
        const auto& path = roots[root].path;
        roots[root].problem.clear();
        const auto status = FileStatus::of (path);

        if (status.kind != FileStatus::Kind::folder)
        {
            others[path] = status;
            complain (root, path,
                      status.kind == FileStatus::Kind::none
                          ? "was not found. Connect its drive, or take it off the kernel folders."
                          : "is not a folder. Take it off the kernel folders.");
            return;
        }

        if (! entered.insert (status.identity).second)
        {
            complain (root, path, "is the same as another of the kernel folders. Take one of them off.");
            return;
        }

        folders.push_back ({ path, root, 0 });

        // A link to a parent of this folder would add everything beside it.
        for (auto outer = toPath (path).parent_path(); ! outer.empty(); outer = outer.parent_path())
        {
            outside.insert (FileStatus::of (toUtf8 (outer)).identity);

            if (outer == outer.parent_path())
                break;
        }
    }

    bool enter (const Place& place)
    {
        const auto status = FileStatus::of (place.path);

        if (status.kind != FileStatus::Kind::folder) // it is gone
        {
            others[place.path] = status;
            return true;
        }

        // Kernel folders have been entered already.
        const bool isRoot = place.depth == 0 && place.path == roots[place.root].path;

        if (! isRoot && ! entered.insert (status.identity).second)
            return true;

        if (listings.size() >= owner.limits.folders)
            return full (place, "holds too many folders: the rest is left out. Name those with kernels in them.");

        const auto* const listing = listingOf (place.path, status);

        if (listing == nullptr)
            return false;

        numNames += listing->numNames;

        if (! listing->isOpen)
            complain (place.root, place.path, "could not be opened. Check that you may read it.");

        if (listing->numForeignNames > 0)
            complain (place.root, place.path, "holds files whose names are not UTF-8. Rename them.");

        if (numNames >= owner.limits.names)
            return full (place, "holds too many files: the rest is left out. Name the folders with kernels in them.");

        return take (place, *listing);
    }

    /** Returns the listing of a folder, the kept one if it is still valid; null if it was cancelled. */
    const Listing* listingOf (const std::string& path, const FileStatus& status)
    {
        const auto before = owner.known.find (path);

        if (before != owner.known.end() && before->second.status == status && before->second.isSettled
            && before->second.isOpen)
            return &listings.insert (owner.known.extract (before)).position->second;

        auto listing = list (path, status, before != owner.known.end() ? &before->second : nullptr,
                             owner.limits.names - std::min (numNames, owner.limits.names), goesOn);
        return goesOn() ? &(listings[path] = std::move (listing)) : nullptr;
    }

    bool take (const Place& place, const Listing& listing)
    {
        size_t count = 0;

        for (const auto& item : listing.items)
        {
            if (++count % namesBetweenQuestions == 0 && ! goesOn())
                return false;

            Place inside { join (place.path, item.name), place.root, place.depth + 1 };

            if (item.kind == Item::Kind::kernel)
            {
                if (! found (inside, false))
                    return true;
            }
            else if (inside.depth > owner.limits.depth)
            {
                complain (place.root, place.path, "holds folders within folders without end. The rest is left out.");
            }
            else
            {
                (item.kind == Item::Kind::folder ? folders : links).push_back (std::move (inside));
            }
        }

        return true;
    }

    bool follow (Place&& place)
    {
        const auto status = FileStatus::of (place.path);
        others[place.path] = status;

        if (status.kind == FileStatus::Kind::file && isKernelName (lastPartOf (place.path)))
            linkedFiles.push_back (std::move (place));
        else if (status.kind == FileStatus::Kind::folder && ! outside.contains (status.identity))
            folders.push_back (std::move (place));

        return true;
    }

    bool found (const Place& place, bool isLink)
    {
        if (numKernels == owner.limits.kernels)
        {
            full (place, "");
            return false;
        }

        ++numKernels;
        visit ({ place.path, roots[place.root].path, isLink });
        return true;
    }

    bool full (const Place& place, const char* what)
    {
        isFull = true;
        complain (place.root, roots[place.root].path,
                  *what != 0 ? what : "holds more kernels than can be shown: the rest is left out.");
        return true;
    }

    FolderWalk& owner;
    std::vector<CatalogueFolder>& roots;
    const std::function<bool()>& goesOn;
    const std::function<void (const FoundKernel&)>& visit;
    std::deque<Place> folders, links; // still to be visited
    std::vector<Place> linkedFiles;   // visited after all real files
    std::set<FileIdentity> entered, outside;
    std::unordered_map<std::string, Listing> listings;
    std::unordered_map<std::string, FileStatus> others;
    size_t numKernels = 0, numNames = 0;
    bool isFull = false;
};

FolderWalk::Listing FolderWalk::list (const std::string& path,
                                      const FileStatus& status,
                                      const Listing* before,
                                      size_t mostNames,
                                      const std::function<bool()>& goesOn)
{
    namespace fs = std::filesystem;
    const auto now = Clock::now();
    Listing listing;
    listing.status = status;
    listing.noticed = before != nullptr && before->status == status ? before->noticed : now;
    listing.isSettled = now - listing.noticed >= coarsestTime;

    if (! maySeeInto (path))
        return listing;

    std::error_code error;
    fs::directory_iterator each (toPath (path), error);

    for (; ! error && each != fs::directory_iterator(); each.increment (error))
    {
        if (++listing.numNames > mostNames || (listing.numNames % namesBetweenQuestions == 0 && ! goesOn()))
            break;

        auto name = toUtf8 (each->path().filename());
        std::error_code ignored;

        if (name.empty() || name.front() == '.')
            continue; // hidden

        if (! isUtf8 (name))
            ++listing.numForeignNames;
        else if (each->is_symlink (ignored))
            listing.items.push_back ({ std::move (name), Item::Kind::link });
        else if (each->is_directory (ignored))
            listing.items.push_back ({ std::move (name), Item::Kind::folder });
        else if (isKernelName (name) && each->is_regular_file (ignored))
            listing.items.push_back ({ std::move (name), Item::Kind::kernel });
    }

    listing.isOpen = ! error;
    return listing;
}

bool FolderWalk::run (std::vector<CatalogueFolder>& folders,
                      const std::function<bool()>& goesOn,
                      const std::function<void (const FoundKernel&)>& visit)
{
    return Run (*this, folders, goesOn, visit).go();
}

bool FolderWalk::hasChanged (const std::function<bool()>& goesOn) const
{
    for (const auto& [path, listing] : known)
    {
        if (! goesOn() || FileStatus::of (path) != listing.status || (listing.isOpen && ! listing.isSettled))
            return true;

        std::error_code error;

        if (! listing.isOpen)
            std::filesystem::directory_iterator (toPath (path), error);

        if (! listing.isOpen && ! error && maySeeInto (path))
            return true;
    }

    return std::any_of (others.begin(), others.end(),
                        [] (const auto& each) { return ! isSamePlace (FileStatus::of (each.first), each.second); });
}

} // namespace faltwerk
