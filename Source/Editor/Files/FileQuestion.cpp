#include "Editor/Files/FileQuestion.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <utility>

namespace faltwerk
{

namespace
{

using Browser = juce::FileBrowserComponent;

/** A program that shows a dialog and ends sooner has not shown it: no hand is so quick. */
constexpr juce::uint32 leastTime = 250; // ms

int flagsOf (FileQuestion::Kind kind)
{
    switch (kind)
    {
        case FileQuestion::Kind::file:
            return Browser::openMode | Browser::canSelectFiles;
        case FileQuestion::Kind::files:
            return Browser::openMode | Browser::canSelectFiles | Browser::canSelectMultipleItems;
        case FileQuestion::Kind::folder:
            return Browser::openMode | Browser::canSelectDirectories;
        case FileQuestion::Kind::save:
            return Browser::saveMode | Browser::canSelectFiles | Browser::warnAboutOverwriting;
    }

    return 0;
}

/** Returns the folder in which the first dialog begins. */
juce::File firstFolder()
{
    const auto music = juce::File::getSpecialLocation (juce::File::userMusicDirectory);
    return music.isDirectory() ? music : juce::File::getSpecialLocation (juce::File::userHomeDirectory);
}

/** Returns JUCE's file browser if it lies in a component, or null. */
Browser* browserIn (juce::Component& component)
{
    for (auto* const child : component.getChildren())
    {
        if (auto* const browser = dynamic_cast<Browser*> (child))
            return browser;

        if (auto* const browser = browserIn (*child))
            return browser;
    }

    return nullptr;
}

} // namespace

FileQuestion::FileQuestion (std::shared_ptr<Settings> settingsToUse, juce::Component& owner)
    : settings (std::move (settingsToUse))
    , parent (owner)
{
}

FileQuestion::~FileQuestion() = default;

void FileQuestion::ask (Kind kindOfAnswer,
                        const juce::String& title,
                        const juce::String& proposed,
                        std::function<void (const juce::Array<juce::File>&)> act)
{
    kind = kindOfAnswer;
    focusedBefore = juce::Component::getCurrentlyFocusedComponent();
    heading = title;
    onAnswer = std::move (act);
    const juce::File last (settings->get().lastFolder);
    start = kind != Kind::save && juce::File::isAbsolutePath (proposed) && juce::File (proposed).isDirectory()
                ? juce::File (proposed)
            : last.isDirectory() ? last
                                 : firstFolder();

    ending =
        kind == Kind::save ? juce::File::createFileWithoutCheckingPath (proposed).getFileExtension() : juce::String();

    if (kind == Kind::save)
        start = start.getChildFile (proposed);

    launch (true);
}

void FileQuestion::askForOne (Kind kindOfAnswer,
                              const juce::String& title,
                              const juce::String& proposed,
                              std::function<void (const juce::File&)> act)
{
    ask (kindOfAnswer, title, proposed,
         [act = std::move (act)] (const juce::Array<juce::File>& chosen) { act (chosen.getFirst()); });
}

void FileQuestion::launch (bool isNative)
{
    words = nullptr;
    chooser = std::make_unique<juce::FileChooser> (heading, start, "*", isNative, false, &window());
    launchedAt = juce::Time::getMillisecondCounter();
    chooser->launchAsync (
        flagsOf (kind),
        [safe = juce::WeakReference<FileQuestion> (this),
         wasNative = isNative && juce::FileChooser::isPlatformDialogAvailable()] (const juce::FileChooser&)
        {
            if (safe != nullptr)
                safe->finish (wasNative);
        });

    if (auto* const browser = browserIn (window()))
        words = std::make_unique<FileBrowserWords> (*browser);
}

/** Returns the component over which JUCE's dialog is shown: not another dialog, which would get its keys. */
juce::Component& FileQuestion::window() const
{
    auto* const editor = parent.findParentComponentOfClass<juce::AudioProcessorEditor>();
    return editor != nullptr ? *editor : parent;
}

/** Gives the keyboard to what had it before a dialog of JUCE's, unless the answer has opened something that has it. */
void FileQuestion::giveKeyboardBack()
{
    const auto* const focused = juce::Component::getCurrentlyFocusedComponent();

    if (window().isParentOf (focused) || juce::Component::getNumCurrentlyModalComponents() > 0)
        return;

    auto& next = focusedBefore != nullptr && focusedBefore->isShowing() ? *focusedBefore : window();

    if (next.isShowing())
        next.grabKeyboardFocus();
}

juce::File FileQuestion::withEnding (const juce::File& chosen, const juce::String& ending)
{
    return ending.isEmpty() || chosen.hasFileExtension (ending)
               ? chosen
               : chosen.getParentDirectory().getNonexistentChildFile (chosen.getFileName(), ending);
}

void FileQuestion::finish (bool wasNative)
{
    auto chosen = chooser->getResults();

    if (! wasNative)
        juce::MessageManager::callAsync ( // not while the dialog is still ending
            [safe = juce::WeakReference<FileQuestion> (this)]
            {
                if (safe != nullptr)
                    safe->giveKeyboardBack();
            });

    if (chosen.isEmpty())
    {
        if (wasNative && juce::Time::getMillisecondCounter() - launchedAt < leastTime)
            juce::MessageManager::callAsync ( // not while the first one is still ending
                [safe = juce::WeakReference<FileQuestion> (this)]
                {
                    if (safe != nullptr)
                        safe->launch (false);
                });

        return;
    }

    auto values = settings->get();
    values.lastFolder =
        (kind == Kind::folder ? chosen.getFirst() : chosen.getFirst().getParentDirectory()).getFullPathName();
    settings->set (values); // if it cannot be saved, it is remembered all the same

    for (auto& file : chosen)
        file = withEnding (file, ending);

    onAnswer (chosen);
}

} // namespace faltwerk
