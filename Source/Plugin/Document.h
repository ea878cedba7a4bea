#pragma once

#include "Plugin/KernelFinder.h"
#include "Plugin/KernelLoader.h"
#include "Plugin/KernelQueue.h"
#include "Plugin/KernelRequests.h"
#include "Plugin/PluginState.h"
#include "Plugin/Settings.h"
#include "Plugin/StampReader.h"
#include "Plugin/StepRecorder.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** What an instance makes its sound of, and all that a user can do to it and undo: parameters, edits of the kernel by
    hand, the kernel itself, the slots A and B.

    A gesture, which is what happens between a control's being touched and let go, is one step of undo; a change outside
    of one is a step of its own. Automation makes no steps, and undo leaves alone what a step has not changed. Kernels
    arrive in the background; a kernel that has been asked for counts as the present one from then on. If it fails, what
    was before comes back, wherever the kernel was named. */
class Document : private KernelLoader::Client, private juce::AudioProcessorParameter::Listener
{
public:
    /** Outlived by the parameters. Without a kernel at first. [message] */
    Document (Parameters&, std::shared_ptr<Settings>);
    ~Document() override;

    /** The present value. [any, not audio] */
    DocumentState present() const;

    // --- Changes by the user. A name is that of the step of undo. ---

    /** Encloses edits that are one step. Parameters' own gestures, by JUCE, may be nested in it. [message] */
    void beginGesture (const std::string& name);
    void endGesture();

    /** Changes the edits by hand. [message] */
    void edit (const std::string& name, const std::function<void (DocumentEdits&)>&);

    /** How a preset or a kernel has been chosen: going through them one by one quickly is one step of undo. */
    enum class Choice
    {
        byName,
        byStepping
    };

    /** Loads a kernel in the background, unedited by hand; on failure all stays as it is. [any, not audio] */
    void loadFile (const juce::File&, const ChannelChoice& = {}, Choice = Choice::byName); // or four: LL LR RL RR
    void loadParts (const KernelParts&, Choice = Choice::byName);
    void loadFactoryKernel (const std::string& name, Choice = Choice::byName);

    /** Loads a kernel that no file holds: one that is there, one that a recipe makes, or one that a function makes on a
        loader's thread. Until that function has returned, a session holds what was before. [any, not audio] */
    void loadKernel (Kernel);
    void loadRecipe (const std::string& name, const KernelRecipe&);
    void loadKernel (const std::string& name, KernelSource::Make make);

    /** Reads the present kernel's file anew with other meanings of its channels; name and edits stay. [any, not audio]
     */
    void setChannels (const ChannelChoice&);

    /** Gives the present kernel another name. [message] */
    void renameKernel (const std::string& name);

    /** Between these, what is loaded is tried: heard, and no step. Then either the newest is kept, as one step, or what
        was before comes back. Steps of another kind keep it. A session holds both. [message] */
    void beginTrying();
    void endTrying (bool keep);
    bool isTrying() const;

    /** Loads the file in place of a kernel that is missing, and keeps the edits. [any, not audio] */
    void relink (const juce::File&);

    /** Lets the input pass. [any, not audio] */
    void clearKernel();

    /** Gives up a kernel that has been asked for and is not there yet: what was before stays. One that a session or a slot
        names stays there as missing, so that saving it again loses nothing. [any, not audio] */
    void cancelLoading();

    bool canUndo() const;
    bool canRedo() const;
    std::string undoName() const;
    std::string redoName() const;
    void undo(); // [message]
    void redo(); // [message]

    /** The names of all steps that can be undone or redone, oldest first, and how many of them are done. A step of one
        parameter alone is named with its value: "Mix 40 %". */
    struct Steps
    {
        std::vector<std::string> names;
        size_t numDone = 0;
    };
    Steps undoSteps() const;
    void goToStep (size_t numDone); // [message]

    /** A and B. The other slot is as the present one until the first swap or copy. */
    bool isB() const;
    void swapSlots();       // [message]
    void copyToOtherSlot(); // [message]

    /** Takes over a preset, as a step; a locked mix stays. [message] */
    void applyPreset (const std::string& name, const PluginState&, Choice = Choice::byName);

