#include "Editor/Dialogs/Measuring/SweepDialog.h"

#include "Editor/Dialogs/Measuring/RecordedKernel.h"
#include "Kernel/Measuring/Sweeps/SweepText.h"
#include "Kernel/Reading/KernelFile.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

const auto ellipsis = juce::String::charToString (0x2026);
constexpr int leftWidth = 332, gap = 20, statusHeight = 50;
constexpr double highestTo = 24000.0;   // Hz
constexpr juce::uint32 lateAfter = 500; // ms
constexpr const char* hint = "Connect the output to the input through what you want to measure, check the level, and "
                             "measure. The latency of the device itself can be measured once, through a cable.";

juce::String asSentence (const std::string& words)
{
    const auto text = juce::String::fromUTF8 (words.c_str());
    return text.substring (0, 1).toUpperCase() + text.substring (1);
}

} // namespace

SweepDialog::SweepDialog (PluginProcessor& owner, FileSaving& fileSaving, SweepRun::OpenInput openInput)
    : Dialog ("Measure with a sweep", { 820, 480 })
    , processor (owner)
    , saving (fileSaving)
    , live (owner, std::move (openInput))
    , from ("From", "Hz", { 5.0, 1000.0, Sweep().from, false, true }, "The lowest frequency")
    , to ("To", "Hz", { 1000.0, highestTo, Sweep().to, false, true }, "The highest frequency")
    , seconds ("Length", "s", { 1.0, 60.0, Sweep().seconds }, "Longer sweeps leave less noise")
    , level ("Level", "dB", { -40.0, 0.0, Sweep().levelDb }, "Of its peak, below full scale")
    , way ("Way of measuring", { "Play and record", "From files" })
    , here (live)
    , preview (owner)
    , meter ("Input level", Meter::Scale::right)
    , question (owner.settings, *this)
{
    from.setComponentID ("from");
    to.setComponentID ("to");
    seconds.setComponentID ("seconds");
    level.setComponentID ("level");

    for (auto* const row : { &from, &to, &seconds, &level })
        addAndMakeVisible (row);

    way.setComponentID ("way");
    way.setTooltip (
        "Play and record here, in one go; or save the sweep, record it elsewhere, and choose the recording");
    way.onChoose = [this] (int index) { showPanel (index); };
    addAndMakeVisible (way);

    here.setComponentID ("here");
    here.onBegin = [this] (LiveMeasuring::Kind kind) { begin (kind); };
    here.onStop = [this] { stop(); };
    addAndMakeVisible (here);

    files.setComponentID ("files");
    files.save.onClick = [this] { saveSweep(); };
    files.play.onClick = [this] { live.is (LiveMeasuring::Kind::play) ? stop() : begin (LiveMeasuring::Kind::play); };
    files.choose.onClick = [this] { chooseRecordings(); };
    files.chooseOther.onClick = [this] { chooseSweep(); };
    addChildComponent (files);

    addAndMakeVisible (preview);
    meter.setComponentID ("inputMeter");
    meter.setTooltip ("Input level. A muted input is opened only while the app measures");
    addAndMakeVisible (meter);
    addAndMakeVisible (report);

    keep = &addButton (
        "Keep", [this] { accept(); }, true);
    keep->setEnabled (false);
    addButton ("Cancel", [this] { dismiss(); });
    saveRecording =
        &addButton ("Save the recording" + ellipsis,
                    [this]
                    {
                        question.askForOne (FileQuestion::Kind::save, "Save the recording",
                                            "Recording of " + juce::String (fileNameOf (live.measured()->sweep)),
                                            [this] (const juce::File& file) { saveRecordingTo (file); });
                    });
    saveRecording->setTooltip ("A WAV file of what was recorded here last, from which the kernel can be found again");
    saveRecording->setVisible (false);
    processor.document.beginTrying();
    processor.sweep.listen (true);
    followRate();
}

SweepDialog::~SweepDialog() { processor.sweep.listen (false); }

/** Limits the end of the sweep to what the processor's rate can hold. */
void SweepDialog::followRate() { to.setMaximum (std::min (highestTo, highestSweepEnd * sweep().sampleRate)); }

void SweepDialog::say (const juce::String& text, bool isWrong)
{
    said = text;
    isProblem = isWrong;
}

juce::String SweepDialog::words() const
{
    return live.isBusy()                                  ? live.words()
           : isHere && found.isLate (0) && ! isMeasured() ? juce::String ("Finding the kernel")
           : said.isNotEmpty()                            ? (isProblem ? juce::String() : said)
                                                          : live.words();
}

juce::String SweepDialog::warning() const { return isProblem && ! live.isBusy() ? said : live.warning(); }

