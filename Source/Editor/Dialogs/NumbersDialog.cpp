#include "Editor/Dialogs/NumbersDialog.h"

#include "Kernel/Numbers/NumberFile.h"
#include "Kernel/Sound.h"
#include "Kernel/Text/Quantity.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr double usualRate = 48000.0; // Hz

void dressWithColour (juce::TextEditor& field)
{
    dress (field);
    field.setColour (juce::TextEditor::textColourId, theme::textHigh);
}

Outcome<Kernel> read (const juce::String& text, double rate, Commas commas)
{
    const auto numbers = parseNumbers (text.toStdString(), { commas, "Choose in Commas what they are" });

    if (! numbers)
        return Outcome<Kernel>::failure (numbers.error());

    auto sound = toSound (*numbers);
    auto kernel = makeKernel (std::move (sound.channels), sound.sampleRate > 0.0 ? sound.sampleRate : rate, "Numbers");

    if (kernel)
        kernel->remark = std::move (sound.remark);

    return kernel;
}

} // namespace

NumbersDialog::NumbersDialog (PluginProcessor& owner, const juce::String& text)
    : Dialog ("Numbers as a kernel", { 760, 400 })
    , processor (owner)
    , commas ("What commas in the numbers are",
              "Commas",
              { "as the text shows", "between numbers", "decimal", "in thousands" })
    , preview (owner)
{
    dressWithColour (numbers);
    numbers.setComponentID ("numbers");
    numbers.setTitle ("Numbers, separated by commas, spaces or lines");
    numbers.setMultiLine (true, true);
    numbers.setReturnKeyStartsNewLine (true);
    numbers.onEscapeKey = [this] { dismiss(); };
    numbers.onTextChange = [this] { repaint(); };
    numbers.setTextToShowWhenEmpty ("1, 0.5, 0.25", theme::textDisabled);
    numbers.setText (text, false);
    addAndMakeVisible (numbers);
    dressWithColour (rate);
    rate.setComponentID ("rate");
    rate.setTitle ("Sample rate in hertz");
    rate.setInputRestrictions (12);
    rate.onTextChange = [this] { repaint(); };
    rate.onEscapeKey = [this] { dismiss(); };
    rate.setText (juce::String (static_cast<int> (usualRate)), false);
    addAndMakeVisible (rate);
    commas.setComponentID ("commas");
    addAndMakeVisible (commas);
    addAndMakeVisible (preview);
    keep = &addButton (
        "Keep", [this] { accept(); }, true);
    addButton ("Cancel", [this] { dismiss(); });
    processor.document.beginTrying();
}

NumbersDialog::Key NumbersDialog::key() const
{
    const double hertz = readQuantity (rate.getText().toStdString(), "Hz", true).value_or (0.0);
    return { numbers.getText(), hertz >= lowestSampleRate && hertz <= highestSampleRate ? hertz : 0.0,
             static_cast<Commas> (commas.shown()) };
}

juce::String NumbersDialog::problem() const
{
    if (! (key().rate > 0.0))
        return "'" + rate.getText() + "' is no sample rate. Write one from " + numberAsLabel (lowestSampleRate) + " to "
               + numberAsLabel (highestSampleRate) + " Hz, as 48000 or 48k.";

    const bool isWrong = reading.get() != nullptr && ! *reading.get();
    const auto sentence = isWrong ? juce::String::fromUTF8 (reading.get()->error().c_str()) : juce::String();
    return sentence.substring (0, 1).toUpperCase() + sentence.substring (1);
}

/** Returns what has been read: the number of numbers, and a remark. */
juce::String NumbersDialog::remark() const
{
    if (! isRead())
        return {};

    const auto& kernel = **reading.get();
    const auto count = static_cast<int64_t> (kernel.lengthInFrames());
    const auto facts = juce::String (count) + (count == 1 ? " number, " : " numbers, ") + routingAsText (kernel);
    return kernel.remark.empty() ? facts : facts + ", " + juce::String::fromUTF8 (kernel.remark.c_str());
}

void NumbersDialog::update()
{
    if (isClosed)
        return;

    if (! processor.document.isTrying()) // a session has been loaded, or a step undone: nothing is left to try
    {
        dismiss();
        return;
    }

    if (const auto wanted = key(); wanted.text.trim().isNotEmpty() && wanted.rate > 0.0)
        reading.ask (wanted, [wanted] { return read (wanted.text, wanted.rate, wanted.commas); });

    if (reading.update() && reading.get() != nullptr)
    {
        if (const auto& newest = *reading.get())
            processor.document.loadKernel (*newest);

        repaint();
    }

    keep->setEnabled (isRead());
    preview.setOutdated (! isRead() && ! numbers.isEmpty());
    preview.update();
}

/** Returns true if the text in the field has been read, and its kernel sounds: only then can it be kept. */
bool NumbersDialog::isRead() const
{
    return ! numbers.isEmpty() && reading.isCurrent() && *reading.key() == key() && static_cast<bool> (*reading.get());
}

void NumbersDialog::closing (bool accepted)
{
    isClosed = true; // what is still being read comes too late
    const auto wanted = key();
    bool canKeep = isRead();

    if (accepted && processor.document.isTrying() && wanted.rate > 0.0
        && (reading.key() == nullptr || ! (*reading.key() == wanted)))
    {
        const auto newest = read (wanted.text, wanted.rate, wanted.commas);
        canKeep = static_cast<bool> (newest);

        if (canKeep)
            processor.document.loadKernel (*newest);
    }

    processor.document.endTrying (accepted && canKeep);
}

void NumbersDialog::layOut (juce::Rectangle<int> area)
{
    area.removeFromBottom (28); // of what cannot be read
    auto right = area.removeFromRight (360);
    area.removeFromRight (20);
    auto row = area.removeFromBottom (28);
    rate.setBounds (row.withTrimmedLeft (104).withWidth (96));
    area.removeFromBottom (8);
    commas.setBounds (area.removeFromBottom (36).withTrimmedLeft (-4).withWidth (commas.idealWidth()));
    area.removeFromBottom (8);
    numbers.setBounds (area);
    preview.setBounds (right);
}

void NumbersDialog::paintContents (juce::Graphics& g)
{
    const auto area = contents();
    g.setFont (theme::font (theme::Type::body));
    g.setColour (theme::textMid);
    g.drawText ("Sample rate", rate.getBounds().withX (area.getX()).withWidth (100), juce::Justification::centredLeft);
    g.drawText ("Hz", rate.getBounds().translated (rate.getWidth() + 8, 0), juce::Justification::centredLeft);

    const bool isEmpty = numbers.isEmpty();
    const auto wrong = problem();
    g.setColour (wrong.isEmpty() || isEmpty ? theme::textMid : theme::warning);
    g.drawFittedText (isEmpty           ? juce::String ("One number for each sample, between commas, spaces or lines")
                      : wrong.isEmpty() ? remark()
                                        : wrong,
                      area.withTop (area.getBottom() - 28), juce::Justification::centredLeft, 2, 0.8f);
}

} // namespace faltwerk
