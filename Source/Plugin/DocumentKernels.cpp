// The document's kernels: asked for, on their way, arrived, failed, looked for.

#include "Kernel/KernelPair.h"
#include "Plugin/Document.h"
#include "Plugin/SlotTranslation.h"

#include <utility>

namespace faltwerk
{

namespace
{

/** What it means that a kernel cannot be had which is not asked for the first time. */
IfMissing ifMissing (const std::shared_ptr<const KernelDocument>& kernel)
{
    return kernel != nullptr && kernel->fallback != nullptr ? IfMissing::fails : IfMissing::isKept;
}

/** Returns true if one kernel only stands for another under a new name. */
bool isRenamed (const KernelDocument& a, const KernelDocument& b)
{
    return static_cast<const KernelOrigin&> (a) == b && a.source == b.source;
}

} // namespace

// --- Asking ----------------------------------------------------------------------------------------------------------

void Document::ask (KernelQueue::Entry entry, KernelLoader::Request request, bool isStep)
{
    isPostponed = false;
    kernels.expect (kernelLoader.request (std::move (request)), std::move (entry), isStep);
}

KernelLoader::Request Document::requestFor (KernelPointer kernel, IfMissing ifMissing) const
{
    return faltwerk::requestFor (std::move (kernel), settings->get().kernelFolders, ifMissing);
}

/** Asks for a kernel, as a step with that verb. */
void Document::load (const char* verb, KernelPointer kernel, DocumentEdits edits)
{
    const std::lock_guard guard (lock);
    const auto& before = kernels.newest();

    if (kernel != nullptr)
    {
        // What is only tried is not what a failure comes back to, unless it is there.
        const bool isPassing = beforeTrying && before.kernel != nullptr && before.kernel->fallback != nullptr;
        kernel = withFallback (*kernel, isPassing ? *before.kernel->fallback : before);
    }

    if (beforeTrying)
    {
        ask ({ kernel, std::move (edits) }, requestFor (kernel));
        return;
    }

    const auto from = slots();
    const auto step = verb + (kernel != nullptr ? " '" + kernel->name + "'" : std::string());
    ask ({ kernel, std::move (edits) }, requestFor (kernel), true);
    steps.asked (step, from, slots());
}

void Document::loadFile (const juce::File& file, ChannelLayout layout, size_t numMatrixInputs)
{
    KernelOrigin origin;
    origin.path = file.getFullPathName().toStdString();
    origin.layout = layout;
    origin.numMatrixInputs = numMatrixInputs;
    load ("Load", kernelOfFile (origin));
}

void Document::loadPair (const juce::File& left)
{
    const auto pair = findKernelPair (left.getFullPathName().toStdString());

    if (! pair)
    {
        loadFile (left);
        return;
    }

    KernelOrigin origin;
    origin.path = pair->left;
    origin.isPair = true;
    load ("Load", kernelOfFile (origin));
}

void Document::loadFactoryKernel (const std::string& name) { load ("Load", factoryKernelNamed (name)); }

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

void Document::setChannelLayout (ChannelLayout layout, size_t numMatrixInputs)
{
    const auto now = present();

    if (now.kernel == nullptr || now.kernel->path.empty())
        return;

    KernelOrigin origin = *now.kernel;
    origin.layout = layout;
    origin.numMatrixInputs = numMatrixInputs;
    load ("Channels of", kernelOfFile (origin), now.edits);
}

void Document::relink (const juce::File& file)
{
    const auto now = present();
    KernelOrigin origin = now.kernel != nullptr ? static_cast<const KernelOrigin&> (*now.kernel) : KernelOrigin();
    origin.path = file.getFullPathName().toStdString();
    origin.relativePath.clear();
    origin.factoryName.clear();
    origin.recipe.reset();
    origin.isOnlyInSessions = false;
    load ("Relink", kernelOfFile (origin), now.edits);
}

void Document::clearKernel() { load ("Clear kernel", nullptr); }

void Document::cancelLoading()
{
    kernelLoader.request (
        []
        {
            KernelLoader::Result nothing;
            nothing.isGivenUp = true;
            return nothing;
        });
}

void Document::renameKernel (const std::string& name)
{
    const auto now = present();

    if (now.kernel == nullptr || now.kernel->name == name || name.empty())
        return;

    auto renamed = std::make_shared<KernelDocument> (*now.kernel);
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
    kernelLoader.finish();

    const auto kernel = present().kernel;

    if (kernel != nullptr && kernel->kernel == nullptr) // it may be found by now, and be loading
    {
        finder->finish (this);
        kernelLoader.finish();
    }
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

    if (presetValue.kernel == former)
        presetValue.kernel = found;

    if (beforeTrying)
        beforeTrying->replaceKernel (former, found);
}

/** Puts what was before in place of a kernel on its way that never comes, wherever that is. */
void Document::giveUp (const KernelPointer& kernel)
{
    const auto before = kernel->fallback != nullptr ? *kernel->fallback : KernelEntry();
    steps.failed (kernel, before);
    DocumentSlots own { presetValue, other };
    own.replaceKernel (kernel, before);
    presetValue = own.present;
    other = own.other;

    if (beforeTrying)
        beforeTrying->replaceKernel (kernel, before);

    if (kernels.isWaiting())
        return;

    // What sounds need not be what was before: the kernel may have come from an undo.
    const bool isThere = before.kernel == nullptr || ! before.kernel->isOnItsWay();

    if (isThere && isSameKernel (kernels.present().kernel, before.kernel))
        kernels.newest().edits = before.edits;
    else
        ask (before, requestFor (before.kernel, ifMissing (before.kernel)));
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

    if (arrived != nullptr && (arrived->kernel == nullptr || arrived != asked.kernel))
        lookForFileOf (arrived);

    editsVersion.fetch_add (1, std::memory_order_release);
}

void Document::failed (uint64_t request)
{
    const std::lock_guard guard (lock);
    steps.close (slots()); // what a gesture did to it goes with it
    const auto asked = kernels.forget (request);
    const auto given = asked.kernel != nullptr || asked.overtaken.empty() ? asked.kernel : asked.overtaken.back();

    if (given != nullptr && given->isOnItsWay())
        giveUp (given);

    steps.goOnFrom (slots());
    editsVersion.fetch_add (1, std::memory_order_release);
}

// --- Files of kernels that sound from a copy, or are missing -----------------------------------------------------------

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
        const auto found =
            kernel->kernel != nullptr
                ? name + (answer.hasChanged ? " has changed" : " was not found") + ": using the copy in the session"
                : name + " was not found and the session holds no copy: load it again";
        kernelLoader.remark (kernel, found, true);
        return;
    }

    auto place = std::make_shared<KernelDocument> (*kernel);
    place->path = answer.path;
    place->stamp = FileStamp::of (answer.path);
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

