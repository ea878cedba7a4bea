#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/Meter.h"
#include "Editor/Controls/Segments.h"
#include "Editor/Dialogs/Dialog.h"
#include "Editor/Dialogs/KernelPreview.h"
#include "Editor/Dialogs/Measuring/LiveMeasuring.h"
#include "Editor/Dialogs/Measuring/MeasuringPanel.h"
#include "Editor/Dialogs/Measuring/RecordingsPanel.h"
#include "Editor/Dialogs/Measuring/SweepReport.h"
#include "Editor/Dialogs/NumberRow.h"
#include "Editor/Files/FileQuestion.h"
#include "Editor/Files/FileSaving.h"
#include "Kernel/Measuring/Deconvolution.h"
#include "Plugin/Threads/FileStamp.h"

#include <memory>
#include <utility>

namespace faltwerk
{

/** Measures what sounds between a sweep and its recording: plays the sweep and records it in one go, or makes the sweep
    as a file and finds the kernel in recordings of it or of another program's, with what there is to know of it. */
class SweepDialog : public Dialog
{
public:
    /** @param saving  outlives the dialog, and says what came of files when that has gone
        @param openInput  opens the app's input while something is measured; none in a plugin */
    SweepDialog (PluginProcessor&, FileSaving& saving, SweepRun::OpenInput openInput = {});
    ~SweepDialog() override;

    /** Writes the sweep as it is set, or what was recorded here last, in the background. */
    void saveTo (const juce::File&);
    void saveRecordingTo (const juce::File&);

    /** Finds the kernel in a recording, or in several that belong together. */
    void use (const juce::StringArray& recordings);

    /** Takes another sweep than the one that is made here: a file that was played. */
    void useSweep (const juce::File&);

    /** Returns the result of the recordings: a kernel, or a sentence; null until something has. */
    const Outcome<Deconvolved>* result() const { return found.get(); }

    /** Returns what is going on, with a problem. */
    juce::String words() const;
    juce::String warning() const;

    juce::Component* firstWithKeyboard() override { return &from; }
    bool takesFiles() const override { return ! live.isBusy() && ! isFinding(); }
    void take (const juce::StringArray& dropped) override { use (dropped); }
    void update() override;
    void closing (bool accepted) override;
    bool keyPressed (const juce::KeyPress&) override;

private:
    /** What the kernel is found in: a recording made here, or files. */
    struct Key
    {
        int number = 0;    // of the recording made here; 0: files
        double loop = 0.0; // s that are taken off it; below 0: none
        juce::StringArray recordings;
        FileStamp stamp; // of the recordings: they may be written again
        juce::File sweepFile;
        std::vector<double> sweep; // its figures
        bool areTakes = false;

        bool operator== (const Key&) const = default;
    };

    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    Sweep sweep() const;
    void showPanel (int index);
    void begin (LiveMeasuring::Kind);
    void stop();
    bool isFinding() const;
    void save (const juce::File&, std::function<std::string()> write);
    void saveSweep();
    void chooseRecordings();
    void chooseSweep();
    void say (const juce::String& text, bool isProblem);
    void followRate();
    void lookInFiles();
    void lookInMeasured();
    void showResult();
    void showStatus();
    bool hasStatus() const;
    bool isMeasured() const;

    PluginProcessor& processor;
    FileSaving& saving;
    LiveMeasuring live;
    NumberRow from, to, seconds, level;
    Segments way;
    MeasuringPanel here;
    RecordingsPanel files;
    KernelPreview preview;
    Meter meter;
    SweepReport report;
    FileQuestion question;
    juce::StringArray recordings;
    juce::File sweepFile;        // of another program, or none
    bool isHere = false;         // what was recorded here counts, and not the files
    juce::String said;           // of saving and of figures
    bool isProblem = false;      // what was said
    juce::Rectangle<int> status; // where it stands
    juce::String shownWords, shownWarning;
    double shownProgress = -1.0, updatedAt = 0.0;
    bool isProblemOld = false; // what was found is no kernel, and something else has been begun since
    Computed<std::pair<juce::StringArray, juce::int64>, FileStamp> stamps; // of recordings, in each second
    Computed<Key, Outcome<Deconvolved>, MeasuringThread> found;
    ControlButton *keep = nullptr, *saveRecording = nullptr;
};

} // namespace faltwerk
