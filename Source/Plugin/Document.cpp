#include "Plugin/Document.h"

#include "Kernel/KernelFile.h"
#include "Plugin/KernelSearch.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr const char* defaultKernelName = "Concert Hall";
constexpr double rateOfBareNumbers = 48000.0; // Hz

std::shared_ptr<const KernelDocument> named (const KernelOrigin& origin, std::string name)
{
    auto kernel = std::make_shared<KernelDocument>();
    static_cast<KernelOrigin&> (*kernel) = origin;
    kernel->name = std::move (name);
    return kernel;
}

std::shared_ptr<const KernelDocument> factoryKernelNamed (const std::string& name)
{
    KernelOrigin origin;
    origin.factoryName = name;
    return named (origin, name);
}

KernelLoader::Result readFile (const KernelOrigin& origin)
{
    KernelLoader::Result result;
    auto kernel = readKernel (origin.path, origin.layout, origin.numMatrixInputs);

    if (! kernel)
    {
        result.message = kernel.error();
        return result;
    }

    if (kernel->sampleRate == 0.0)
        kernel->sampleRate = rateOfBareNumbers;

    result.succeeded = true;
    result.document = makeDocument (std::move (*kernel), origin);
    return result;
}

} // namespace

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

DocumentSlots Document::slots() const
{
    DocumentSlots result;
    result.present.kernel = expected.empty() ? kernel : expected.back().kernel;
    result.present.edits = expected.empty() ? edits : expected.back().edits;
    result.present.parameters = parameters.values();
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

void Document::open (const std::string& name)
{
    if (gesture.depth++ == 0)
    {
        gesture.name = name;
        gesture.before = slots();
        gesture.touched = {};
    }
}

void Document::leave()
{
    if (gesture.depth > 0 && --gesture.depth == 0)
        close();
}

/** Makes a step of what the present gesture has done so far. */
void Document::close()
{
    if (gesture.name.empty())
        return;

    const auto now = slots();
    auto after = gesture.before;
    after.present.edits = now.present.edits;

    for (size_t index = 0; index < Parameters::count; ++index)
        if (gesture.touched[index])
            after.present.parameters[index] = now.present.parameters[index];

    history.add ({ gesture.name, gesture.before, after });
    gesture.before = now;

    if (gesture.depth == 0)
        gesture.name.clear();
}

void Document::beginGesture (const std::string& name)
{
    const std::lock_guard guard (lock);
    open (name);
}

void Document::endGesture()
{
    const std::lock_guard guard (lock);
    leave();
}

void Document::parameterGestureChanged (int parameter, bool begins)
{
    const std::lock_guard guard (lock);

    if (! begins)
    {
        leave();
        return;
    }

    const auto index = static_cast<size_t> (parameter);
    open (parameters[index].getName (64).toStdString());

    if (! std::exchange (gesture.touched[index], true)) // what automation did to it since is no part of the gesture
        gesture.before.present.parameters[index] = parameters.values()[index];
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

        presentEdits() = std::move (changed);

        if (gesture.depth == 0)
            history.add ({ name, before, slots() });

        editsVersion.fetch_add (1, std::memory_order_release);
    }

    kernelLoader.wake();
}

// --- Kernels ---------------------------------------------------------------------------------------------------------

void Document::ask (KernelPointer expectedKernel,
                    const DocumentEdits& itsEdits,
                    const std::string& step,
                    KernelLoader::Request request)
{
    expected.push_back ({ kernelLoader.request (std::move (request)), std::move (expectedKernel), itsEdits, step });
}

KernelLoader::Request Document::restoring (KernelPointer wantedKernel) const
{
    KernelSearch search { settings->get().kernelFolders, [this] { return kernelLoader.isOvertaken(); } };
    return [wantedKernel = std::move (wantedKernel), search = std::move (search)]
    { return restoreKernel (wantedKernel, search); };
}

