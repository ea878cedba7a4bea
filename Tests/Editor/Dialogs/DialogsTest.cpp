// The dialogs that make kernels, and tell what one is, without any display.

#include "Editor/Dialogs/GenerateDialog.h"
#include "Editor/Dialogs/Measuring/SweepDialog.h"
#include "Editor/Dialogs/NameDialog.h"
#include "Editor/Dialogs/NumbersDialog.h"
#include "Editor/Dialogs/PropertiesDialog.h"
#include "Editor/Files/FileQuestion.h"
#include "Editor/Look/LookAndFeel.h"
#include "Editor/Window/PluginEditor.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/Numbers/NumericKernel.h"
#include "Picture/Theme.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/MeasuredRoom.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** A line of the properties' dialog. */
juce::String fact (const PropertiesDialog& dialog, const juce::String& name)
{
    for (const auto& [each, value] : dialog.facts())
        if (each == name)
            return value;

    return {};
}

std::string roomName() { return std::string (findGenerator ("shoebox")->name); }

/** An editor, and what one of its dialogs is asked for. */
class Stage
{
public:
    Stage() { settle (*processor); }

    /** The editor's tick goes on until something holds. */
    template <typename Holds>
    bool waitUntil (Holds&& holds)
    {
        for (int n = 0; n < 1000; ++n)
        {
            editor.update();

            if (holds())
                return true;

            juce::Thread::sleep (10);
        }

        return false;
    }

    std::string kernelName() const
    {
        const auto document = processor->kernelStatus().source;
        return document != nullptr ? document->name : std::string();
    }

    /** The kernel as it sounds, at its own rate. */
    std::shared_ptr<const Kernel> kernel() const
    {
        const auto document = processor->kernelStatus().source;
        return document != nullptr ? document->kernel : nullptr;
    }

    void click (const juce::String& path) { find<juce::Button> (editor, path).onClick(); }

    std::unique_ptr<PluginProcessor> processor = makeProcessor();
    PluginEditor editor { *processor };
    Header& header { find<Header> (editor, "header") };
};

} // namespace

TEST_CASE ("A generator's kernel is seen and heard while its parameters move, and kept or left", "[editor]")
{
    const Juce juce;
    Stage stage;
    const auto before = stage.kernelName();
    const auto steps = stage.processor->document.undoName();
    stage.header.onGenerate();
    REQUIRE (stage.waitUntil ([&] { return stage.kernelName() == roomName() && ! stage.processor->isLoading(); }));
    const auto first = stage.kernel();

    // What sounds is what the generator makes of the same values.
    const auto made = generate ("shoebox", {});
    REQUIRE (made);
    CHECK (first->paths == made->paths);
    CHECK (stage.processor->document.undoName() == steps); // it is tried

    auto& width = find<NumberRow> (stage.editor, "dialogs/dialog/width");
    width.setValue (width.value() * 1.5);
    REQUIRE (stage.waitUntil ([&] { return stage.kernel() != first && ! stage.processor->isLoading(); }));
    const auto wider = generate ("shoebox", { { "width", width.value() } });
    REQUIRE (wider);
    CHECK (stage.kernel()->paths == wider->paths);
    stage.editor.update();
    keep (snapshot (stage.editor, 2.0f), "dialog-generate");

    // Cancel: all is as before.
    stage.click ("dialogs/dialog/cancel");
    stage.editor.update();
    REQUIRE (stage.waitUntil ([&] { return stage.kernelName() == before && ! stage.processor->isLoading(); }));
    CHECK (stage.processor->document.undoName() == steps);
}

TEST_CASE ("Every generator's dialog makes its kernel, which is kept as one step", "[editor]")
{
    const Juce juce;
    Stage stage;

    for (size_t index = 0; index < generators().size(); ++index)
    {
        const std::string id (generators()[index].id), name (generators()[index].name);
        CAPTURE (id);
        const auto former = stage.processor->document.current().source;
        auto dialog = std::make_unique<GenerateDialog> (*stage.processor);
        dialog->setSize (dialog->idealSize().x, dialog->idealSize().y);
        auto& menu = find<ChoiceMenu> (*dialog, "generator");

        if (menu.shown() != static_cast<int> (index))
        {
            menu.show (static_cast<int> (index));
            menu.onChoose (static_cast<int> (index));
        }

        for (const auto& parameter : generators()[index].parameters)
            CHECK (find<NumberRow> (*dialog, juce::String (std::string (parameter.id))).value()
                   == Approx (parameter.defaultValue).epsilon (1e-3));

        bool arrived = false;

        for (int n = 0; n < 2000 && ! arrived; ++n)
        {
            dialog->update();
            juce::Thread::sleep (5);
            arrived = stage.kernelName() == name && ! stage.processor->isLoading();
        }

        REQUIRE (arrived);
        find<juce::Button> (*dialog, "keep").onClick();
        dialog = nullptr;
        CHECK (stage.processor->document.undoName() == "Load '" + name + "'");
        stage.processor->document.undo();
        settle (*stage.processor);
        CHECK (stage.processor->document.current().source->name == former->name);
    }
}