    /** The preset that was taken over or saved last, and whether the present value is no longer it. A session keeps
        both, and undo brings both back. [any, not audio] */
    std::string presetName() const;
    bool differsFromPreset() const;
    void setPresetName (const std::string&);

    /** The preset of a new instance, and its name: all at rest, with the default kernel. [message] */
    static constexpr const char* initialPreset = "Init";
    void applyInitialPreset (Choice = Choice::byName);

    // --- Sessions ---

    InstanceOptions options() const;          // [any, not audio]
    void setOptions (const InstanceOptions&); // [any, not audio]

    /** Of the options what the sound needs. Wait-free. [any] */
    bool cutsTailOnBypass() const noexcept { return cutsTail.load (std::memory_order_relaxed); }

    /** How the editor looks: kept in sessions, and that is all. [any, not audio] */
    ViewState viewState() const;
    void setViewState (const ViewState&);

    /** What a session keeps, and taking it over; there is nothing to undo then. [any, not audio] */
    PluginState state() const;
    void restore (const PluginState&);

    /** The present slot alone, for a preset. [any, not audio] */
    PluginState presetState() const;

    /** Takes the default kernel as that of a new instance; not a step. It is made when it is to be heard or seen, so that
        a session which is opened at once never makes it. [any, not audio] */
    void beginWithDefaultKernel();

    /** Loads the kernel of a new instance, if it still waits for that. [any, not audio] */
    void loadPostponed();

    /** Waits for the kernel that was asked for last, for what comes back if it fails, and for a missing kernel's search,
        so that a bounce has it.
        [any but the loader's threads] */
    void finishLoading();

    /** Returns true while a kernel's file is searched for. [any, not audio] */
    bool isSearching() const { return finder->isLooking (this); }

    KernelLoader& loader() noexcept { return kernelLoader; }
    const KernelLoader& loader() const noexcept { return kernelLoader; }

private:
    using KernelPointer = KernelQueue::KernelPointer;

    // The loader's client.
    KernelLoader::Wanted wanted() const noexcept override;
    Edits editsFor (uint64_t request) const override;
    void succeeded (uint64_t request, KernelPointer) override;
    void failed (uint64_t request) override;

    // The parameters' listener; values are looked at by the loader.
    void parameterValueChanged (int, float) override {}
    void parameterGestureChanged (int index, bool begins) override;

    // With the lock held.
    void keepTried();
    static std::optional<UndoHistory::Stepping> steppingBy (Choice, UndoHistory::Stepping::Through);
    DocumentSlots slots() const { return slotsWith (kernels.newest()); }
    DocumentSlots slotsWith (const KernelQueue::Entry&) const;
    std::optional<size_t> lockedParameter() const;
    void share (KernelPointer&) const;
    void ask (KernelQueue::Entry, KernelLoader::Request, bool isStep = false);
    void replaceKernel (const KernelPointer& former, const KernelPointer& found);
    void giveUp (const KernelPointer&);
    void lookForFileOf (const KernelPointer&);
    PluginState::Slot savedSlot (const DocumentState&) const;

    void change (const std::string& name,
                 const std::function<void (DocumentSlots&)>&,
                 const std::optional<std::string>& presetName = {},
                 Choice = Choice::byName);
    void apply (const DocumentSlots&);
    KernelLoader::Request requestFor (KernelPointer, IfMissing = IfMissing::fails) const;
    void finishRequests();
    void load (const char* verb, KernelPointer, DocumentEdits = {}, Choice = Choice::byName);
    void fileWasLookedFor (const KernelPointer&, const KernelFinder::Answer&);

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
    bool isPostponed = false; // the kernel of a new instance has not been asked for
    KernelPointer givenUp;    // by the newest request: nothing comes back to it, and its file is not searched for

    std::atomic<bool> cutsTail { false };     // of the options; any -> audio, relaxed
    std::atomic<uint64_t> editsVersion { 0 }; // any -> any, release
    juce::SharedResourcePointer<KernelFinder> finder;
    juce::SharedResourcePointer<StampReader> stamps; // kept here; sessions are written with it
    KernelLoader kernelLoader;                       // the last: it goes first
};

} // namespace faltwerk