void SweepDialog::showPanel (int index)
{
    way.show (index);
    here.setVisible (index == 0);
    files.setVisible (index == 1);
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

void SweepDialog::begin (LiveMeasuring::Kind kind)
{
    auto wanted = sweep();
    wanted.tail = here.tail();
    const auto problem = asSentence (problemOf (wanted));
    say (problem, true);

    if (problem.isNotEmpty())
        return;

    say ({}, false);
    isProblemOld = true;
    meter.resetMaximum();
    live.begin (kind, wanted, here.outputs());
}

/** Ends what is measured, or the search for its kernel. */
void SweepDialog::stop()
{
    if (isFinding())
    {
        isHere = false;
        found.clear();
        say ("Stopped: the recording is still there to be saved.", false);
    }

    live.stop();
}

bool SweepDialog::isFinding() const { return isHere && ! found.isCurrent(); }

void SweepDialog::save (const juce::File& file, std::function<std::string()> write)
{
    say ("Saving '" + file.getFileName() + "'" + ellipsis, false);
    saving.save (file, std::move (write));
}

void SweepDialog::saveSweep()
{
    question.askForOne (FileQuestion::Kind::save, "Save the sweep",
                        juce::String::fromUTF8 (fileNameOf (sweep()).c_str()),
                        [this] (const juce::File& file) { saveTo (file); });
}

void SweepDialog::saveTo (const juce::File& file)
{
    save (file,
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

void SweepDialog::saveRecordingTo (const juce::File& file)
{
    save (file, [file, measured = live.measured()]
          { return writeSound (file.getFullPathName().toStdString(), measured->recording, SampleFormat::float32); });
}

void SweepDialog::chooseRecordings()
{
    question.ask (FileQuestion::Kind::files, "Choose the sweep's recording", {},
                  [this] (const juce::Array<juce::File>& chosen)
                  {
                      juce::StringArray paths;

                      for (const auto& file : chosen)
                          paths.add (file.getFullPathName());

                      use (paths);
                  });
}

void SweepDialog::use (const juce::StringArray& chosen)
{
    recordings = chosen;
    recordings.sortNatural(); // left before right, LL LR RL RR, and takes in their order
    isHere = false;
    isProblemOld = false;
    showPanel (1);
    files.show (recordings, sweepFile);
}

void SweepDialog::chooseSweep()
{
    question.askForOne (FileQuestion::Kind::file, "Choose the sweep that was played", {},
                        [this] (const juce::File& file) { useSweep (file); });
}

void SweepDialog::useSweep (const juce::File& file)
{
    sweepFile = file;
    isProblemOld = false;
    files.show (recordings, sweepFile);
}

void SweepDialog::update()
{
    if (! processor.document.isTrying()) // a session has been loaded, or a step undone: nothing is left to try
    {
        dismiss();
        return;
    }

    const double now = juce::Time::getMillisecondCounterHiRes() / 1000.0;
    followRate();

    while (const auto saved = saving.take())
        say (saved->sentence(), ! saved->error.empty());

    if (live.update (now))
    {
        isHere = true;
        saveRecording->setVisible (true);
    }

    if (isHere)
        lookInMeasured();
    else if (! recordings.isEmpty())
        lookInFiles();

    if (found.update() && found.get() != nullptr)
    {
        isProblemOld = false;

        if (const auto& result = *found.get())
            processor.document.loadKernel (result->kernel);
    }

    showResult();

    keep->setEnabled (isMeasured());
    way.setEnabled (! live.isBusy() && ! isFinding()); // else the button that stops it would go
    preview.setOutdated (! isMeasured());
    preview.update();
    here.update (live.isBusy() || isFinding(), processor.getMainBusNumInputChannels(),
                 processor.getMainBusNumOutputChannels());
    files.update (live.isBusy(), live.is (LiveMeasuring::Kind::play));
    meter.update ({ processor.sweep.takeInputPeak (0), processor.sweep.takeInputPeak (1) },
                  std::clamp (now - std::exchange (updatedAt, now), 0.0, 1.0));
    showStatus();
}

bool SweepDialog::hasStatus() const
{
    return shownWords.isNotEmpty() || shownWarning.isNotEmpty() || shownProgress >= 0.0;
}

/** Repaints what goes on where it has changed, and lets a screen reader say what is wrong and what came of it. */
void SweepDialog::showStatus()
{
    const auto newWords = words(), newWarning = warning();
    const double progress = live.isBusy() ? live.progress() : isFinding() ? 1.0 : -1.0;

    if (newWords == shownWords && newWarning == shownWarning && progress == shownProgress)
        return;

    if (newWarning != shownWarning && newWarning.isNotEmpty())
        juce::AccessibilityHandler::postAnnouncement (newWarning,
                                                      juce::AccessibilityHandler::AnnouncementPriority::high);
    else if (! live.isBusy() && newWords != shownWords && newWords.isNotEmpty())
        juce::AccessibilityHandler::postAnnouncement (newWords,
                                                      juce::AccessibilityHandler::AnnouncementPriority::medium);

    const bool hadStatus = hasStatus();
    shownWords = newWords;
    shownWarning = newWarning;
    shownProgress = progress;

    if (hasStatus() != hadStatus)
        layOut (contents());

    repaint (status);
}

void SweepDialog::lookInMeasured()
{
    const auto measured = live.measured();
    const auto loop = here.takesLoopOff() ? live.loopLatency() : std::nullopt;
    Key key;
    key.number = measured->number;
    key.loop = loop.value_or (-1.0);
    found.askCancellably (key, [measured, loop] (const IsCancelled& isCancelled)
                          { return kernelInMeasured (measured->recording, measured->sweep, loop, isCancelled); });
}

void SweepDialog::lookInFiles()
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
    Key key;
    key.recordings = recordings;
    key.stamp = *stamps.get();
    key.sweepFile = sweepFile;
    key.sweep = { wanted.from, wanted.to, wanted.seconds, wanted.levelDb };
    key.areTakes = files.takes.isVisible() && files.takes.getToggleState();
    found.askCancellably (
        key, [chosen = recordings, file = sweepFile, known, areTakes = key.areTakes] (const IsCancelled& isCancelled)
        { return kernelInFiles (chosen, file, known, areTakes, isCancelled); });
}

void SweepDialog::showResult()
{
    if (found.isLate (lateAfter) && ! isHere)
        report.showText ("Looking for the kernel" + ellipsis);
    else if (found.get() == nullptr)
        report.showText (isHere || way.shown() == 1 ? juce::String() : juce::String (hint));
    else if (! *found.get())
        report.showProblem (isProblemOld ? juce::String() : juce::String::fromUTF8 (found.get()->error().c_str()));
    else
        report.show (**found.get());
}

/** Returns true if a kernel has been found in what was recorded or chosen last: only then can it be kept. */
bool SweepDialog::isMeasured() const
{
    return (isHere || ! recordings.isEmpty()) && found.isCurrent()
           && (isHere ? found.key()->number == live.measured()->number
                      : found.key()->number == 0 && found.key()->recordings == recordings)
           && static_cast<bool> (*found.get());
}

void SweepDialog::closing (bool accepted)
{
    live.stop();
    processor.document.endTrying (accepted && isMeasured());
}

bool SweepDialog::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::escapeKey) && (live.isBusy() || isFinding()))
    {
        stop();
        return true;
    }

    return Dialog::keyPressed (key);
}

