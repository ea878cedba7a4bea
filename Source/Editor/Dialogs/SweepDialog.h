#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/Toggle.h"
#include "Editor/Dialogs/Dialog.h"
#include "Editor/Dialogs/KernelPreview.h"
#include "Editor/Dialogs/NumberRow.h"
#include "Editor/FileQuestion.h"
#include "Kernel/Measuring/Deconvolution.h"
#include "Plugin/FileStamp.h"

#include <memory>
#include <utility>

namespace faltwerk
{

/** Measures what sounds between a sweep and its recording: makes the sweep, to be saved and played, and finds the
    kernel in recordings of it or of another program's, with what there is to know of it. */
class SweepDialog : public Dialog
{
public:
    explicit SweepDialog (PluginProcessor&);

    /** Plays a sweep once, unchanged, where there is an audio device of one's own; none in a plugin. */
    using Player = std::function<void (std::vector<float>, double sampleRate)>;
    void setPlayer (Player);

    /** Writes the sweep as it is set, in the background. */
    void saveTo (const juce::File&);

    /** Finds the kernel in a recording, or in several that belong together. */
    void use (const juce::StringArray& recordings);

    /** Takes another sweep than the one that is made here: a file that was played. */
    void useSweep (const juce::File&);

    /** What came of the recordings: a kernel, or a sentence; null until something has. */
    const Outcome<Deconvolved>* result() const { return found.get(); }

    juce::Component* firstWithKeyboard() override { return &from; }
    bool takesFiles() const override { return true; }
    void take (const juce::StringArray& files) override { use (files); }
    void update() override;
    void closing (bool accepted) override;

private:
    struct Key
    {
        juce::StringArray recordings;
        FileStamp stamp; // of the recordings: they may be written again
        juce::File sweepFile;
        std::vector<double> sweep; // its figures
        bool areTakes = false;

        bool operator== (const Key&) const = default;
    };

    /** A sweep that is ready to be played. */
    struct Played
    {
        std::vector<float> samples;
        double sampleRate = 0.0; // Hz
    };

    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    Sweep sweep() const;
    void saveSweep();
    void chooseRecordings();
    void chooseSweep();
    void say (const juce::String& text, bool isProblem);
    void followRate();
    void lookForKernel();
    bool isMeasured() const;

    PluginProcessor& processor;
    NumberRow from, to, seconds, level;
    ControlButton save, play, choose, chooseOther;
    Toggle takes;
    KernelPreview preview;
    Player player;
    FileQuestion question;
    juce::StringArray recordings;
    juce::File sweepFile;              // of another program, or none
    juce::String said;                 // of saving and playing
    bool isProblem = false;            // what was said
    juce::String savedAs;              // the file's name
    int numAsked = 0;                  // sweeps to save or to play
    Computed<int, std::string> saving; // a problem, or none
    Computed<int, Played> playing;
    Computed<std::pair<juce::StringArray, juce::int64>, FileStamp> stamps; // of recordings, in each second
    Computed<Key, Outcome<Deconvolved>, MeasuringThread> found;
    ControlButton* keep = nullptr;
};

} // namespace faltwerk
