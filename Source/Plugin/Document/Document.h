#pragma once

#include "Plugin/Document/KernelQueue.h"
#include "Plugin/Document/StepRecorder.h"
#include "Plugin/Loading/KernelFinder.h"
#include "Plugin/Loading/KernelLoader.h"
#include "Plugin/Loading/KernelRequests.h"
#include "Plugin/State/PluginState.h"
#include "Plugin/State/Settings.h"
#include "Plugin/Threads/StampReader.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** The document of an instance, with everything that a user can change and undo: parameters, edits of the kernel by
    hand, the kernel itself, the slots A and B.

    A gesture, from touching a control to releasing it, is one undo step; so is each change outside of gestures.
    Automation makes no steps, and undo does not change what a step did not change. Kernels are loaded in the
    background; a requested kernel counts as the current one at once. If it fails, the kernel before it is restored in
    all slots and steps. */
class Document : private LoaderClient, private juce::AudioProcessorParameter::Listener
{
public:
    /** Begins without a kernel. The parameters must outlive it. [message] */
    Document (Parameters&, std::shared_ptr<Settings>);
    ~Document() override;

    /** Returns the current value. [not audio] */
    DocumentState current() const;

    // --- Changes by the user; `name` is the name of the undo step ---

    /** Enclose edits that are one step. JUCE's gestures of parameters may be nested in it. [message] */
    void beginGesture (const std::string& name);
    void endGesture();

    /** Changes the edits by hand. [message] */
    void edit (const std::string& name, const std::function<void (DocumentEdits&)>&);

    /** How a preset or kernel was chosen. Quick steps from one to the next are joined to one undo step. */
    enum class Choice
    {
        byName,
        byStepping
    };

    /** Load a kernel in the background, without edits by hand. A failure changes nothing. [not audio] */
    void loadFile (const juce::File&, const ChannelChoice& = {}, Choice = Choice::byName); // or four: LL LR RL RR
    void loadParts (const KernelParts&, Choice = Choice::byName);
    void loadFactoryKernel (const std::string& name, Choice = Choice::byName);

    /** Load a kernel that is in no file: a given one, that of a recipe, or one that a function makes on a loader's
        thread. Until that function has returned, sessions hold the kernel before it. [not audio] */
    void loadKernel (Kernel);
    void loadRecipe (const std::string& name, const KernelRecipe&);
    void loadKernel (const std::string& name, KernelMaker::Make make);

    /** Reads the current kernel's file again with another meaning of its channels. Name and edits stay. [not audio] */
    void setChannels (const ChannelChoice&);

    /** Renames the current kernel. [message] */
    void renameKernel (const std::string& name);

    /** Enclose trying kernels: they sound, but make no undo steps. At the end either the last one is kept as one step,
        or the former kernel is restored. Another undo step keeps it too. Sessions hold both kernels. [message] */
    void beginTrying();
    void endTrying (bool keep);
    bool isTrying() const;

    /** Loads a file in place of a missing kernel and keeps the edits. [not audio] */
    void relink (const juce::File&);

    /** Removes the kernel; the input passes. [not audio] */
    void clearKernel();

    /** Cancels loading; the kernel before stays. A kernel that a session or a slot names is kept there as missing, so
        that saving it again loses nothing. [not audio] */
    void cancelLoading();

    bool canUndo() const;
    bool canRedo() const;
    std::string undoName() const;
    std::string redoName() const;
    void undo(); // [message]
    void redo(); // [message]

    /** Names of all steps that can be undone or redone, oldest first, and the number of steps that are done. The name
        of a step that changes one parameter includes the value, such as "Mix 40 %". */
    struct Steps
    {
        std::vector<std::string> names;
        size_t numDone = 0;
    };
    Steps undoSteps() const;
    void goToStep (size_t numDone); // [message]

    /** Slots A and B. The other slot equals the current one until the first swap or copy. */
    bool isB() const;
    void swapSlots();       // [message]
    void copyToOtherSlot(); // [message]

    /** Applies a preset as one undo step; a locked mix stays. [message] */
    void applyPreset (const std::string& name, const PluginState&, Choice = Choice::byName);

    /** Return the name of the preset that was applied or saved last, and true if the current value differs from it.
        Sessions and undo restore both. [not audio] */
    std::string presetName() const;
    bool differsFromPreset() const;
    void setPresetName (const std::string&);

