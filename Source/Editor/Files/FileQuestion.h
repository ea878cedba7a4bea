#pragma once

#include "Editor/Files/FileBrowserWords.h"
#include "Plugin/State/Settings.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <memory>

namespace faltwerk
{

/** Asks the user for files: in the system's dialog, or in one of JUCE's where the program that shows the system's
    cannot start. All files are offered, since what is read does not depend on a name's ending. It begins in the folder
    that was chosen last, in any window. [message] */
class FileQuestion
{
public:
    enum class Kind
    {
        file,
        files,
        folder,
        save
    };

    /** @param owner  the dialog lies over it, in its look, and vanishes with it */
    FileQuestion (std::shared_ptr<Settings>, juce::Component& owner);
    ~FileQuestion();

    /** Asks for a file, in place of an earlier question.
        @param proposed  a file's name for Kind::save, whose ending the answer has too, else a folder to begin in;
                         empty: the last one
        @param act  gets what was chosen; not called if nothing was */
    void ask (Kind,
              const juce::String& title,
              const juce::String& proposed,
              std::function<void (const juce::Array<juce::File>&)> act);

    /** Like ask(), for one file or folder. */
    void askForOne (Kind,
                    const juce::String& title,
                    const juce::String& proposed,
                    std::function<void (const juce::File&)> act);

    /** Returns what was chosen to be saved, with its ending. The dialog has asked before it replaces a file that was
        named in full; if the ending is added only now, nothing has been asked, and so it is a name that is free. */
    static juce::File withEnding (const juce::File& chosen, const juce::String& ending);

private:
    void launch (bool isNative);
    void finish (bool wasNative);
    juce::Component& window() const;
    void giveKeyboardBack();

    const std::shared_ptr<Settings> settings;
    juce::Component& parent;
    Kind kind = Kind::file;
    juce::String heading;
    juce::File start;
    juce::String ending; // of what is saved
    std::function<void (const juce::Array<juce::File>&)> onAnswer;
    juce::uint32 launchedAt = 0; // ms
    juce::Component::SafePointer<juce::Component> focusedBefore;
    std::unique_ptr<juce::FileChooser> chooser;
    std::unique_ptr<FileBrowserWords> words; // in a dialog of JUCE's

    JUCE_DECLARE_WEAK_REFERENCEABLE (FileQuestion)
};

} // namespace faltwerk
