#include "Plugin/Document/Document.h"

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
    kernelLoader.stop(); // its threads call the finder, whose answers call this
    finder->cancel (this);

    for (size_t index = 0; index < Parameters::count; ++index)
        parameters[index].removeListener (this);
}

/** Returns the time and kind of a quick step, by which it may join the one before it; nothing for other choices. */
std::optional<UndoHistory::Stepping> Document::steppingBy (Choice choice, UndoHistory::Stepping::Through through)
{
    return choice == Choice::byStepping
               ? std::optional (UndoHistory::Stepping { through, juce::Time::getMillisecondCounter() })
               : std::nullopt;
}

DocumentSlots Document::slots() const
{
    DocumentSlots result;
    result.current = { kernels.current().source, kernels.current().edits, parameters.values() };
    result.other = other;
    result.isB = slotIsB;
    result.preset = preset;
    return result;
}

DocumentState Document::current() const
{
    const std::lock_guard guard (lock);
    return slots().current;
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
    auto changed = current().edits;
    changeEdits (changed);
    changed = changed.sanitised();

    {
        const std::lock_guard guard (lock);
        const auto before = slots();

        if (changed == before.current.edits)
            return;

        kernels.current().edits = std::move (changed);
        steps.edited (name, before, slots());
        editsVersion.fetch_add (1, std::memory_order_release);
    }

    kernelLoader.wake();
}

// --- Trying ----------------------------------------------------------------------------------------------------------

void Document::beginTrying()
{
    const std::lock_guard guard (lock);

    if (trying.isOn())
        return;

    steps.close (slots());
    trying.begin (slots());
}

bool Document::isTrying() const
{
    const std::lock_guard guard (lock);
    return trying.isOn();
}

void Document::keepTried()
{
    if (auto step = trying.keep (slots()))
        steps.add (std::move (*step));
}

void Document::endTrying (bool keep)
{
    std::unique_lock guard (lock);

    if (keep)
    {
        keepTried();
        return;
    }

    const auto target = trying.discard (slots());
    guard.unlock();

    if (target)
        apply (*target);
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
    return mixIsLocked ? std::optional (static_cast<size_t> (parameters.mix.getParameterIndex())) : std::nullopt;
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

Document::Steps Document::undoSteps() const
{
    const std::lock_guard guard (lock);
    Steps result { steps.history.names(), steps.history.numDone() };

    for (size_t n = 0; n < result.names.size(); ++n)
        if (const auto value = steps.history.onlyValueOf (n))
        {
            const auto& parameter = parameters[value->first];
            result.names[n] += " " + parameter.getText (parameter.convertTo0to1 (value->second), 64).toStdString();
        }

    return result;
}

void Document::goToStep (size_t numDone)
{
    std::unique_lock guard (lock);
    keepTried();
    steps.close (slots());
    const auto target = steps.history.goTo (numDone, slots(), lockedParameter());
    guard.unlock();
    apply (target);
}

/** Replaces a kernel by the current one if both are one kernel. */
void Document::share (LoadedKernelPointer& kernel) const
{
    if (const auto& own = kernels.current().source;
        own != nullptr && own->kernel != nullptr && isSameKernel (own, kernel))
        kernel = own;
}

/** Changes the document as one undo step. @param presetName  set if the change applies this preset
    @param choice  how the preset was chosen */
void Document::change (const std::string& name,
                       const std::function<void (DocumentSlots&)>& changeSlots,
                       const std::optional<std::string>& presetName,
                       Choice choice)
{
    DocumentSlots target;

    {
        const std::lock_guard guard (lock);
        keepTried();
        steps.close (slots());
        const auto before = slots();
        target = before;
        changeSlots (target);
        share (target.current.source);
        const auto keep = [&] (size_t parameter)
        { target.current.parameters[parameter] = before.current.parameters[parameter]; };

        keep (static_cast<size_t> (parameters.bypass.getParameterIndex())); // belongs to the host or the performer

        if (const auto locked = lockedParameter())
            keep (*locked);

        if (presetName)
            target.preset = { *presetName, target.current };

        steps.add ({ name, before, target, false, steppingBy (choice, UndoHistory::Stepping::Through::presets) });
    }

    apply (target);
}

/** Replaces the current document. The sound changes once. */
void Document::apply (const DocumentSlots& target)
{
    const KernelLoader::Hold hold (kernelLoader);
    parameters.set (target.current.parameters);

    const std::lock_guard guard (lock);
    other = target.other;
    slotIsB = target.isB;
    preset = target.preset;

    // A preset or another session may hold a copy of a kernel that is missing here.
    const auto& own = kernels.current().source;
    const bool isMissing = own != nullptr && own->kernel == nullptr && ! kernels.isWaiting();

    if (isSameKernel (own, target.current.source) && (! isMissing || own == target.current.source))
        kernels.current().edits = target.current.edits;
    else
        ask ({ target.current.source, target.current.edits }, requestFor (target.current.source));

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
                const auto former = slots.current;
                slots.current = slots.other.value_or (former);
                slots.other = former;
                slots.isB = ! slots.isB;
            });
}

void Document::copyToOtherSlot()
{
    change (isB() ? "Copy B to A" : "Copy A to B", [] (DocumentSlots& slots) { slots.other = slots.current; });
}

void Document::applyPreset (const std::string& name, DocumentState state, Choice choice)
{
    change (
        "Preset '" + name + "'",
        [&state] (DocumentSlots& slots)
        {
            if (state.source != nullptr && state.source->isOnItsWay() && state.source->fallback == nullptr)
                state.source = withFallback (*state.source, { slots.current.source, slots.current.edits });

            slots.current = state;
        },
        name, choice);
}

void Document::setPreset (const std::string& name)
{
    const std::lock_guard guard (lock);
    preset = { name, slots().current };
}

// --- Sessions --------------------------------------------------------------------------------------------------------

void Document::lockMix (bool isLocked)
{
    const std::lock_guard guard (lock);
    mixIsLocked = isLocked;
}

DocumentSnapshot Document::snapshot() const
{
    const std::lock_guard guard (lock);
    DocumentSnapshot result { slots(), kernels.loaded(), {} };

    if (trying.isOn())
        result.beforeTrying = trying.before()->current;

    return result;
}

void Document::restore (const DocumentSnapshot& saved)
{
    finder->cancel (this);
    const KernelLoader::Hold hold (kernelLoader);
    parameters.set (saved.slots.current.parameters);

    const std::lock_guard guard (lock);
    steps.clear();
    trying.clear();
    other = saved.slots.other;
    slotIsB = saved.slots.isB;
    preset = { saved.slots.preset.name, {} };

    // A host that undoes by restoring a session mostly asks for the kernel that is loaded.
    KernelEntry entry { saved.slots.current.source, saved.slots.current.edits };
    share (entry.source);

    if (other)
        share (other->source);

    ask (entry, requestFor (entry.source, ifNotHad (entry.source)));

    if (saved.slots.preset.value)
        preset.value = slots().current;

    if (saved.beforeTrying)
    {
        auto before = slots();
        before.current.source = saved.beforeTrying->source;
        before.current.edits = saved.beforeTrying->edits;
        trying.restore (before);
    }
}

} // namespace faltwerk
