#pragma once

#include "Editor/Views/HandleField.h"
#include "Kernel/Edits/EditTimeline.h"
#include "Picture/EnvelopeLine.h"
#include "Picture/Waveform/WaveformPicture.h"
#include "Plugin/PluginProcessor.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace faltwerk
{

/** The handles in the waveform: start and end of the kernel, its fades, its decay nodes, and the pre-delay. They show
    what the document holds, and change it. */
class WaveformHandles
{
public:
    /** The pictures' geometry, which the handles lie in. */
    struct Scene
    {
        const WaveformPicture* picture = nullptr; // null: there is nothing to take hold of
        const EnvelopeLine* line = nullptr;       // null while it is not known
        const Overview* source = nullptr;         // of the unedited kernel, for snapping
        double sourceRate = 48000.0;              // Hz
        double fullScale = 1.0;
        float laneY = 0.0f; // where the pre-delay lies; below 0: in the picture's upper edge
    };

    WaveformHandles (PluginProcessor&, HandleField&);

    /** Reads the document, and forgets nothing of a drag that is going on. */
    EditTimeline readTimeline();

    /** Puts the handles where they belong. */
    void place (const Scene&);

    /** Makes trims and fades snap to zero crossings, and the pre-delay to note values. */
    void setSnap (bool shouldSnap) { snaps = shouldSnap; }

    /** Locks the handles, which then are visible and change nothing: the document already holds another kernel than the
        one that is shown. */
    void setLocked (bool shouldLock) { locked = shouldLock; }
    bool isLocked() const noexcept { return locked; }

    /** Called after a change of the document, and when a drag has ended, with the time by which everything moved
        then. */
    std::function<void()> onChange;
    std::function<void (double)> onSettle;

    /** Adds a node to the line at a time, or in its widest gap, and gives it the keyboard. */
    void addNodeAt (double seconds);
    void addNode (double from, double to);

    /** Returns the bubble's lines for the selected handle; may be empty. */
    std::vector<juce::String> bubble() const;

    const EditTimeline& timeline() const noexcept { return times; }
    const DocumentEdits& edits() const noexcept { return documentEdits; }

    Handle start, end, fadeIn, fadeOut, preDelay;
    const std::vector<std::unique_ptr<Handle>>& nodes() const noexcept { return nodeHandles; }

private:
    void bindTrim (Handle&, bool isStart);
    void bindFade (Handle&, bool isIn);
    void bindPreDelay();
    std::unique_ptr<Handle> makeNode (size_t index);

    void setTrim (bool isStart, double seconds);
    void setFade (bool isIn, double seconds);
    void setPreDelay (double seconds);
    void setNode (size_t index, double seconds, double gainDb);

    void edit (const char* name, const std::function<void (DocumentEdits&)>&);
    double step() const;
    double snapped (double source) const;
    double shortest() const { return 1.0 / scene.sourceRate; }

    PluginProcessor& processor;
    HandleField& field;
    juce::ParameterAttachment preDelayAttachment;
    std::vector<std::unique_ptr<Handle>> nodeHandles;
    Scene scene;
    bool snaps = false, locked = false;

    DocumentEdits documentEdits;
    EditTimeline times;
    std::optional<EditTimeline> frozen; // while the start is moved, so that it follows the pointer
};

} // namespace faltwerk