void Document::loadFile (const KernelOrigin& origin, const DocumentEdits& itsEdits, const char* verb)
{
    const std::lock_guard guard (lock);
    ask (named (origin, nameOfFile (origin.path)), itsEdits, verb, [origin] { return readFile (origin); });
}

void Document::loadFile (const juce::File& file, ChannelLayout layout, size_t numMatrixInputs)
{
    KernelOrigin origin;
    origin.path = file.getFullPathName().toStdString();
    origin.layout = layout;
    origin.numMatrixInputs = numMatrixInputs;
    loadFile (origin, {}, "Load");
}

void Document::relink (const juce::File& file)
{
    const auto now = present();
    KernelOrigin origin = now.kernel != nullptr ? static_cast<const KernelOrigin&> (*now.kernel) : KernelOrigin();
    origin.path = file.getFullPathName().toStdString();
    origin.relativePath.clear();
    loadFile (origin, now.edits, "Relink");
}

void Document::loadFactoryKernel (const std::string& name)
{
    const std::lock_guard guard (lock);
    ask (factoryKernelNamed (name), {}, "Load",
         [name]
         {
             KernelLoader::Result result;

             if (const auto document = makeFactoryDocument (name))
             {
                 result.succeeded = true;
                 result.document = *document;
             }
             else
             {
                 result.message = document.error();
             }

             return result;
         });
}

void Document::clearKernel()
{
    const std::lock_guard guard (lock);
    ask (nullptr, {}, "Clear kernel", restoring (nullptr));
}

void Document::loadDefaultKernel()
{
    const std::lock_guard guard (lock);
    const auto wantedKernel = factoryKernelNamed (defaultKernelName);
    ask (wantedKernel, {}, {}, restoring (wantedKernel));
}

KernelLoader::Wanted Document::wanted() const noexcept
{
    return { parameters.rebuild(), editsVersion.load (std::memory_order_acquire) };
}

Edits Document::editsFor (uint64_t request) const
{
    const std::lock_guard guard (lock);
    const auto found = std::find_if (expected.begin(), expected.end(),
                                     [request] (const Expected& each) { return each.request == request; });
    return (found != expected.end() ? found->edits : edits).with (parameters.edits());
}

void Document::replaceKernel (const KernelPointer& former, const KernelPointer& found)
{
    history.replaceKernel (former, found);

    if (other && other->kernel == former)
        other->kernel = found;

    if (presetValue.kernel == former)
        presetValue.kernel = found;
}

void Document::succeeded (uint64_t request, KernelPointer arrived)
{
    const std::lock_guard guard (lock);
    const auto isIt = [request] (const Expected& each) { return each.request == request; };
    const auto found = std::find_if (expected.begin(), expected.end(), isIt);
    jassert (found != expected.end());
    const auto entry = *found;
    close(); // what a gesture did to the former kernel is a step before this one
    std::erase_if (expected, [request] (const Expected& each) { return each.request <= request; });

    if (entry.kernel != nullptr && arrived != nullptr)
        replaceKernel (entry.kernel, arrived);

    // The step leads from the kernel that sounded to this one, whatever else has been asked for since.
    const auto later = std::exchange (expected, {});
    const auto before = slots();
    kernel = arrived;
    edits = entry.edits;

    if (! entry.step.empty())
        history.add (
            { entry.step + (arrived != nullptr ? " '" + arrived->name + "'" : std::string()), before, slots() });

    expected = later;
    gesture.before = slots();
    editsVersion.fetch_add (1, std::memory_order_release);
}

void Document::failed (uint64_t request)
{
    const std::lock_guard guard (lock);
    std::erase_if (expected, [request] (const Expected& each) { return each.request <= request; });
}

// --- Undo, slots and presets -----------------------------------------------------------------------------------------

bool Document::canUndo() const
{
    const std::lock_guard guard (lock);
    return history.canUndo();
}

bool Document::canRedo() const
{
    const std::lock_guard guard (lock);
    return history.canRedo();
}

std::string Document::undoName() const
{
    const std::lock_guard guard (lock);
    return history.undoName();
}