void SweepDialog::layOut (juce::Rectangle<int> area)
{
    auto left = area.removeFromLeft (leftWidth);
    area.removeFromLeft (gap);

    for (auto* const row : { &from, &to, &seconds, &level })
        row->setBounds (left.removeFromTop (NumberRow::height));

    left.removeFromTop (left.getHeight() > 300 ? 16 : 4);
    way.setBounds (left.removeFromTop (theme::controlHeight).withWidth (way.idealWidth()).translated (-4, 0));
    left.removeFromTop (left.getHeight() > 260 ? 12 : 4);
    left = left.withTrimmedLeft (-ControlButton::ringMargin);
    here.setBounds (left);
    files.setBounds (left);

    // Two fifths for what there is to read, at least five lines.
    auto below = area.removeFromBottom (std::max (2 * area.getHeight() / 5, 124) + statusHeight);
    status = below.removeFromTop (hasStatus() ? statusHeight : 0);
    report.setBounds (below);
    area.removeFromBottom (6);
    meter.setBounds (area.removeFromRight (Meter::width));
    area.removeFromRight (12);
    preview.setBounds (area);
}

void SweepDialog::paintContents (juce::Graphics& g)
{
    auto area = status;
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    const bool hasTwo = shownWords.isNotEmpty() && shownWarning.isNotEmpty();

    if (shownWords.isNotEmpty())
        g.drawFittedText (shownWords, area.withHeight (hasTwo ? 18 : 36), juce::Justification::topLeft, hasTwo ? 1 : 2,
                          1.0f);

    g.setColour (theme::warning);
    g.drawFittedText (shownWarning, area.withTrimmedTop (hasTwo ? 18 : 0).withHeight (hasTwo ? 18 : 36),
                      juce::Justification::topLeft, hasTwo ? 1 : 2, 1.0f);

    if (shownProgress < 0.0)
        return;

    // What is recorded is blue; it turns gold once it becomes the kernel.
    const auto track = area.removeFromBottom (8).removeFromTop (4).toFloat();
    g.setColour (theme::meterTrack);
    g.fillRoundedRectangle (track, 2.0f);
    g.setColour (live.isBusy() ? theme::signal : theme::kernel);
    g.fillRoundedRectangle (track.withWidth (track.getWidth() * static_cast<float> (shownProgress)), 2.0f);
}

} // namespace faltwerk