TEST_CASE ("Numbers, pasted or typed, are a kernel while they are written, and errors have line and column", "[editor]")
{
    const Juce juce;
    Stage stage;
    const auto before = stage.kernelName();
    juce::SystemClipboard::copyTextToClipboard ("1, 0.5\n0.25");
    stage.header.onNumbers();
    auto& numbers = find<juce::TextEditor> (stage.editor, "dialogs/dialog/numbers");
    numbers.setText ("1, 0.5, -0.25");
    REQUIRE (stage.waitUntil ([&] { return stage.kernelName() == "Numbers" && ! stage.processor->isLoading(); }));
    REQUIRE (stage.kernel()->paths.size() == 1);
    CHECK (stage.kernel()->paths[0] == std::vector<float> { 1.0f, 0.5f, -0.25f });
    CHECK (stage.kernel()->sampleRate == 48000.0);

    // A rate of its own.
    auto& rate = find<juce::TextEditor> (stage.editor, "dialogs/dialog/rate");
    rate.setText ("44100");
    REQUIRE (stage.waitUntil ([&] { return stage.kernel()->sampleRate == 44100.0; }));

    // What is wrong is told where it stands, and the kernel of before goes on.
    numbers.setText ("1, 0.5\n0.25, x7");
    const auto said = [&] { return find<NumbersDialog> (stage.editor, "dialogs/dialog").problem(); };
    REQUIRE (stage.waitUntil ([&] { return said().isNotEmpty(); }));
    CHECK_THAT (said().toStdString(), Contains ("Line 2, column 7") && Contains ("x7"));
    CHECK (stage.kernelName() == "Numbers");
    stage.editor.update();
    keep (snapshot (stage.editor, 2.0f), "dialog-numbers");

    // Commas with two meanings are asked for; the arrow keys answer.
    numbers.setText ("0,5\n1,5");
    REQUIRE (stage.waitUntil ([&] { return said().contains ("0 and 5"); }));
    CHECK_THAT (said().toStdString(), Contains ("Choose in Commas what they are"));
    auto& commas = find<ChoiceMenu> (stage.editor, "dialogs/dialog/commas");
    CHECK (commas.getTitle().isNotEmpty());
    CHECK (commas.getWantsKeyboardFocus());
    keep (snapshot (stage.editor, 1.0f), "dialog-numbers-asks-1x");
    keep (snapshot (stage.editor, 2.0f), "dialog-numbers-asks");
    commas.keyPressed (juce::KeyPress (juce::KeyPress::downKey));
    REQUIRE (stage.waitUntil ([&] { return said().isEmpty() && stage.kernel()->paths.size() == 2; }));
    commas.keyPressed (juce::KeyPress (juce::KeyPress::downKey));
    REQUIRE (stage.waitUntil ([&] { return stage.kernel()->paths.size() == 1; }));
    CHECK (stage.kernel()->paths[0] == std::vector<float> { 0.5f, 1.5f });
    CHECK (find<NumbersDialog> (stage.editor, "dialogs/dialog").remark() == "2 numbers, mono, decimal commas");

    commas.keyPressed (juce::KeyPress (juce::KeyPress::upKey));
    numbers.setText ("0.5 0.25");
    stage.click ("dialogs/dialog/keep"); // at once: before it has been read
    CHECK (stage.processor->document.undoName() == "Load 'Numbers'");
    REQUIRE (stage.waitUntil ([&] { return ! stage.processor->isLoading(); }));
    CHECK (stage.kernel()->paths.back().back() == 0.25f);
    stage.processor->document.undo();
    REQUIRE (stage.waitUntil ([&] { return stage.kernelName() == before; }));
}

TEST_CASE ("A preset is saved under a name that is typed, and one that will not do is told", "[editor]")
{
    const Juce juce;
    std::vector<juce::String> used;
    bool isClosed = false;
    NameDialog dialog (
        "Save preset", "Save", "Init",
        [] (const juce::String& name)
        { return name == "Old hall" ? juce::String ("Save replaces it.") : juce::String(); },
        [&used] (const juce::String& name)
        {
            used.push_back (name);
            return name == "a/b" ? std::string ("That is no name") : std::string();
        });
    dialog.onClose = [&isClosed] { isClosed = true; };
    dialog.setSize (dialog.idealSize().x, dialog.idealSize().y);
    auto& name = find<juce::TextEditor> (dialog, "name");
    auto& accept = find<juce::Button> (dialog, "save");
    name.setText ("  ", false);
    accept.onClick();
    CHECK (used.empty());
    name.setText ("a/b", false);
    accept.onClick();
    CHECK_FALSE (isClosed);
    keep (snapshot (dialog, 2.0f), "dialog-name");
    name.setText (" Old hall ", false);
    name.onReturnKey();
    CHECK (isClosed);
    CHECK (used == std::vector<juce::String> { "a/b", "Old hall" });
}