// --- Sessions --------------------------------------------------------------------------------------------------------

/** Returns a slot for a session, with what comes back if its kernel fails. A kernel that only a function in this process
    can make is left out for what was before. */
PluginState::Slot Document::savedSlot (const DocumentState& state) const
{
    auto slot = slotOf (parameters, state);
    std::vector<KernelEntry> entries { { state.kernel, state.edits } };

    while (entries.back().kernel != nullptr && entries.back().kernel->isOnItsWay()
           && entries.back().kernel->fallback != nullptr)
        entries.push_back (*entries.back().kernel->fallback);

    std::vector<KernelEntry> saved;

    for (auto& [kernel, edits] : entries)
    {
        if (kernel == nullptr || kernel->source == nullptr)
        {
            saved.push_back ({ kernel, edits });
        }
        else if (const auto made = kernel->source->known())
        {
            KernelOrigin origin = *kernel;
            origin.isOnlyInSessions = true;
            auto document = std::make_shared<KernelDocument> (*makeDocument (made, origin));
            document->name = kernel->name;
            saved.push_back ({ std::move (document), edits });
        }
    }

    slot.kernel = saved.empty() ? nullptr : saved.front().kernel;
    slot.edits = saved.empty() ? DocumentEdits() : saved.front().edits;

    for (size_t n = 1; n < saved.size() && slot.fallbacks.size() < PluginState::mostFallbacks; ++n)
        slot.fallbacks.push_back (saved[n]);

    return slot;
}

PluginState Document::state() const
{
    std::unique_lock guard (lock);
    const auto now = slots();
    const auto sounding = kernels.present();
    const auto before = beforeTrying;
    PluginState state;
    state.isB = now.isB;
    state.options = instanceOptions;
    state.view = view;
    guard.unlock(); // a kernel that was only just made is hashed and encoded here

    state.present = savedSlot (now.present);

    // What sounds until the kernel that was asked for is there.
    if (const auto& last =
            state.present.fallbacks.empty() ? state.present.kernel : state.present.fallbacks.back().kernel;
        sounding.kernel != nullptr && ! sounding.kernel->isOnItsWay() && ! isSameKernel (last, sounding.kernel))
        state.present.fallbacks.push_back (sounding);

    if (now.other)
        state.other = savedSlot (*now.other);

    if (before)
        state.beforeTrying = savedSlot (before->present);

    return state;
}

PluginState Document::presetState() const
{
    auto result = state();
    result.other.reset();
    result.beforeTrying.reset();
    result.isB = false;
    result.view = {};
    return result;
}

void Document::restore (const PluginState& session)
{
    finder->cancel (this);
    const KernelLoader::Hold hold (kernelLoader);
    auto state = stateOf (parameters, session.present);
    parameters.set (state.parameters);

    const std::lock_guard guard (lock);
    steps.clear();
    beforeTrying.reset();
    other.reset();

    if (session.other)
    {
        other = stateOf (parameters, *session.other);
        other->kernel = withFallbacks (*session.other, other->kernel);
    }

    slotIsB = session.isB;
    instanceOptions = session.options;
    view = session.view;
    cutsTail.store (session.options.cutsTailOnBypass, std::memory_order_relaxed);
    preset.clear();

    // A host that undoes by way of the session asks for what there is, most of the time.
    KernelEntry entry { withFallbacks (session.present, state.kernel), state.edits };
    share (entry.kernel);

    if (other)
        share (other->kernel);

    ask (entry, requestFor (entry.kernel, ifMissing (entry.kernel)));

    if (session.beforeTrying)
    {
        const auto before = stateOf (parameters, *session.beforeTrying);
        beforeTrying = slots();
        beforeTrying->present.kernel = withFallbacks (*session.beforeTrying, before.kernel);
        beforeTrying->present.edits = before.edits;
    }
}

} // namespace faltwerk
