// The document's kernels: requested, loaded, failed, searched for.

#include "Plugin/Document/Document.h"

#include <utility>

namespace faltwerk
{

namespace
{

constexpr int mostFailures = 100; // in succession, that a bounce waits for

/** Returns true if two kernels differ at most in their names. */
bool isRenamed (const LoadedKernel& a, const LoadedKernel& b) { return a.origin == b.origin && a.maker == b.maker; }

} // namespace

// --- Asking ----------------------------------------------------------------------------------------------------------

void Document::ask (KernelEntry entry, LoadRequest request, bool isStep)
{
    isPostponed = false;
    givenUp = nullptr;
    kernels.add (kernelLoader.request (std::move (request)), std::move (entry), isStep);
}

LoadRequest Document::requestFor (LoadedKernelPointer kernel, IfMissing ifMissing) const
{
    return faltwerk::requestFor (std::move (kernel), settings->get().kernelFolders, ifMissing);
}

/** Requests a kernel as an undo step whose name begins with a verb. */
void Document::load (const char* verb, LoadedKernelPointer kernel, DocumentEdits edits, Choice choice)
{
    const std::lock_guard guard (lock);
    const auto& before = kernels.current();

    if (kernel != nullptr)
    {
        // A failure does not restore a kernel that is being tried or was given up, unless it has been loaded.
        const bool isPassing = (trying.isOn() || before.source == givenUp) && before.source != nullptr
                               && before.source->fallback != nullptr;
        kernel = withFallback (*kernel, isPassing ? *before.source->fallback : before);
    }

    if (trying.isOn())
    {
        ask ({ kernel, std::move (edits) }, requestFor (kernel));
        return;
    }

    const auto from = slots();
    const auto name = UndoHistory::nameOf (verb, kernel);
    ask ({ kernel, std::move (edits) }, requestFor (kernel), true);
    steps.requested ({ name, from, slots(), true, steppingBy (choice, UndoHistory::Stepping::Through::kernels) });
}

void Document::loadFile (const juce::File& file, const ChannelChoice& channels, Choice choice)
{
    load ("Load", kernelOfFile (originOfFile (file.getFullPathName().toStdString(), channels)), {}, choice);
}

void Document::loadParts (const KernelParts& parts, Choice choice)
{
    load ("Load", kernelOfFile (originOfParts (parts)), {}, choice);
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
    load ("Load", kernelOfMaker (name, std::make_shared<KernelMaker> (std::move (kernel))));
}

void Document::loadKernel (const std::string& name, KernelMaker::Make make)
{
    load ("Load", kernelOfMaker (name, std::make_shared<KernelMaker> (std::move (make))));
}

void Document::setChannels (const ChannelChoice& channels)
{
    const auto now = current();

    if (now.source == nullptr || now.source->origin.path.empty())
        return;

    auto origin = now.source->origin;
    origin.channels = channels;
    auto kernel = std::make_shared<LoadedKernel> (*kernelOfFile (origin));
    kernel->name = now.source->name;
    load ("Channels of", std::move (kernel), now.edits);
}

void Document::relink (const juce::File& file)
{
    const auto now = current();
    auto origin = now.source != nullptr ? now.source->origin : KernelOrigin();
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
    const auto entry = kernels.current();
    const auto& kernel = entry.source;

    if (! kernels.isWaiting() || kernel == nullptr || kernel->kernel != nullptr)
        return; // nothing is being loaded, or the audio is known and sounds at once

    LoadResult result;

    if (kernel->fallback != nullptr)
    {
        result.isGivenUp = true;
    }
    else
    {
        // A session or a slot names it: it stays as missing, with its name, hash and copy.
        result.succeeded = result.isKept = result.offersRelink = true;
        result.source = kernel;
        result.message = "Loading '" + nameInMessages (*kernel) + "' was given up: locate it, or undo";
    }

    ask (entry, [result] { return result; });
    givenUp = kernel;
}

void Document::renameKernel (const std::string& name)
{
    const auto now = current();

    if (now.source == nullptr || now.source->name == name || name.empty())
        return;

    auto renamed = std::make_shared<LoadedKernel> (*now.source);
    renamed->name = name;
    change ("Rename '" + now.source->name + "'", [&renamed] (DocumentSlots& slots) { slots.current.source = renamed; });
}

void Document::begin (LoadedKernelPointer kernel)
{
    const std::lock_guard guard (lock);
    kernels.current() = { std::move (kernel), {} };
    isPostponed = true;
}

void Document::loadPostponed()
{
    const std::lock_guard guard (lock);

    if (isPostponed)
        ask (kernels.current(), requestFor (kernels.current().source));
}

void Document::finishLoading()
{
    loadPostponed();
    finishRequests();

    const auto kernel = current().source;

    if (kernel != nullptr && kernel->kernel == nullptr) // the finder may have found it by now
    {
        finder->finish (this);
        finishRequests();
    }
}

/** Waits for the requested kernel and, if it fails, for the one that is restored. */
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

LoaderClient::Wanted Document::wanted() const noexcept
{
    return { parameters.rebuild(), editsVersion.load (std::memory_order_acquire) };
}

Edits Document::editsFor (uint64_t request) const
{
    const std::lock_guard guard (lock);
    return kernels.editsFor (request).with (parameters.edits());
}

/** Replaces a requested kernel by the loaded one in the steps, the other slot and the preset. */
void Document::replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found)
{
    steps.loaded (former, found);

    if (other && other->source == former)
        other->source = found;

    if (preset.value && preset.value->source == former)
        preset.value->source = found;

    trying.replaceKernel (former, found);
}