TEST_CASE ("A sweep is saved, its recording is chosen, and the kernel found in it is kept", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    Stage stage;
    const auto before = stage.kernelName();
    FileSaving saving;
    auto owned = std::make_unique<SweepDialog> (*stage.processor, saving);
    auto& dialog = *owned;
    dialog.setSize (dialog.idealSize().x, dialog.idealSize().y);
    find<NumberRow> (dialog, "seconds").setValue (2.0);
    const auto wait = [&] (const std::function<bool()>& holds)
    {
        for (int n = 0; n < 1500; ++n)
        {
            dialog.update();

            if (holds())
                return true;

            juce::Thread::sleep (10);
        }

        return false;
    };
    MeasuredRoom room (MeasuredRoom::straight ({}));
    find<juce::Button> (dialog, "playSweep").onClick();
    CHECK (wait (
        [&]
        {
            room.run (*stage.processor, 4800);
            return dialog.words() == "Played.";
        }));
    dialog.saveTo (folder / "sweep.wav");
    REQUIRE (wait ([&folder] { return (folder / "sweep.wav").existsAsFile(); }));
    const auto sweep = readSound (folder.path ("sweep.wav"));
    REQUIRE (sweep);
    const auto& heard = room.output (1); // as it is in the file, but for its 24 bits
    const auto begin = std::find_if (heard.begin(), heard.end(), [] (float x) { return x != 0.0f; }) - heard.begin();
    REQUIRE (begin + 96000 < static_cast<long> (heard.size()));

    for (size_t n = 0; n < 96000; ++n)
        REQUIRE (heard[static_cast<size_t> (begin) + n] == Approx (sweep->channels[0][24001 + n]).margin (2e-7));

    // Played through a delay of 20 ms and an echo at half the level 10 ms later, in a little noise.
    auto recording = noise (sweep->lengthInFrames(), 3, 1e-5);

    for (size_t n = 0; n < sweep->lengthInFrames(); ++n)
    {
        if (n >= 960)
            recording[n] += sweep->channels[0][n - 960];

        if (n >= 1440)
            recording[n] += 0.5f * sweep->channels[0][n - 1440];
    }

    REQUIRE (writeSound (folder.path ("take 1.wav"), { { recording }, 48000.0 }, SampleFormat::float32) == "");

    // A wrong one first: it is refused with a sentence, and nothing changes.
    (folder / "no recording.wav").replaceWithText ("RIFF");
    dialog.use ({ folder.path ("no recording.wav") });
    REQUIRE (wait ([&] { return dialog.result() != nullptr; }));
    CHECK_FALSE (*dialog.result());
    CHECK_THAT (dialog.result()->error(), Contains ("'no recording.wav'"));
    CHECK (stage.kernelName() == before);

    CHECK_FALSE (find<juce::Button> (dialog, "keep").isEnabled()); // not the kernel of before

    // The recording is made anew under the same name: it is read again.
    REQUIRE (writeSound (folder.path ("no recording.wav"), { { recording }, 48000.0 }, SampleFormat::float32) == "");
    REQUIRE (wait ([&] { return static_cast<bool> (*dialog.result()); }));
    CHECK (find<juce::Button> (dialog, "keep").isEnabled());

    dialog.use ({ folder.path ("take 1.wav") });
    REQUIRE (
        wait ([&] { return *dialog.result() && stage.kernelName() == "take 1" && ! stage.processor->isLoading(); }));
    const auto& found = **dialog.result();
    CHECK (found.latency == Approx (0.020).margin (1e-4));
    CHECK (found.snrInDb > 40.0);
    const auto& taps = stage.kernel()->paths[0];
    const auto peak = std::max_element (taps.begin(), taps.end());
    REQUIRE (taps.end() - peak > 490);
    CHECK (*peak > 0.6f);                                    // of a band up to 22 kHz
    CHECK (peak[480] / *peak == Approx (0.5).margin (0.01)); // the echo
    dialog.update();
    keep (snapshot (dialog, 2.0f), "dialog-sweep");

    CHECK (found.sweep->seconds == 2.0);

    // Two takes of it, averaged.
    REQUIRE (writeSound (folder.path ("take 2.wav"), { { recording }, 48000.0 }, SampleFormat::float32) == "");
    auto& takes = find<juce::Button> (dialog, "averageTakes");
    CHECK_FALSE (takes.isVisible());
    takes.setToggleState (true, juce::dontSendNotification);
    dialog.use ({ folder.path ("take 1.wav"), folder.path ("take 2.wav") });
    CHECK (takes.isVisible());
    REQUIRE (wait ([&] { return *dialog.result() && (*dialog.result())->numTakes == 2; }));
    CHECK ((*dialog.result())->kernel.routing == Routing::mono);
    takes.setToggleState (false, juce::dontSendNotification);
    REQUIRE (wait ([&] { return *dialog.result() && (*dialog.result())->kernel.routing == Routing::stereo; }));
    dialog.use ({ folder.path ("take 1.wav") });
    REQUIRE (wait ([&] { return *dialog.result() && (*dialog.result())->kernel.routing == Routing::mono; }));

    // The figures of the saved sweep are in its file: it need not be the one that is set now.
    find<NumberRow> (dialog, "seconds").setValue (7.0);
    dialog.useSweep (folder / "sweep.wav");
    REQUIRE (wait ([&] { return *dialog.result() && ! (*dialog.result())->wasFound; }));
    CHECK ((*dialog.result())->sweep->seconds == 2.0);
    CHECK ((*dialog.result())->latency == Approx (0.020).margin (1e-4));
    REQUIRE (wait ([&] { return stage.kernelName() == "take 1" && ! stage.processor->isLoading(); }));

    // A recording that was silent for a while is told apart, and its long sentences fit.
    auto interrupted = recording;
    std::fill_n (interrupted.begin() + 72000, 9600, 0.0f);
    REQUIRE (writeSound (folder.path ("take 3.wav"), { { interrupted }, 48000.0 }, SampleFormat::float32) == "");
    dialog.use ({ folder.path ("take 3.wav") });
    REQUIRE (wait ([&] { return *dialog.result() && (*dialog.result())->interruption.silence; }));
    dialog.update();
    keep (snapshot (dialog, 2.0f), "dialog-sweep-interrupted");
    dialog.use ({ folder.path ("take 1.wav") });
    REQUIRE (wait ([&] { return *dialog.result() && ! (*dialog.result())->interruption.silence; }));
    REQUIRE (wait ([&] { return stage.kernelName() == "take 1" && ! stage.processor->isLoading(); }));

    find<juce::Button> (dialog, "keep").onClick();
    owned = nullptr;
    CHECK (stage.kernelName() == "take 1");
    CHECK (stage.processor->document.undoName() == "Load 'take 1'");
}

