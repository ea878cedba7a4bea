#include "Editor/Dialogs/SweepDialog.h"

#include "Kernel/KernelFile.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/SweepText.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace faltwerk
{

namespace
{

const auto space = juce::String::charToString (0xa0);
constexpr int figuresHeight = 160, nameWidth = 130; // below the preview: five lines, of which three may be double
constexpr double highestTo = 24000.0;               // Hz

juce::String asSentence (const std::string& words)
{
    const auto text = juce::String::fromUTF8 (words.c_str());
    return text.substring (0, 1).toUpperCase() + text.substring (1);
}

/** Finds a kernel in recordings whose channels belong together, or that are takes of one thing.
    @param sweepFile  what was played, if it is another sweep; its figures win over `known` */
Outcome<Deconvolved> find (const juce::StringArray& recordings,
                           const juce::File& sweepFile,
                           KnownSweep known,
                           bool areTakes)
{
    using Result = Outcome<Deconvolved>;
    std::vector<Sound> takes;

    if (sweepFile != juce::File())
    {
        const auto path = sweepFile.getFullPathName().toStdString();
        auto sound = readSound (path);

        if (! sound)
            return Result::failure (sound.error());

        known = {};
        known.law = sweepInFile (path);
        known.file = std::move (*sound);
    }

    for (const auto& path : recordings)
    {
        auto sound = readSound (path.toStdString());

        if (! sound)
            return Result::failure (sound.error());

        if (! takes.empty() && sound->sampleRate != takes[0].sampleRate)
            return Result::failure ("The recordings have different sample rates. Record them alike.");

        if (takes.empty())
            takes.push_back (std::move (*sound));
        else if (! areTakes)
            std::move (sound->channels.begin(), sound->channels.end(), std::back_inserter (takes[0].channels));
        else if (sound->channels.size() == takes[0].channels.size())
            takes.push_back (std::move (*sound));
        else
            return Result::failure ("The recordings have different numbers of channels. Record them alike.");
    }

    std::vector<std::string> names;

    for (const auto& path : recordings)
        names.push_back (nameOfFile (path.toStdString()));

    return deconvolve (takes, known, names.front(), BandPhase::minimum, names);
}

} // namespace

SweepDialog::SweepDialog (PluginProcessor& owner)
    : Dialog ("Measure with a sweep", { 800, 500 })
    , processor (owner)
    , from ("From", "Hz", { 5.0, 1000.0, Sweep().from, false, true }, "The lowest frequency")
    , to ("To", "Hz", { 1000.0, highestTo, Sweep().to, false, true }, "The highest frequency")
    , seconds ("Length", "s", { 1.0, 60.0, Sweep().seconds }, "Longer sweeps leave less noise")
    , level ("Level", "dB", { -40.0, 0.0, Sweep().levelDb }, "Of its peak, below full scale")
    , save ("Save the sweep" + juce::String::charToString (0x2026))
    , play ("Play it")
    , choose ("Choose its recording" + juce::String::charToString (0x2026))
    , chooseOther ("Another sweep" + juce::String::charToString (0x2026))
    , takes ("Average takes", theme::kernel)
    , preview (owner)
    , question (owner.settings, *this)
{
    from.setComponentID ("from");
    to.setComponentID ("to");
    seconds.setComponentID ("seconds");
    level.setComponentID ("level");

    for (auto* const row : { &from, &to, &seconds, &level })
        addAndMakeVisible (row);

    const auto add = [this] (ControlButton& button, const char* id, const char* tooltip, std::function<void()> act)
    {
        button.setComponentID (id);
        button.setTitle (button.getButtonText());
        button.setTooltip (tooltip);
        button.onClick = std::move (act);
        addAndMakeVisible (button);
    };
    add (save, "saveSweep", "A WAV file at the present sample rate, with silence after it to record into",
         [this] { saveSweep(); });
    add (play, "playSweep", "Plays it once to the output, unchanged: Bypass is on meanwhile",
         [this]
         {
             const auto wanted = sweep();
             const auto problem = asSentence (problemOf (wanted));
             say (problem, true);

             if (problem.isEmpty())
                 playing.ask (++numAsked, [wanted] { return Played { makeSweep (wanted), wanted.sampleRate }; });
         });
    play.setVisible (false);
    add (choose, "chooseRecording", "One file, or several that began together: left and right, or LL LR RL RR",
         [this] { chooseRecordings(); });
    add (chooseOther, "chooseSweep", "The file that was played, if it is of another program or of other figures",
         [this] { chooseSweep(); });
    takes.setComponentID ("averageTakes");
    takes.setTitle (takes.getButtonText());
    takes.setTooltip ("The recordings are takes of one thing: their mean has less noise");
    takes.setClickingTogglesState (true);
    addChildComponent (takes);
    addAndMakeVisible (preview);
    keep = &addButton (
        "Keep", [this] { accept(); }, true);
    keep->setEnabled (false);
    addButton ("Cancel", [this] { dismiss(); });
    processor.document.beginTrying();
    followRate();
}

/** A sweep ends where a sound of the processor's rate can. */
void SweepDialog::followRate() { to.setMaximum (std::min (highestTo, highestSweepEnd * sweep().sampleRate)); }

void SweepDialog::say (const juce::String& text, bool isWrong)
{
    said = text;
    isProblem = isWrong;
    repaint();
}

void SweepDialog::setPlayer (Player newPlayer)
{
    player = std::move (newPlayer);
    play.setVisible (player != nullptr);
    resized();
}

Sweep SweepDialog::sweep() const
{
    Sweep result;
    result.sampleRate = processor.getSampleRate() > 0.0 ? processor.getSampleRate() : 48000.0;
    result.from = from.value();
    result.to = std::min (to.value(), highestSweepEnd * result.sampleRate);
    result.seconds = seconds.value();
    result.levelDb = level.value();
    return result;
}

void SweepDialog::saveSweep()
{
    question.askForOne (FileQuestion::Kind::save, "Save the sweep",
                        juce::String::fromUTF8 (fileNameOf (sweep()).c_str()),
                        [this] (const juce::File& file) { saveTo (file); });
}

void SweepDialog::saveTo (const juce::File& file)
{
    savedAs = file.getFileName();
    say ("Saving '" + savedAs + "'" + juce::String::charToString (0x2026), false);
    saving.ask (++numAsked,
                [file, wanted = sweep()]
                {
                    auto error = problemOf (wanted);

                    if (error.empty())
                    {
                        Sound sound { { makeSweep (wanted) }, wanted.sampleRate };
                        sound.comment = asText (wanted);
                        error = writeSound (file.getFullPathName().toStdString(), sound, SampleFormat::int24);
                    }

                    return error;
                });
}

void SweepDialog::chooseRecordings()
{
    question.ask (FileQuestion::Kind::files, "Choose the sweep's recording", {},
                  [this] (const juce::Array<juce::File>& files)
                  {
                      juce::StringArray paths;

                      for (const auto& file : files)
                          paths.add (file.getFullPathName());

                      use (paths);
                  });
}

void SweepDialog::use (const juce::StringArray& files)
{
    recordings = files;
    recordings.sortNatural(); // left before right, LL LR RL RR, and takes in their order
    takes.setVisible (recordings.size() > 1);
    repaint();
}

void SweepDialog::chooseSweep()
{
    question.askForOne (FileQuestion::Kind::file, "Choose the sweep that was played", {},
                        [this] (const juce::File& file) { useSweep (file); });
}

void SweepDialog::useSweep (const juce::File& file)
{
    sweepFile = file;
    repaint();
}

void SweepDialog::update()
{
    followRate();

    if (saving.update() && saving.get() != nullptr)
        saving.get()->empty() ? say ("Saved as '" + savedAs + "'", false) : say (asSentence (*saving.get()), true);

    if (playing.update() && playing.get() != nullptr)
        player (playing.get()->samples, playing.get()->sampleRate);

    if (! recordings.isEmpty())
        lookForKernel();

    const bool wasLate = found.isLate (500);

    if (found.update() && found.get() != nullptr)
    {
        if (const auto& result = *found.get())
            processor.document.loadKernel (result->kernel);

        repaint();
    }

    if (wasLate)
        repaint();

    keep->setEnabled (isMeasured());
    preview.setOutdated (! isMeasured());
    preview.update();
}

void SweepDialog::lookForKernel()
{
    std::vector<std::string> paths;

    for (const auto& path : recordings)
        paths.push_back (path.toStdString());

    stamps.ask ({ recordings, juce::Time::currentTimeMillis() / 1000 }, [paths] { return FileStamp::of (paths); });
    stamps.update();

    if (stamps.get() == nullptr || stamps.key()->first != recordings)
        return;

    const auto wanted = sweep();
    KnownSweep known;
    known.otherwise = wanted;
    known.levelDb = wanted.levelDb;
    const bool areTakes = takes.isVisible() && takes.getToggleState();
    const Key key { recordings,
                    *stamps.get(),
                    sweepFile,
                    { wanted.from, wanted.to, wanted.seconds, wanted.levelDb },
                    areTakes };
    found.ask (key,
               [files = recordings, file = sweepFile, known, areTakes] { return find (files, file, known, areTakes); });
}

/** Returns true if a kernel has been found in the recordings chosen last: only then can it be kept. */
bool SweepDialog::isMeasured() const
{
    return ! recordings.isEmpty() && found.isCurrent() && found.key()->recordings == recordings
           && static_cast<bool> (*found.get());
}

void SweepDialog::closing (bool accepted) { processor.document.endTrying (accepted && isMeasured()); }

void SweepDialog::layOut (juce::Rectangle<int> area)
{
    auto left = area.removeFromLeft (370);
    area.removeFromLeft (20);
    area.removeFromBottom (figuresHeight);
    preview.setBounds (area);

    for (auto* const row : { &from, &to, &seconds, &level })
        row->setBounds (left.removeFromTop (NumberRow::height));

    left.removeFromTop (12);
    auto line = left.removeFromTop (40).withTrimmedLeft (-4);
    save.setBounds (line.removeFromLeft (save.idealWidth()));

    if (play.isVisible())
        play.setBounds (line.removeFromLeft (play.idealWidth()));

    left.removeFromTop (40); // of what was said
    line = left.removeFromTop (40).withTrimmedLeft (-4);
    choose.setBounds (line.removeFromLeft (choose.idealWidth()));
    chooseOther.setBounds (line.removeFromLeft (chooseOther.idealWidth()));
    left.removeFromTop (40); // of the recordings' names
    takes.setBounds (left.removeFromTop (28).withWidth (takes.idealWidth()));
}

void SweepDialog::paintContents (juce::Graphics& g)
{
    g.setFont (theme::font (theme::Type::label));
    g.setColour (isProblem ? theme::warning : theme::textMid);
    g.drawFittedText (said, save.getBounds().translated (4, 38).withWidth (360).withHeight (36),
                      juce::Justification::topLeft, 2, 1.0f);
    g.setColour (theme::textMid);
    const auto below = choose.getBounds().translated (4, 42).withWidth (366);
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

    g.drawFittedText (names, below.withHeight (38), juce::Justification::topLeft, 2, 1.0f);

    auto area = juce::Rectangle<int> (preview.getX(), preview.getBottom() + 8, preview.getWidth(), figuresHeight - 12);

    if (found.isLate (500))
    {
        g.drawText ("Looking for the kernel" + juce::String::charToString (0x2026), area, juce::Justification::topLeft);
        return;
    }

    if (found.get() == nullptr)
        return;

    if (! *found.get())
    {
        g.setColour (theme::warning);
        g.drawFittedText (juce::String::fromUTF8 (found.get()->error().c_str()), area, juce::Justification::topLeft, 4,
                          1.0f);
        return;
    }

    const auto& result = **found.get();
    const auto line = [&] (const juce::String& name, const juce::String& value)
    {
        const auto font = theme::font (theme::Type::labelMedium);
        const bool isLong = theme::widthOf (font, value) > static_cast<float> (area.getWidth() - nameWidth);
        auto row = area.removeFromTop (isLong ? 36 : 20);
        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::textMid);
        g.drawText (name, row.removeFromLeft (nameWidth).removeFromTop (20), juce::Justification::centredLeft);
        g.setFont (font);
        g.setColour (theme::textHigh);
        g.drawFittedText (value, row, juce::Justification::centredLeft, isLong ? 2 : 1, 0.9f);
    };

    if (result.sweep)
        line (result.wasFound ? "Sweep, as found" : "Sweep", juce::String::fromUTF8 (inWords (*result.sweep).c_str()));

    line ("Latency", juce::String::fromUTF8 (latencyInWords (result, false).c_str()));
    line ("Signal to noise", numberAsLabel (result.snrInDb, 1) + space + "dB"
                                 + (result.noiseWasReached ? "" : ", and the recording ended before the noise"));

    if (result.sweep)
        line ("2nd, 3rd harmonic", numberAsLabel (result.harmonics.secondInDb, 1) + space + "dB, "
                                       + numberAsLabel (result.harmonics.thirdInDb, 1) + space + "dB"
                                       + (result.harmonics.standOut ? "" : ", or noise"));

    line ("Quality", juce::String::fromUTF8 (inWords (judge (result)).c_str()));

    // The remarks stand on the left, below what was chosen.
    juce::StringArray remarks;

    for (const auto& remark : remarksOn (result))
        remarks.add (juce::String::fromUTF8 (remark.c_str()));

    const int top = takes.getBottom() + 4;
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::warning);
    g.drawFittedText (remarks.joinIntoString ("\n"), below.withTop (top).withHeight (area.getBottom() - top),
                      juce::Justification::topLeft, 7, 1.0f);
}

} // namespace faltwerk
