#include "Editor/Dialogs/NumbersDialog.h"

#include "Kernel/Sound.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr double usualRate = 48000.0; // Hz

void dress (juce::TextEditor& field)
{
    field.setFont (theme::font (theme::Type::body));
    field.setColour (juce::TextEditor::backgroundColourId, theme::canvas);
    field.setColour (juce::TextEditor::outlineColourId, theme::outline);
    field.setColour (juce::TextEditor::focusedOutlineColourId, theme::focus);
    field.setColour (juce::TextEditor::textColourId, theme::textHigh);
}

Outcome<Kernel> read (const juce::String& text, double rate)
{
    auto numbers = parseNumbers (text.toStdString());

    if (! numbers)
        return Outcome<Kernel>::failure (numbers.error());

    std::vector<std::vector<float>> channels;

    for (const auto& channel : numbers->channels)
        channels.emplace_back (channel.begin(), channel.end());

    return makeKernel (std::move (channels), numbers->sampleRate > 0.0 ? numbers->sampleRate : rate, "Numbers");
}

} // namespace

NumbersDialog::NumbersDialog (PluginProcessor& owner, const juce::String& text)
    : Dialog ("Numbers as a kernel", { 760, 400 })
    , processor (owner)
    , preview (owner)
{
    dress (numbers);
    numbers.setComponentID ("numbers");
    numbers.setTitle ("Numbers, separated by commas, spaces or lines");
    numbers.setMultiLine (true, true);
    numbers.setReturnKeyStartsNewLine (true);
    numbers.onEscapeKey = [this] { dismiss(); };
    numbers.onTextChange = [this] { repaint(); };
    numbers.setTextToShowWhenEmpty ("1, 0.5, 0.25", theme::textDisabled);
    numbers.setText (text, false);
    addAndMakeVisible (numbers);
    dress (rate);
    rate.setComponentID ("rate");
    rate.setTitle ("Sample rate in hertz");
    rate.setInputRestrictions (9, "0123456789.");
    rate.setText (juce::String (static_cast<int> (usualRate)), false);
    addAndMakeVisible (rate);
    addAndMakeVisible (preview);
    addButton (
        "Keep", [this] { accept(); }, true);
    addButton ("Cancel", [this] { dismiss(); });
    processor.document.beginTrying();
}

NumbersDialog::Key NumbersDialog::key() const
{
    const double hertz = rate.getText().getDoubleValue();
    return { numbers.getText(), hertz >= lowestSampleRate && hertz <= highestSampleRate ? hertz : usualRate };
}

juce::String NumbersDialog::problem() const
{
    const bool isWrong = reading.get() != nullptr && ! *reading.get();
    return isWrong ? juce::String::fromUTF8 (reading.get()->error().c_str()) : juce::String();
}

void NumbersDialog::update()
{
    if (const auto wanted = key(); wanted.text.trim().isNotEmpty())
        reading.ask (wanted, [wanted] { return read (wanted.text, wanted.rate); });

    if (reading.update() && reading.get() != nullptr)
    {
        if (const auto& newest = *reading.get())
            processor.document.loadKernel (*newest);

        repaint();
    }

    preview.update();
}

void NumbersDialog::closing (bool accepted)
{
    processor.document.endTrying (accepted && reading.get() != nullptr && static_cast<bool> (*reading.get()));
}

void NumbersDialog::layOut (juce::Rectangle<int> area)
{
    area.removeFromBottom (28); // of what cannot be read
    auto right = area.removeFromRight (360);
    area.removeFromRight (20);
    auto row = area.removeFromBottom (28);
    rate.setBounds (row.withTrimmedLeft (104).withWidth (96));
    area.removeFromBottom (10);
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
    g.setColour (isEmpty ? theme::textMid : theme::warning);
    g.drawFittedText (isEmpty ? juce::String ("One number for each sample, between commas, spaces or lines")
                              : problem(),
                      area.withTop (area.getBottom() - 24), juce::Justification::centredLeft, 1, 0.9f);
}

} // namespace faltwerk