TEST_CASE ("A sweep ends where the sample rate can reach, and a wrong one is said in a sentence", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor (44100.0);
    settle (*processor);
    FileSaving saving;
    SweepDialog dialog (*processor, saving);
    dialog.setSize (dialog.idealSize().x, dialog.idealSize().y);
    auto& to = find<NumberRow> (dialog, "to");
    CHECK (to.value() <= 0.48 * 44100.0);
    to.setValue (24000.0);
    CHECK (to.value() == Approx (0.48 * 44100.0));
    dialog.saveTo (folder / "sweep.wav");

    for (int n = 0; n < 500 && ! (folder / "sweep.wav").existsAsFile(); ++n)
    {
        dialog.update();
        juce::Thread::sleep (10);
    }

    CHECK ((folder / "sweep.wav").existsAsFile());

    // Another rate reaches further.
    processor->setRateAndBufferSizeDetails (96000.0, 512);
    processor->prepareToPlay (96000.0, 512);
    dialog.update();
    to.setValue (24000.0);
    CHECK (to.value() == Approx (24000.0));
}

TEST_CASE ("Numbers of a dialog are typed with their units, and nonsense is marked and kept out", "[editor]")
{
    const Juce juce;
    LookAndFeel lookAndFeel;
    NumberRow row ("Cutoff", "Hz", { 20.0, 20000.0, 1000.0, false, true }, "Tip");
    row.setLookAndFeel (&lookAndFeel);
    row.setSize (400, NumberRow::height);
    auto& field = find<ValueField> (row, "value");
    CHECK (field.getText() == juce::String (juce::CharPointer_UTF8 ("1\xc2\xa0kHz")));

    const auto type = [&field] (const juce::String& text)
    {
        field.showEditor();
        REQUIRE (field.getCurrentTextEditor() != nullptr);
        field.getCurrentTextEditor()->setText (text);
        field.enter();
    };
    type ("2k");
    CHECK (row.value() == Approx (2000.0));
    type ("2,5 kHz");
    CHECK (row.value() == Approx (2500.0));
    type ("440");
    CHECK (row.value() == Approx (440.0));

    for (const char* const wrong : { "nonsense", "3 s", "1..2", "" })
    {
        CAPTURE (wrong);
        type (wrong);
        CHECK (row.value() == Approx (440.0));
        REQUIRE (field.getCurrentTextEditor() != nullptr); // it stays, marked
        CHECK (field.getCurrentTextEditor()->findColour (juce::TextEditor::outlineColourId) == theme::warning);
        field.hideEditor (true);
        CHECK (field.getText().startsWith ("440"));
    }

    // What is out of the range is kept out, too, and the range is said in place of the slider.
    const auto sliderOf = [] (NumberRow& of) -> juce::Component&
    {
        for (auto* const child : of.getChildren())
            if (auto* const slider = dynamic_cast<juce::Slider*> (child))
                return *slider;

        FAIL ("no slider");
        return of;
    };

    for (const char* const wrong : { "1e9 Hz", "19", "20.1k", "-440" })
    {
        CAPTURE (wrong);
        const auto usual = snapshot (row, 1.0f);
        type (wrong);
        CHECK (row.value() == Approx (440.0));
        REQUIRE (field.getCurrentTextEditor() != nullptr);
        CHECK (field.getCurrentTextEditor()->findColour (juce::TextEditor::outlineColourId) == theme::warning);
        CHECK (sliderOf (row).getAlpha() == 0.0f);
        const auto place = sliderOf (row).getBounds();
        CHECK (share (snapshot (row, 1.0f).getClippedImage (place), theme::warning, 0.2f) > 0.02);
        keep (snapshot (row, 2.0f), "number-out-of-range");
        field.hideEditor (true);
        CHECK (sliderOf (row).getAlpha() == 1.0f);
        CHECK (field.getText().startsWith ("440"));
    }

    type ("20k");
    CHECK (row.value() == Approx (20000.0));

    // An end may be typed as it is shown.
    NumberRow rounded ("Length", "m", { 1.0, 20.123, 2.0 }, "Tip");
    rounded.setLookAndFeel (&lookAndFeel);
    auto& length = find<ValueField> (rounded, "value");
    length.showEditor();
    length.getCurrentTextEditor()->setText ("20.13");
    length.enter();
    CHECK (rounded.value() == Approx (20.123));
    rounded.setLookAndFeel (nullptr);

    NumberRow slope ("Slope", "dB/octave", { -12.0, 12.0, 0.0 }, "Tip");
    CHECK (find<juce::Label> (slope, "value").getText()
           == juce::String (juce::CharPointer_UTF8 ("0\xc2\xa0"
                                                    "dB/octave")));
    slope.setValue (3.0);
    CHECK (find<juce::Label> (slope, "value").getText().startsWith ("+3.00"));
    row.setLookAndFeel (nullptr);
}