/** Replaces a kernel that failed to load by its fallback in the steps, the other slot and the preset. */
void Document::giveUp (const LoadedKernelPointer& kernel)
{
    const auto before = kernel->fallback != nullptr ? *kernel->fallback : KernelEntry();
    steps.failed (kernel, before);
    DocumentSlots own { {}, other, slotIsB, preset };
    own.replaceKernel (kernel, before);
    other = own.other;
    preset = own.preset;

    trying.replaceKernel (kernel, before);

    if (kernels.isWaiting())
        return;

    // The fallback may differ from the loaded kernel: the failed one may have come from an undo.
    const bool isThere = before.source == nullptr || ! before.source->isOnItsWay();

    if (isThere && isSameKernel (kernels.loaded().source, before.source))
        kernels.current().edits = before.edits;
    else
        ask (before, requestFor (before.source, ifNotHad (before.source)));
}

void Document::succeeded (uint64_t request, LoadedKernelPointer loaded)
{
    const std::lock_guard guard (lock);
    const auto completed = kernels.complete (request, loaded);

    for (const auto& former : completed.overtaken)
        if (former->maker == nullptr && (completed.wanted == nullptr || ! isRenamed (*former, *completed.wanted)))
            steps.overtaken (former);

    if (completed.wanted != nullptr && loaded != nullptr && completed.wanted != loaded)
        replaceKernel (completed.wanted, loaded);

    // A kernel whose file was found but cannot be read is not searched for again; nor is one that was given up.
    const bool isMissing = loaded != nullptr && loaded->kernel == nullptr;
    const bool isLookedFor =
        isMissing ? loaded->origin.stamp == FileStamp() && loaded != givenUp : loaded != completed.wanted;
    givenUp = nullptr;

    if (loaded != nullptr && isLookedFor)
        lookForFileOf (loaded);

    editsVersion.fetch_add (1, std::memory_order_release);
}

void Document::failed (uint64_t request)
{
    const std::lock_guard guard (lock);
    steps.close (slots()); // edits of the failed kernel are dropped with it
    const auto completed = kernels.drop (request);

    if (completed.wanted != nullptr && completed.wanted->isOnItsWay())
        giveUp (completed.wanted);

    steps.goOnFrom (slots());
    editsVersion.fetch_add (1, std::memory_order_release);
}

// --- Files of kernels that sound from a copy, or are missing ---------------------------------------------------------

/** Searches for the file of a kernel, unless the kernel was read from it. */
void Document::lookForFileOf (const LoadedKernelPointer& kernel)
{
    const bool isMissing = kernel->kernel == nullptr;

    if (kernel->hash.empty() || (! isMissing && (kernel->origin.path.empty() || ! kernel->origin.isOnlyInSessions)))
        return;

    finder->find (this, *kernel, settings->get().kernelFolders,
                  [this, kernel] (const KernelFinder::Answer& answer) { fileWasLookedFor (kernel, answer); });
}

void Document::fileWasLookedFor (const LoadedKernelPointer& kernel, const KernelFinder::Answer& answer)
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
    place->origin.path = answer.path;
    place->origin.stamp = answer.stamp;
    place->origin.isOnlyInSessions = false;

    if (! answer.isWhereItWas)
        place->origin.relativePath.clear();

    const auto moved =
        answer.isWhereItWas ? std::string() : name + " was not where it was: using '" + answer.path + "'";

    const std::lock_guard guard (lock);

    if (kernel->kernel == nullptr && kernels.current().source == kernel)
    {
        ask ({ kernel, kernels.current().edits }, requestFor (place, IfMissing::isKept));
        return;
    }

    replaceKernel (kernel, place);
    kernels.replaceKernel (kernel, place);
    kernelLoader.replaceKernel (kernel, place);

    if (! moved.empty())
        kernelLoader.remark (place, moved, false);
}

} // namespace faltwerk
