#include "Plugin/Document.h"

#include "Kernel/KernelPair.h"
#include "Plugin/KernelRequests.h"
#include "Plugin/KernelSearch.h"
#include "Plugin/SlotTranslation.h"

#include <utility>

namespace faltwerk
{

Document::Document (Parameters& values, std::shared_ptr<Settings> userSettings)
    : parameters (values)
    , settings (std::move (userSettings))
    , kernelLoader (this)
{
    for (size_t index = 0; index < Parameters::count; ++index)
        parameters[index].addListener (this);
}

Document::~Document()
{
    for (size_t index = 0; index < Parameters::count; ++index)
        parameters[index].removeListener (this);
}

DocumentSlots Document::slotsWith (const KernelQueue::Entry& entry) const
{
    DocumentSlots result;
    result.present = { entry.kernel, entry.edits, parameters.values() };
    result.other = other;
    result.isB = slotIsB;
    return result;
}

DocumentState Document::present() const
{
    const std::lock_guard guard (lock);
    return slots().present;
}

// --- Gestures and edits ----------------------------------------------------------------------------------------------

void Document::beginGesture (const std::string& name)
{
    const std::lock_guard guard (lock);
    steps.begin (name, slots());
}

void Document::endGesture()
{
    const std::lock_guard guard (lock);
    steps.end (slots());
}

void Document::parameterGestureChanged (int parameter, bool begins)
{
    const std::lock_guard guard (lock);
    const auto now = slots();

    if (! begins)
    {
        steps.end (now);
        return;
    }

    const auto index = static_cast<size_t> (parameter);
    steps.begin (parameters[index].getName (64).toStdString(), now);
    steps.touch (index, now);
}

void Document::edit (const std::string& name, const std::function<void (DocumentEdits&)>& changeEdits)
{
    auto changed = present().edits;
    changeEdits (changed);
    changed = changed.sanitised();

    {
        const std::lock_guard guard (lock);
        const auto before = slots();

        if (changed == before.present.edits)
            return;

        kernels.newest().edits = std::move (changed);
        steps.edited (name, before, slots());
        editsVersion.fetch_add (1, std::memory_order_release);
    }

    kernelLoader.wake();
}

// --- Kernels ---------------------------------------------------------------------------------------------------------

void Document::ask (KernelQueue::Entry entry, KernelLoader::Request request, bool isStep)
{
    kernels.expect (kernelLoader.request (std::move (request)), std::move (entry), isStep);
}

/** Asks for a kernel, as a step of that name. */
void Document::load (const char* verb, KernelQueue::Entry entry, KernelLoader::Request request)
{
    const std::lock_guard guard (lock);

    if (beforeTrying)
    {
        ask (std::move (entry), std::move (request));
        return;
    }

    const auto before = slots();
    const auto step = verb + (entry.kernel != nullptr ? " '" + entry.kernel->name + "'" : std::string());
    ask (std::move (entry), std::move (request), true);
    steps.asked (step, before, slots());
}

KernelLoader::Request Document::restoring (KernelPointer wantedKernel) const
{
    KernelSearch search { settings->get().kernelFolders, [this] { return kernelLoader.isOvertaken(); } };
    return [wantedKernel = std::move (wantedKernel), search = std::move (search)]
    { return restoreKernel (wantedKernel, search); };
}

void Document::loadFile (const juce::File& file, ChannelLayout layout, size_t numMatrixInputs)
{
    KernelOrigin origin;
    origin.path = file.getFullPathName().toStdString();
    origin.layout = layout;
    origin.numMatrixInputs = numMatrixInputs;
    load ("Load", { kernelOfFile (origin), {} }, requestForFile (origin));
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
    load ("Load", { kernelOfFile (origin), {} }, requestForFile (origin));
}

void Document::loadKernel (const std::string& name, std::function<Outcome<Kernel>()> make)
{
    load ("Load", { kernelNamed (name), {} }, requestForKernel (std::move (make)));
}

void Document::setChannelLayout (ChannelLayout layout, size_t numMatrixInputs)
{
    const auto now = present();

    if (now.kernel == nullptr || now.kernel->path.empty())
        return;

    KernelOrigin origin = *now.kernel;
    origin.layout = layout;
    origin.numMatrixInputs = numMatrixInputs;
    load ("Channels of", { kernelOfFile (origin), now.edits }, requestForFile (origin));
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

// --- Trying ----------------------------------------------------------------------------------------------------------

void Document::beginTrying()
{
    const std::lock_guard guard (lock);

    if (beforeTrying)
        return;

    steps.close (slots());
    beforeTrying = slots();
}

bool Document::isTrying() const
{
    const std::lock_guard guard (lock);
    return beforeTrying.has_value();
}

void Document::keepTried()
{
    if (! beforeTrying)
        return;

    const auto before = *std::exchange (beforeTrying, std::nullopt);
    auto after = slots();

    if (isSameKernel (before.present.kernel, after.present.kernel))
        return;

    // What automation did meanwhile is no part of it.
    after.present.parameters = before.present.parameters;
    steps.add ({ "Load" + (after.present.kernel != nullptr ? " '" + after.present.kernel->name + "'" : std::string()),
                 before, after, false });
}

void Document::endTrying (bool keep)
{
    DocumentSlots target;

    {
        const std::lock_guard guard (lock);

        if (! beforeTrying)
            return;

        if (keep)
        {
            keepTried();
            return;
        }

        const auto before = *std::exchange (beforeTrying, std::nullopt);
        target = slots();
        target.present.kernel = before.present.kernel;
        target.present.edits = before.present.edits;
    }

    apply (target);
}

void Document::relink (const juce::File& file)
{
    const auto now = present();
    KernelOrigin origin = now.kernel != nullptr ? static_cast<const KernelOrigin&> (*now.kernel) : KernelOrigin();
    origin.path = file.getFullPathName().toStdString();
    origin.relativePath.clear();
    origin.factoryName.clear();
    origin.isOnlyInSessions = false;
    load ("Relink", { kernelOfFile (origin), now.edits }, requestForFile (origin));
}

void Document::loadFactoryKernel (const std::string& name)
{
    load ("Load", { factoryKernelNamed (name), {} }, requestForFactoryKernel (name));
}

void Document::clearKernel() { load ("Clear kernel", {}, restoring (nullptr)); }

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

void Document::loadDefaultKernel()
{
    const std::lock_guard guard (lock);
    const auto wantedKernel = defaultFactoryKernel();
    ask ({ wantedKernel, {} }, restoring (wantedKernel));
}

KernelLoader::Wanted Document::wanted() const noexcept
{
    return { parameters.rebuild(), editsVersion.load (std::memory_order_acquire) };
}

Edits Document::editsFor (uint64_t request) const
{
    const std::lock_guard guard (lock);
    return kernels.editsFor (request).with (parameters.edits());
}

void Document::succeeded (uint64_t request, KernelPointer arrived)
{
    const std::lock_guard guard (lock);
    const auto asked = kernels.arrive (request, arrived);

    for (const auto& former : asked.overtaken)
        steps.overtaken (former);

    if (asked.kernel != nullptr && arrived != nullptr)
    {
        steps.arrived (asked.kernel, arrived);

        if (other && other->kernel == asked.kernel)
            other->kernel = arrived;

        if (presetValue.kernel == asked.kernel)
            presetValue.kernel = arrived;
    }

    editsVersion.fetch_add (1, std::memory_order_release);
}

void Document::failed (uint64_t request)
{
    const std::lock_guard guard (lock);
    steps.close (slots()); // what a gesture did to it goes with it
    const auto asked = kernels.forget (request);

    if (asked.isStep && asked.kernel != nullptr)
        steps.failed (asked.kernel);

    for (const auto& former : asked.overtaken)
        steps.failed (former);

    steps.goOnFrom (slots());
}

// --- Undo, slots and presets -----------------------------------------------------------------------------------------

bool Document::canUndo() const
{
    const std::lock_guard guard (lock);
    return steps.history.canUndo();
}

bool Document::canRedo() const
{
    const std::lock_guard guard (lock);
    return steps.history.canRedo();
}

std::string Document::undoName() const
{
    const std::lock_guard guard (lock);
    return steps.history.undoName();
}

std::string Document::redoName() const
{
    const std::lock_guard guard (lock);
    return steps.history.redoName();
}

std::optional<size_t> Document::lockedParameter() const
{
    return instanceOptions.locksMix ? std::optional (static_cast<size_t> (parameters.mix.getParameterIndex()))
                                    : std::nullopt;
}

void Document::undo()
{
    std::unique_lock guard (lock);
    keepTried();
    steps.close (slots());
    const auto target = steps.history.undo (slots(), lockedParameter());
    guard.unlock();
    apply (target);
}

void Document::redo()
{
    std::unique_lock guard (lock);
    keepTried();
    steps.close (slots());
    const auto target = steps.history.redo (slots(), lockedParameter());
    guard.unlock();
    apply (target);
}

/** Puts the present kernel in place of another copy of it. */
void Document::share (KernelPointer& kernel) const
{
    if (const auto& own = kernels.newest().kernel;
        own != nullptr && own->kernel != nullptr && isSameKernel (own, kernel))
        kernel = own;
}

void Document::change (const std::string& name, const std::function<void (DocumentSlots&)>& changeSlots)
{
    DocumentSlots target;

    {
        const std::lock_guard guard (lock);
        keepTried();
        steps.close (slots());
        const auto before = slots();
        target = before;
        changeSlots (target);
        share (target.present.kernel);
        const auto keep = [&] (size_t parameter)
        { target.present.parameters[parameter] = before.present.parameters[parameter]; };

        keep (static_cast<size_t> (parameters.bypass.getParameterIndex())); // the host's, or the performer's

        if (const auto locked = lockedParameter())
            keep (*locked);

        steps.add ({ name, before, target, false });
    }

    apply (target);
}

/** Makes a value the present one, as one change of the sound. */
void Document::apply (const DocumentSlots& target)
{
    const KernelLoader::Hold hold (kernelLoader);
    parameters.set (target.present.parameters);

    const std::lock_guard guard (lock);
    other = target.other;
    slotIsB = target.isB;

    if (isSameKernel (slots().present.kernel, target.present.kernel))
        kernels.newest().edits = target.present.edits;
    else
        ask ({ target.present.kernel, target.present.edits }, restoring (target.present.kernel));

    steps.goOnFrom (slots());
    editsVersion.fetch_add (1, std::memory_order_release);
}

bool Document::isB() const
{
    const std::lock_guard guard (lock);
    return slotIsB;
}

void Document::swapSlots()
{
    change ("Swap A and B",
            [] (DocumentSlots& slots)
            {
                const auto former = slots.present;
                slots.present = slots.other.value_or (former);
                slots.other = former;
                slots.isB = ! slots.isB;
            });
}

void Document::copyToOtherSlot()
{
    change (isB() ? "Copy B to A" : "Copy A to B", [] (DocumentSlots& slots) { slots.other = slots.present; });
}

void Document::applyPreset (const std::string& name, const PluginState& presetToApply)
{
    const auto state = stateOf (parameters, presetToApply.present);
    change ("Preset '" + name + "'", [&state] (DocumentSlots& slots) { slots.present = state; });
    setPresetName (name);
}

void Document::applyInitialPreset()
{
    PluginState initial;
    initial.present.parameters.emplace_back ("normalise", static_cast<float> (settings->get().normalise));
    initial.present.kernel = defaultFactoryKernel();
    applyPreset ("Init", initial);
}

std::string Document::presetName() const
{
    const std::lock_guard guard (lock);
    return preset;
}

bool Document::differsFromPreset() const
{
    const std::lock_guard guard (lock);
    auto now = slots().present;
    const auto bypass = static_cast<size_t> (parameters.bypass.getParameterIndex()); // no part of a preset
    now.parameters[bypass] = presetValue.parameters[bypass];
    return ! preset.empty() && ! (now == presetValue);
}

void Document::setPresetName (const std::string& name)
{
    const std::lock_guard guard (lock);
    preset = name;
    presetValue = slots().present;
}

// --- Sessions --------------------------------------------------------------------------------------------------------

InstanceOptions Document::options() const
{
    const std::lock_guard guard (lock);
    return instanceOptions;
}

void Document::setOptions (const InstanceOptions& options)
{
    const std::lock_guard guard (lock);
    instanceOptions = options;
    cutsTail.store (options.cutsTailOnBypass, std::memory_order_relaxed);
}

ViewState Document::viewState() const
{
    const std::lock_guard guard (lock);
    return view;
}

void Document::setViewState (const ViewState& wanted)
{
    const std::lock_guard guard (lock);
    view = wanted.sanitised();
}

PluginState Document::state() const
{
    const std::lock_guard guard (lock);
    const auto now = slots();
    PluginState state;
    state.present = slotOf (parameters, now.present);
    state.isB = now.isB;
    state.options = instanceOptions;
    state.view = view;

    if (now.other)
        state.other = slotOf (parameters, *now.other);

    return state;
}

PluginState Document::presetState() const
{
    auto result = state();
    result.other.reset();
    result.isB = false;
    result.view = {};
    return result;
}

void Document::restore (const PluginState& session)
{
    const KernelLoader::Hold hold (kernelLoader);
    auto state = stateOf (parameters, session.present);
    parameters.set (state.parameters);

    const std::lock_guard guard (lock);
    steps.clear();
    beforeTrying.reset();
    other = session.other ? std::optional (stateOf (parameters, *session.other)) : std::nullopt;
    slotIsB = session.isB;
    instanceOptions = session.options;
    view = session.view;
    cutsTail.store (session.options.cutsTailOnBypass, std::memory_order_relaxed);
    preset.clear();

    // A host that undoes by way of the session asks for what there is, most of the time.
    share (state.kernel);

    if (other)
        share (other->kernel);

    ask ({ state.kernel, state.edits }, restoring (state.kernel));
}

} // namespace faltwerk