TEST_CASE ("The wheel scrolls a list of numbers, and turns only the one with the keyboard", "[editor]")
{
    const Juce juce;
    Stage stage;
    stage.header.onGenerate();
    REQUIRE (stage.waitUntil ([&] { return stage.kernelName() == roomName() && ! stage.processor->isLoading(); }));
    auto& row = find<NumberRow> (stage.editor, "dialogs/dialog/width");
    auto& list = *row.findParentComponentOfClass<juce::Viewport>();
    const double before = row.value();
    REQUIRE (list.getViewPositionY() == 0);

    for (auto* const part : row.getChildren())
        if (auto* const slider = dynamic_cast<juce::Slider*> (part))
            Mouse (*slider).wheel (slider->getLocalBounds().toFloat().getCentre(), -0.6f);

    CHECK (row.value() == before);
    CHECK (list.getViewPositionY() > 0);
    stage.click ("dialogs/dialog/cancel");
    stage.editor.update();
}

TEST_CASE ("What is saved gets its ending, and never replaces a file that was not asked about", "[editor]")
{
    const TemporaryFolder folder;
    const auto take = folder / "take", version = folder / "My sweep v1.5";
    CHECK (FileQuestion::withEnding (take, ".wav") == folder / "take.wav");
    CHECK (FileQuestion::withEnding (folder / "take.WAV", ".wav") == folder / "take.WAV");
    CHECK (FileQuestion::withEnding (version, ".wav") == folder / "My sweep v1.5.wav");
    CHECK (FileQuestion::withEnding (take, {}) == take);
    (folder / "take.wav").replaceWithText ("mine");
    const auto free = FileQuestion::withEnding (take, ".wav");
    CHECK_FALSE (free.exists());
    CHECK (free.getFileName().startsWith ("take"));
    CHECK (free.hasFileExtension (".wav"));
}

