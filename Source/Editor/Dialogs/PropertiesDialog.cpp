#include "Editor/Dialogs/PropertiesDialog.h"

#include "Editor/Dialogs/KernelPreview.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int rowHeight = 26, labelWidth = 128;

juce::String text (const std::string& words) { return juce::String::fromUTF8 (words.c_str()); }

juce::String placeOf (const KernelDocument& document)
{
    if (! document.path.empty())
        return text (document.path);

    if (! document.factoryName.empty())
        return "Faltwerk's own kernels";

    if (! document.recipe)
        return "made here: kept in the session";

    const auto* const generator = findGenerator (document.recipe->generator);
    return generator != nullptr ? "the generator " + text (std::string (generator->name))
                                : "a generator that this version does not have";
}

juce::String copyOf (const KernelDocument& document, bool embedsKernel)
{
    if (document.encoded.empty())
        return "not needed: it is made from its settings";

    if (! embedsKernel && ! document.path.empty() && ! document.isOnlyInSessions)
        return "none: it is read from its file";

    return juce::File::descriptionOfSizeInBytes (static_cast<juce::int64> (document.encoded.size()));
}

} // namespace

PropertiesDialog::PropertiesDialog (PluginProcessor& owner)
    : Dialog ("Kernel", { 620, 11 * rowHeight + 44 })
    , processor (owner)
    , channels ("Meaning of the channels",
                {},
                { "As their number says", "LL LR RL RR", "LL RL LR RR", "Each to its own", "Matrix" })
{
    const auto present = processor.document.present().kernel;
    name.setComponentID ("kernelName");
    name.setTitle ("Name");
    name.setFont (theme::font (theme::Type::body));
    name.setColour (juce::TextEditor::backgroundColourId, theme::canvas);
    name.setColour (juce::TextEditor::outlineColourId, theme::outline);
    name.setColour (juce::TextEditor::focusedOutlineColourId, theme::focus);
    name.setText (present != nullptr ? text (present->name) : juce::String(), false);
    name.onReturnKey = [this] { accept(); };
    name.onEscapeKey = [this] { dismiss(); };
    addAndMakeVisible (name);
    channels.setComponentID ("channelLayout");
    channels.show (present != nullptr ? static_cast<int> (present->layout) : 0);
    channels.setEnabled (present != nullptr && present->kernel != nullptr && present->kernel->paths.size() >= 4
                         && ! present->path.empty());
    channels.onChoose = [this] (int index)
    {
        // A matrix of as many outputs as inputs, or of two outputs.
        const auto kernel = processor.document.present().kernel;
        const auto count = kernel != nullptr && kernel->kernel != nullptr ? kernel->kernel->paths.size() : 0;
        const auto root = static_cast<size_t> (std::lround (std::sqrt (static_cast<double> (count))));
        processor.document.setChannelLayout (static_cast<ChannelLayout> (index),
                                             root * root == count ? root : count / 2);
    };
    addAndMakeVisible (channels);
    addButton (
        "Done", [this] { accept(); }, true);
    copyHash = &addButton ("Copy hash",
                           [this]
                           {
                               if (const auto kernel = processor.document.present().kernel)
                                   juce::SystemClipboard::copyTextToClipboard (text (kernel->hash));
                           });
    copyPath = &addButton ("Copy path",
                           [this]
                           {
                               if (const auto kernel = processor.document.present().kernel)
                                   juce::SystemClipboard::copyTextToClipboard (text (kernel->path));
                           });
    enableButtons();
}

void PropertiesDialog::enableButtons()
{
    const auto kernel = processor.document.present().kernel;
    copyHash->setEnabled (kernel != nullptr && ! kernel->hash.empty());
    copyPath->setEnabled (kernel != nullptr && ! kernel->path.empty());
}

std::vector<std::pair<juce::String, juce::String>> PropertiesDialog::facts() const
{
    const auto status = processor.kernelStatus();
    std::vector<std::pair<juce::String, juce::String>> result;

    if (status.document == nullptr)
        return result;

    const auto& document = *status.document;
    const auto space = juce::String::charToString (0xa0);
    result.emplace_back ("Comes from", placeOf (document));
    result.emplace_back ("Hash (SHA-256)", text (document.hash));

    if (document.kernel != nullptr)
    {
        result.emplace_back ("As loaded", factsOf (*document.kernel));

        if (! document.remark.empty())
            result.emplace_back ("Remark", text (document.remark));

        result.emplace_back ("Copy in sessions", copyOf (document, processor.document.options().embedsKernel));
    }

    if (status.edited != nullptr && status.edited->kernel != nullptr)
    {
        result.emplace_back ("As it sounds", factsOf (*status.edited->kernel));
        const double gain = 20.0 * std::log10 (std::max (status.edited->normalisingGain, 1e-12));
        result.emplace_back ("Normalised by", (gain > 0.0 ? "+" : "") + numberAsLabel (gain, 1) + space + "dB ("
                                                  + processor.parameters.normalise.getCurrentChoiceName().toLowerCase()
                                                  + ")");
    }

    return result;
}

void PropertiesDialog::update()
{
    if (const auto version = processor.kernelStatus().version; std::exchange (shownVersion, version) != version)
    {
        enableButtons();
        repaint();
    }
}

void PropertiesDialog::closing (bool accepted)
{
    if (accepted)
        processor.document.renameKernel (name.getText().trim().toStdString());
}

void PropertiesDialog::layOut (juce::Rectangle<int> area)
{
    name.setBounds (area.removeFromTop (30).withTrimmedLeft (labelWidth));
    area.removeFromTop (6);
    channels.setBounds (area.removeFromTop (38).withTrimmedLeft (labelWidth - 4).withWidth (260));
}

void PropertiesDialog::paintContents (juce::Graphics& g)
{
    auto area = contents();
    const auto label = [&] (const juce::String& words, juce::Rectangle<int> row)
    {
        g.setFont (theme::font (theme::Type::body));
        g.setColour (theme::textMid);
        g.drawText (words, row.withWidth (labelWidth), juce::Justification::centredLeft);
    };
    label ("Name", area.removeFromTop (30));
    area.removeFromTop (6);
    label ("Channels are", area.removeFromTop (38));
    area.removeFromTop (6);

    for (const auto& [words, value] : facts())
    {
        const auto font = theme::font (theme::Type::body);
        const auto room = static_cast<float> (area.getWidth() - labelWidth);
        const bool hasTwoLines = words == "Remark" && theme::widthOf (font, value) > room;
        const auto row = area.removeFromTop (hasTwoLines ? 2 * rowHeight - 8 : rowHeight);
        label (words, row);
        g.setColour (theme::textHigh);

        // Of a long path the end matters most.
        auto shown = value;

        while (words == "Comes from" && shown.length() > 8 && theme::widthOf (font, shown) > room)
            shown = juce::String::charToString (0x2026) + shown.substring (9);

        g.drawFittedText (shown, row.withTrimmedLeft (labelWidth), juce::Justification::centredLeft,
                          hasTwoLines ? 2 : 1, 1.0f);
    }
}

} // namespace faltwerk
