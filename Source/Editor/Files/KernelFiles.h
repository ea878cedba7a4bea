#pragma once

#include "Editor/Computed.h"
#include "Editor/Files/FileQuestion.h"
#include "Editor/Files/KernelExport.h"
#include "Kernel/Reading/KernelParts.h"
#include "Plugin/PluginProcessor.h"

#include <functional>
#include <memory>
#include <optional>

namespace faltwerk
{

/** Loads kernels from files and writes them to files for the editor: choosers, folders, dropped files, exports, and
    drags out of the window. [message] */
class KernelFiles
{
public:
    /** @param window  over which files are asked for */
    KernelFiles (PluginProcessor&, juce::Component& window);
    ~KernelFiles();

    /** A message to the user, beside those of the processor. */
    struct Notice
    {
        juce::String text;
        bool isFailure = false;
        juce::File file {};         // that was written, or nothing
        bool isProgress = false;    // and may be cancelled
        juce::String kernelPath {}; // of the kernel that it is about: it lasts as long as that is the present one
        juce::String link {};       // what can be done about it, in a word, and how; or nothing
        std::function<void()> act {};
        bool isOfStep = false; // about a change of the document: the kernel that it brings does not end it
    };
    std::function<void (const Notice&)> onNotice;

    void chooseKernel();
    void locateKernel();
    void chooseFolder();
    void addFolder (const juce::File&);
    void removeFolder (const juce::String& path); // from the list only

    /** Takes files that were dropped: files that are one kernel (see partsOf) replace the kernel, or go into the other
        slot, and so does the first of several; folders become kernel folders. */
    void drop (const juce::StringArray& files, bool intoOtherSlot);

    /** Returns the parts of one kernel that files are: those that are named alike, of which one file of LL LR RL RR is
        enough, or any two mono files of one rate, the first by name being left. None if they are no parts. Reads
        headers. [any] */
    static std::optional<KernelParts> partsOf (const juce::StringArray& files);

    /** Returns the text of a file whose numbers can be meant in two ways, which the user is to be asked; none of any
        other file. Reads it. [not audio] */
    static std::optional<juce::String> textToAskAbout (const juce::File&);

    /** Loads the first 60 s of a sound that is too long, which are written beside it in the background. */
    void useFirstMinuteOf (const juce::File&);

    void exportKernel (KernelExport::Format);
    void cancelExport() { exporter.cancel(); }

    /** Begins a drag out of the window: the kernel is written while the mouse is down, and goes with the mouse when it
        is ready. */
    void prepareDrag();
    void dragOut (juce::Component& source);

    /** Follows what is being written; to be called now and then. */
    void update();

private:
    juce::String presentFolder() const;
    std::shared_ptr<const Kernel> sounding() const;
    juce::String legalName() const;

    PluginProcessor& processor;
    FileQuestion question;
    KernelExport exporter, dragExporter;
    juce::File draggedFile;
    Computed<int, Outcome<std::string>, MeasuringThread> shortened; // by number
    int numShortened = 0;
};

} // namespace faltwerk