TEST_CASE ("Files that are dropped while a dialog is open reach the dialog, or nothing", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    Stage stage;
    REQUIRE (writeSound (folder.path ("voice.wav"), { { decayingNoise (4800, 1) }, 48000.0 }, SampleFormat::float32)
             == "");
    const juce::StringArray files { folder.path ("voice.wav") };
    const auto before = stage.kernelName();
    CHECK (stage.editor.isInterestedInFileDrag (files));
    stage.header.onProperties();
    CHECK_FALSE (stage.editor.isInterestedInFileDrag (files));
    stage.editor.filesDropped (files, 400, 300);
    stage.editor.update();
    settle (*stage.processor);
    CHECK (stage.kernelName() == before);

    // A recording is dropped on the dialog that measures.
    stage.header.onMeasure();
    CHECK (stage.editor.isInterestedInFileDrag (files));
    stage.editor.filesDropped (files, 400, 300);
    auto& dialog = *find<DialogHost> (stage.editor, "dialogs").present();
    REQUIRE (stage.waitUntil ([&] { return dynamic_cast<SweepDialog&> (dialog).result() != nullptr; }));
    CHECK_FALSE (*dynamic_cast<SweepDialog&> (dialog).result()); // it is none
    CHECK (stage.kernelName() == before);
    dialog.dismiss();
}

TEST_CASE ("Numbers that can mean two things are asked about when their file is dropped", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    Stage stage;
    const auto before = stage.kernelName();
    (folder / "two ways.txt").replaceWithText ("1,234\n2,345\n0,500\n");
    REQUIRE (needsCommaChoice ("1,234\n2,345\n0,500\n"));
    CHECK_FALSE (needsCommaChoice ("1.5\n0.5\n"));
    CHECK_FALSE (needsCommaChoice ("Dear Sir"));
    stage.editor.filesDropped ({ folder.path ("two ways.txt") }, 300, 300);
    auto& dialogs = find<DialogHost> (stage.editor, "dialogs");
    REQUIRE (stage.waitUntil ([&] { return dialogs.present() != nullptr; }));
    auto& dialog = *dialogs.present();
    CHECK (find<juce::TextEditor> (dialog, "numbers").getText().startsWith ("1,234"));
    CHECK_FALSE (find (stage.editor, "banner").isVisible());
    auto& keeping = find<juce::Button> (dialog, "keep");
    stage.editor.update();
    CHECK_FALSE (keeping.isEnabled());
    find<ChoiceMenu> (dialog, "commas").show (2); // decimal
    REQUIRE (stage.waitUntil ([&] { return keeping.isEnabled() && stage.kernelName() == "Numbers"; }));

    // A rate that cannot be is said, and nothing is kept by it.
    auto& rate = find<juce::TextEditor> (dialog, "rate");
    rate.setText ("96");
    stage.editor.update();
    CHECK_FALSE (keeping.isEnabled());
    CHECK_THAT (dynamic_cast<NumbersDialog&> (dialog).problem().toStdString(), Contains ("no sample rate"));
    rate.setText ("96k");
    CHECK (stage.waitUntil ([&] { return keeping.isEnabled() && stage.kernel()->sampleRate == 96000.0; }));
    dialog.dismiss();
    REQUIRE (stage.waitUntil ([&] { return stage.kernelName() == before; }));
}

TEST_CASE ("A kernel that cannot be made is not shown as if it were, and cannot be kept", "[editor]")
{
    const Juce juce;
    Stage stage;
    auto owned = std::make_unique<GenerateDialog> (*stage.processor);
    auto& dialog = *owned;
    dialog.setSize (dialog.idealSize().x, dialog.idealSize().y);
    const auto wait = [&] (const std::function<bool()>& holds)
    {
        for (int n = 0; n < 1000; ++n)
        {
            dialog.update();

            if (holds())
                return true;

            juce::Thread::sleep (10);
        }

        return false;
    };
    auto& keeping = find<juce::Button> (dialog, "keep");
    REQUIRE (wait ([&] { return stage.kernelName() == roomName() && ! stage.processor->isLoading(); }));
    CHECK (keeping.isEnabled());

    auto& menu = find<ChoiceMenu> (dialog, "generator");

    for (int index = 0; index < static_cast<int> (generators().size()); ++index)
    {
        if (generators()[static_cast<size_t> (index)].id != "plate")
            continue;

        menu.show (index);
        menu.onChoose (index);
    }

    find<NumberRow> (dialog, "width").setValue (1000.0);
    find<NumberRow> (dialog, "height").setValue (1000.0);
    find<NumberRow> (dialog, "thickness").setValue (0.0);
    REQUIRE (wait ([&] { return ! keeping.isEnabled(); }));
    keep (snapshot (dialog, 2.0f), "dialog-generate-impossible");
    dialog.dismiss();
}