std::string Document::redoName() const
{
    const std::lock_guard guard (lock);
    return history.redoName();
}

void Document::undo()
{
    std::unique_lock guard (lock);
    close();
    const auto target = history.undo (slots());
    guard.unlock();
    apply (target);
}

void Document::redo()
{
    std::unique_lock guard (lock);
    close();
    const auto target = history.redo (slots());
    guard.unlock();
    apply (target);
}

void Document::change (const std::string& name, const std::function<void (DocumentSlots&)>& changeSlots)
{
    DocumentSlots target;

    {
        const std::lock_guard guard (lock);
        close();
        const auto before = slots();
        target = before;
        changeSlots (target);
        const auto place = [this] (const juce::AudioProcessorParameter& parameter)
        { return static_cast<size_t> (parameter.getParameterIndex()); };

        // Bypass is the host's, or the performer's, at all times.
        const auto bypass = place (parameters.bypass), mix = place (parameters.mix);
        target.present.parameters[bypass] = before.present.parameters[bypass];

        if (instanceOptions.locksMix)
            target.present.parameters[mix] = before.present.parameters[mix];

        history.add ({ name, before, target });
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
        presentEdits() = target.present.edits;
    else
        ask (target.present.kernel, target.present.edits, {}, restoring (target.present.kernel));

    gesture.before = slots();
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
    const auto state = stateOf (presetToApply.present);
    change ("Preset '" + name + "'", [&state] (DocumentSlots& slots) { slots.present = state; });
    setPresetName (name);
}

void Document::applyInitialPreset()
{
    PluginState initial;
    initial.present.parameters.emplace_back ("normalise", static_cast<float> (settings->get().normalise));
    initial.present.kernel = factoryKernelNamed (defaultKernelName);
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
    return ! preset.empty() && ! (slots().present == presetValue);
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

PluginState::Slot Document::slotOf (const DocumentState& state) const
{
    PluginState::Slot slot;

    for (size_t index = 0; index < Parameters::count; ++index)
        slot.parameters.emplace_back (parameters[index].paramID, state.parameters[index]);

    slot.edits = state.edits;
    slot.kernel = state.kernel;
    return slot;
}

DocumentState Document::stateOf (const PluginState::Slot& slot) const
{
    DocumentState state;
    state.kernel = slot.kernel;
    state.edits = slot.edits;
    state.parameters = parameters.defaults();

    for (const auto& [id, value] : slot.parameters)
    {
        if (const auto index = parameters.find (id); index && std::isfinite (value))
        {
            const auto& range = parameters[*index].getNormalisableRange();
            state.parameters[*index] = std::clamp (value, range.start, range.end);
        }
    }

    return state;
}

PluginState Document::state() const
{
    const std::lock_guard guard (lock);
    const auto now = slots();
    PluginState state;
    state.present = slotOf (now.present);
    state.isB = now.isB;
    state.options = instanceOptions;

    if (now.other)
        state.other = slotOf (*now.other);

    return state;
}

PluginState Document::presetState() const
{
    auto result = state();
    result.other.reset();
    result.isB = false;
    return result;
}

void Document::restore (const PluginState& session)
{
    const KernelLoader::Hold hold (kernelLoader);
    auto state = stateOf (session.present);
    parameters.set (state.parameters);

    const std::lock_guard guard (lock);
    history.clear();
    gesture = {};
    other = session.other ? std::optional (stateOf (*session.other)) : std::nullopt;
    slotIsB = session.isB;
    instanceOptions = session.options;
    cutsTail.store (session.options.cutsTailOnBypass, std::memory_order_relaxed);
    preset.clear();

    // A host that undoes by way of the session asks for what there is, most of the time.
    if (kernel != nullptr && kernel->kernel != nullptr && isSameKernel (kernel, state.kernel))
        state.kernel = kernel;

    ask (state.kernel, state.edits, {}, restoring (state.kernel));
}

} // namespace faltwerk
