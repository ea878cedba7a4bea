// The document's kernels: asked for, on their way, arrived, failed, looked for.

#include "Plugin/Document/Document.h"

#include <utility>

namespace faltwerk
{

namespace
{

constexpr int mostFailures = 100; // one after the other that a bounce waits for

/** Returns true if one kernel only stands for another under a new name. */
bool isRenamed (const LoadedKernel& a, const LoadedKernel& b)
{
    return static_cast<const KernelOrigin&> (a) == b && a.source == b.source;
}

} // namespace

// --- Asking ----------------------------------------------------------------------------------------------------------

void Document::ask (KernelQueue::Entry entry, KernelLoader::Request request, bool isStep)
{
    isPostponed = false;
    givenUp = nullptr;
    kernels.expect (kernelLoader.request (std::move (request)), std::move (entry), isStep);
}

KernelLoader::Request Document::requestFor (KernelPointer kernel, IfMissing ifMissing) const
{
    return faltwerk::requestFor (std::move (kernel), settings->get().kernelFolders, ifMissing);
}

/** Asks for a kernel, as a step with that verb. */
void Document::load (const char* verb, KernelPointer kernel, DocumentEdits edits, Choice choice)
{
    const std::lock_guard guard (lock);
    const auto& before = kernels.newest();

    if (kernel != nullptr)
    {
        // What is only tried, or given up, is not what a failure comes back to, unless it is there.
        const bool isPassing = (beforeTrying || before.kernel == givenUp) && before.kernel != nullptr
                               && before.kernel->fallback != nullptr;
        kernel = withFallback (*kernel, isPassing ? *before.kernel->fallback : before);
    }

    if (beforeTrying)
    {
        ask ({ kernel, std::move (edits) }, requestFor (kernel));
        return;
    }

    const auto from = slots();
    const auto name = UndoHistory::nameOf (verb, kernel);
    ask ({ kernel, std::move (edits) }, requestFor (kernel), true);
    steps.asked ({ name, from, slots(), true, steppingBy (choice, UndoHistory::Stepping::Through::kernels) });
}

void Document::loadFile (const juce::File& file, const ChannelChoice& channels, Choice choice)
{
    const auto path = file.getFullPathName().toStdString();

    if (const auto parts = findKernelParts (path); parts && parts->files.size() == 4)
    {
        loadParts (*parts, choice);
        return;
    }

    KernelOrigin origin;
    origin.path = path;
    origin.channels = channels;
    load ("Load", kernelOfFile (origin), {}, choice);
}

void Document::loadParts (const KernelParts& parts, Choice choice)
{
    KernelOrigin origin;
    origin.path = parts.files.front();
    origin.hasParts = parts.areNamedAlike;

    if (! parts.areNamedAlike)
        origin.otherFiles.assign (parts.files.begin() + 1, parts.files.end());

    load ("Load", kernelOfFile (origin), {}, choice);
}

void Document::loadFactoryKernel (const std::string& name, Choice choice)
{
    load ("Load", factoryKernelNamed (name), {}, choice);
}

void Document::loadRecipe (const std::string& name, const KernelRecipe& recipe)
{
    load ("Load", kernelOfRecipe (name, recipe));
}

void Document::loadKernel (Kernel kernel)
{
    const auto name = kernel.name;
    load ("Load", kernelOfSource (name, std::make_shared<KernelSource> (std::move (kernel))));
}

void Document::loadKernel (const std::string& name, KernelSource::Make make)
{
    load ("Load", kernelOfSource (name, std::make_shared<KernelSource> (std::move (make))));
}

void Document::setChannels (const ChannelChoice& channels)
{
    const auto now = present();

    if (now.kernel == nullptr || now.kernel->path.empty())
        return;

    KernelOrigin origin = *now.kernel;
    origin.channels = channels;
    auto kernel = std::make_shared<LoadedKernel> (*kernelOfFile (origin));
    kernel->name = now.kernel->name;
    load ("Channels of", std::move (kernel), now.edits);
}

void Document::relink (const juce::File& file)
{
    const auto now = present();
    KernelOrigin origin = now.kernel != nullptr ? static_cast<const KernelOrigin&> (*now.kernel) : KernelOrigin();
    origin = movedTo (std::move (origin), file.getFullPathName().toStdString());
    origin.relativePath.clear();
    origin.factoryName.clear();
    origin.recipe.reset();
    origin.isOnlyInSessions = false;
    load ("Relink", kernelOfFile (origin), now.edits);
}

void Document::clearKernel() { load ("Clear kernel", nullptr); }

void Document::cancelLoading()
{
    const std::lock_guard guard (lock);
    const auto entry = kernels.newest();
    const auto& kernel = entry.kernel;

    if (! kernels.isWaiting() || kernel == nullptr || kernel->kernel != nullptr)
        return; // nothing is on its way, or it is here and will be heard at once

    KernelLoader::Result result;

    if (kernel->fallback != nullptr)
    {
        result.isGivenUp = true;
    }
    else
    {
        // A session or a slot names it: it stays, as missing, with all that is known of it.
        result.succeeded = result.isKept = result.offersRelink = true;
        result.document = kernel;
        result.message = "Loading '" + nameInMessages (*kernel) + "' was given up: locate it, or undo";
    }

    ask (entry, [result] { return result; });
    givenUp = kernel;
}

void Document::renameKernel (const std::string& name)
{
    const auto now = present();

    if (now.kernel == nullptr || now.kernel->name == name || name.empty())
        return;

    auto renamed = std::make_shared<LoadedKernel> (*now.kernel);
    renamed->name = name;
    change ("Rename '" + now.kernel->name + "'", [&renamed] (DocumentSlots& slots) { slots.present.kernel = renamed; });
}

void Document::beginWithDefaultKernel()
{
    const std::lock_guard guard (lock);
    kernels.newest() = { defaultFactoryKernel(), {} };
    isPostponed = true;
}

void Document::loadPostponed()
{
    const std::lock_guard guard (lock);

    if (isPostponed)
        ask (kernels.newest(), requestFor (kernels.newest().kernel));
}

void Document::finishLoading()
{
    loadPostponed();
    finishRequests();

    const auto kernel = present().kernel;

    if (kernel != nullptr && kernel->kernel == nullptr) // it may be found by now, and be loading
    {
        finder->finish (this);
        finishRequests();
    }
}

/** Waits for the newest kernel, and if it fails for what comes back instead. */
void Document::finishRequests()
{
    const auto isWaiting = [this]
    {
        const std::lock_guard guard (lock);
        return kernels.isWaiting();
    };

    int numFailures = 0;

    do
        kernelLoader.finish();
    while (isWaiting() && numFailures++ < mostFailures);
}

// --- The loader's client ---------------------------------------------------------------------------------------------

KernelLoader::Wanted Document::wanted() const noexcept
{
    return { parameters.rebuild(), editsVersion.load (std::memory_order_acquire) };
}

Edits Document::editsFor (uint64_t request) const
{
    const std::lock_guard guard (lock);
    return kernels.editsFor (request).with (parameters.edits());
}

/** Puts what has been found in place of what named it, wherever that is. */
void Document::replaceKernel (const KernelPointer& former, const KernelPointer& found)
{
    steps.arrived (former, found);

    if (other && other->kernel == former)
        other->kernel = found;

    if (preset.value && preset.value->kernel == former)
        preset.value->kernel = found;

    if (beforeTrying)
        beforeTrying->replaceKernel (former, found);
}

/** Puts what was before in place of a kernel on its way that never comes, wherever that is. */
void Document::giveUp (const KernelPointer& kernel)
{
    const auto before = kernel->fallback != nullptr ? *kernel->fallback : KernelEntry();
    steps.failed (kernel, before);
    DocumentSlots own { {}, other, slotIsB, preset };
    own.replaceKernel (kernel, before);
    other = own.other;
    preset = own.preset;

    if (beforeTrying)
        beforeTrying->replaceKernel (kernel, before);

    if (kernels.isWaiting())
        return;

    // What sounds need not be what was before: the kernel may have come from an undo.
    const bool isThere = before.kernel == nullptr || ! before.kernel->isOnItsWay();

    if (isThere && isSameKernel (kernels.present().kernel, before.kernel))
        kernels.newest().edits = before.edits;
    else
        ask (before, requestFor (before.kernel, ifNotHad (before.kernel)));
}

void Document::succeeded (uint64_t request, KernelPointer arrived)
{
    const std::lock_guard guard (lock);
    const auto asked = kernels.arrive (request, arrived);

    for (const auto& former : asked.overtaken)
        if (former->source == nullptr && (asked.kernel == nullptr || ! isRenamed (*former, *asked.kernel)))
            steps.overtaken (former);

    if (asked.kernel != nullptr && arrived != nullptr && asked.kernel != arrived)
        replaceKernel (asked.kernel, arrived);

    // One that was found and could not be had all the same is not looked for again, nor one that was given up.
    const bool isMissing = arrived != nullptr && arrived->kernel == nullptr;
    const bool isLookedFor = isMissing ? arrived->stamp == FileStamp() && arrived != givenUp : arrived != asked.kernel;
    givenUp = nullptr;

    if (arrived != nullptr && isLookedFor)
        lookForFileOf (arrived);

    editsVersion.fetch_add (1, std::memory_order_release);
}

void Document::failed (uint64_t request)
{
    const std::lock_guard guard (lock);
    steps.close (slots()); // what a gesture did to it goes with it
    const auto asked = kernels.forget (request);

    if (asked.kernel != nullptr && asked.kernel->isOnItsWay())
        giveUp (asked.kernel);

    steps.goOnFrom (slots());
    editsVersion.fetch_add (1, std::memory_order_release);
}

// --- Files of kernels that sound from a copy, or are missing ---------------------------------------------------------

/** Has the file of a kernel looked for, unless it is known to be where the kernel came from. */
void Document::lookForFileOf (const KernelPointer& kernel)
{
    const bool isMissing = kernel->kernel == nullptr;

    if (kernel->hash.empty() || (! isMissing && (kernel->path.empty() || ! kernel->isOnlyInSessions)))
        return;

    finder->find (this, *kernel, settings->get().kernelFolders,
                  [this, kernel] (const KernelFinder::Answer& answer) { fileWasLookedFor (kernel, answer); });
}

void Document::fileWasLookedFor (const KernelPointer& kernel, const KernelFinder::Answer& answer)
{
    const auto name = "'" + nameInMessages (*kernel) + "'";

    if (answer.path.empty())
    {
        const auto found = kernel->kernel != nullptr ? name + (answer.hasChanged ? " has changed" : " was not found")
                                                           + ": using an earlier copy, saved with the session"
                                                     : name + " was not found and the session holds no copy: locate it";
        kernelLoader.remark (kernel, found, true);
        return;
    }

    auto place = std::make_shared<LoadedKernel> (*kernel);
    place->path = answer.path;
    place->stamp = answer.stamp;
    place->isOnlyInSessions = false;

    if (! answer.isWhereItWas)
        place->relativePath.clear();

    const auto moved =
        answer.isWhereItWas ? std::string() : name + " was not where it was: using '" + answer.path + "'";

    const std::lock_guard guard (lock);

    if (kernel->kernel == nullptr && kernels.newest().kernel == kernel)
    {
        ask ({ kernel, kernels.newest().edits }, requestFor (place, IfMissing::isKept));
        return;
    }

    replaceKernel (kernel, place);
    kernels.replaceKernel (kernel, place);
    kernelLoader.replaceDocument (kernel, place);

    if (! moved.empty())
        kernelLoader.remark (place, moved, false);
}

} // namespace faltwerk