TEST_CASE ("The kernel's properties name it, tell what it is, and what its channels mean", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    Stage stage;
    Sound sound { std::vector<std::vector<float>> (4), 44100.0 };

    for (size_t channel = 0; channel < 4; ++channel)
        sound.channels[channel] = decayingNoise (22050, channel + 1);

    REQUIRE (writeSound (folder.path ("true stereo.wav"), sound, SampleFormat::int24) == "");
    load (*stage.processor, folder / "true stereo.wav");
    stage.header.onProperties();
    auto& dialog = find<PropertiesDialog> (stage.editor, "dialogs/dialog");
    std::map<juce::String, juce::String> facts;

    for (const auto& [name, value] : dialog.facts())
        facts[name] = value;

    CHECK (facts["Comes from"] == juce::String (folder.path ("true stereo.wav")));
    CHECK (facts["Hash (SHA-256)"].length() == 64);
    CAPTURE (facts["As loaded"].toStdString());
    CHECK (facts["As loaded"].contains ("500"));
    CHECK (facts["As loaded"].contains ("44.1"));
    CHECK (facts["Normalised by"].containsChar ('d'));
    CHECK (facts["Copy in sessions"].contains ("B")); // a size
    CHECK (find (dialog, "copypath").isEnabled());
    CHECK (find (dialog, "copyhash").isEnabled());
    auto options = stage.processor->session.options();
    options.embedsKernel = false;
    stage.processor->session.setOptions (options);
    CHECK (fact (dialog, "Copy in sessions") == "none: it is read from its file");
    options.embedsKernel = true;
    stage.processor->session.setOptions (options);
    stage.editor.update();
    keep (snapshot (stage.editor, 2.0f), "dialog-properties");

    // LL LR RL RR becomes LL RL LR RR: the crossed paths change places.
    const auto crossed = stage.kernel()->paths;
    auto& channels = find<ChoiceMenu> (dialog, "channelLayout");
    channels.show (2);
    channels.onChoose (2);
    settle (*stage.processor);
    REQUIRE (stage.kernel()->paths.size() == 4);
    CHECK (stage.kernel()->paths[1] == crossed[2]);
    CHECK (stage.kernel()->paths[2] == crossed[1]);
    CHECK (stage.kernel()->paths[0] == crossed[0]);

    // Left and right change places, in and out.
    const auto loaded = [&stage] { return stage.processor->kernelStatus().source->kernel->paths; };
    channels.onChoose (0);
    settle (*stage.processor);
    const auto four = loaded();
    auto& mirror = find<juce::Button> (dialog, "mirror");
    stage.editor.update();
    CHECK (mirror.isEnabled());
    mirror.setToggleState (true, juce::sendNotificationSync);
    settle (*stage.processor);
    CHECK ((loaded() == std::vector { four[3], four[2], four[1], four[0] }));
    mirror.setToggleState (false, juce::sendNotificationSync);
    settle (*stage.processor);
    CHECK ((loaded() == four));

    // By hand: the second channel on the left, the first on the right, and nothing across.
    auto& hand = find<juce::TextEditor> (dialog, "channelsByHand");
    CHECK_FALSE (hand.isVisible());
    channels.onChoose (8);
    settle (*stage.processor);
    stage.editor.update();
    CHECK (hand.isVisible());
    CHECK (hand.getText() == "1 2 3 4");
    hand.setText ("2 0 0 1");
    hand.onReturnKey();
    settle (*stage.processor);
    stage.editor.update();
    CHECK ((loaded() == std::vector { four[1], four[0] }));
    CHECK (fact (dialog, "Remark") == "is connected by hand: 2 of its channels are left out");
    keep (snapshot (stage.editor, 1.0f), "dialog-properties-by-hand-1x");
    keep (snapshot (stage.editor, 2.0f), "dialog-properties-by-hand");
    hand.setText ("2 x");
    hand.onReturnKey();
    CHECK_THAT (stage.processor->kernelStatus().message, Contains ("'2 x'") && Contains ("LL, LR, RL and RR"));
    CHECK ((loaded() == std::vector { four[1], four[0] }));
    hand.setText ("1 2 3 9"); // of four
    hand.onReturnKey();
    settle (*stage.processor);
    CHECK_THAT (stage.processor->kernelStatus().message, Contains ("channel 9 is asked for"));

    while (stage.processor->document.undoName() != "Channels of 'true stereo'" || loaded()[1] != four[2])
    {
        REQUIRE (stage.processor->document.canUndo());
        stage.processor->document.undo();
        settle (*stage.processor);
    }

    find<juce::TextEditor> (dialog, "kernelName").setText ("My hall");
    stage.click ("dialogs/dialog/done");
    settle (*stage.processor);
    CHECK (stage.processor->document.current().source->name == "My hall");
    stage.processor->document.undo();
    settle (*stage.processor);
    CHECK (stage.processor->document.current().source->name == "true stereo");
    stage.processor->document.undo();
    settle (*stage.processor);
    CHECK (stage.kernel()->paths[1] == crossed[1]);

    // What has been typed counts when Done is clicked, without Return.
    stage.header.onProperties();
    auto& menu = find<ChoiceMenu> (stage.editor, "dialogs/dialog/channelLayout");
    menu.show (static_cast<int> (ChannelLayout::byHand));
    menu.onChoose (static_cast<int> (ChannelLayout::byHand));
    settle (*stage.processor);
    stage.editor.update();
    find<juce::TextEditor> (stage.editor, "dialogs/dialog/channelsByHand").setText ("4 3 2 1");
    stage.click ("dialogs/dialog/done");
    settle (*stage.processor);
    CHECK (stage.processor->document.current().source->origin.channels.channelsByHand
           == std::vector<size_t> { 4, 3, 2, 1 });
}

