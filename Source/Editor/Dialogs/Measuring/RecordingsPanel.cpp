#include "Editor/Dialogs/Measuring/RecordingsPanel.h"

#include "Picture/Theme.h"

#include <utility>

namespace faltwerk
{

namespace
{

const auto ellipsis = juce::String::charToString (0x2026);
const auto playWords = "Play it", stopWords = "Stop";
constexpr int lineHeight = 40, namesHeight = 36;

} // namespace

RecordingsPanel::RecordingsPanel()
    : save ("Save the sweep" + ellipsis)
    , play (playWords)
    , choose ("Choose its recording" + ellipsis)
    , chooseOther ("Another sweep" + ellipsis)
    , takes ("Average takes", theme::kernel)
{
    const auto add = [this] (juce::Button& button, const char* id, const char* tooltip)
    {
        button.setComponentID (id);
        button.setTitle (button.getButtonText());
        button.setTooltip (tooltip);
        addAndMakeVisible (button);
    };
    add (save, "saveSweep", "A WAV file at the present sample rate, with silence after it to record into");
    add (play, "playSweep", "Plays it once to the output, unchanged; nothing else sounds meanwhile");
    add (choose, "chooseRecording", "One file, or several that began together: left and right, or LL LR RL RR");
    add (chooseOther, "chooseSweep", "The file that was played, if it is of another program or of other figures");
    add (takes, "averageTakes", "The recordings are takes of one thing: their mean has less noise");
    play.reserve ({ playWords, stopWords });
    takes.setClickingTogglesState (true);
    takes.setVisible (false);
    takes.onClick = [this] { repaint(); };
}

void RecordingsPanel::show (const juce::StringArray& newRecordings, const juce::File& newSweep)
{
    recordings = newRecordings;
    sweepFile = newSweep;
    takes.setVisible (recordings.size() > 1);
    setTooltip (recordings.joinIntoString ("\n")
                + (sweepFile != juce::File() ? "\nof the sweep in " + sweepFile.getFullPathName() : juce::String()));
    repaint();
}

void RecordingsPanel::update (bool isBusy, bool plays)
{
    play.setEnabled (! isBusy || plays);

    if (std::exchange (stops, plays) == plays)
        return;

    play.show (plays ? stopWords : playWords, {}, theme::textHigh);
    play.setTitle (play.getButtonText());
}

void RecordingsPanel::paint (juce::Graphics& g)
{
    auto names =
        recordings.isEmpty()
            ? juce::String ("Play the sweep through what you want to measure, record it, and choose the recording.")
        : recordings.size() == 2 && ! takes.getToggleState()
            ? juce::File (recordings[0]).getFileName() + " (left), " + juce::File (recordings[1]).getFileName()
                  + " (right)"
            : juce::File (recordings[0]).getFileName()
                  + (recordings.size() > 1 ? " and " + juce::String (recordings.size() - 1) + " more" : "");

    if (sweepFile != juce::File())
        names << "\nof the sweep in " << sweepFile.getFileName();

    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    g.drawFittedText (names,
                      getLocalBounds()
                          .withTrimmedLeft (ControlButton::ringMargin)
                          .withTrimmedTop (2 * lineHeight)
                          .withHeight (namesHeight),
                      juce::Justification::topLeft, 2, 1.0f);
}

void RecordingsPanel::resized()
{
    auto area = getLocalBounds();

    for (auto* const pair : { &save, &choose })
    {
        auto& second = pair == &save ? play : chooseOther;
        auto line = area.removeFromTop (lineHeight);
        pair->setBounds (line.removeFromLeft (pair->idealWidth()));
        second.setBounds (line.removeFromLeft (second.idealWidth()));
    }

    area.removeFromTop (namesHeight);
    takes.setBounds (area.removeFromTop (28).withWidth (takes.idealWidth()));
}

} // namespace faltwerk