    /** Applies the preset of a new instance: all controls at their defaults, with the default kernel. [message] */
    static constexpr const char* initialPreset = "Init";
    void applyInitialPreset (Choice = Choice::byName);

    // --- Sessions ---

    InstanceOptions options() const;          // [not audio]
    void setOptions (const InstanceOptions&); // [not audio]

    /** Returns true if bypass cuts the tail; one of the options. Wait-free. [any] */
    bool cutsTailOnBypass() const noexcept { return cutsTail.load (std::memory_order_relaxed); }

    /** Returns the editor's appearance, which sessions keep. [not audio] */
    ViewState viewState() const;
    void setViewState (const ViewState&);

    /** Return the state that a session keeps, and restore it; restoring clears the undo history. [not audio] */
    PluginState state() const;
    void restore (const PluginState&);

    /** Returns the current slot, for a preset. [not audio] */
    PluginState presetState() const;

    /** Gives a new instance the default kernel, without an undo step. The kernel is generated when it is first needed,
        so that it never is if a session is opened at once. [not audio] */
    void beginWithDefaultKernel();

    /** Loads the default kernel of a new instance if that has been postponed. [not audio] */
    void loadPostponed();

    /** Waits for the requested kernel, for the one that is restored if it fails, and for the search for a missing one,
        so that an offline bounce has it. [any but the loader's threads] */
    void finishLoading();

    /** Returns true while a kernel's file is searched for. [not audio] */
    bool isSearching() const { return finder->isLooking (this); }

    KernelLoader& loader() noexcept { return kernelLoader; }
    const KernelLoader& loader() const noexcept { return kernelLoader; }

private:
    // The loader's client.
    LoaderClient::Wanted wanted() const noexcept override;
    Edits editsFor (uint64_t request) const override;
    void succeeded (uint64_t request, LoadedKernelPointer) override;
    void failed (uint64_t request) override;

    // The parameters' listener; the loader reads the values.
    void parameterValueChanged (int, float) override {}
    void parameterGestureChanged (int index, bool begins) override;

    // With the lock held.
    void keepTried();
    static std::optional<UndoHistory::Stepping> steppingBy (Choice, UndoHistory::Stepping::Through);
    DocumentSlots slots() const { return slotsWith (kernels.current()); }
    DocumentSlots slotsWith (const KernelEntry&) const;
    std::optional<size_t> lockedParameter() const;
    void share (LoadedKernelPointer&) const;
    void ask (KernelEntry, LoadRequest, bool isStep = false);
    void replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found);
    void giveUp (const LoadedKernelPointer&);
    void lookForFileOf (const LoadedKernelPointer&);
    PluginState::Saved saved (const DocumentState&) const;

    void change (const std::string& name,
                 const std::function<void (DocumentSlots&)>&,
                 const std::optional<std::string>& presetName = {},
                 Choice = Choice::byName);
    void apply (const DocumentSlots&);
    LoadRequest requestFor (LoadedKernelPointer, IfMissing = IfMissing::fails) const;
    void finishRequests();
    void load (const char* verb, LoadedKernelPointer, DocumentEdits = {}, Choice = Choice::byName);
    void fileWasLookedFor (const LoadedKernelPointer&, const KernelFinder::Answer&);

    Parameters& parameters;
    const std::shared_ptr<Settings> settings;

    mutable std::mutex lock; // guards what follows; held briefly, never while the loader is waited for
    KernelQueue kernels;
    std::optional<DocumentState> other;
    bool slotIsB = false;
    InstanceOptions instanceOptions;
    ViewState view;
    PresetOrigin preset;
    StepRecorder steps;
    std::optional<DocumentSlots> beforeTrying;
    bool isPostponed = false;    // the kernel of a new instance has not been requested
    LoadedKernelPointer givenUp; // cancelled: not restored, and its file is not searched for

    std::atomic<bool> cutsTail { false };     // of the options; any -> audio, relaxed
    std::atomic<uint64_t> editsVersion { 0 }; // any -> any, release
    juce::SharedResourcePointer<KernelFinder> finder;
    juce::SharedResourcePointer<StampReader> stamps; // kept here; sessions are written with it
    KernelLoader kernelLoader;                       // last member: destroyed first
};

} // namespace faltwerk