TEST_CASE ("The properties of a kernel that was made name its generator", "[editor]")
{
    const Juce juce;
    Stage stage;
    stage.processor->document.loadRecipe ("My room", recipeFor ("shoebox", {}));
    settle (*stage.processor);
    stage.header.onProperties();
    auto& dialog = find<PropertiesDialog> (stage.editor, "dialogs/dialog");
    CHECK (fact (dialog, "Comes from") == "the generator " + juce::String (roomName()));
    CHECK (fact (dialog, "Copy in sessions") == "not needed: it is made from its settings");
    CHECK_FALSE (find (dialog, "copypath").isEnabled());
}

TEST_CASE ("The kernel's properties tell how numbers were read, and say nothing of it for sound", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    Stage stage;
    const auto rows = [&stage]
    {
        std::map<juce::String, juce::String> facts;

        for (const auto& [name, value] : find<PropertiesDialog> (stage.editor, "dialogs/dialog").facts())
            facts[name] = value;

        return facts;
    };
    (folder / "h.csv").replaceWithText ("time;left;right\n0;0,1;0,5\n0,0001;0,2;0,25\n0,0002;0,3;0\n");
    load (*stage.processor, folder / "h.csv");
    stage.header.onProperties();
    CHECK (
        rows()["Remark"]
        == "read as numbers: 2 columns: left and right; 10 kHz from the time column; decimal commas; 1 heading line");
    CHECK (rows()["As loaded"].contains ("10"));
    stage.editor.update();
    keep (snapshot (stage.editor, 1.0f), "dialog-properties-numbers-1x");
    keep (snapshot (stage.editor, 2.0f), "dialog-properties-numbers");

    REQUIRE (writeSound (folder.path ("h.wav"), { { { 1.0f, 0.5f } }, 48000.0 }, SampleFormat::float32) == "");
    load (*stage.processor, folder / "h.wav");
    CHECK (rows().count ("As loaded") == 1);
    CHECK (rows().count ("Remark") == 0);
}

TEST_CASE ("A dialog that tries a kernel closes without keeping it once a session has been loaded", "[editor]")
{
    const Juce juce;
    Stage stage;
    auto& document = stage.processor->document;
    const auto session = stateOf (*stage.processor);
    const auto before = document.current();
    const auto open = [&] (const juce::String& which)
    {
        if (which == "make")
            stage.header.onGenerate();
        else if (which == "numbers")
            stage.header.onNumbers();
        else
            stage.header.onMeasure();

        return &find<Dialog> (stage.editor, "dialogs/dialog");
    };

    for (const juce::String which : { "make", "numbers", "sweep" })
    {
        CAPTURE (which.toStdString());
        auto* const dialog = open (which);
        int numClosed = 0;
        dialog->onClose = [&numClosed] { ++numClosed; };
        stage.editor.update();
        CHECK (numClosed == 0);

        if (which == "numbers")
            find<juce::TextEditor> (*dialog, "numbers").setText ("1, 0.5, 0.25", false);

        restore (*stage.processor, session);

        if (which == "numbers")
            find<juce::Button> (*dialog, "keep").onClick(); // before it has noticed
        else
            stage.editor.update();

        CHECK (numClosed == 1);

        for (int n = 0; n < 20; ++n)
        {
            stage.editor.update();
            juce::Thread::sleep (5);
        }

        find<DialogHost> (stage.editor, "dialogs").shut();
        settle (*stage.processor);
        CHECK (numClosed == 1);
        CHECK_FALSE (document.canUndo());
        CHECK (document.current() == before);
    }
}

TEST_CASE ("A first button that cannot be pressed looks like it", "[editor]")
{
    const Juce juce;
    ControlButton button ("Keep");
    button.setSurface (ControlButton::Surface::primary);
    button.setSize (button.idealWidth(), 40);
    CHECK (share (snapshot (button, 1.0f), theme::kernel, 0.05f) > 0.3);
    button.setEnabled (false);
    CHECK (share (snapshot (button, 1.0f), theme::kernel, 0.05f) < 0.01);
    CHECK (share (snapshot (button, 1.0f), theme::control, 0.02f) > 0.3);
}
