#pragma once

#include "Plugin/Document/KernelQueue.h"
#include "Plugin/Document/StepRecorder.h"
#include "Plugin/Document/Trying.h"
#include "Plugin/Loading/KernelFinder.h"
#include "Plugin/Loading/KernelLoader.h"
#include "Plugin/Loading/KernelRequests.h"
#include "Plugin/State/Settings.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace faltwerk
{

/** The document of an instance, with everything that a user can change and undo: parameters, edits of the kernel by
    hand, the kernel itself, the slots A and B, and the preset that they began with. Works on values; a Session saves
    them.

    A gesture, from touching a control to releasing it, is one undo step; so is each change outside of gestures.
    Automation makes no steps, and undo does not change what a step did not change. Kernels are loaded in the
    background; a requested kernel counts as the current one at once. If it fails, the kernel before it is restored in
    all slots and steps.

    Calls go down to the loader and the finder, also with the lock held. They call back on threads of their own, without
    their locks; wanted() alone is called under the loader's lock, and is wait-free. */
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

    /** Replaces the current slot by the content of a preset, as one undo step; a locked mix stays. [message] */
    void applyPreset (const std::string& name, DocumentState, Choice = Choice::byName);

    /** Names the preset that the current value is; it becomes a part of the following undo steps. [not audio] */
    void setPreset (const std::string& name);

    // --- For the session ---

    /** Locks the mix against presets, A/B and kernels. [not audio] */
    void lockMix (bool);

    /** Returns all that a session keeps of the document. [not audio] */
    DocumentSnapshot snapshot() const;

    /** Restores a document and clears the undo history. The content of the preset is taken from the restored slot if
        there is one; `loaded` is not used. [not audio] */
    void restore (const DocumentSnapshot&);

    /** Begins with a kernel, without an undo step. It is loaded by loadPostponed(). [not audio] */
    void begin (LoadedKernelPointer);

    /** Loads the kernel of begin() unless it, or another, has been requested. [not audio] */
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
    DocumentSlots slots() const;
    std::optional<size_t> lockedParameter() const;
    void share (LoadedKernelPointer&) const;
    void ask (KernelEntry, LoadRequest, bool isStep = false);
    void replaceKernel (const LoadedKernelPointer& former, const LoadedKernelPointer& found);
    void giveUp (const LoadedKernelPointer&);
    void lookForFileOf (const LoadedKernelPointer&);

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
    bool mixIsLocked = false;
    PresetOrigin preset;
    StepRecorder steps;
    Trying trying;
    bool isPostponed = false;    // the kernel of a new instance has not been requested
    LoadedKernelPointer givenUp; // cancelled: not restored, and its file is not searched for

    std::atomic<uint64_t> editsVersion { 0 }; // any -> any, release
    juce::SharedResourcePointer<KernelFinder> finder;
    KernelLoader kernelLoader; // last member: destroyed first
};

} // namespace faltwerk
