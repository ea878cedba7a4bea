#include "Editor/Files/FileBrowserWords.h"

#include "Picture/Theme.h"

#include <utility>

namespace faltwerk
{

namespace
{

constexpr int updatesPerSecond = 10, rowHeight = 28, sentenceHeight = 38; // of one line and of two

} // namespace

FileBrowserWords::FileBrowserWords (juce::FileBrowserComponent& owner)
    : browser (&owner)
{
    setInterceptsMouseClicks (false, false);
    setBounds (owner.getLocalBounds());
    owner.addAndMakeVisible (this);

    for (auto* const child : owner.getChildren())
        if (auto* const text = dynamic_cast<juce::TextEditor*> (child))
            field = text;

    if (field != nullptr)
        field->onReturnKey =
            [safe = juce::Component::SafePointer<FileBrowserWords> (this), original = field->onReturnKey]
        {
            if (safe != nullptr)
                safe->accept (original);
            else if (original != nullptr)
                original();
        };

    startTimerHz (updatesPerSecond);
}

/** Lets the browser take the name, and says so if there is no such file. */
void FileBrowserWords::accept (const std::function<void()>& original)
{
    const auto wanted = browser->getRoot().getChildFile (field->getText());
    const bool isFolder = wanted.isDirectory(), isEmpty = field->getText().trim().isEmpty();
    const juce::Component::SafePointer<FileBrowserWords> safe (this);

    if (original != nullptr)
        original();

    if (safe == nullptr || browser == nullptr || field == nullptr)
        return;

    const auto folder = wanted.getParentDirectory();
    const bool isMissing = ! isFolder && ! isEmpty && ! browser->currentFileIsValid();
    sentence = isMissing ? "'" + wanted.getFileName() + "' was not found in '"
                               + (folder.isRoot() ? folder.getFullPathName() : folder.getFileName())
                               + "': choose from the list, or type another name"
                         : juce::String();
    refused = field->getText();
    timerCallback();

    if (sentence.isNotEmpty())
        juce::AccessibilityHandler::postAnnouncement (sentence, juce::AccessibilityHandler::AnnouncementPriority::high);
}

juce::String FileBrowserWords::problem() const
{
    return field != nullptr && field->getText() == refused ? sentence : juce::String();
}

juce::String FileBrowserWords::remark() const
{
    if (browser == nullptr || browser->getDisplayComponent() == nullptr)
        return {};

    const auto& list = browser->getDisplayComponent()->directoryContentsList;
    return list.getNumFiles() == 0 && ! list.isStillLoading() ? "Nothing to choose in this folder" : juce::String();
}

void FileBrowserWords::timerCallback()
{
    if (browser != nullptr)
        setBounds (browser->getLocalBounds());

    if (const auto words = problem() + "\n" + remark(); std::exchange (shown, words) != words)
        repaint();
}

juce::Rectangle<int> FileBrowserWords::listArea() const
{
    auto* const list = browser != nullptr ? dynamic_cast<juce::Component*> (browser->getDisplayComponent()) : nullptr;
    return list != nullptr ? list->getBounds().reduced (1) : juce::Rectangle<int>();
}

void FileBrowserWords::paint (juce::Graphics& g)
{
    auto area = listArea();
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    g.drawFittedText (remark(), area.withHeight (rowHeight).reduced (8, 0), juce::Justification::centredLeft, 1);

    if (problem().isEmpty())
        return;

    const auto row = area.removeFromBottom (sentenceHeight);
    g.setColour (theme::panel);
    g.fillRect (row);
    g.setColour (theme::warning);
    g.drawFittedText (problem(), row.reduced (8, 0), juce::Justification::centredLeft, 2, 0.8f);
}

} // namespace faltwerk
